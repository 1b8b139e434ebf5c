"""Guidance as plain text that a lawyer can review line by line."""

from collections.abc import Iterable, Iterator

from policyguide.guidance.facts import Conflict, RegionTerm
from policyguide.guidance.findings import Because, Finding, Guidance, Place, Why

WHY = {
    Why.OFFICE: "office in {}",
    Why.REGION: "asked about {}",
    Why.USE: "use: {}",
    Why.EVERYONE: "everyone",
}


def as_text(guidance: Guidance) -> str:
    """The whole guidance, section by section, with numbered quotations at the end."""
    return "\n".join(_lines(guidance)) + "\n"


def _lines(guidance: Guidance) -> Iterator[str]:
    profile = guidance.profile
    yield f"{profile.name or 'Anybody'}, as of {guidance.as_of}"
    yield f"Offices: {', '.join(f'{o.city} ({o.country})' for o in profile.offices)}"
    yield f"Uses: {', '.join(sorted(profile.uses))}"
    for title, findings in _sections(guidance):
        yield from _section(guidance, title, findings)
    yield from _sources(guidance)


def _sections(guidance: Guidance) -> list[tuple[str, Iterable[Finding]]]:
    return [
        ("Bottom line", guidance.bottom_line),
        ("Effects", guidance.effects),
        *((_place(place), (place.region, *place.cells)) for place in guidance.places),
        ("What changed", guidance.changes),
        ("New", guidance.new),
        ("Before", guidance.before),
        ("Training", guidance.training),
        ("Used", guidance.used),
        ("Unresolved", guidance.unresolved),
        ("Excluded", guidance.excluded),
        ("Affiliates", guidance.affiliates),
        *(
            (f"Sharing: {shared.effect.title}", shared.terms)
            for shared in guidance.sharing
        ),
        ("Opting out", guidance.opting_out),
        ("Controls", guidance.controls),
        *((f"To do: {to_do.audience}", to_do.actions) for to_do in guidance.to_do),
        ("Reasons given", guidance.reasons),
        ("Conflicts", guidance.conflicts),
        ("Not stated", guidance.silences),
        ("Rumours", guidance.rumours),
        ("Regulators", guidance.regulators),
        ("Duties", guidance.duties),
        ("History", guidance.history),
    ]


def _place(place: Place) -> str:
    cities = ", ".join(office.city for office in place.offices)
    return f"{place.region.title} ({cities or 'no office'})"


def _section(
    guidance: Guidance, title: str, findings: Iterable[Finding]
) -> Iterator[str]:
    yield f"\n== {title}"
    for finding in findings:
        yield from _finding(guidance, finding)


def _finding(guidance: Guidance, finding: Finding) -> Iterator[str]:
    numbers = "".join(
        f"[{guidance.citation_of[quotation.code].number}]"
        for quotation in finding.quotations
    )
    because = "; ".join(map(_because, finding.because))
    yield f"* {finding.title or finding.code} ({finding.standing}) {numbers}".rstrip()
    if isinstance(finding.entry, RegionTerm):
        term = finding.entry
        yield f"  {term.effect}: {term.answer}, since {term.since}, {term.legal_basis}"
    if finding.words:
        yield "  " + finding.words.strip().replace("\n", "\n  ")
    if isinstance(finding.entry, Conflict):
        for position in finding.entry.positions:
            yield f"  - {position.words.strip()}"
        yield f"  = {finding.entry.resolution.strip()}"
    if finding.conflicts:
        yield f"  depends on {', '.join(finding.conflicts)}"
    yield f"  because: {because}"


def _because(because: Because) -> str:
    return WHY[because.why].format(because.what)


def _sources(guidance: Guidance) -> Iterator[str]:
    yield "\n== Sources"
    for cited in guidance.sources:
        yield f"{cited.source.code} · {cited.source.title} · {cited.source.publisher}"
        for citation in cited.citations:
            quotation = citation.quotation
            yield f"  [{citation.number}] {quotation.provenance}: {quotation.text}"
