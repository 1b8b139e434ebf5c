"""Whether a worker is there, as it tells all processes by the cache they share."""

from django.core.cache import cache

SEEN = "worker-seen"
SECONDS_SEEN = 120


def tell_worker_is_there() -> None:
    cache.set(SEEN, 1, timeout=SECONDS_SEEN)


def is_worker_there() -> bool:
    """Whether one has told so in the last two minutes."""
    return bool(cache.get(SEEN))
