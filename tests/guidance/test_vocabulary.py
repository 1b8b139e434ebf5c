"""A typed word finds its thing only if it is that thing's own word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyguide.guidance.vocabulary import MOST_CHOICES, Thing, find

POST = Thing(name="Post", words=("status update", "photo"))
PHOTO = Thing(name="Profile photo", words=("photo", "headshot"))
MESSAGE = Thing(name="Private message", words=("InMail", "DM"))
GROUP = Thing(name="Group message", words=("practice group",))
THINGS = (POST, PHOTO, MESSAGE, GROUP)


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("Post", POST),
        ("  my POSTS ", POST),
        ("a LinkedIn post", POST),
        ("status updates", POST),
        ("\uff24\uff2d", MESSAGE),
        ("profile-photo", PHOTO),
    ],
)
def test_the_very_words_of_a_thing_find_it(typed, thing):
    assert find(typed, THINGS).thing is thing


def test_a_word_of_several_things_is_a_choice_between_them():
    found = find("photo", THINGS)

    assert found.thing is None
    assert found.choices == (POST, PHOTO)


def test_a_name_goes_before_another_things_word():
    named = Thing(name="Photo")

    assert find("photo", (*THINGS, named)).thing is named


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("privat mesage", MESSAGE),
        ("hedshot", PHOTO),
        ("a post about a deal that closed", POST),
        ("message", MESSAGE),
        ("message", GROUP),
    ],
)
def test_what_is_merely_near_is_a_choice_and_no_answer(typed, choice):
    found = find(typed, THINGS)

    assert found.thing is None
    assert choice in found.choices


@pytest.mark.parametrize("typed", ["", "   ", "the", "?!", "zeppelin", "法律"])
def test_what_matches_nothing_finds_nothing(typed):
    found = find(typed, THINGS)

    assert found.thing is None
    assert found.choices == ()


@given(typed=st.text(), names=st.lists(st.text(max_size=8), max_size=8))
def test_any_text_is_answered_by_one_thing_or_few_choices(typed, names):
    things = [Thing(name=name) for name in names]

    found = find(typed, things)

    assert found.thing is None or found.thing in things
    assert len(found.choices) <= MOST_CHOICES
    assert not (found.thing and found.choices)
