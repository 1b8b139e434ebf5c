"""From the bytes of a file to tables, lists and texts that know their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from policyguide.policy.checked_yaml.mistakes import Mistake, Refused

LARGEST_FILE = 5_000_000
MOST_VALUES = 100_000
DEEPEST = 12
UNPRINTABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Text:
    line: int
    value: str


@dataclass(frozen=True)
class Items:
    line: int
    values: tuple["Node", ...]


@dataclass(frozen=True)
class Table:
    """Values by key, and the line of each key."""

    line: int
    values: dict[str, "Node"]
    lines: dict[str, int]


type Node = Text | Items | Table


class _Wrong(Exception):
    """What is wrong, and on which line."""


def read_table(path: Path) -> Table:
    """The file's one table. Raises `Refused` with the first thing that is not YAML."""
    try:
        return _table_of(_text_of(path))
    except _Wrong as error:
        line, reason = error.args
        raise Refused(path, [Mistake(line, "", reason)]) from None


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _Wrong(0, f"cannot be read: {reason}.") from None
    if len(content) > LARGEST_FILE:
        raise _Wrong(0, f"is larger than {LARGEST_FILE // 1_000_000} MB, the most.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Wrong(line, "is not UTF-8; save the file in that encoding.") from None
    _refuse_unprintable(text, line=1)
    return text


def _refuse_unprintable(text: str, *, line: int) -> None:
    if found := UNPRINTABLE.search(text):
        line += text.count("\n", 0, found.start())
        raise _Wrong(line, f"holds the control character U+{ord(found[0]):04X}.")


def _table_of(text: str) -> Table:
    try:
        node = _Builder(yaml.parse(text, Loader=LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise _Wrong(line, f"is not YAML: {error.problem}.") from None
    except yaml.YAMLError as error:
        raise _Wrong(0, f"is not YAML: {error}") from None
    if not isinstance(node, Table):
        raise _Wrong(node.line, "is not a table of sections, such as “edition:”.")
    return node


class _Builder:
    """Builds nodes from the parser's events."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._values = 0

    def document(self) -> Node:
        next(self._events)  # the stream starts
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _Wrong(0, "is empty.")
        node = self._node(next(self._events), depth=0)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Wrong(_line(after), "starts a second document; keep to one.")
        return node

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        line = _line(event)
        self._refuse(event, line, depth)
        if isinstance(event, yaml.ScalarEvent):
            _refuse_unprintable(event.value, line=line)
            return Text(line, event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(line, tuple(self._items(depth + 1)))
        return self._table(line, depth + 1)

    def _refuse(self, event: yaml.Event, line: int, depth: int) -> None:
        self._values += 1
        if getattr(event, "anchor", None):
            raise _Wrong(line, "has an anchor or alias (& or *); write it out instead.")
        if (tag := getattr(event, "tag", None)) not in {None, "!"}:
            raise _Wrong(line, f"has a tag ({tag}); leave it out.")
        if depth > DEEPEST:
            raise _Wrong(line, f"is nested more than {DEEPEST} deep.")
        if self._values > MOST_VALUES:
            raise _Wrong(line, f"has more than {MOST_VALUES:,} values.")

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth=depth)

    def _table(self, line: int, depth: int) -> Table:
        table = Table(line, {}, {})
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth=depth)
            if not isinstance(key, Text):
                raise _Wrong(key.line, "has a key that is not plain text.")
            if key.value in table.values:
                first = table.lines[key.value]
                raise _Wrong(key.line, f"has “{key.value}” again, as on line {first}.")
            table.lines[key.value] = key.line
            table.values[key.value] = self._node(next(self._events), depth=depth)
        return table


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
