"""Loading an edition: all of it or nothing, once, and the same again when written."""

from dataclasses import replace
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from policyguide.guidance import compose
from policyguide.guidance.facts import FirmProfile
from policyguide.policy import models
from policyguide.policy.checked_yaml import Refused
from policyguide.policy.edition_file import load, read, write
from policyguide.policy.problems import problems
from policyguide.policy.rows import facts_of
from tests import factories
from tests.policy.edition_files import SMALL, exchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(tmp_path):
    """The small edition's file."""
    return written(tmp_path, SMALL)


def load_file(path):
    return load(read(path), at=factories.NOON)


def rows_by_table():
    """How many rows each table of the record has."""
    kinds = apps.get_app_config("policy").get_models()
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_publishes_what_the_file_says(small):
    file = read(small)
    loaded = load(file, at=factories.NOON)
    edition = loaded.edition
    assert loaded.is_new
    assert (edition.number, edition.published_at) == (901, factories.NOON)
    assert edition.published_by is None
    assert edition.sha256 == file.edition.sha256
    assert replace(facts_of(edition), published_on=None) == file.edition


def test_leaves_a_line_in_the_log(small):
    loaded = load_file(small)
    line = models.LogLine.objects.latest("pk")
    assert (line.what, line.subject, line.by) == ("load", "Edition 901", None)
    assert line.sha256_after == loaded.edition.sha256
    assert "edition.yaml" in line.why


def test_changes_nothing_the_second_time(small):
    first = load_file(small)
    before = rows_by_table()
    second = load_file(small)
    assert (second.edition, second.is_new, second.recorded) == (first.edition, False, 0)
    assert rows_by_table() == before


def test_leaves_a_withdrawn_edition_withdrawn(small):
    edition = load_file(small).edition
    edition.withdrawn_at, edition.withdrawn_because = factories.NOON, "It was wrong."
    edition.save()
    load_file(small)
    edition.refresh_from_db()
    assert edition.withdrawn_because == "It was wrong."


def test_refuses_a_number_that_stands_for_something_else(small, tmp_path):
    load_file(small)
    before = rows_by_table()
    text = exchanged("words: It changed.", "words: It changed again.")
    with pytest.raises(Refused, match=r"Edition 901 is published already .* 902\."):
        load_file(written(tmp_path, text))
    assert rows_by_table() == before


def test_refuses_to_change_how_severe_an_edition_was(small, tmp_path):
    assert load_file(small).edition.severity == "minor"
    text = exchanged("severity: minor", "severity: grave")
    with pytest.raises(Refused, match="Edition 901 is published already"):
        load_file(written(tmp_path, text))


def test_loads_the_next_edition_on_the_same_sources(small, tmp_path):
    load_file(small)
    text = exchanged("number: 901", "number: 902", "words: It changed.", "words: More.")
    loaded = load_file(written(tmp_path, text))
    assert (loaded.edition.number, loaded.recorded) == (902, 0)


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("title: Help page", "title: Another page", "A1", "title"),
        ("state: opening half read", "state: all read", "A1", "state"),
        ("note: A made-up page.", "note: Another.", "A1/opening", "note"),
        ("copy_dated: before 3", "copy_dated: before 2", "A1/opening", "copy_dated"),
        ("          You can opt out anytime.", "          You can opt out anytime!\n"
         "          You can opt out anytime.", "A1/opening", "text"),
        ("quoted_by: 4", "quoted_by: 5", "press-1", "quoted_by"),
        ("text: We do not use private messages.", "text: We do not use private",
         "a1-2", "text"),
    ],
)  # fmt: skip
def test_refuses_to_change_what_is_recorded(small, tmp_path, old, new, code, field):
    load_file(small)
    before = rows_by_table()
    text = exchanged("number: 901", "number: 902", old, new)
    with pytest.raises(Refused) as refused:
        load_file(written(tmp_path, text))
    told = {(mistake.code, mistake.reason) for mistake in refused.value.mistakes}
    assert any(where == code and f"“{field}”" in reason for where, reason in told)
    assert rows_by_table() == before


def test_refuses_a_quotation_that_belongs_to_another_capture(small, tmp_path):
    load_file(small)
    text = exchanged(
        "number: 901", "number: 902",
        "      PRESS/quoted:", "      PRESS/quoted-again:",
    )  # fmt: skip
    with pytest.raises(Refused, match="press-1: “capture”"):
        load_file(written(tmp_path, text))


def test_writes_nothing_when_the_last_row_fails(small, monkeypatch):
    before = rows_by_table()
    file = read(small)

    def fail(**fields):
        raise RuntimeError("The power went.")

    monkeypatch.setattr(models.LogLine.objects, "create", fail)
    with pytest.raises(RuntimeError):
        load(file, at=factories.NOON)
    assert rows_by_table() == before


def test_tells_what_the_database_would_not_store(small, monkeypatch):
    file = read(small)
    file.sources[0].title = None
    with pytest.raises(Refused, match="could not be stored"):
        load(file, at=factories.NOON)


def test_dump_loads_to_the_same_hash(small, tmp_path):
    edition = load_file(small).edition
    dumped = write(edition)
    again = read(written(tmp_path, dumped, name="dumped.yaml"))
    assert again.edition == replace(facts_of(edition), published_on=None)
    assert load(again, at=factories.NOON).recorded == 0


class TestShippedEdition:
    """The file in fixtures/, which every installation starts from."""

    def test_is_what_the_tests_start_from(self, shipped_edition):
        stored = models.Edition.objects.get(number=shipped_edition.number)
        assert stored.sha256 == shipped_edition.sha256

    def test_has_no_problems(self):
        assert problems(models.Edition.objects.published().get()) == []

    def test_is_the_same_when_dumped(self, tmp_path):
        edition = models.Edition.objects.published().get()
        dumped = read(written(tmp_path, write(edition)))
        assert dumped.edition == replace(facts_of(edition), published_on=None)
        assert load(dumped, at=factories.NOON).recorded == 0

    def test_answers_three_effects_in_eight_regions(self, shipped_edition):
        assert len(shipped_edition.effects) == 3
        assert len(shipped_edition.regions) == 8
        assert len(shipped_edition.terms) == 24

    def test_makes_guidance_for_a_firm_that_told_nothing(self, shipped_edition):
        guidance = compose(shipped_edition, FirmProfile(), as_of=factories.DAY)
        assert 3 <= len(guidance.bottom_line) <= 5


class TestCommands:
    def test_load_says_what_it_did(self, small):
        said = StringIO()
        call_command("load_edition", small, stdout=said)
        call_command("load_edition", str(small), stdout=said)
        assert said.getvalue() == (
            "Edition 901 loaded; 9 new sources, captures and quotations.\n"
            "Edition 901 is loaded already; nothing changed.\n"
        )

    def test_load_says_why_it_did_nothing(self, tmp_path):
        path = written(tmp_path, exchanged("number: 901", "number: x"))
        with pytest.raises(CommandError) as error:
            call_command("load_edition", path)
        assert str(error.value) == (
            f"Nothing was loaded.\n{path}:3: edition: “number”: “x” is not a whole "
            "number from 0 to 9,999."
        )

    def test_dump_writes_a_file_that_loads(self, small, tmp_path):
        load_file(small)
        dumped = StringIO()
        call_command("dump_edition", "901", stdout=dumped)
        assert not load_file(written(tmp_path, dumped.getvalue())).is_new

    def test_dump_says_which_editions_there_are(self):
        with pytest.raises(CommandError, match=r"no edition 77\. Published: 1\."):
            call_command("dump_edition", "77")
