"""Rows as facts: an edition, published or draft, as the guidance knows it."""

from collections import defaultdict
from dataclasses import fields, replace
from typing import Any

from django.db.models import QuerySet

from policyguide.guidance import facts
from policyguide.guidance.canonical import sha256_of
from policyguide.policy import models

NOT_CONTENT = frozenset({"number", "sha256", "published_on", "sources"})

type Quotations = dict[int, tuple[facts.Quotation, ...]]


def facts_of(edition: models.Edition) -> facts.Edition:
    """All rows of an edition in reading order, under the hash of their content."""
    rows = Rows(edition)
    found = facts.Edition(
        number=edition.number or 0,
        title=edition.title,
        in_force_from=edition.in_force_from,
        change_note=edition.change_note,
        sha256="",
        published_on=edition.published_at.date() if edition.published_at else None,
        sources=rows.sources(),
        effects=rows.effects(),
        regions=rows.regions(),
        controls=rows.controls(),
        terms=rows.terms(),
        clauses=rows.clauses(),
        categories=rows.categories(),
        affiliate_terms=rows.affiliate_terms(),
        headlines=rows.headlines(),
        actions=rows.actions(),
        conflicts=rows.conflicts(),
        silences=rows.silences(),
        rumours=rows.rumours(),
        authorities=rows.authorities(),
    )
    return replace(found, sha256=content_sha256(found))


def content_sha256(edition: facts.Edition) -> str:
    """The hash of what an edition says, wherever and under whatever number it is."""
    names = (field.name for field in fields(edition) if field.name not in NOT_CONTENT)
    return sha256_of({name: getattr(edition, name) for name in names})


class Rows:
    """The rows of one edition. A query for each kind, and one for all quotations."""

    def __init__(self, edition: models.Edition) -> None:
        self._edition = edition
        self._quotations = _quotations(edition)

    def sources(self) -> tuple[facts.Source, ...]:
        cited = {
            quotation.source
            for found in self._quotations.values()
            for quotation in found
        }
        return tuple(sorted(cited, key=lambda source: source.code))

    def effects(self) -> tuple[facts.Effect, ...]:
        rows = self._of(models.Effect.objects.all())
        return tuple(facts.Effect(**self._common(row)) for row in rows)

    def regions(self) -> tuple[facts.Region, ...]:
        return tuple(
            facts.Region(**self._common(row), countries=frozenset(row.countries))
            for row in self._of(models.Region.objects.all())
        )

    def controls(self) -> tuple[facts.Control, ...]:
        return tuple(
            facts.Control(
                **self._common(row),
                where=row.where,
                url=row.url,
                default=row.default,
                reaches=row.reaches,
                does_not_reach=row.does_not_reach,
                regions=frozenset(row.regions),
            )
            for row in self._of(models.Control.objects.all())
        )

    def terms(self) -> tuple[facts.RegionTerm, ...]:
        return tuple(
            facts.RegionTerm(
                **self._common(row),
                region=row.region,
                effect=row.effect,
                answer=facts.Answer(row.answer),
                since=row.since,
                legal_basis=row.legal_basis,
                control=row.control,
            )
            for row in self._of(models.RegionTerm.objects.all())
        )

    def clauses(self) -> tuple[facts.Clause, ...]:
        return tuple(
            facts.Clause(
                **self._common(row),
                topic=facts.Topic(row.topic),
                regions=frozenset(row.regions),
                since=row.since,
            )
            for row in self._of(models.Clause.objects.all())
        )

    def categories(self) -> tuple[facts.DataCategory, ...]:
        return tuple(
            facts.DataCategory(
                **self._common(row),
                effect=row.effect,
                listing=facts.Listing(row.listing),
                uses=_uses(row.uses),
                regions=frozenset(row.regions),
                note=row.note,
            )
            for row in self._of(models.DataCategory.objects.all())
        )

    def affiliate_terms(self) -> tuple[facts.AffiliateTerm, ...]:
        return tuple(
            facts.AffiliateTerm(
                **self._common(row),
                recipient=row.recipient,
                effect=row.effect,
                regions=frozenset(row.regions),
                control=row.control,
            )
            for row in self._of(models.AffiliateTerm.objects.all())
        )

    def headlines(self) -> tuple[facts.Headline, ...]:
        return tuple(
            facts.Headline(
                **self._common(row),
                effect=row.effect,
                answer=facts.Answer(row.answer) if row.answer else None,
                uses=_uses(row.uses),
            )
            for row in self._of(models.Headline.objects.all())
        )

    def actions(self) -> tuple[facts.Action, ...]:
        return tuple(
            facts.Action(
                **self._common(row),
                audience=facts.Audience(row.audience),
                by_when=row.by_when,
                regions=frozenset(row.regions),
                uses=_uses(row.uses),
            )
            for row in self._of(models.Action.objects.all())
        )

    def conflicts(self) -> tuple[facts.Conflict, ...]:
        positions = self._positions()
        return tuple(
            facts.Conflict(
                **self._common(row),
                positions=tuple(positions[row.code]),
                resolution=row.resolution,
                is_settled=row.is_settled,
                touches=frozenset(row.touches),
            )
            for row in self._of(models.Conflict.objects.all())
        )

    def silences(self) -> tuple[facts.Silence, ...]:
        return tuple(
            facts.Silence(
                **self._common(row),
                looked_in=tuple(row.looked_in),
                uses=_uses(row.uses),
            )
            for row in self._of(models.Silence.objects.all())
        )

    def rumours(self) -> tuple[facts.Rumour, ...]:
        rows = self._of(models.Rumour.objects.all())
        return tuple(facts.Rumour(**self._common(row)) for row in rows)

    def authorities(self) -> tuple[facts.Authority, ...]:
        return tuple(
            facts.Authority(
                **self._common(row),
                body=row.body,
                is_regulator=row.is_regulator,
                countries=frozenset(row.countries),
                stated_on=row.stated_on,
            )
            for row in self._of(models.Authority.objects.all())
        )

    def _positions(self) -> defaultdict[str, list[facts.Position]]:
        """The sides of each conflict, by the conflict's code."""
        sides: defaultdict[str, list[facts.Position]] = defaultdict(list)
        for row in self._of(models.Position.objects.all()):
            sides[row.conflict].append(
                facts.Position(
                    code=row.code,
                    words=row.words,
                    quotations=self._quotations.get(row.pk, ()),
                )
            )
        return sides

    def _of[M: models.Entry](self, rows: QuerySet[M]) -> QuerySet[M]:
        return rows.filter(edition=self._edition).order_by("position", "code")

    def _common(self, row: models.Entry) -> dict[str, Any]:
        return {
            "code": row.code,
            "title": row.title,
            "words": row.words,
            "standing": facts.Standing(row.standing),
            "quotations": self._quotations.get(row.pk, ()),
        }


