"""What is wrong with a file: where, with which thing, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Mistake:
    """A reason to refuse a file; `line` 0 is the file as a whole."""

    line: int
    code: str
    reason: str


class Refused(Exception):
    """A file of which nothing was taken in, with all that is wrong with it."""

    def __init__(self, path: Path, mistakes: Iterable[Mistake]) -> None:
        self.path = path
        self.mistakes = sorted(set(mistakes))
        super().__init__(path, self.mistakes)

    def __str__(self) -> str:
        return "\n".join(self._line(mistake) for mistake in self.mistakes)

    def _line(self, mistake: Mistake) -> str:
        place = f"{self.path}:{mistake.line}" if mistake.line else str(self.path)
        code = f"{mistake.code}: " if mistake.code else ""
        return f"{place}: {code}{mistake.reason}"


class Mistakes(list[Mistake]):
    """Those found so far."""

    def add(self, line: int, code: str, reason: str) -> None:
        self.append(Mistake(line, code, reason))


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """A question that ends the reason, if something known is spelled nearly so."""
    near = get_close_matches(typed, list(known), n=1)
    return f" Did you mean “{near[0]}”?" if near else ""
