"""Citations as the guides give them, and never more than is known of a source."""

from datetime import date

import pytest

from policyguide.guidance.citing import Run, Style, cite, style_for
from policyguide.guidance.facts import Provenance, Quotation, Source, SourceKind

READ_ON = date(2026, 11, 24)


def source(title, publisher, *, kind=SourceKind.SETTING_PAGE, url=""):
    return Source(code="S", title=title, publisher=publisher, kind=kind, url=url)


def quoted(of, *, copy_dated="", on=READ_ON, provenance=Provenance.READ):
    return Quotation(
        code="q",
        source=of,
        text="It does.",
        provenance=provenance,
        captured_on=on,
        capture_code="S/a",
        capture_sha256="",
        start=0,
        end=8,
        copy_dated=copy_dated,
    )


def in_full(runs):
    return "".join(run.text for run in runs)


def cited(of, style, **known):
    return in_full(cite(of, [quoted(of, **known)], style))


HELP = source(
    "Data sharing",
    "LinkedIn Help",
    url="https://www.linkedin.com/help/linkedin/answer/a1397243",
)
POLICY = source(
    "Privacy Policy", "LinkedIn", url="https://www.linkedin.com/legal/privacy-policy"
)
BLOG = source(
    "Virtual Friend Fires Employee",
    "Naked Law (Sarah Cole)",
    kind=SourceKind.COMMENTARY,
    url="http://www.nakedlaw.com/2009/05/index.html",
)
STATEMENT = source(
    "Statement on plans to train AI",
    "Information Commissioner’s Office (UK)",
    kind=SourceKind.REGULATOR,
)
OPINION = source(
    "Formal Opinion 512, generative AI tools",
    "American Bar Association",
    kind=SourceKind.PROFESSIONAL_BODY,
)
STATE_OPINION = source(
    "Formal Opinion 1182",
    "New York State Bar Association",
    kind=SourceKind.PROFESSIONAL_BODY,
)
RULES = source(
    "Model Rules of Professional Conduct 1.6(c) and 5.3", "American Bar Association"
)
STATUTE = source("Human Rights Act 1998, c 42", "Parliament (UK)")
ORDER = source(
    "Penalties for Disorderly Behaviour (Amendment of Minimum Age) Order 2004, "
    "SI 2004/3166",
    "Parliament (UK)",
)
DIRECTIVE = source(
    "Council Directive 2002/60/EC of 27 June 2002 laying down specific provisions for "
    "the control of African swine fever [2002] OJ L192/27",
    "Council of the European Union",
)
REGULATION = source(
    "Regulation (EU) 2016/679 of 27 April 2016 on the protection of natural persons "
    "[2016] OJ L 119/1",
    "European Union",
)

OF_A_DAY = {"copy_dated": "effective 3 November 2025"}

