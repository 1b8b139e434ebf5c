"""How fast two processes make memos of one edition, against two with plain WeasyPrint.

python -m tests.bench.memo_batch [memos in the batch] [memos made plainly]

The firms are like an agency's: each has a name and offices of its own, and is like some
others in the countries it is in and in how it uses LinkedIn. Alike come one after the
other, as in a batch. The last row is the worst case: no firm is like another. Speed is
memos a processor second, so that what else the machine does counts for little.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

from tests.bench.memo_render import ISSUED_AT, documents, html_of, plain, qr_code
from tests.bench.server import installation

PROCESSES = 2
CITIES = {
    "GB": ["London", "Leeds", "Bristol", "Edinburgh", "Manchester"],
    "US": ["New York", "Chicago", "Boston", "Austin", "Seattle"],
    "DE": ["Frankfurt", "Munich", "Hamburg"],
    "FR": ["Paris", "Lyon"],
    "IE": ["Dublin", "Cork"],
    "CH": ["Zurich", "Geneva"],
    "CA": ["Toronto", "Montreal"],
    "HK": ["Hong Kong"],
    "SG": ["Singapore"],
}
COUNTRIES_OF_A_FIRM = [1, 1, 1, 1, 1, 1, 2, 2, 2, 3]
USES = [
    ["profiles"],
    ["profiles", "posts", "company-page"],
    ["profiles", "posts", "articles", "company-page", "recruiting"],
    ["profiles", "posts", "articles", "comments", "company-page", "recruiting", "ads"],
]
ROWS = "{:34}{:>7}{:>8}{:>10}{:>7}  {}"

type Way = Callable[[str], object]


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one process did: memos a processor second, and its size at three times."""

    speed: float
    megabytes: tuple[float, ...]


def main() -> None:
    size, plainly = [*map(int, sys.argv[1:]), *(60, 20)[len(sys.argv) - 1 :]]
    with installation() as env:
        os.environ.update(env)
        ready()
        alike = sorted((html_of(firm) for firm in agency(size)), key=body_of)
        apart = list(documents())
        sample = alike[:: -(-size // plainly)]
        heads = ("two processes", "memos", "bodies", "a second", "times", "MB, of each")
        print(ROWS.format(*heads))
        floor = measure("plain WeasyPrint", plain, sample)
        measure("ours, an agency's firms", ours, alike, floor)
        measure("ours, no firm like another", ours, apart, floor)


def ready() -> None:
    import django

    django.setup()


def agency(size: int) -> list[object]:
    """Firms drawn by lot, the same in each run."""
    from policyguide.guidance.facts import FirmProfile, Office, Use

    lot = Random(1)  # noqa: S311 - no secret
    firms = []
    for number in range(size):
        countries = lot.sample(list(CITIES), lot.choice(COUNTRIES_OF_A_FIRM))
        offices = [
            Office(city=city, country=country)
            for country in countries
            for city in lot.sample(
                CITIES[country], lot.randint(1, len(CITIES[country]))
            )
        ]
        uses = frozenset(map(Use, lot.choice(USES)))
        name = f"Firm {number} LLP"
        firms.append(FirmProfile(name=name, offices=tuple(offices), uses=uses))
    return firms


def body_of(memo: str) -> str:
    return memo.split("<!-- part -->")[3]


def measure(
    name: str, way: Way, memos: Sequence[str], floor: float | None = None
) -> float:
    started = ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=ready)
    with started as processes:
        shares = [memos[first::PROCESSES] for first in range(PROCESSES)]
        done = list(processes.map(share, [way] * PROCESSES, shares))
    speed = sum(one.speed for one in done)
    bodies = len(set(map(body_of, memos)))
    sizes = " / ".join(" ".join(f"{mb:.0f}" for mb in one.megabytes) for one in done)
    times = f"{speed / (floor or speed):.1f}"
    print(ROWS.format(name, len(memos), bodies, f"{speed:.2f}", times, sizes))
    return speed


def share(way: Way, memos: Sequence[str]) -> Share:
    """One process's part of the batch, once it is warm."""
    way(memos[0])
    megabytes, start = [size()], processor_seconds()
    for half in (memos[: len(memos) // 2], memos[len(memos) // 2 :]):
        for memo in half:
            way(memo)
        megabytes.append(size())
    spent = processor_seconds() - start
    return Share(speed=len(memos) / spent, megabytes=tuple(megabytes))


def ours(memo: str) -> bytes:
    from policyguide.memos.pdf import Attachment, DocumentMeta, render_pdf

    return render_pdf(
        memo,
        meta=DocumentMeta(title="Terms", author="A", subject="3", issued_at=ISSUED_AT),
        attachment=Attachment(
            name="guidance.json", content=memo.encode(), description="As data"
        ),
        images={"qr": qr_code()},
    )


def typesetter() -> int:
    """The process that typesets: the copy that our child works in, or this one."""
    from policyguide.memos.pdf import RENDERER

    if RENDERER.child is None:
        return os.getpid()
    child = RENDERER.child.process.pid
    (copy,) = Path(f"/proc/{child}/task/{child}/children").read_text().split()
    return int(copy)


def size() -> float:
    """Resident memory in MB."""
    pages = Path(f"/proc/{typesetter()}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_seconds() -> float:
    """Of this process and of the one that typesets."""
    told = Path(f"/proc/{typesetter()}/stat").read_text().rpartition(")")[2].split()
    seconds = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return seconds if typesetter() == os.getpid() else seconds + time.process_time()


if __name__ == "__main__":
    main()
