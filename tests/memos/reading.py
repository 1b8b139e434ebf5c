"""What a screen reader makes of a tagged PDF: its text, in the order of its tags."""

import re
from collections import defaultdict
from io import BytesIO

import pikepdf

GLYPH = re.compile(r"<([0-9a-f]{4})> <([0-9a-f]*)>")


def read_aloud(file):
    """All the text that is in the reading order."""
    with pikepdf.open(BytesIO(file)) as opened:
        marked = {page.obj.objgen: _marked_text(page) for page in opened.pages}
        return "".join(_spoken(opened.Root.StructTreeRoot.K[0], marked))


def _spoken(element, marked):
    for kid in element.get("/K", ()):
        if isinstance(kid, int):
            yield marked[element.Pg.objgen][kid]
        elif "/S" in kid:
            yield from _spoken(kid, marked)


def _marked_text(page):
    """The text of a page by its marks; what is an artifact has none."""
    fonts = {name: _letters(font) for name, font in page.resources.Font.items()}
    marked = defaultdict(str)
    letters, mark = {}, None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            mark = operands[1].get("/MCID")
        elif str(operator) in ("BMC", "EMC"):
            mark = None
        elif str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) == "TJ" and mark is not None:
            marked[int(mark)] += _text(operands[0], letters)
    return marked


def _text(pieces, letters):
    glyphs = b"".join(
        bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)
    )
    return "".join(
        letters.get(glyphs[at : at + 2].hex(), "") for at in range(0, len(glyphs), 2)
    )


def _letters(font):
    """What each glyph stands for, by its number in hexadecimal."""
    table = font.ToUnicode.read_bytes().decode()
    return {
        glyph: bytes.fromhex(letters).decode("utf-16-be")
        for glyph, letters in GLYPH.findall(table)
    }