def _uses(codes: list[str]) -> frozenset[facts.Use]:
    return frozenset(facts.Use(code) for code in codes)


def _quotations(edition: models.Edition) -> Quotations:
    """Each entry's quotations, by the entry's key."""
    rows = (
        models.Citation.objects.filter(entry__edition=edition)
        .select_related("quotation__capture__source")
        .defer("quotation__capture__text", "quotation__capture__raw")
        .order_by("entry_id", "position", "quotation__code")
    )
    known: dict[int, facts.Quotation] = {}
    found: defaultdict[int, list[facts.Quotation]] = defaultdict(list)
    for row in rows:
        if row.quotation_id not in known:
            known[row.quotation_id] = quotation_fact(row.quotation)
        found[row.entry_id].append(known[row.quotation_id])
    return {entry: tuple(quotations) for entry, quotations in found.items()}


def quotation_fact(row: models.Quotation) -> facts.Quotation:
    """A quotation with its source; the row's capture and source should be loaded."""
    return facts.Quotation(
        code=row.code,
        source=source_fact(row.capture.source),
        text=row.text,
        provenance=facts.Provenance(row.provenance),
        captured_on=row.capture.captured_on,
        capture_code=row.capture.code,
        capture_sha256=row.capture.sha256,
        start=row.start,
        end=row.end,
        quoted_by=row.quoted_by,
        copy_dated=row.capture.copy_dated,
    )


def source_fact(row: models.Source) -> facts.Source:
    return facts.Source(
        code=row.code,
        title=row.title,
        publisher=row.publisher,
        kind=facts.SourceKind(row.kind),
        url=row.url,
        state=row.state,
    )
