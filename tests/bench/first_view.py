"""What a first reader on a bad line waits for, against a plain Wagtail page.

python -m tests.bench.first_view

Both pages say the same, and one Chromium shows them in turn over the same slow line.
"""

import statistics
from dataclasses import dataclass, fields

from playwright.sync_api import Browser, sync_playwright

from tests.bench.plain_wagtail import Told, plain_wagtail
from tests.bench.server import HOST, installation, manage, serving, session_cookie

FIRM = "/firms/hale-marsh/"
READER = "marketing@hale.example"
CHROMIUM = "/usr/bin/chromium"
ROUNDS = 3
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
# As a proxy would say it: cookies and redirects are those of production.
OVER_TLS = {"X-Forwarded-Proto": "https"}
READ = """() => new Promise(resolve => {
    let shift = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const before = performance.getEntriesByType("resource")
        .filter(entry => entry.responseEnd <= paint);
    setTimeout(() => resolve([paint, 1 + before.length, shift]), 300);
})"""
TOLD = """() => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll("svg[role=img]").forEach((svg, number) =>
        svg.replaceWith(`[[${number}]]`));
    return main.innerHTML;
}"""


@dataclass(frozen=True, kw_only=True)
class View:
    """A first view: when something can be read, what was asked for until then."""

    milliseconds: float
    requests: float
    shift: float
    bytes: float


def main() -> None:
    with installation() as env, sync_playwright() as playwright:
        ready = env | {"POLICYGUIDE_DEBUG": "0"}
        manage(ready, "collectstatic", "--no-input", "--verbosity=0")
        cookie = {"Cookie": session_cookie(ready, READER)} | OVER_TLS
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        with serving(ready) as (port, _pid):
            ours = f"http://{HOST}:{port}{FIRM}"
            with plain_wagtail(told_by(browser, ours, cookie)) as peer:
                _print(browser, (ours, cookie), (f"http://{HOST}:{peer}/", {}))


def _print(
    browser: Browser, ours: tuple[str, dict[str, str]], peer: tuple[str, dict[str, str]]
) -> None:
    rounds = [(view(browser, *ours), view(browser, *peer)) for _ in range(ROUNDS)]
    print(f"{'':26}{'ours':>10}{'Wagtail':>10}{'ratio':>8}")
    for name in (field.name for field in fields(View)):
        mine, theirs = (
            statistics.median(getattr(view, name) for view in views)
            for views in zip(*rounds, strict=True)
        )
        ratio = f"{mine / theirs:.2f}" if theirs else ""
        print(f"{name:26}{mine:10.0f}{theirs:10.0f}{ratio:>8}")


def told_by(browser: Browser, url: str, headers: dict[str, str]) -> Told:
    """What our page says, its pictures photographed."""
    page = browser.new_page(extra_http_headers=headers)
    page.goto(url, wait_until="networkidle")
    pictures = tuple(
        picture.screenshot() for picture in page.locator("main svg[role=img]").all()
    )
    told = Told(title=page.title(), html=page.evaluate(TOLD), pictures=pictures)
    page.close()
    return told


def view(browser: Browser, url: str, headers: dict[str, str]) -> View:
    """One first view over a slow line, with nothing kept from before."""
    context = browser.new_context(extra_http_headers=headers)
    page = context.new_page()
    line = context.new_cdp_session(page)
    received: list[int] = []
    line.on(
        "Network.loadingFinished",
        lambda done: received.append(done["encodedDataLength"]),
    )
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(url, wait_until="networkidle", timeout=120_000)
    milliseconds, requests, shift = page.evaluate(READ)
    context.close()
    return View(
        milliseconds=milliseconds,
        requests=requests,
        shift=shift,
        bytes=sum(received),
    )


if __name__ == "__main__":
    main()
