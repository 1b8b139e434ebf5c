"""The task worker, which also takes up what a worker before it left unfinished."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from threading import Thread
from time import sleep
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.utils.timezone import now
from django_tasks_db.management.commands.db_worker import Command as DbWorker

from policyguide.memos.unfinished import (
    LONGEST_TASK,
    put_back_lost_tasks,
    resume_unfinished_memos,
)

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 30


class Command(DbWorker):
    help = "Make memos, and take up those that a killed worker left unfinished."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False)
        parser.add_argument(
            "--only-worker",
            action="store_true",
            help="No other worker runs, so every task that is running now is lost.",
        )

    def handle(self, **options: Any) -> None:
        longest = timedelta() if options.pop("only_worker") else LONGEST_TASK
        put_back_lost_tasks(started_before=now() - longest)
        resume_unfinished_memos()
        Thread(target=keep_looking, daemon=True).start()
        super().handle(**options)


def keep_looking() -> None:
    """Look for lost tasks now and then, while the worker runs."""
    while True:
        sleep(SECONDS_BETWEEN_ROUNDS)
        close_old_connections()
        try:
            put_back_lost_tasks(started_before=now() - LONGEST_TASK)
            resume_unfinished_memos()
        except DatabaseError:
            logger.exception("looking for lost tasks failed; it is tried again")
