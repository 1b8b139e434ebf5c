"""Logos: whatever is uploaded comes out as a plain, small picture, or not at all.

What is kept is never the uploaded file but its pixels, drawn anew: without what it says
of itself, without anything appended, and on white.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 2 * 1024 * 1024
KINDS = ("PNG", "JPEG")
SMALLEST_SIDE = 16
LONGEST_SIDE = 5_000
MOST_PIXELS = 12_000_000
KEPT_WITHIN = (1_200, 480)  # 300 dots an inch at the largest size of the memo


class NotALogo(ValueError):
    """This file cannot be a logo; the argument is a reason a person can read."""


def logo_of(file: bytes) -> bytes:
    """The picture as a PNG of its own. Raises `NotALogo`."""
    if len(file) > LARGEST_FILE:
        raise NotALogo("The file has more than 2 MB. Save it smaller.")
    with _telling_what_is_wrong():
        opened = Image.open(BytesIO(file), formats=KINDS)
        _check_size(*opened.size)
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    drawn = Image.alpha_composite(white, picture).convert("RGB")
    drawn.thumbnail(KEPT_WITHIN)
    kept = BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _check_size(width: int, height: int) -> None:
    """Look at what a file says of its size before any of it is unpacked."""
    told = f"The picture has {width} × {height} pixels"
    if min(width, height) < SMALLEST_SIDE:
        raise NotALogo(f"{told}; at least {SMALLEST_SIDE} each way are needed.")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise NotALogo(f"{told}; {LONGEST_SIDE:,} a side and 12 million are the most.")


@contextmanager
def _telling_what_is_wrong() -> Iterator[None]:
    try:
        yield
    except NotALogo:
        raise
    except UnidentifiedImageError as error:
        raise NotALogo("The file is no PNG and no JPEG picture.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotALogo("The picture has far too many pixels.") from error
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        raise NotALogo("The picture is damaged. Save it anew as a PNG.") from error
