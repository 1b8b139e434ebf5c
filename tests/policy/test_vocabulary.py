"""What people call the things they share: loaded whole, and never more than words."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policyguide.guidance.facts import Answer
from policyguide.guidance.posting import weigh
from policyguide.guidance.vocabulary import find
from policyguide.policy.checked_yaml import Refused
from policyguide.policy.models import Thing
from policyguide.policy.vocabulary import load_vocabulary, things
from tests.policy.edition_files import line_of, written

pytestmark = pytest.mark.django_db

SMALL = """\
things:
  Zeppelin:
    words: [airship, blimp]
    entries: [posts, s-deletion]
    advice: [posts-consent]
"""


def test_adds_what_is_missing_and_leaves_what_somebody_made(tmp_path):
    load_vocabulary(written(tmp_path, SMALL))
    Thing.objects.filter(name="Zeppelin").update(words=["balloon"])

    again = load_vocabulary(written(tmp_path, SMALL))

    assert again == 0
    assert find("balloon", things()).thing.name == "Zeppelin"
    assert find("blimp", things()).thing is None


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("[posts, s-deletion]", "[postings]", "not the code of an entry"),
        ("[posts, s-deletion]", "[posts-consent]", "not the code of an entry"),
        ("[posts, s-deletion]", "[]", "missing or empty"),
        ("[posts-consent]", "[posts]", "not the code of an entry"),
        ("[airship, blimp]", "['?!']", "cannot be searched for"),
        ("words:", "wrods:", "no such field"),
    ],
)
def test_names_a_mistake_by_its_line_and_adds_nothing(tmp_path, right, wrong, reason):
    text = SMALL.replace(right, wrong)
    file = written(tmp_path, text)
    before = Thing.objects.count()

    with pytest.raises(Refused) as refused:
        load_vocabulary(file)

    (mistake,) = refused.value.mistakes
    assert reason in mistake.reason
    assert mistake.line == line_of(wrong, text)
    assert Thing.objects.count() == before


def test_the_command_says_what_it_did(tmp_path):
    said = StringIO()
    call_command("load_vocabulary", written(tmp_path, SMALL), stdout=said)
    assert said.getvalue() == "Things people share: 1 added.\n"

    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_vocabulary", written(tmp_path, SMALL.replace("Z", "'")))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("article", "Article"),
        ("group message", "Group post or message"),
        ("résumé", "CV"),
        ("AI prompt", "Prompt to an AI feature"),
        ("thumbs down", "Feedback on an AI feature"),
        ("job posting", "Job ad"),
        ("InMail", "Private message"),
        ("headshot", "Profile photo"),
    ],
)
def test_the_shipped_words_find_what_people_mean(typed, name):
    assert find(typed, things()).thing.name == name


def test_a_message_may_be_private_or_to_a_group():
    found = find("message", things())

    names = {choice.name for choice in found.choices}
    assert found.thing is None
    assert {"Private message", "Group post or message"} <= names


def test_every_shipped_thing_is_found_by_its_name_and_has_advice(shipped_edition):
    assert things()
    for thing in things():
        assert find(thing.name, things()).thing == thing
        for region in shipped_edition.regions:
            posting = weigh(thing, shipped_edition, region=region)
            assert posting.advice is not None, (thing.name, region.code)


@pytest.mark.parametrize(
    ("name", "region", "answers"),
    [
        ("Post", "uk", "yes yes no"),
        ("Post", "us", "yes not-stated yes"),
        ("Post", "hong-kong", "yes not-stated disputed"),
        ("Private message", "eu-eea", "no not-stated no"),
        ("Company page", "uk", "not-stated yes no"),
        ("CV", "uk", "yes no no"),
        ("Job application", "uk", "no not-stated no"),
        ("Candidate data in Recruiter", "us", "not-stated not-stated not-stated"),
        ("Photo or video in a post", "us", "yes not-stated yes"),
        ("Old posts and articles", "hong-kong", "yes not-stated disputed"),
        ("Feedback on an AI feature", "canada", "disputed not-stated not-stated"),
        ("Post", "china", "not-stated not-stated not-stated"),
    ],
)
def test_the_shipped_terms_answer_by_place_and_effect(
    shipped_edition, name, region, answers
):
    thing = Thing.objects.get(name=name).as_known()

    posting = weigh(thing, shipped_edition, region=shipped_edition.entry[region])

    given = [verdict.answer for verdict in posting.verdicts]
    assert given == list(map(Answer, answers.split()))


def test_the_admin_takes_words_line_by_line(client_of, editor):
    editor.is_staff = editor.is_superuser = True
    editor.save()
    thing = Thing.objects.get(name="Poll")
    typed = {"name": "Poll", "entries": "posts", "advice": "", "position": 5}

    refused = client_of(editor).post(
        f"/admin/policy/thing/{thing.pk}/change/", typed | {"entries": "postings"}
    )
    saved = client_of(editor).post(
        f"/admin/policy/thing/{thing.pk}/change/", typed | {"words": "ballot\n\nvote "}
    )

    assert "not the code of an entry" in refused.content.decode()
    assert saved.status_code == 302
    thing.refresh_from_db()
    assert thing.words == ["ballot", "vote"]
