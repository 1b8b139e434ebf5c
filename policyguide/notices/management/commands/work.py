"""The task worker, which also takes up what a worker before it left unfinished."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from threading import Thread
from time import sleep
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.utils.timezone import localdate, now
from django_tasks_db.management.commands.db_worker import Command as DbWorker

from policyguide.memos.batches import resume_unfinished_batches
from policyguide.memos.rulings import review_memos
from policyguide.memos.unfinished import (
    LONGEST_TASK,
    put_back_lost_tasks,
    resume_unfinished_memos,
)
from policyguide.memos.worker import tell_worker_is_there
from policyguide.notices.send import see_to_sending
from policyguide.policy.seals import seal_log
from policyguide.policy.technical import make_technical_versions
from policyguide.policy.workflow import publish_due

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 30


class Command(DbWorker):
    help = "Make memos, send notices, and take up what a killed worker left unfinished."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False)
        parser.add_argument(
            "--only-worker",
            action="store_true",
            help="No other worker runs, so every task that is running now is lost.",
        )

    def configure_logging(self, verbosity: int) -> None:
        """As the settings say."""

    def handle(self, **options: Any) -> None:
        longest = timedelta() if options.pop("only_worker") else LONGEST_TASK
        put_back_lost_tasks(started_before=now() - longest)
        make_technical_versions(at=now())
        review_memos.enqueue()
        Thread(target=keep_looking, daemon=True).start()
        super().handle(**options)


def keep_looking() -> None:
    """Look now and then, while the worker runs, for what nobody else would notice."""
    while True:
        close_old_connections()
        try:
            look()
        except DatabaseError:
            logger.exception("looking for work failed; it is tried again")
        sleep(SECONDS_BETWEEN_LOOKS)


def look() -> None:
    """Say that a worker is there, take up lost work, publish and send what is due, and
    seal the log."""
    tell_worker_is_there()
    put_back_lost_tasks(started_before=now() - LONGEST_TASK)
    resume_unfinished_memos()
    resume_unfinished_batches(on=localdate())
    publish_due(at=now())
    see_to_sending(at=now())
    seal_log()
