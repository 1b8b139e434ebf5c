"""What follows when an edition is published or withdrawn.

The record knows nothing of memos and notices, which must follow it. So settings name
functions, `EDITION_FOLLOWERS`, and each is called where an edition is published, by
whatever way, or withdrawn: with its row, whose `withdrawn_at` tells which, and inside
the transaction. A follower only enqueues its tasks, so that they are there if the
edition is, and never without it. It need not look whether the edition is in force yet:
a task `using(run_after=in_force_at(edition, at=at))` waits for that.
"""

from datetime import datetime, time
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import make_aware

from policyguide.policy.models import Edition


class Follower(Protocol):
    def __call__(self, edition: Edition, *, at: datetime) -> None: ...


def call_followers(edition: Edition, *, at: datetime) -> None:
    """Let all that must follow the edition enqueue what it has to do."""
    for path in settings.EDITION_FOLLOWERS:
        follower: Follower = import_string(path)
        follower(edition, at=at)


def in_force_at(edition: Edition, *, at: datetime) -> datetime:
    """The moment from which it is in force: `at`, or the start of its day if later."""
    return max(at, make_aware(datetime.combine(edition.in_force_from, time.min)))
