"""What a page weighs on the way to its first reader: a bad line is no excuse."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

KB = 1_000
LINKED = re.compile(r'<link rel="(?:preload|stylesheet)" href="/static/([^"]+)"')


def weight_of(client, path):
    """The bytes of a page, and of each style and font it asks for, as they are sent."""
    client.defaults["HTTP_ACCEPT_ENCODING"] = "br"
    answer = client.get(path)
    html = brotli.decompress(answer.content).decode()
    files = [Path(settings.BASE_DIR, "static", name) for name in LINKED.findall(html)]
    return len(answer.content), {file.name: sent(file) for file in files}


def sent(file):
    return len(file.read_bytes() if file.suffix == ".woff2" else packed(file))


def packed(file):
    return brotli.compress(file.read_bytes())


def test_the_public_page_with_its_styles_and_fonts_is_light(client, db):
    page, files = weight_of(client, "/")

    assert len(files) == 4
    assert page + sum(files.values()) <= 60 * KB


def test_a_firms_page_with_its_styles_is_light(client_of, reader):
    page, files = weight_of(client_of(reader), "/firms/hale-marsh/")

    styles = sum(size for name, size in files.items() if name.endswith(".css"))
    assert page + styles <= 50 * KB


@pytest.mark.parametrize("path", ["/", "/policy/", "/policy/gai-setting/"])
def test_a_page_can_be_read_after_three_requests(client, db, path):
    html = client.get(path).content.decode()

    blocking = re.findall(
        r'<link rel="stylesheet"|<script (?!.*(?:defer|module))', html
    )
    assert 1 + len(blocking) <= 3
