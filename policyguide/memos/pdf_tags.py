"""What WeasyPrint's files lack for PDF/UA-1, put right before they are written.

PDF/UA asks that table headers say what they head, that an item of a list holds nothing
but its label and its body, and that each glyph stands for some character.
"""

from collections.abc import Iterator

from pydyf import PDF, Array, Dictionary, Stream

CHARACTER_MAP = b"/CIDInit /ProcSet findresource begin"
NO_CHARACTER = b" <>"
ZERO_WIDTH_SPACE = b" <200b>"
ITEM_PARTS = frozenset({"/Lbl", "/LBody"})


def complete(_document: object, pdf: PDF) -> None:
    """WeasyPrint calls this when all of a file is there but its end."""
    for element in tuple(_elements(pdf)):
        if element["S"] == "/TH":
            _give_scope(pdf, element)
        elif element["S"] == "/LI":
            _give_body(pdf, element)
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.stream[:1] == [CHARACTER_MAP]:
            _give_characters(thing)


def _elements(pdf: PDF) -> Iterator[Dictionary]:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("Type") == "/StructElem":
            yield thing


def _give_scope(pdf: PDF, header: Dictionary) -> None:
    row = _referred_to(pdf, header["P"])
    is_in_head = _referred_to(pdf, row["P"])["S"] == "/THead"
    header["A"]["Scope"] = "/Column" if is_in_head else "/Row"


def _give_body(pdf: PDF, item: Dictionary) -> None:
    """Gather in one body what stands loose in the item, as after a block in an `li`."""
    loose = [kid for kid in item["K"] if _referred_to(pdf, kid)["S"] not in ITEM_PARTS]
    if not loose:
        return
    body = Dictionary(item | {"S": "/LBody", "P": item.reference, "K": Array(loose)})
    pdf.add_object(body)
    for kid in loose:
        _referred_to(pdf, kid)["P"] = body.reference
    item["K"] = Array([kid for kid in item["K"] if kid not in loose] + [body.reference])


def _give_characters(characters: Stream) -> None:
    """Let glyphs that are part of a letter, such as Arabic dots, add nothing."""
    characters.stream = [
        line.replace(NO_CHARACTER, ZERO_WIDTH_SPACE) for line in characters.stream
    ]


def _referred_to(pdf: PDF, reference: bytes) -> Dictionary:
    element: Dictionary = pdf.objects[int(reference.split()[0])]
    return element
