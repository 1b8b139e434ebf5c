"""Words: Markdown in, a few harmless tags out, whatever was typed."""

import re

import pytest

from policyguide.policy.markup import (
    MOST_BLOCKS,
    MOST_CHARACTERS,
    UnfitWords,
    check_words,
    is_safe_link,
    render_words,
)

TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
HARMLESS = {"a", "blockquote", "br", "em", "li", "ol", "p", "strong", "ul"}
LINK_ATTRIBUTES = re.compile(
    r'\A href="(https://[^"<>]+|mailto:[^"<>]+)" rel="noopener noreferrer"\Z', re.I
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=//evil.example></iframe>",
    "<style>@import '//evil.example'</style>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<base href=//evil.example>",
    "<div hx-get=/desk/ hx-trigger=load>x</div>",
    "<!-- --><?php ?><![CDATA[<x>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html,<script>x</script>)",
    "[x](file:///etc/passwd)",
    "[x](http://plain.example/)",
    "[x](//evil.example)",
    "[x](/desk/)",
    "[x](#c1)",
    "[x](https:evil.example)",
    "[x](https:///evil.example)",
    "[x](https://[broken)",
    "[x](mailto:)",
    '[x](https://ok.example/ "onmouseover=alert(1)")',
    '[x](https://ok.example/"onmouseover="alert(1))',
    "<https://ok.example/><javascript:alert(1)>",
    "![x](https://ok.example/x.png)",
    "![x](data:image/svg+xml,<svg/>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "# heading\n\nheading\n=======",
    "***\n\n---",
    "```\n<script>\n```",
    "    <script>",
    "`<script>`",
    "> <b>x</b>",
    "\x00<script>\x00",
    "&lt;script&gt;&#60;script&#62;",
    "\u202e\u2066<script>\u2028",
    "[" * 5_000,
    "[a](" * 4_000,
    "*" * MOST_CHARACTERS,
    "> " * 9_000 + "x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_only_harmless_tags(text: str) -> None:
    html = render_words(text)

    for closing, tag, attributes in TAG.findall(html):
        assert tag in HARMLESS
        if tag == "a" and not closing:
            assert not attributes or LINK_ATTRIBUTES.match(attributes)
        else:
            assert attributes.strip() in ("", "/")
    assert "<" not in TAG.sub("", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "It *trains* its **own** AI.",
            "<p>It <em>trains</em> its <strong>own</strong> AI.</p>",
        ),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. one", "<ol>\n<li>one</li>\n</ol>"),
        ("Smith & Wesson < 5", "<p>Smith &amp; Wesson &lt; 5</p>"),
        ("", ""),
        (
            "[notice](https://www.linkedin.com/legal/privacy/eu?a=1&b=2)",
            '<p><a href="https://www.linkedin.com/legal/privacy/eu?a=1&amp;b=2"'
            ' rel="noopener noreferrer">notice</a></p>',
        ),
        (
            "[us](mailto:us@demo.example)",
            '<p><a href="mailto:us@demo.example" rel="noopener noreferrer">us</a></p>',
        ),
    ],
)
def test_plain_markdown_becomes_plain_html(text: str, html: str) -> None:
    assert render_words(text) == html


def test_a_refused_link_stays_readable_as_typed() -> None:
    assert render_words("[x](//evil.example)") == "<p>[x](//evil.example)</p>"


def test_headings_rules_and_images_are_not_part_of_an_entry() -> None:
    assert render_words("# Not a heading") == "<p># Not a heading</p>"
    assert render_words("***") == "<p>***</p>"
    assert "<img" not in render_words("![x](https://ok.example/x.png)")


def test_the_longest_text_is_shown_and_one_character_more_is_refused() -> None:
    check_words("x" * MOST_CHARACTERS)
    with pytest.raises(UnfitWords, match=r"20,001 characters; 20,000 is the most"):
        check_words("x" * (MOST_CHARACTERS + 1))


@pytest.mark.parametrize("block", ["- x\n", "-\n", "x\n\n", "> x\n\n", "1. x\n"])
def test_the_most_blocks_are_shown_and_one_more_is_refused(block: str) -> None:
    check_words(block * MOST_BLOCKS)
    with pytest.raises(UnfitWords, match=r"Split it into several entries"):
        check_words(block * (MOST_BLOCKS + 1))


def test_unfit_words_are_refused_when_rendered_too() -> None:
    with pytest.raises(UnfitWords):
        render_words("- x\n" * 20_000)


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://www.linkedin.com/help/linkedin/answer/a8059228", True),
        ("mailto:desk@demo.example", True),
        ("http://www.linkedin.com/", False),
        ("//www.linkedin.com/", False),
        ("https:www.linkedin.com", False),
        ("/policy/", False),
        ("#note", False),
        ("", False),
        ("https://[", False),
    ],
)
def test_only_links_that_name_their_site_in_full_are_safe(
    url: str, is_safe: bool
) -> None:
    assert is_safe_link(url) is is_safe
