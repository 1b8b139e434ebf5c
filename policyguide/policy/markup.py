"""The words of an entry: Markdown without HTML in, a few harmless tags out."""

import re
from functools import lru_cache
from html import unescape
from urllib.parse import urlsplit

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

MOST_CHARACTERS = 20_000
MOST_BLOCKS = 300
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ITEM = re.compile(r"<li>\s*")
TAGS = {"a", "blockquote", "br", "em", "li", "ol", "p", "strong", "ul"}


class UnfitWords(ValueError):
    """Words that are too long to show; the argument says so to whoever wrote them."""


def check_words(text: str) -> None:
    """Refuse words that would keep a page or a memo waiting."""
    _tokens(text)


@lru_cache(maxsize=4096)
def render_words(text: str) -> SafeString:
    """The words as HTML. Raises `UnfitWords`; `check_words` when they are written."""
    html = MARKDOWN.renderer.render(_tokens(text), MARKDOWN.options, {})
    return mark_safe(CLEANER.clean(html).strip())  # noqa: S308 - cleaned just here


def plain_words(text: str) -> str:
    """The words without their markup, for what is no page."""
    return unescape(strip_tags(render_words(text)))


def mailed_words(text: str) -> str:
    """The words as text alone: stars before items, addresses after links."""
    html = ITEM.sub("* ", LINK.sub(_link_as_text, render_words(text)))
    return unescape(strip_tags(html))


def is_safe_link(url: str) -> bool:
    """Whether a link leads to a site or mailbox it names in full."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme == "https":
        return bool(host) and "%" not in host
    return parts.scheme == "mailto" and bool(parts.path)


def _tokens(text: str) -> list[Token]:
    if len(text) > MOST_CHARACTERS:
        raise UnfitWords(
            f"The text has {len(text):,} characters; {MOST_CHARACTERS:,} is the most. "
            "Split it into several entries."
        )
    tokens = MARKDOWN.parse(text)
    blocks = sum(_is_block(token) for token in tokens)
    if blocks > MOST_BLOCKS:
        raise UnfitWords(
            f"The text has {blocks:,} paragraphs and list items; {MOST_BLOCKS} is the "
            "most. Split it into several entries."
        )
    return tokens


def _is_block(token: Token) -> bool:
    """Whether it is a list item or a paragraph; those of tight lists are hidden."""
    is_paragraph = token.type == "paragraph_open" and not token.hidden
    return is_paragraph or token.type == "list_item_open"


def _markdown() -> MarkdownIt:
    """CommonMark less what a clause has no use for; refused links stay as typed."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable(["image", "heading", "lheading", "hr", "code", "fence"])
    markdown.validateLink = is_safe_link  # type: ignore[method-assign]
    return markdown


def _link_as_text(link: re.Match[str]) -> str:
    address, text = link.groups()
    return address if address == text else f"{text} ({address})"


def _only_safe_links(tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or is_safe_link(value) else None


MARKDOWN = _markdown()
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": set(), "a": {"href"}},
    attribute_filter=_only_safe_links,
    url_schemes={"https", "mailto"},
    link_rel="noopener noreferrer",
)
