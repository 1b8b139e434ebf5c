"""What keeps an edition from readers. `test_reading.py` has the problems one by one."""

import pytest

from policyguide.policy import models
from policyguide.policy.edition_file import load, read
from policyguide.policy.problems import Problem, problems, problems_of
from tests import factories
from tests.policy.edition_files import SMALL, written


@pytest.fixture
def edition(tmp_path):
    """The facts of the small edition."""
    return read(written(tmp_path, SMALL)).edition


def test_there_are_none_in_an_edition_that_keeps_the_rules(edition):
    assert problems_of(edition, sources={"A1", "LAW"}) == []


def test_the_sources_looked_in_must_be_recorded(edition):
    assert problems_of(edition, sources={"A1"}) == [
        Problem(
            code="firms",
            field="looked_in",
            sentence="It names “LAW”, which is not a source.",
        )
    ]


@pytest.mark.django_db
class TestRows:
    def test_of_an_empty_draft_have_all_that_is_missing(self):
        assert [str(problem) for problem in problems(factories.draft())] == [
            "The edition has no effects.",
            "The edition has no regions.",
            "It takes 3 headlines that every firm reads, so that no bottom line is too "
            "short; found: 0.",
        ]

    def test_of_a_published_edition_have_none(self, tmp_path):
        file = read(written(tmp_path, SMALL))
        assert problems(load(file, at=factories.NOON).edition) == []

    def test_are_told_by_code_and_field(self):
        draft = factories.draft()
        factories.entry(draft, models.Clause, code="said")
        (problem,) = [found for found in problems(draft) if found.code]
        assert (problem.code, problem.field) == ("said", "cites")
        assert str(problem) == "said: It is stated as a fact and cites no quotation."

    def test_are_told_of_a_cell_that_is_filled_twice(self):
        draft = factories.draft()
        cell = {"region": "north", "effect": "ads", "standing": "unsaid"}
        for code in ("one", "two"):
            factories.entry(
                draft, models.RegionTerm, code=code, answer="not-stated", **cell
            )
        told = [found for found in problems(draft) if found.field == "answer"]
        assert [found.code for found in told] == ["two"]

    def test_are_told_of_a_side_whose_conflict_is_gone(self):
        draft = factories.draft()
        side = factories.entry(draft, models.Position, code="c1-a", conflict="c1")
        factories.cite(side)
        told = [str(found) for found in problems(draft) if found.code]
        assert told == ["c1-a: It names “c1”, which is not a conflict."]
