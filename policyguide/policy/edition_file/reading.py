"""From a file to facts: everything is checked and nothing is saved."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from policyguide.guidance import facts
from policyguide.guidance.facts import Provenance
from policyguide.policy import captures, models
from policyguide.policy.checked_yaml import Fields, Mistakes, read_table
from policyguide.policy.checked_yaml.mistakes import did_you_mean
from policyguide.policy.edition_file.checking import check
from policyguide.policy.edition_file.contents import EditionFile, Head, HowRead, Quoted
from policyguide.policy.edition_file.kinds import SECTIONS, columns_of, crossing
from policyguide.policy.rows import content_sha256, quotation_fact

HOW_OFTEN = "Say in how many pages a quoted wording was read; leave it out for others."


def read(path: Path) -> EditionFile:
    """The file at `path`, if it keeps every rule; else `Refused`, with all mistakes."""
    file = Reader(path).file()
    check(file)
    file.refuse_if_wrong()
    return file


class Reader:
    """Reads one file, from its sources on, since entries cite what these hold."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mistakes = Mistakes()
        self._top = Fields(read_table(path), code="", mistakes=self._mistakes)
        self._sources: list[models.Source] = []
        self._captures: list[models.Capture] = []
        self._quotations: dict[str, models.Quotation] = {}
        self._recorded: dict[str, Fields] = {}
        self._entries: dict[str, Fields] = {}

    def file(self) -> EditionFile:
        for fields in self._top.things("sources"):
            self._source(fields)
        head = self._head()
        edition = self._edition(head)
        self._top.end()
        return EditionFile(
            path=self._path,
            edition=edition,
            severity=head.severity,
            sources=tuple(self._sources),
            captures=tuple(self._captures),
            quotations=tuple(self._quotations.values()),
            recorded=self._recorded,
            entries=self._entries,
            mistakes=self._mistakes,
        )

    def _source(self, fields: Fields) -> None:
        self._name(fields, self._recorded)
        found = fields.take(facts.Source, code=fields.code)
        source = models.Source(**columns_of(found, models.Source))
        self._sources.append(source)
        for capture in fields.things("captures"):
            self._capture(source, capture)
        fields.end()

    def _capture(self, source: models.Source, fields: Fields) -> None:
        self._name(fields, self._recorded)
        if not fields.code.startswith(f"{source.code}/"):
            fields.wrong("", f"Begin the code with its source's: {source.code}/…")
        how = columns_of(fields.take(HowRead), models.Capture)
        text = fields.exact_text("text")
        capture = captures.capture(source, text, code=fields.code, **how)
        self._captures.append(capture)
        for quotation in fields.things("quotations"):
            self._quotation(capture, quotation)
        fields.end()

    def _quotation(self, capture: models.Capture, fields: Fields) -> None:
        self._name(fields, self._recorded)
        quoted = fields.take(Quoted)
        fields.end()
        is_quoted = quoted.provenance is Provenance.QUOTED
        if is_quoted != (quoted.quoted_by > 0) and not fields.are_wrong:
            fields.wrong("quoted_by", HOW_OFTEN)
        known = columns_of(quoted, models.Quotation)
        row = models.Quotation(capture=capture, code=fields.code, **known)
        self._quotations[fields.code] = row
        if quoted.text and capture.text:
            try:
                row.start, row.end = captures.span_of(quoted.text, capture)
            except captures.NotExact as error:
                fields.wrong("text", str(error))

    def _head(self) -> Head:
        fields = self._top.thing("edition")
        self._entries[""] = fields
        head = fields.take(Head)
        fields.end()
        if head.number == 0 and not fields.are_wrong:
            fields.wrong("number", "Editions are numbered from 1.")
        return head

    def _edition(self, head: Head) -> facts.Edition:
        sections = self._sections()
        edition = facts.Edition(
            number=head.number,
            title=head.title,
            in_force_from=head.in_force_from,
            change_note=head.change_note,
            sha256="",
            sources=_sources_cited(sections),
            **sections,
        )
        return replace(edition, sha256=content_sha256(edition))

    def _sections(self) -> dict[str, Any]:
        """The entries of each section. The grid's names come from those before it."""
        titles: dict[str, str] = {}
        found: dict[str, tuple[facts.Entry, ...]] = {}
        for section, kind in SECTIONS.items():
            things = self._top.things(section)
            if kind is facts.RegionTerm:
                found[section] = tuple(self._terms(things, titles))
            else:
                found[section] = tuple(self._entry(kind, thing) for thing in things)
            titles |= {entry.code: entry.title for entry in found[section]}
        return found

    def _entry[E: facts.Entry](self, kind: type[E], fields: Fields, **given: Any) -> E:
        self._name(fields, self._entries)
        if kind is facts.Conflict:
            sides = [self._side(side) for side in fields.things("positions")]
            given["positions"] = tuple(sides)
        cited = self._cited(fields)
        entry = fields.take(kind, code=fields.code, quotations=cited, **given)
        fields.end()
        return entry

    def _side(self, fields: Fields) -> facts.Position:
        self._name(fields, self._entries)
        cited = self._cited(fields)
        side = fields.take(facts.Position, code=fields.code, quotations=cited)
        fields.end()
        return side

    def _terms(
        self, regions: Iterable[Fields], titles: dict[str, str]
    ) -> Iterator[facts.RegionTerm]:
        """The cells of the grid; one without a title is called what it crosses."""
        for region in regions:
            for fields in region.each():
                effect = fields.code
                fields.code = f"{region.code}.{effect}"
                title = crossing(titles, region.code, effect)
                yield self._entry(
                    facts.RegionTerm,
                    fields,
                    title=fields.value("title", str, title),
                    region=region.code,
                    effect=effect,
                )

    def _cited(self, fields: Fields) -> tuple[facts.Quotation, ...]:
        codes = fields.texts("cites")
        for code in codes:
            if code not in self._quotations:
                nearest = did_you_mean(code, self._quotations)
                fields.wrong("cites", f"There is no quotation “{code}” here.{nearest}")
        known = (self._quotations.get(code) for code in codes)
        return tuple(quotation_fact(row) for row in known if row)

    def _name(self, fields: Fields, named: dict[str, Fields]) -> None:
        """Keep a thing by its code, which must be new."""
        other = named.setdefault(fields.code, fields)
        if other is not fields:
            fields.wrong("", f"This code is taken, on line {other.line}.")


def _sources_cited(sections: dict[str, Any]) -> tuple[facts.Source, ...]:
    cited = {
        quotation.source
        for entries in sections.values()
        for entry in entries
        for quotation in entry.rests_on
    }
    return tuple(sorted(cited, key=lambda source: source.code))
