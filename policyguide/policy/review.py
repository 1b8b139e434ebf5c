"""A change as whoever decides on it must see it: whole, against what it replaces."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from policyguide.policy.differences import Difference, How, differences
from policyguide.policy.drafts import Person
from policyguide.policy.kinds import KINDS, Kind
from policyguide.policy.models import (
    Change,
    Edition,
    Effect,
    Entry,
    LogLine,
    Region,
    RegionTerm,
)
from policyguide.policy.problems import Problem
from policyguide.policy.rechecks import doubtful
from policyguide.policy.states import OPEN, ChangeState, Move
from policyguide.policy.workflow import moves_for, obstacles, overtaken_by


@dataclass(frozen=True)
class Review:
    """A change in the eyes of one person."""

    change: Change
    person: Person

    @property
    def edition(self) -> Edition:
        return self.change.edition

    @property
    def is_open(self) -> bool:
        return self.change.state in OPEN

    @property
    def may_write(self) -> bool:
        """Whether the draft can be changed now."""
        return self.person.is_editor and self.change.state == ChangeState.DRAFT

    @cached_property
    def obstacles(self) -> tuple[Problem, ...]:
        """What keeps it from being published; nothing once it is."""
        return tuple(obstacles(self.edition)) if self.is_open else ()

    @cached_property
    def doubtful(self) -> tuple[Entry, ...]:
        """The entries that rest on wordings that are gone from their source."""
        return tuple(doubtful(self.edition)) if self.is_open else ()

    @property
    def faulty(self) -> frozenset[str]:
        """The codes of the entries that have a problem."""
        return frozenset(problem.code for problem in self.obstacles)

    @cached_property
    def entries(self) -> tuple[tuple[Kind, tuple[Difference, ...]], ...]:
        """Every kind, with its entries."""
        found = differences(self.edition.based_on, self.edition)
        return tuple(
            (kind, tuple(d for d in found if d.kind is kind)) for kind in KINDS
        )

    @property
    def effects(self) -> tuple[Difference, ...]:
        return self._of[Effect]

    @property
    def _of(self) -> dict[type[Entry], tuple[Difference, ...]]:
        return {kind.rows: found for kind, found in self.entries}

    @cached_property
    def grid(self) -> tuple[tuple[Difference, tuple[Difference, ...]], ...]:
        """The region × effect grid, region by region."""
        cells = {
            (cell.row.region, cell.row.effect): cell
            for cell in self._of[RegionTerm]
            if isinstance(cell.row, RegionTerm)
        }
        return tuple(
            (region, tuple(_cells(cells, region.code, self.effects)))
            for region in self._of[Region]
        )

    @cached_property
    def changed(self) -> tuple[Difference, ...]:
        """The entries that read differently from the edition it was made from."""
        return tuple(
            difference
            for _, group in self.entries
            for difference in group
            if difference.how is not How.SAME
        )

    @cached_property
    def overtaken_by(self) -> Edition | None:
        return overtaken_by(self.edition) if self.is_open else None

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        return moves_for(self.change, self.person)

    @property
    def log(self) -> QuerySet[LogLine]:
        """What was done, the last first."""
        return self.change.log.select_related("by").order_by("-pk")


def _cells(
    cells: Mapping[tuple[str, str], Difference],
    region: str,
    effects: Iterable[Difference],
) -> Iterator[Difference]:
    """A row of the grid; a cell that is missing is passed over, for it is a problem."""
    for effect in effects:
        if (region, effect.code) in cells:
            yield cells[region, effect.code]
