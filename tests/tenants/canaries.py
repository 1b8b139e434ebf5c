"""Firms of which every text can be recognised wherever it turns up."""

import re
from base64 import b64decode
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pypdf
from django.db import models
from django.utils.timezone import now
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from policyguide.firms import people
from policyguide.firms.models import Firm, Membership, Person
from policyguide.memos.models import Memo
from tests import factories
from tests.memos import making

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# What people cannot write: codes of ours, hashes and choices; and why a memo is no
# longer current, which is the change note of an edition and open to everybody.
NO_WORDS = {
    "slug",
    "code",
    "uses",
    "country",
    "accent",
    "in_doubt",
    "logo_sha256",
    "profile_sha256",
    "sha256",
    "secret_sha256",
    "password",
    "memos.BatchFirm.failed_because",
    "because",
}
INLINE = re.compile(r"base64,([\w+/=]+)")


def canary(slug):
    return f"canary-of-{slug}"


def firm(slug, edition):
    """A firm that sings in every field, with an admin and two memos."""
    song = canary(slug)
    made = factories.firm(
        slug=slug,
        name=f"{song} LLP",
        offices=[(f"{song} city", "GB")],
        uses=["posts"],
        postal_address=f"{song} street",
        prepared_by=f"{song} agency",
        logo_sha256="a-logo",
    )
    admin = factories.member(
        made, Membership.Role.ADMIN, name=f"{song} admin", email=f"{song}@example.test"
    )
    made.tasks.create(
        action=f"{song}-action",
        note=f"{song} note",
        changed_at=now(),
        changed_by=admin,
    )
    made.logos.create(sha256="a-logo", content=picture(song))
    an_invitation(made, email=f"invited-{song}@example.test")
    a_visit(made, because=f"{song} reason")
    made.notices.create(
        person=admin,
        edition=edition,
        event="published",
        state="failed",
        because=f"{song} refused",
        due_at=now(),
    )
    issued(made, edition, admin)
    failed(made, edition, admin)
    return made


def picture(song):
    """A logo with words inside the file."""
    words, file = PngInfo(), BytesIO()
    words.add_text("Comment", song)
    Image.new("RGB", (2, 2)).save(file, "PNG", pnginfo=words)
    return file.getvalue()


def an_invitation(firm, *, email):
    return people.invite(
        firm, email=email, role="reader", by=factories.person(), at=now()
    )[0]


def a_visit(firm, *, because):
    editor = factories.person(desk_role="editor")
    return people.begin_visit(firm, by=editor, because=because, at=now())


def issued(firm, edition, by):
    song = canary(firm.slug)
    memo = making.issued(
        firm,
        edition,
        by,
        pdf=f"%PDF-1.7 {song}".encode(),
        html=f"<p>{song}</p>",
        guidance=f'"{song}"',
        renderer=song,
        code=f"code-of-{firm.slug}",
    )
    memo.rulings.create(
        firm=firm,
        status="superseded",
        since=making.ON,
        because="It says more.",
        ruled_at=making.AT,
    )


def failed(firm, edition, by):
    """A memo on another profile that could not be made."""
    Firm.objects.filter(pk=firm.pk).update(headcount=7)
    memo = making.asked(Firm.objects.get(pk=firm.pk), edition, by)
    Memo.across_firms.filter(pk=memo.pk).update(
        state="failed", failed_because=f"{canary(firm.slug)} failed"
    )


def silent_fields(kinds, slug):
    """Fields of a firm's rows that hold words and do not sing."""
    for kind in kinds:
        rows = rows_of(kind, slug)
        for field in filter(_holds_words, kind._meta.concrete_fields):
            found = rows.values_list(field.name, flat=True)
            if not any(canary(slug) in _text(value) for value in found):
                yield f"{kind.__name__}.{field.name}"


def rows_of(kind, slug):
    if kind is Firm:
        return Firm.objects.filter(slug=slug)
    if kind is Person:
        return Person.objects.filter(memberships__firm__slug=slug)
    return kind.across_firms.filter(firm__slug=slug)


def _holds_words(field):
    is_text = isinstance(field, TEXTS)
    return is_text and not field.choices and not {field.name, str(field)} & NO_WORDS


def _text(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)


def heard(answer):
    """All that an answer says, unpacked, its headers too."""
    return "\n".join([str(dict(answer.headers)), *words_in(answer.content)])


def words_in(body):
    """What a file says, and each file within it."""
    text = body.decode("utf-8", "replace")
    yield text
    yield from (b64decode(found).decode("latin-1") for found in INLINE.findall(text))
    if is_zipfile(BytesIO(body)):
        packed = ZipFile(BytesIO(body))
        for name in packed.namelist():
            yield name
            yield from words_in(packed.read(name))
    elif b"%%EOF" in body:
        pages = pypdf.PdfReader(BytesIO(body)).pages
        yield from (page.extract_text() for page in pages)
