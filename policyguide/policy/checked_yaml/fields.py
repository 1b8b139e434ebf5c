"""The fields of one thing in a file, taken one by one as what they must be."""

import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from policyguide.policy.checked_yaml.mistakes import Mistakes, did_you_mean
from policyguide.policy.checked_yaml.tree import Items, Node, Table, Text

ISO_DATE = re.compile(r"\A\d{4}-\d\d-\d\d\Z", re.ASCII)
NUMBER = re.compile(r"\A\d{1,4}\Z", re.ASCII)
FLAGS = {"true": True, "false": False}


class Fields:
    """The fields under a code. What is wrong with them goes to `mistakes`.

    A wrong value is replaced by a stand-in, so that the rest can be read and all that
    is wrong with a file be shown at once.
    """

    def __init__(
        self, node: Node, *, code: str, mistakes: Mistakes, line: int = 0
    ) -> None:
        self.code = code
        self.line = line or node.line
        self.mistakes = mistakes
        self._table = node if isinstance(node, Table) else Table(node.line, {}, {})
        self._taken: set[str] = set()
        if not isinstance(node, Table) and node != Text(node.line, ""):
            self.wrong("", "Give a table here, each line as “name: …”.")

    @property
    def are_wrong(self) -> bool:
        """Whether there is a mistake with them so far."""
        return any(mistake.code == self.code for mistake in self.mistakes)

    def line_of(self, name: str) -> int:
        """The line of a field or, if it is not there, of the thing itself."""
        return self._table.lines.get(name, self.line)

    def wrong(self, name: str, reason: str) -> None:
        """Note a mistake with a field, or with the whole when the name is empty."""
        told = f"“{name}”: {reason}" if name else reason
        self.mistakes.add(self.line_of(name), self.code, told)

    def take[T](self, kind: type[T], **given: Any) -> T:
        """A dataclass of the fields it names; those in `given` are not looked for."""
        hints = get_type_hints(kind)
        found = {
            field.name: self.value(field.name, hints[field.name], field.default)
            for field in fields(kind)  # type: ignore[arg-type]
            if field.name not in given
        }
        return kind(**found, **given)

    def value(self, name: str, hint: Any, default: Any = MISSING) -> Any:
        """A field as the type `hint` says; without a default it must be there."""
        if get_origin(hint) in {frozenset, tuple}:
            return self._list(name, hint, is_required=default is MISSING)
        if get_origin(hint) is UnionType:
            hint = next(arg for arg in get_args(hint) if arg is not NoneType)
        node = self._node(name)
        if (node is None or node == Text(node.line, "")) and default is not MISSING:
            return default
        try:
            return _converter(hint)(_typed(node))
        except ValueError as error:
            self.wrong(name, str(error))
            return _stand_in(hint)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, each of them once; none if the field is not there."""
        node = self._node(name)
        if node is None or node == Text(node.line, ""):
            return ()
        if not isinstance(node, Items):
            self.wrong(name, "Give a list, as in [one, two].")
            return ()
        found = [item.value for item in node.values if isinstance(item, Text)]
        if len(found) < len(node.values):
            self.wrong(name, "Give plain texts in this list, nothing nested.")
        for again in sorted({text for text in found if found.count(text) > 1}):
            self.wrong(name, f"It names “{again}” twice.")
        return tuple(dict.fromkeys(found))

    def exact_text(self, name: str) -> str:
        """A text that must be there, with every space and line end it has."""
        node = self._node(name)
        if isinstance(node, Text) and node.value.strip():
            return node.value
        self.wrong(name, "This text is missing or empty.")
        return ""

    def thing(self, name: str) -> "Fields":
        """The thing in a field, which is its code; it must be there."""
        node = self._node(name)
        if node is None:
            self.wrong("", f"“{name}” is missing.")
            return Fields(Table(1, {}, {}), code=name, mistakes=Mistakes())
        return Fields(node, code=name, mistakes=self.mistakes, line=self.line_of(name))

    def things(self, name: str) -> Iterator["Fields"]:
        """The things in a field, each by its code with its own fields."""
        if node := self._node(name):
            yield from Fields(node, code=self.code, mistakes=self.mistakes).each()

    def each(self) -> Iterator["Fields"]:
        """Every field as a thing, with its name for a code."""
        for code, node in self._table.values.items():
            line = self.line_of(code)
            yield Fields(node, code=code, mistakes=self.mistakes, line=line)

    def listed(self, name: str) -> Iterator["Fields"]:
        """The things in a list, which have no code of their own: they go by ours."""
        node = self._node(name)
        if isinstance(node, Items):
            for thing in node.values:
                yield Fields(thing, code=self.code or name, mistakes=self.mistakes)
        elif node is not None and node != Text(node.line, ""):
            self.wrong(name, "Give a list here, each item after a hyphen.")

    def end(self) -> None:
        """Note the fields that nobody took."""
        for name in self._table.values:
            if name not in self._taken:
                nearest = did_you_mean(name, self._taken)
                self.wrong(name, f"There is no such field here.{nearest}")

    def _node(self, name: str) -> Node | None:
        self._taken.add(name)
        return self._table.values.get(name)

    def _list(self, name: str, hint: Any, *, is_required: bool) -> Any:
        convert = _converter(get_args(hint)[0])
        found = []
        for text in self.texts(name):
            try:
                found.append(convert(text))
            except ValueError as error:
                self.wrong(name, str(error))
        if is_required and not self.texts(name):
            self.wrong(name, "This list is missing or empty.")
        return get_origin(hint)(found)


def _typed(node: Node | None) -> str:
    """The text that was typed, if any was."""
    if isinstance(node, Items | Table):
        raise ValueError("Give plain text here, no list and no table.")
    if node is None or not node.value.strip():
        raise ValueError("This field is missing or empty.")
    return node.value


def _converter(hint: Any) -> Callable[[str], Any]:
    if issubclass(hint, Enum):
        return lambda text: _member(hint, text)
    return CONVERTERS[hint]


def _stand_in(hint: Any) -> Any:
    return list(hint)[-1] if issubclass(hint, Enum) else STAND_INS[hint]


def _member(known: type[Enum], text: str) -> Enum:
    try:
        return known(text)
    except ValueError:
        names = [str(member.value) for member in known]
        nearest = did_you_mean(text, names)
        raise ValueError(
            f"“{text}” is not one of {', '.join(names)}.{nearest}"
        ) from None


def _date(text: str) -> date:
    try:
        if ISO_DATE.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"“{text}” is not a date; write it as 2025-11-03.")


def _flag(text: str) -> bool:
    if text not in FLAGS:
        raise ValueError(f"“{text}” is neither true nor false.")
    return FLAGS[text]


def _number(text: str) -> int:
    if not NUMBER.match(text):
        raise ValueError(f"“{text}” is not a whole number from 0 to 9,999.")
    return int(text)


CONVERTERS: dict[Any, Callable[[str], Any]] = {
    str: str.strip,
    bool: _flag,
    int: _number,
    date: _date,
}
STAND_INS: dict[Any, Any] = {str: "", bool: False, int: 0, date: date.min}
