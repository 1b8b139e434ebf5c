"""How fast a memo is made, against plain WeasyPrint on the same HTML.

python -m tests.bench.memo_render

Plain is one call of `HTML(...).write_pdf(pdf_variant="pdf/ua-1")`, which is neither
PDF/A nor checked. Ours includes both. Times are processor seconds, taken in turns.
"""

import gc
import os
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from statistics import mean

from tests.bench.server import ROOT, installation

AS_OF = date(2026, 11, 24)
ISSUED_AT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
STATUS_URL = "https://guidance.example/m/0123456789abcdefghjkmnpqrs/"
ROWS = "{:58}{:>10}{:>10}"

type Timed = Callable[[str], object]


def main() -> None:
    with installation() as env:
        os.environ.update(env)
        import django

        django.setup()
        measure()


def measure() -> None:
    memos = list(documents())
    ways = {
        "plain WeasyPrint": plain,
        "plain, its fonts, style and fetcher kept": plain_kept(),
        "ours, a body not met before": ours(keeping_bodies=False),
        "ours, a body met before": ours(keeping_bodies=True),
    }
    for way in ways.values():
        way(memos[0])
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for memo in memos:
        ways["ours, a body met before"](memo)
        for name, way in ways.items():
            spent[name].append(processor_seconds(way, memo))
    floor = mean(spent["plain WeasyPrint"])
    print(ROWS.format(f"one memo, mean of {len(memos)} firms", "seconds", "ratio"))
    for name, seconds in spent.items():
        print(ROWS.format(name, f"{mean(seconds):.2f}", f"{mean(seconds) / floor:.2f}"))


def processor_seconds(way: Timed, memo: str) -> float:
    start = time.process_time()
    way(memo)
    return time.process_time() - start


def documents() -> Iterator[str]:
    """The memo of each scenario firm, as HTML."""
    from tests.guidance.test_approved import SCENARIOS

    yield from (html_of(profile) for profile in SCENARIOS.values())


def html_of(profile: object) -> str:
    from django.template.loader import render_to_string

    from policyguide.firms.letterheads import Letterhead
    from policyguide.guidance import compose
    from policyguide.guidance.citing import Style
    from policyguide.memos.document import Cover, abridged
    from policyguide.memos.pdf import Paper
    from policyguide.policy.editions import edition_in_force

    name = profile.name
    cover = Cover(
        title=f"LinkedIn’s generative-AI terms and {name}",
        firm_name=name,
        letterhead=Letterhead(),
        citation_style=Style.OSCOLA,
        number=3,
        to=f"Partners and marketing, {name}",
        sender="A Partner",
        issued_at=ISSUED_AT,
        as_of=AS_OF,
        status_url=STATUS_URL,
        paper=Paper.A4,
    )
    guidance = abridged(compose(edition_in_force(AS_OF), profile, as_of=AS_OF))
    context = {"memo": cover, "guidance": guidance, "since_last": None}
    return render_to_string("memos/memo.html", context)


def plain(memo: str) -> object:
    from weasyprint import HTML

    style = (ROOT / "static" / "css" / "memo.css").read_text(encoding="utf-8")
    styled = memo.replace("</head>", f"<style>{style}</style></head>")
    return HTML(string=styled, url_fetcher=fetcher()).write_pdf(pdf_variant="pdf/ua-1")


def plain_kept() -> Timed:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, kept = FontConfiguration(), fetcher()
    path = ROOT / "static" / "css" / "memo.css"
    style = CSS(filename=path, url_fetcher=kept, font_config=fonts)
    return lambda memo: HTML(string=memo, url_fetcher=kept).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def ours(*, keeping_bodies: bool) -> Timed:
    from policyguide.memos.pdf_child import Typesetter

    typesetter = Typesetter(most_pages=60)

    def pdf(memo: str) -> bytes:
        if not keeping_bodies:
            typesetter.written_once.cache_clear()
        gc.disable()
        try:
            return typesetter.pdf(
                {
                    "html": memo,
                    "meta": {
                        "title": "LinkedIn’s generative-AI terms",
                        "author": "A firm",
                        "subject": "Memorandum 3",
                        "issued_at": ISSUED_AT.isoformat(),
                        "language": "en-GB",
                    },
                    "attachment": {
                        "name": "guidance.json",
                        "content": b64encode(memo.encode()).decode(),
                        "description": "The guidance as data",
                        "media_type": "application/json",
                    },
                    "images": {"qr": b64encode(qr_code()).decode()},
                }
            )
        finally:
            gc.collect(0)
            gc.enable()

    return pdf


def qr_code() -> bytes:
    from policyguide.memos.document import qr_code

    return qr_code(STATUS_URL)


def fetcher() -> object:
    from policyguide.memos.pdf_child import OnlyOurOwn

    allowed = OnlyOurOwn()
    allowed.images = {"qr": qr_code()}
    return allowed


if __name__ == "__main__":
    main()
