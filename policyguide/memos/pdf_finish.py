"""From a tagged PDF/A-3a file to one that is PDF/UA-1 too, checked and compressed.

WeasyPrint writes one variant at a time. What it leaves to do for both: say so in the
metadata, and keep what is printed on every page out of the reading order.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import (
    Array,
    AttachedFileSpec,
    Dictionary,
    Name,
    ObjectStreamMode,
    Pdf,
    Stream,
    String,
)
from pikepdf import open as open_pdf

from policyguide.memos.pdf_join import NoSuchPlace, put_before

OBJECT = b" obj\n<< "
AMBIGUOUS_END = b"\r\nendstream"
PRODUCER = "policyguide"
ARTIFACT = b"Q /Artifact <</Type /Pagination>> BDC %s Do EMC"
OUR_ACTIONS = frozenset({"/URI"})
OUR_LINKS = ("https://", "mailto:")
ACTIVE_KEYS = frozenset(
    {"/AA", "/AcroForm", "/JS", "/JavaScript", "/OpenAction", "/RichMedia", "/XFA"}
)


class Unfit(ValueError):
    """A document that must not be issued; the argument says why."""


@dataclass(frozen=True, kw_only=True)
class Properties:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    language: str
    issued_at: datetime


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """The one file within the file."""

    name: str
    content: bytes
    description: str
    media_type: str


def finished(
    opening: bytes,
    body: bytes,
    sheets: bytes,
    properties: Properties,
    embedded: Embedded | None,
) -> bytes:
    """The file of record: the opening, then the body.

    `sheets` has, page for page, what is printed on every page. Raises `Unfit` if a link
    leads nowhere, or if anything could act or reach out.
    """
    with (
        open_pdf(BytesIO(body)) as pdf,
        open_pdf(BytesIO(opening)) as before,
        open_pdf(BytesIO(sheets)) as furniture,
    ):
        try:
            put_before(pdf, before)
        except NoSuchPlace as place:
            reason = f"It has a fault: a link leads to “{place}”, which is nowhere."
            raise Unfit(reason) from None
        _stamp(pdf, furniture)
        if embedded is not None:
            _embed(pdf, embedded, properties.issued_at)
        _describe(pdf, properties)
        check(pdf, files=0 if embedded is None else 1)
        file = BytesIO()
        # The identifier is made of the content, so the same content is the same file.
        pdf.save(
            file, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate
        )
    return _with_exact_lengths(file.getvalue())


def _with_exact_lengths(file: bytes) -> bytes:
    """End each stream that ends in a carriage return by a whole line end.

    A line feed alone would make that byte look like a part of the line end, and the
    stream one byte shorter than it says. Nothing moves: its dictionary loses a space.
    """
    exact = bytearray(file)
    end = exact.find(AMBIGUOUS_END)
    while end >= 0:
        space = exact.rfind(OBJECT, 0, end) + len(OBJECT) - 1
        exact[space : end + 1] = exact[space + 1 : end + 1] + b"\r"
        end = exact.find(AMBIGUOUS_END, end + 1)
    return bytes(exact)


def check(pdf: Pdf, *, files: int) -> None:
    """Refuse a file that runs something, or links to anything but a site or mailbox."""
    found = 0
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary | Stream):
            continue
        kind = thing.get(Name.Type)
        # Most of a file are its tags, which can neither act nor reach out.
        if kind != Name.StructElem:
            _check_dictionary(thing)
            found += kind == Name.EmbeddedFile
    if found != files:
        raise Unfit(f"It would carry {found} files within it, not {files}.")


def _check_dictionary(thing: Dictionary | Stream) -> None:
    if active := ACTIVE_KEYS & set(thing.keys()):
        raise Unfit(f"It has an active part: {min(active)}.")
    if Name.URI in thing and not str(thing.URI).startswith(OUR_LINKS):
        raise Unfit(
            f"It links to “{str(thing.URI)[:80]}”; only https and mailto may be."
        )
    action = thing.get(Name.A)
    if isinstance(action, Dictionary) and Name.S in action:
        if str(action.S) not in OUR_ACTIONS:
            raise Unfit(f"It has an action other than a link: {action.S}.")
        _check_dictionary(action)


def _stamp(pdf: Pdf, sheets: Pdf) -> None:
    """Print running heads and page numbers, as artifacts: they are not read out."""
    for number, (page, sheet) in enumerate(zip(pdf.pages, sheets.pages, strict=True)):
        name = Name(f"/Sheet{number}")
        page.add_resource(pdf.copy_foreign(sheet.as_form_xobject()), Name.XObject, name)
        # The page's own content leaves the coordinates turned upside down.
        page.contents_add(b"q", prepend=True)
        page.contents_add(ARTIFACT % str(name).encode())


def _embed(pdf: Pdf, embedded: Embedded, issued_at: datetime) -> None:
    file = AttachedFileSpec(
        pdf,
        embedded.content,
        filename=embedded.name,
        description=embedded.description,
        mime_type=embedded.media_type,
        creation_date=_pdf_date(issued_at),
        mod_date=_pdf_date(issued_at),
        relationship=Name.Source,
    )
    pdf.attachments[embedded.name] = file
    pdf.Root.AF = Array([file.obj])


def _describe(pdf: Pdf, properties: Properties) -> None:
    """Title, dates and conformance, in the two places where a PDF keeps them."""
    title, author, subject, language = map(
        _on_one_line,
        (properties.title, properties.author, properties.subject, properties.language),
    )
    pdf.Root.Lang = String(language)
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(author),
            Subject=String(subject),
            Producer=String(PRODUCER),
            CreationDate=String(_pdf_date(properties.issued_at)),
            ModDate=String(_pdf_date(properties.issued_at)),
        )
    )
    xmp = XMP.format(
        title=escape(title),
        author=escape(author),
        subject=escape(subject),
        language=escape(language),
        producer=PRODUCER,
        issued_at=properties.issued_at.isoformat(timespec="seconds"),
    )
    pdf.Root.Metadata = Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _on_one_line(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(character if character.isprintable() else " " for character in text)


def _pdf_date(moment: datetime) -> str:
    offset = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}"


XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfaid:part>3</pdfaid:part>
  <pdfaid:conformance>A</pdfaid:conformance>
  <pdfuaid:part>1</pdfuaid:part>
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
  <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
  <dc:description>
    <rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>
  </dc:description>
  <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
  <pdf:Producer>{producer}</pdf:Producer>
  <xmp:CreateDate>{issued_at}</xmp:CreateDate>
  <xmp:ModifyDate>{issued_at}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
