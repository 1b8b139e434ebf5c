"""Tables that open safely in a spreadsheet program."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from io import StringIO

# What a spreadsheet takes for the beginning of a formula.
FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@|%]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def csv_of(rows: Iterable[Iterable[object]]) -> bytes:
    """The rows as CSV in UTF-8, marked as such, for that is how Excel knows."""
    text = StringIO()
    csv.writer(text).writerows(map(safe_cell, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet runs: what looks like a formula, and is no
    number, gets an apostrophe before it."""
    text = "" if value is None else str(value)
    plain = unicodedata.normalize("NFKC", text)
    is_formula = FORMULA.match(plain) and not NUMBER.fullmatch(plain)
    return f"'{text}" if is_formula else text
