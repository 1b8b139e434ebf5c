"""Strings that try to be more than words, made by a grammar of tricks.

Whatever runs sets `window.ran`; whatever is fetched is fetched from `evil.example`.
"""

from itertools import product
from urllib.parse import quote

RUN = "window.ran=1"
FETCH = "//evil.example/x"

TAGS = ("img", "svg", "script", "iframe", "video", "body", "input", "details", "math")
HANDLERS = ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onbegin")
FRAMES = (
    "{}",
    '">{}',
    "'>{}",
    "</textarea>{}",
    "</title>{}",
    "--><!-- -->{}",
    "]]>{}",
    "`{}`",
    "\\{}",
    "&lt;b&gt;{}",
)
SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "java&#10;script:",
    "&#106;avascript:",
    "%6aavascript:",
    " javascript:",
    "\x01javascript:",
    "data:text/html,",
    "data:text/html;base64,",
    "vbscript:",
    "file:///etc/passwd#",
    "blob:",
    "//evil.example/",
    "/\\evil.example/",
    "http://evil.example/",
    "https:evil.example/",
    "https://%65vil.example%2f@/",
)
LINKS = (
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "t")',
    "![x]({})",
    "<{}>",
    "[x][r]\n\n[r]: {}",
    '<a href="{}">x</a>',
    "<a href={}>x</a>",
    '<form action="{}"><button>x</button></form>',
    '<meta http-equiv="refresh" content="0;url={}">',
    '<base href="{}">',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<svg><use href="{}"/></svg>',
    '<svg><image href="{}"/></svg>',
    '<svg><animate attributeName="href" values="{}"/></svg>',
    "<style>@import '{}'</style>",
    "<p style=\"background:url('{}')\">x</p>",
)
HTMX = ("hx-get", "hx-post", "data-hx-get", "hx-on:load", "hx-vals", "hx-ext")
TEMPLATES = (
    "{{7*7}}",
    "{% load static %}",
    "{firm.__class__}",
    "{0}",
    "%(name)s",
    "%s",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
)
SIGNS = "=+-@|%\uff1d\uff0b\uff0d\uff20"
FORMULAS = tuple(
    f"{before}{sign}cmd|' /C calc'!A0"
    for before, sign in product(("", " ", "\u00a0"), SIGNS)
)


def elements():
    for tag, handler in product(TAGS, HANDLERS):
        yield f'<{tag} src="{FETCH}" href="{FETCH}" {handler}="{RUN}" autofocus>'
        yield f"<{tag}/{handler}={RUN}//"
    for tag in TAGS:
        yield f"<{tag}>{RUN}</{tag}>"
        yield f"<{tag.upper()} SRC={FETCH}>"


def links():
    for scheme, link in product(SCHEMES, LINKS):
        yield link.format(f"{scheme}{RUN}")


def scripts():
    yield from (frame.format(f"<script>{RUN}</script>") for frame in FRAMES)
    yield from (quote(f"<script>{RUN}</script>"), f"<scr<script>ipt>{RUN}</script>")
    yield from (f'<b {name}="{FETCH}">x</b>' for name in HTMX)


def hostile_strings():
    """All of them, each once, in a fixed order."""
    framed = (
        frame.format(element) for frame, element in product(FRAMES[:5], elements())
    )
    made = (*framed, *links(), *scripts(), *TEMPLATES, *FORMULAS)
    return list(dict.fromkeys(made))
