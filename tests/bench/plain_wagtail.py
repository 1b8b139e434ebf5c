"""A plain Wagtail page of a text and its pictures: the peer of tests.bench.first_view.

It is what `wagtail start` makes, with one rich text on its home page. Wagtail comes
from PyPI into an environment that is thrown away; granian and gzip serve it.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nh3

from tests.bench.server import HOST, free_port, wait_for

RICH_TEXT = {"a", "b", "blockquote", "br", "em", "li", "ol", "p", "strong", "sup", "ul"}
RICH_TEXT |= {"h2", "h3", "h4", "h5", "table", "tbody", "td", "th", "thead", "tr"}
MODEL = """
from wagtail.fields import RichTextField
from wagtail.models import Page

class HomePage(Page):
    body = RichTextField(default="")
"""
TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1>{{ page.body|richtext }}{% endblock %}
"""
SETTINGS = """
from .dev import *
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware",
              "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE]
WHITENOISE_USE_FINDERS = True
"""
FILL = """
import json, sys
from django.core.files.images import ImageFile
from wagtail.images.models import Image
from home.models import HomePage
told = json.load(open("told.json"))
body = told["body"]
for number in range(told["pictures"]):
    name = f"picture-{number}.png"
    image = Image.objects.create(title=name, file=ImageFile(open(name, "rb"), name))
    body = body.replace(f"[[{number}]]",
        f'<embed alt="" embedtype="image" format="fullwidth" id="{image.pk}"/>')
page = HomePage.objects.get()
page.title, page.body = told["title"], body
page.save_revision().publish()
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page says: `[[n]]` in its HTML stands for the picture with that number."""

    title: str
    html: str
    pictures: tuple[bytes, ...]


@contextmanager
def plain_wagtail(told: Told) -> Iterator[int]:
    """The port of a server whose home page says this."""
    with tempfile.TemporaryDirectory() as folder:
        python = _environment(Path(folder, "env"))
        site = Path(folder, "site")
        site.mkdir()
        _run(folder, python.with_name("wagtail"), "start", "plain", site)
        Path(site, "home/models.py").write_text(MODEL)
        Path(site, "home/templates/home/home_page.html").write_text(TEMPLATE)
        Path(site, "plain/settings/local.py").write_text(SETTINGS)
        _write(told, site)
        for command in ("makemigrations", "migrate"):
            _run(site, python, "manage.py", command, "--verbosity=0")
        _run(site, python, "manage.py", "shell", "--no-imports", "-c", FILL)
        with _serving(site, python) as port:
            yield port


def _environment(folder: Path) -> Path:
    _run("/", sys.executable, "-m", "venv", folder)
    python = folder / "bin/python"
    packages = ("wagtail", "granian", "whitenoise")
    _run("/", python, "-m", "pip", "install", "--quiet", *packages)
    return python


def _write(told: Told, site: Path) -> None:
    for number, picture in enumerate(told.pictures):
        Path(site, f"picture-{number}.png").write_bytes(picture)
    body = nh3.clean(told.html, tags=RICH_TEXT)
    said = {"title": told.title, "body": body, "pictures": len(told.pictures)}
    Path(site, "told.json").write_text(json.dumps(said))


def _run(folder: Path | str, *command: Path | str) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@contextmanager
def _serving(site: Path, python: Path) -> Iterator[int]:
    port = free_port()
    command = [
        *(python, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", HOST, "--port", str(port), "--log-level", "warning"),
        "plain.wsgi:application",
    ]
    server = subprocess.Popen(command, cwd=site)
    try:
        wait_for(port, "/")
        yield port
    finally:
        server.terminate()
        server.wait()
