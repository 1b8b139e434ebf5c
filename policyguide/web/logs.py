"""What is logged: one line an event, by the request it belongs to, naming nobody.

A path may hold a firm's name and a query anything at all, so neither is logged: an
address is told by its route.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")

FIELDS = ("request_id", "method", "route", "status", "milliseconds")
NO_SUCH_ROUTE = "(no such address)"

E_MAIL_ADDRESS = re.compile(r"[^\s\"'<>(),;:\\]+@[^\s\"'<>(),;:\\]+")
# What PostgreSQL adds to an error: the values of the row.
ROW_VALUES = re.compile(r"(DETAIL|CONTEXT):\s[^\n]*")


def route_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"/{match.route}" if match else NO_SUCH_ROUTE


def without_persons(text: str) -> str:
    """The text without e-mail addresses and the values of rows."""
    return ROW_VALUES.sub(r"\1: [left out]", E_MAIL_ADDRESS.sub("[e-mail]", text))


class ByRoute(logging.Filter):
    """Puts the route for the path in Django's own records, and the request's id."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            route = route_of(request)
            known = (request.path, request.get_full_path())
            record.args = tuple(route if arg in known else arg for arg in record.args)
        return True


class LineFormatter(logging.Formatter):
    """For people who watch."""

    def format(self, record: logging.LogRecord) -> str:
        return without_persons(super().format(record))


class JsonFormatter(logging.Formatter):
    """For machines that collect."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": without_persons(record.getMessage()),
        }
        for name in FIELDS:
            if value := getattr(record, name, ""):
                told[name] = value
        if record.exc_info:
            told["traceback"] = without_persons(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)
