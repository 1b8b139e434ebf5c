"""No cell of a table that leaves us is taken for a formula."""

import csv
from io import StringIO

import pytest

from policyguide.web.spreadsheet import csv_of, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1+1",
        "-1+cmd",
        "@SUM(A1)",
        "|calc",
        "%0A",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\uff1d1",
        "-",
    ],
)
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+1.5", "Plain", "a=b", "", "2026-11-24", "é"])
def test_all_else_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_nothing_is_an_empty_cell():
    assert safe_cell(None) == ""


def test_a_table_says_that_it_is_utf8_and_reads_back():
    content = csv_of([["Größe", 'a "quoted", cell'], ["two\nlines", None]])

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["Größe", 'a "quoted", cell'], ["two\nlines", ""]]
