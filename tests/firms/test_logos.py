"""Logos: drawn anew as small plain pictures, or refused with the reason."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from policyguide.firms.logos import KEPT_WITHIN, LARGEST_FILE, NotALogo, logo_of


def picture(kind="PNG", size=(60, 40), mode="RGB", colour="#99183f", **options):
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, **options)
    return file.getvalue()


def opened(logo):
    return Image.open(BytesIO(logo))


def claiming(width, height):
    """A PNG that says it is this large and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name, data):
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    parts = [
        chunk(b"IHDR", head),
        chunk(b"IDAT", zlib.compress(b"")),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_comes_out_as_a_png_of_the_same_look(kind):
    logo = opened(logo_of(picture(kind)))

    assert (logo.format, logo.mode, logo.size) == ("PNG", "RGB", (60, 40))
    assert logo.getpixel((5, 5)) == pytest.approx((0x99, 0x18, 0x3F), abs=3)


def test_what_is_transparent_becomes_white_paper():
    logo = opened(logo_of(picture(mode="RGBA", colour="#00000000")))

    assert logo.getpixel((5, 5)) == (255, 255, 255)


def test_the_colours_of_print_become_those_of_screens():
    assert opened(logo_of(picture("JPEG", mode="CMYK", colour=None))).mode == "RGB"


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    logo = opened(logo_of(picture(size=(4_000, 1_000))))

    assert logo.size == (KEPT_WITHIN[0], KEPT_WITHIN[0] // 4)


def test_nothing_but_the_pixels_is_kept():
    told = PngInfo()
    told.add_text("Comment", "<script>secret</script>")
    upload = picture(pnginfo=told) + b"PK\x03\x04 an archive behind it"

    logo = logo_of(upload)

    assert b"secret" not in logo
    assert b"archive" not in logo


def test_the_same_upload_gives_the_same_bytes():
    assert logo_of(picture()) == logo_of(picture())


HOSTILE = {
    "nothing": (b"", "no PNG and no JPEG"),
    "a text": (b"<svg onload=alert(1)>", "no PNG and no JPEG"),
    "another kind of picture": (picture("GIF"), "no PNG and no JPEG"),
    "a file cut off": (picture(size=(400, 400))[:-40], "damaged"),
    "a head and no picture": (claiming(300, 300), "damaged"),
    "a bomb": (claiming(60_000, 60_000), "far too many pixels"),
    "too many pixels": (claiming(4_000, 4_000), "4000 × 4000 pixels; 5,000 a side"),
    "a ribbon": (claiming(9_000, 20), "9000 × 20 pixels; 5,000 a side"),
    "a dot": (picture(size=(4, 4)), "at least 16 each way"),
    "a large file": (picture() + b" " * LARGEST_FILE, "more than 2 MB"),
    "a text chunk that swells": (
        picture()[:33]
        + struct.pack(">I", 70_000)
        + b"zTXt"
        + b"k\0\0"
        + zlib.compress(b" " * 80_000_000)[:69_997],
        "damaged",
    ),
}


@pytest.mark.parametrize(("file", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_the_reason(file, reason):
    with pytest.raises(NotALogo, match=reason):
        logo_of(file)