# Each is what the guide's own examples give for a source of that sort.
EXAMPLES = [
    (
        *(Style.BLUEBOOK, HELP, {}),
        "Data sharing, LinkedIn Help, https://www.linkedin.com/help/linkedin/answer/"
        "a1397243 (last visited Nov. 24, 2026).",
    ),
    (
        *(Style.BLUEBOOK, POLICY, OF_A_DAY),
        "Privacy Policy, LinkedIn (Nov. 3, 2025), "
        "https://www.linkedin.com/legal/privacy-policy.",
    ),
    (
        *(Style.BLUEBOOK, BLOG, {"copy_dated": "1 May 2009"}),
        "Sarah Cole, Virtual Friend Fires Employee, Naked Law (May 1, 2009), "
        "http://www.nakedlaw.com/2009/05/index.html.",
    ),
    (
        *(Style.BLUEBOOK, STATEMENT, {"copy_dated": "23 September 2025"}),
        "Info. Comm’r’s Off., Statement on plans to train AI (Sept. 23, 2025).",
    ),
    (
        *(Style.BLUEBOOK, OPINION, {"copy_dated": "29 July 2024"}),
        "ABA Comm. on Ethics & Pro. Resp., Formal Op. 512 (2024).",
    ),
    (
        *(Style.BLUEBOOK, STATE_OPINION, {"copy_dated": "2020"}),
        "New York State Bar Ass’n, Formal Op. 1182.",
    ),
    (
        *(Style.BLUEBOOK, RULES, {}),
        "Model Rules of Pro. Conduct r. 1.6(c), 5.3 (Am. Bar Ass’n).",
    ),
    (Style.BLUEBOOK, STATUTE, {}, "Human Rights Act 1998, c. 42 (UK)."),
    (
        *(Style.BLUEBOOK, DIRECTIVE, {}),
        "Council Directive 2002/60, 2002 O.J. (L 192) 27 (EC).",
    ),
    (Style.BLUEBOOK, REGULATION, {}, "Regulation 2016/679, 2016 O.J. (L 119) 1 (EU)."),
    (
        *(Style.OSCOLA, HELP, {}),
        "LinkedIn Help, ‘Data sharing’ <https://www.linkedin.com/help/linkedin/answer/"
        "a1397243> accessed 24 November 2026.",
    ),
    (
        *(Style.OSCOLA, POLICY, OF_A_DAY),
        "LinkedIn, ‘Privacy Policy’ (3 November 2025) "
        "<https://www.linkedin.com/legal/privacy-policy> accessed 24 November 2026.",
    ),
    (
        *(Style.OSCOLA, BLOG, {"copy_dated": "1 May 2009", "on": date(2009, 11, 19)}),
        "Sarah Cole, ‘Virtual Friend Fires Employee’ (Naked Law, 1 May 2009) "
        "<http://www.nakedlaw.com/2009/05/index.html> accessed 19 November 2009.",
    ),
    (
        *(Style.OSCOLA, STATEMENT, {"copy_dated": "23 September 2025"}),
        "Information Commissioner’s Office, ‘Statement on plans to train AI’ "
        "(23 September 2025).",
    ),
    (
        *(Style.OSCOLA, OPINION, {"copy_dated": "29 July 2024"}),
        "American Bar Association, ‘Formal Opinion 512, generative AI tools’ "
        "(29 July 2024).",
    ),
    (Style.OSCOLA, STATUTE, {}, "Human Rights Act 1998."),
    (
        *(Style.OSCOLA, ORDER, {}),
        "Penalties for Disorderly Behaviour (Amendment of Minimum Age) Order 2004, "
        "SI 2004/3166.",
    ),
    (
        *(Style.OSCOLA, DIRECTIVE, {}),
        "Council Directive 2002/60/EC of 27 June 2002 laying down specific provisions "
        "for the control of African swine fever [2002] OJ L192/27.",
    ),
    (
        *(Style.OSCOLA, REGULATION, {}),
        "Regulation (EU) 2016/679 of 27 April 2016 on the protection of natural "
        "persons [2016] OJ L119/1.",
    ),
    (
        *(Style.MCGILL, HELP, {}),
        "LinkedIn Help, “Data sharing”, online: "
        "<www.linkedin.com/help/linkedin/answer/a1397243>.",
    ),
    (
        *(Style.MCGILL, POLICY, OF_A_DAY),
        "LinkedIn, “Privacy Policy” (3 November 2025), online: "
        "<www.linkedin.com/legal/privacy-policy>.",
    ),
    (
        *(Style.MCGILL, BLOG, {"copy_dated": "1 May 2009"}),
        "Sarah Cole, “Virtual Friend Fires Employee” (1 May 2009), online: Naked Law "
        "<http://www.nakedlaw.com/2009/05/index.html>.",
    ),
    (
        *(Style.MCGILL, STATEMENT, {"copy_dated": "23 September 2025"}),
        "Information Commissioner’s Office, “Statement on plans to train AI” "
        "(23 September 2025).",
    ),
    (
        *(Style.MCGILL, OPINION, {"copy_dated": "29 July 2024"}),
        "American Bar Association, “Formal Opinion 512, generative AI tools” "
        "(29 July 2024).",
    ),
    (Style.MCGILL, STATUTE, {}, "Human Rights Act 1998 (UK), c 42."),
    (
        *(Style.MCGILL, DIRECTIVE, {}),
        "EC, Council Directive 2002/60/EC of 27 June 2002 laying down specific "
        "provisions for the control of African swine fever, [2002] OJ, L 192/27.",
    ),
    (
        *(Style.PLAIN, HELP, {}),
        "Data sharing. LinkedIn Help. https://www.linkedin.com/help/linkedin/answer/"
        "a1397243 (read 24 November 2026).",
    ),
    (
        *(Style.PLAIN, STATEMENT, {"copy_dated": "late October 2025"}),
        "Statement on plans to train AI. Information Commissioner’s Office (UK), "
        "October 2025 (read 24 November 2026).",
    ),
]


@pytest.mark.parametrize(("style", "of", "known", "expected"), EXAMPLES)
def test_a_source_is_cited_as_the_guide_asks(style, of, known, expected):
    assert cited(of, style, **known) == expected


@pytest.mark.parametrize(
    "told", ["before 3 November 2025", "after 3 November 2025", "undated", ""]
)
def test_a_copy_older_or_newer_than_a_day_is_not_dated_by_it(told):
    for style in Style:
        assert cited(HELP, style, copy_dated=told) == cited(HELP, style)


def test_a_page_that_others_quote_is_not_said_to_have_been_visited():
    for style in Style:
        text = cited(HELP, style, provenance=Provenance.QUOTED)
        assert "2026" not in text
        assert "Data sharing" in text


def test_of_several_copies_the_last_reading_counts_and_the_first_date():
    quotations = [
        quoted(POLICY, on=date(2026, 1, 2)),
        quoted(POLICY, on=date(2026, 3, 4), copy_dated="effective 3 November 2025"),
        quoted(POLICY, on=date(2026, 5, 6), provenance=Provenance.REPORTED),
    ]

    text = in_full(cite(POLICY, quotations, Style.OSCOLA))

    assert "(3 November 2025)" in text
    assert text.endswith("accessed 4 March 2026.")


@pytest.mark.parametrize(
    ("style", "of", "italic"),
    [
        (Style.BLUEBOOK, POLICY, ["Privacy Policy"]),
        (Style.OSCOLA, POLICY, []),
        (Style.MCGILL, STATUTE, ["Human Rights Act 1998"]),
        (Style.MCGILL, BLOG, [" Naked Law"]),
        (Style.PLAIN, POLICY, ["Privacy Policy"]),
    ],
)
def test_what_the_guide_sets_in_italics_is(style, of, italic):
    runs = cite(of, [quoted(of)], style)

    assert [run.text for run in runs if run.is_italic] == italic


def test_the_address_is_a_link_even_where_the_guide_shortens_it():
    runs = cite(POLICY, [quoted(POLICY)], Style.MCGILL)

    assert Run("www.linkedin.com/legal/privacy-policy", url=POLICY.url) in runs


@pytest.mark.parametrize(
    ("country", "style"),
    [
        ("US", Style.BLUEBOOK),
        ("CA", Style.MCGILL),
        ("GB", Style.OSCOLA),
        ("IE", Style.OSCOLA),
        ("DE", Style.PLAIN),
        ("", Style.PLAIN),
    ],
)
def test_a_firm_that_has_chosen_none_gets_the_style_of_its_country(country, style):
    assert style_for(country) is style
