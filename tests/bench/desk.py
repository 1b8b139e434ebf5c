"""How long the desk works on a long page with many edits, and on ten thousand firms.

python -m tests.bench.desk

The page is an agreement of 9,000 words, captured a second time with 40 edits; every
fifth of its lines is quoted. The firms have offices in one to six countries and any
uses. Seconds are of the processor, so that what else the machine does counts for
little.
"""

import os
import time
from datetime import date
from random import Random

from tests.bench.server import installation

LINES, EDITS, FIRMS = 700, 40, 10_000
LATER = date(2027, 6, 1)
COUNTRIES = [
    "GB",
    "IE",
    "US",
    "DE",
    "FR",
    "CH",
    "CA",
    "HK",
    "CN",
    "NG",
    "IN",
    "AU",
    "SG",
]
ROWS = "{:58}{:>10}"


def main() -> None:
    with installation() as env:
        os.environ.update(env)
        import django

        django.setup()
        words, seconds = of_a_capture()
        print(ROWS.format(f"{words:,} words, {EDITS} edits", f"{seconds:.2f} s"))
        looks = of_an_impact()
        print(ROWS.format(f"{FIRMS:,} firms, all looks", f"{sum(looks):.1f} s"))
        print(ROWS.format("the longest look", f"{max(looks):.1f} s"))


def of_a_capture() -> tuple[int, float]:
    """The second capture, and all that is shown of it; words and seconds."""
    from policyguide.policy.rechecks import findings, new_sentences
    from policyguide.policy.recording import Reading, capture_source
    from tests import desk, factories

    lines = [
        f"Clause {n} says that the data of kind {n} is kept for {n} days."
        for n in range(LINES)
    ]
    editor = factories.person(desk_role="editor")
    read = Reading(
        captured_on=desk.IN_FORCE, how="pasted", extent="whole", language="en"
    )
    at = desk.AT
    source = factories.source()
    first = capture_source(source, "\n".join(lines).encode(), read, by=editor, at=at)
    draft = desk.change(editor, on=LATER).edition
    factories.cite(
        factories.entry(draft, code="agreement"),
        *(
            desk.quotation(first, line, f"line-{n}")
            for n, line in enumerate(lines)
            if n % 5 == 0
        ),
    )
    edited = "\n".join(
        line.replace("is kept", "is not kept") if n < EDITS else line
        for n, line in enumerate(lines)
    )
    start = time.process_time()
    second = capture_source(source, edited.encode(), read, by=editor, at=at)
    findings(second), new_sentences(second)
    return len(edited.split()), time.process_time() - start


def of_an_impact() -> list[float]:
    """The seconds of each look at the impact page, until it shows everything."""
    from django.test import Client

    from policyguide.policy.models import Clause
    from tests import desk, factories

    fill_with_firms()
    editor = factories.person(desk_role="editor")
    change = desk.change(editor, on=LATER)
    clause = Clause.objects.filter(edition=change.edition).order_by("position")[0]
    Clause.objects.filter(pk=clause.pk).update(words=f"{clause.words} And more.")
    browser, looks, text = Client(), [], "<progress"
    browser.force_login(editor)
    while "<progress" in text:
        start = time.process_time()
        text = browser.get(desk.page(change, "impact/"), SERVER_NAME="localhost").text
        looks.append(time.process_time() - start)
    return looks


def fill_with_firms() -> None:
    from policyguide.firms.models import Firm, Office
    from policyguide.guidance.facts import Use

    random = Random(1)  # noqa: S311 - no secret is made of it
    firms = Firm.objects.bulk_create(
        Firm(
            slug=f"firm-{n}",
            name=f"Firm {n}",
            uses=random.sample([use.value for use in Use], random.randint(0, 5)),
        )
        for n in range(FIRMS)
    )
    Office.across_firms.bulk_create(
        Office(firm=firm, city=f"City {place}", country=country, position=place)
        for firm in firms
        for place, country in enumerate(
            random.choices(COUNTRIES, k=random.randint(1, 6))
        )
    )


if __name__ == "__main__":
    main()
