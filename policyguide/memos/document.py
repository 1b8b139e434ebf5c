"""The memo as a document: what the guidance says, worded, laid out, typeset."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import qrcode
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from policyguide.firms.letterheads import Letterhead
from policyguide.guidance import Guidance, compose
from policyguide.guidance.canonical import canonical_json
from policyguide.guidance.citing import Style, style_for
from policyguide.guidance.compare import Difference, compare
from policyguide.guidance.facts import DataCategory, FirmProfile
from policyguide.guidance.findings import Finding, ToDo
from policyguide.guidance.record import record_of
from policyguide.memos.models import Memo
from policyguide.memos.pdf import Attachment, DocumentMeta, Paper, render_pdf
from policyguide.policy.editions import edition_numbered

LETTER_COUNTRIES = frozenset({"US", "CA"})
# So many are printed, for page 1 to stand alone whatever else it has to say.
FIRST_CHANGES, FIRST_ACTIONS = 2, 1
TYPESETTERS = ("weasyprint", "pikepdf")
DATA = "guidance.json"


@dataclass(frozen=True, kw_only=True)
class Document:
    """All that is kept of an issued memo."""

    guidance: str
    html: str
    pdf: bytes
    pages: int
    renderer: str


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The memo's heading, as the template prints it."""

    title: str
    firm_name: str
    letterhead: Letterhead
    citation_style: Style
    number: int
    to: str
    sender: str
    issued_at: datetime
    as_of: date
    status_url: str
    paper: Paper

    @property
    def author(self) -> str:
        return self.letterhead.prepared_by or self.firm_name


@dataclass(frozen=True, kw_only=True)
class SinceLast:
    """What changed for the firm since its last memo."""

    memo: Memo
    differences: tuple[Difference, ...]


def guidance_of(memo: Memo) -> Guidance:
    """All that the firm was told: of an edition, which cannot change, as it was."""
    edition = edition_numbered(memo.edition.number or 0, memo.edition.sha256)
    return compose(
        edition, memo.firm_profile(), as_of=memo.as_of, in_doubt=memo.doubts()
    )


def abridged(guidance: Guidance) -> Guidance:
    """What a memo of five pages prints: the rest stays on the firm's page.

    Of what changed and of what to do, the first; of the data listed as used or unclear,
    what the firm has to do with, or all if it named no use; of the conflicts, those
    that something printed depends on.
    """
    printed = replace(
        guidance,
        changes=guidance.changes[:FIRST_CHANGES],
        used=_of_the_firm(guidance, guidance.used),
        unresolved=_of_the_firm(guidance, guidance.unresolved),
        to_do=tuple(map(_first_to_do, guidance.to_do)),
        training=(),
        affiliates=(),
        sharing=(),
        reasons=(),
        conflicts=(),
        rumours=(),
        history=(),
    )
    depended_on = {code for finding in printed for code in finding.conflicts}
    return replace(
        printed,
        conflicts=tuple(
            conflict for conflict in guidance.conflicts if conflict.code in depended_on
        ),
    )


def _first_to_do(to_do: ToDo) -> ToDo:
    return replace(to_do, actions=to_do.actions[:FIRST_ACTIONS])


def _of_the_firm(
    guidance: Guidance, categories: tuple[Finding[DataCategory], ...]
) -> tuple[Finding[DataCategory], ...]:
    if not guidance.profile.uses:
        return categories
    return tuple(category for category in categories if category.is_yours)


def document_of(memo: Memo, *, issued_at: datetime) -> Document:
    """The memo as it will be issued. Raises `RenderFailed` or `PdfUnavailable`."""
    told = guidance_of(memo)
    guidance = abridged(told)
    cover = cover_of(memo, issued_at=issued_at)
    data = canonical_json(record_of(guidance))
    html = render_to_string(
        "memos/memo.html",
        {
            "memo": cover,
            "guidance": guidance,
            "since_last": since_last(memo, told),
        },
    )
    pdf = render_pdf(
        html,
        meta=DocumentMeta(
            title=cover.title,
            author=cover.author,
            subject=_("Memorandum %(number)s") % {"number": memo.number},
            issued_at=issued_at,
        ),
        attachment=Attachment(
            name=DATA,
            content=data.encode(),
            description=_("The guidance of this memorandum as data"),
        ),
        images=images_of(memo, cover),
    )
    return Document(
        guidance=data, html=html, pdf=pdf, pages=_pages(pdf), renderer=_renderer()
    )


def cover_of(memo: Memo, *, issued_at: datetime) -> Cover:
    profile = memo.firm_profile()
    letterhead = memo.letterhead()
    return Cover(
        title=_("LinkedIn’s generative-AI terms and %(firm)s") % {"firm": profile.name},
        firm_name=profile.name,
        letterhead=letterhead,
        citation_style=Style(letterhead.citation_style or style_for(home_of(profile))),
        number=memo.number,
        to=_("Partners and marketing, %(firm)s") % {"firm": profile.name},
        sender=memo.issuer,
        issued_at=issued_at,
        as_of=memo.as_of,
        status_url=f"{settings.SITE_URL}{memo.get_absolute_url()}",
        paper=paper_for(profile),
    )


def images_of(memo: Memo, cover: Cover) -> dict[str, bytes]:
    """The pictures that the template shows, by their names there."""
    logo = memo.logo()
    return {"qr": qr_code(cover.status_url)} | ({"logo": logo} if logo else {})


def home_of(profile: FirmProfile) -> str:
    """The country whose customs a firm's memos follow: that of its first office."""
    return profile.offices[0].country if profile.offices else ""


def paper_for(profile: FirmProfile) -> Paper:
    return Paper.LETTER if home_of(profile) in LETTER_COUNTRIES else Paper.A4


def since_last(memo: Memo, told: Guidance) -> SinceLast | None:
    """The way from the firm's last memo to this one; nothing for its first."""
    issued = memo.firm.memos.issued().select_related("edition")
    last = issued.before(memo.number)
    if last is None:
        return None
    return SinceLast(memo=last, differences=compare(guidance_of(last), told))


def qr_code(url: str) -> bytes:
    """The address as a picture to point a telephone at: SVG."""
    picture = qrcode.make(url, image_factory=SvgPathImage, border=0)
    return bytes(picture.to_string())


def _pages(pdf: bytes) -> int:
    # Imported here, for only the worker needs it: pages are served without it too.
    from pikepdf import open as open_pdf

    with open_pdf(BytesIO(pdf)) as opened:
        return len(opened.pages)


@cache
def _renderer() -> str:
    """What made the document: libraries by version, our own layout by its hash."""
    digest = sha256()
    for path in (
        *sorted(Path(settings.BASE_DIR, "templates", "memos").glob("**/*.html")),
        Path(settings.BASE_DIR, "static", "css", "memo.css"),
    ):
        digest.update(path.read_bytes())
    made_with = [f"{name} {version(name)}" for name in TYPESETTERS]
    return ", ".join([*made_with, f"layout {digest.hexdigest()[:12]}"])
