"""What a page weighs on the way to its first reader: a bad line is no excuse."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

KB = 1_000
FIRM = "/firms/hale-marsh/"
ASKED_FOR = re.compile(
    r'<(?:link rel="(?:preload|stylesheet)"|use .*?) ?href="/static/([^"#]+)'
)
BLOCKING = re.compile(r'<link rel="stylesheet"|<script (?!.*(?:defer|module))')

packed = pytest.mark.parametrize("packing", ["br", "gzip"])
PACK = {"br": brotli.compress, "gzip": gzip.compress}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


def weight_of(client, path, packing):
    """The bytes of a page, and of each style, font and image it asks for, as sent."""
    answer = client.get(path, headers={"Accept-Encoding": packing})
    html = UNPACK[packing](answer.content).decode()
    files = {
        Path(settings.BASE_DIR, "static", name) for name in ASKED_FOR.findall(html)
    }
    return len(answer.content), {file.name: sent(file, packing) for file in files}


def sent(file, packing):
    content = file.read_bytes()
    return len(content if file.suffix == ".woff2" else PACK[packing](content))


def of_kind(files, *suffixes):
    return sum(size for name, size in files.items() if name.endswith(suffixes))


@packed
def test_the_public_page_with_its_styles_and_fonts_is_light(client, db, packing):
    page, files = weight_of(client, "/", packing)

    assert len(files) == 5
    assert page + of_kind(files, ".css", ".woff2") <= 60 * KB


@packed
def test_a_firms_page_with_its_styles_and_pictures_is_light(client_of, reader, packing):
    page, files = weight_of(client_of(reader), FIRM, packing)

    assert len(files) == 5
    assert page + of_kind(files, ".css", ".svg") <= 50 * KB


@pytest.mark.parametrize("path", ["/", FIRM, "/policy/", "/policy/gai-setting/"])
def test_a_page_can_be_read_after_three_requests(client_of, reader, path):
    html = client_of(reader).get(path).content.decode()

    assert 1 + len(BLOCKING.findall(html)) <= 3
