"""Search: stems and ranks of its own, total, and alike on every database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyguide.guidance import facts
from policyguide.policy.editions import edition_numbered
from policyguide.policy.models import Edition
from policyguide.policy.search import MOST_HITS, Index, search
from tests.guidance.small import PAGE, entry, quotation


def clause(code, words, **own):
    return entry(facts.Clause, code, topic=facts.Topic.CHANGE, words=words, **own)


ENTRIES = (
    clause("using", "LinkedIn trains models. It does so on posts."),
    clause("messages", "Private messages stay out. So do résumés."),
    clause("long", "Training. " + "Much else is said here at great length. " * 20),
    entry(facts.Silence, "asked", title="Is training undone?", words="Nothing found."),
)


@pytest.fixture(scope="module")
def index():
    return Index(ENTRIES)


def found(index, question):
    return [hit.entry.code for hit in index.search(question).hits]


def marked(pieces):
    return [piece.text for piece in pieces if piece.is_match]


def test_finds_by_stems_and_ranks_titles_and_short_entries_first(index):
    assert found(index, "training") == ["asked", "using", "long"]


def test_rare_words_weigh_more_than_common_ones(index):
    assert found(index, "training private")[0] == "messages"


@pytest.mark.parametrize("question", ["PRIVATE", "resume", "ré\u0301sumés", "messag"])
def test_case_accents_and_half_typed_words_do_not_matter(index, question):
    assert found(index, question) == ["messages"]


def test_what_was_looked_for_stands_out_in_the_words_and_nothing_else(index):
    (hit,) = index.search("Which post?").hits

    assert marked(hit.words) == ["posts"]
    assert "".join(piece.text for piece in hit.words) == ENTRIES[0].words


def test_a_quotation_that_fits_better_is_shown_with_its_place():
    quoted = facts.Quotation(
        code="q-1",
        source=PAGE,
        text="Zeppelins are not used. Blimps are.",
        provenance=facts.Provenance.READ,
        captured_on=quotation("x").captured_on,
        capture_code="A1/one",
        capture_sha256="0" * 64,
        start=0,
        end=1,
    )
    (hit,) = (
        Index([clause("air", "Airships.", quotations=(quoted,))]).search("blimp").hits
    )

    assert "".join(piece.text for piece in hit.sentence) == "Blimps are."
    assert hit.anchor == "quotation-q-1"


def test_a_word_that_is_not_known_is_respelled(index):
    result = index.search("privte zzzzzz")

    assert result.hits == ()
    assert result.respelled == "private"
    assert index.search("zzzzzz").respelled == ""


@pytest.mark.parametrize("question", ["", "the of and", "?!'\"%*(", "\x00"])
def test_a_question_without_a_word_finds_nothing(index, question):
    assert found(index, question) == []


@given(question=st.text())
def test_any_text_is_answered(question):
    result = Index(ENTRIES).search(question)

    assert len(result.hits) <= MOST_HITS


def test_an_edition_without_entries_answers_nothing():
    assert Index([]).search("training").hits == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("Must I opt out again every 60 days?", ["r-60-days"]),
        ("Are private messages used?", ["private-messages", "messages-care"]),
        ("recruiter seats", ["s-recruiter-seats"]),
        ("Does Microsoft train on data in the UK?", ["microsoft-training"]),
        ("was it 4 or 9 November", ["r-other-dates"]),
        ("how do I turn it off", ["opt-out-looks-forward"]),
        ("CVs in aggregate", ["c6"]),
    ],
)
def test_the_shipped_terms_answer_what_people_ask(question, codes):
    row = Edition.objects.get(number=1)

    hits = search(edition_numbered(1, row.sha256), question).hits

    assert [hit.entry.code for hit in hits][: len(codes)] == codes
