"""Two memos of a firm as one Word document with tracked changes.

Accepting all changes gives the later memo. Rejecting them gives the words of the
earlier one, in the tables of the later.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, cast

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from policyguide.guidance.redline import Kind, Span, edits, redline
from policyguide.memos.docx import saved, word_copy, word_element
from policyguide.memos.models import Memo

FIRST_NUMBER = 1_000_000  # beyond the numbers of bookmarks, which share them
LEAST_IN_COMMON = 0.5


def docx_of_changes(before: Memo, after: Memo) -> bytes:
    """The way from one issued memo to a later one, by whoever issued that."""
    document = word_copy(after)
    revision = Revision(by=after.issuer, at=cast(datetime, after.issued_at))
    revision.mark(paragraphs_of(word_copy(before)), paragraphs_of(document))
    return saved(document)


def paragraphs_of(document: Document) -> list[Paragraph]:
    """All paragraphs in the order they are read, those in tables too."""
    found = document.element.body.iter(qn("w:p"))
    return [Paragraph(paragraph, document._body) for paragraph in found]


@dataclass(kw_only=True)
class Revision:
    """Marks what was done to a document since an earlier one."""

    by: str
    at: datetime
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST_NUMBER))

    def mark(self, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> None:
        """Track the way from the old paragraphs to the new ones, which are changed."""
        before, after = deque(old), deque(new)
        removed, added = list[Paragraph](), list[Paragraph]()
        for span in _steps([*map(_told, old)], [*map(_told, new)]):
            if span.kind is Kind.REMOVED:
                removed.append(before.popleft())
            elif span.kind is Kind.ADDED:
                added.append(after.popleft())
            else:
                self._replace(removed, added, follows=after[0])
                removed, added = [], []
                before.popleft()
                after.popleft()
        end = _new_one_after(new[-1])
        self._replace(removed, added, follows=end)
        end._p.getparent().remove(end._p)

    def _replace(
        self,
        removed: list[Paragraph],
        added: list[Paragraph],
        *,
        follows: Paragraph,
    ) -> None:
        """Pair those that are one paragraph reworded; the rest is gone or new."""
        for paragraph in added:
            pairs = (i for i, old in enumerate(removed) if _alike(old, paragraph))
            pair = next(pairs, None)
            if pair is None:
                self._add(paragraph)
                continue
            for old in removed[:pair]:
                self._remove(old, before=paragraph)
            self._reword(removed[pair], paragraph)
            removed = removed[pair + 1 :]
        for old in removed:
            self._remove(old, before=follows)

    def _add(self, paragraph: Paragraph) -> None:
        for run in _runs(paragraph):
            self._insert(run)
        self._mark_end(paragraph._p, "w:ins")

    def _remove(self, old: Paragraph, *, before: Paragraph) -> None:
        gone = before.insert_paragraph_before(style=old.style and old.style.name)
        self._mark_end(gone._p, "w:del")
        gone._p.append(self._deletion(_text(old)))

    def _reword(self, old: Paragraph, new: Paragraph) -> None:
        runs = deque(_runs(new))
        for span in redline(_text(old), _text(new)):
            if span.kind is Kind.REMOVED:
                deletion = self._deletion(span.text)
                if runs:
                    runs[0].addprevious(deletion)
                else:
                    new._p.append(deletion)
            else:
                for run in _taken(runs, len(span.text)):
                    if span.kind is Kind.ADDED:
                        self._insert(run)

    def _insert(self, run: Any) -> None:
        insertion = self._change("w:ins")
        run.addprevious(insertion)
        insertion.append(run)

    def _deletion(self, text: str) -> Any:
        deletion, run = self._change("w:del"), word_element("w:r")
        gone = word_element("w:delText", {"xml:space": "preserve"})
        gone.text = text.replace("\n", " ")
        run.append(gone)
        deletion.append(run)
        return deletion

    def _mark_end(self, paragraph: Any, kind: str) -> None:
        """Say that the end of the paragraph is new, or gone, too."""
        mark = word_element("w:rPr")
        mark.append(self._change(kind))
        paragraph.get_or_add_pPr().append(mark)

    def _change(self, kind: str) -> Any:
        moment = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = {"w:id": str(next(self.numbers)), "w:author": self.by, "w:date": moment}
        return word_element(kind, told)


def _steps(old: list[str], new: list[str]) -> list[Span]:
    """The shortest way between them or, if that is long, all out and all in."""
    found = edits(old, new)
    if found is not None:
        return found
    out = [Span(kind=Kind.REMOVED, text=text) for text in old]
    return out + [Span(kind=Kind.ADDED, text=text) for text in new]


def _new_one_after(paragraph: Paragraph) -> Paragraph:
    """An empty paragraph that follows this one."""
    following = word_element("w:p")
    paragraph._p.addnext(following)
    return Paragraph(following, paragraph._parent)


def _told(paragraph: Paragraph) -> str:
    """What makes it the same paragraph in another document."""
    return f"{paragraph.style and paragraph.style.name}: {_text(paragraph)}"


def _alike(old: Paragraph, new: Paragraph) -> bool:
    """Whether one is the other reworded: of one style, and half of its words shared."""
    one, other = set(_text(old).split()), set(_text(new).split())
    shared = len(one & other) / max(len(one), len(other), 1)
    styles = [row.style and row.style.name for row in (old, new)]
    return styles[0] == styles[1] and shared >= LEAST_IN_COMMON


def _runs(paragraph: Paragraph) -> list[Any]:
    return list(paragraph._p.iter(qn("w:r")))


def _text(paragraph: Paragraph) -> str:
    return "".join(Run(run, paragraph).text for run in _runs(paragraph))


def _taken(runs: deque[Any], length: int) -> Iterator[Any]:
    """The next runs, of so many characters together; the last is cut to fit."""
    while length:
        run = runs.popleft()
        text = run.text
        if len(text) > length:
            rest = deepcopy(run)
            run.addnext(rest)
            run.text, rest.text = text[:length], text[length:]
            runs.appendleft(rest)
        length -= min(len(text), length)
        yield run
