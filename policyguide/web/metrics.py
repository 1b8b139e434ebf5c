"""Figures for Prometheus: requests as they are answered, the rest out of the database.

Several web processes share their counts through the files in the folder that
PROMETHEUS_MULTIPROC_DIR names; one process needs no such folder.
"""

import os
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Manager
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from policyguide.memos.models import Memo
from policyguide.notices.models import Notice
from policyguide.policy.currency import currency
from policyguide.policy.editions import NoEditionInForce

REQUESTS = Histogram(
    "policyguide_request_seconds",
    "Requests by what they asked for and how they were answered.",
    ["method", "route", "status"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


class RecordCollector(Collector):
    """What waits, what failed, and how old the record is: asked at each scrape."""

    def describe(self) -> Iterator[Metric]:
        return iter(())

    def collect(self) -> Iterator[Metric]:
        yield self._counted(
            "policyguide_memos",
            "Memos by state.",
            "state",
            dict.fromkeys(Memo.State.values, 0) | _counts(Memo.across_firms, "state"),
        )
        yield self._counted(
            "policyguide_notices",
            "Notices by state.",
            "state",
            dict.fromkeys(Notice.State.values, 0)
            | _counts(Notice.across_firms, "state"),
        )
        yield self._counted(
            "policyguide_tasks",
            "Tasks by status.",
            "status",
            {"READY": 0, "RUNNING": 0, "FAILED": 0}
            | _counts(DBTaskResult.objects, "status"),
        )
        yield from self._currency()

    def _counted(
        self, name: str, what: str, label: str, counts: dict[str, int]
    ) -> Metric:
        family = GaugeMetricFamily(name, what, labels=[label])
        for value, number in counts.items():
            family.add_metric([value], number)
        return family

    def _currency(self) -> Iterator[Metric]:
        today = localdate()
        try:
            state = currency(today)
        except NoEditionInForce:
            return
        yield GaugeMetricFamily(
            "policyguide_edition_in_force", "Its number.", value=state.number
        )
        if state.checked_on:
            yield GaugeMetricFamily(
                "policyguide_stalest_source_days",
                "Days since the source that was read longest ago was read.",
                value=(today - state.checked_on).days,
            )


def _counts(rows: "Manager[Any]", field: str) -> dict[str, int]:
    return dict(rows.values_list(field).annotate(Count("pk")).order_by(field))


def exposition() -> bytes:
    """All figures as the text that Prometheus reads."""
    record = CollectorRegistry()
    record.register(RecordCollector())
    return generate_latest(_of_requests()) + generate_latest(record)


def _of_requests() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared
