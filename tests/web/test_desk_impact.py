"""Whom a change concerns, shown before it is approved."""

import pytest

from policyguide.firms.models import Membership
from policyguide.policy.models import Clause
from policyguide.web.views.desk import impact
from tests import desk, factories
from tests.memos import making


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def change(base, editor):
    return desk.change(editor)


@pytest.fixture
def impact_page(change, client_of, editor):
    return lambda: client_of(editor).get(desk.page(change, "impact/"))


def people_of(firms):
    members = Membership.across_firms.filter(firm__in=firms)
    return members.values("person").distinct().count()


def test_firms_that_are_told_something_else_are_counted_with_their_people(
    change, impact_page, partner
):
    clause = Clause.objects.get(edition=change.edition, code="clause")
    Clause.objects.filter(pk=clause.pk).update(regions=["uk"])
    abroad = factories.firm(offices=(("Lagos", "NG"),))
    factories.member(abroad)

    answer = impact_page()

    impact = answer.context["impact"]
    (group,) = impact.groups
    assert abroad in group.firms
    assert partner.memberships.get().firm not in group.firms
    assert [d.code for d in group.differences] == ["clause"]
    assert answer.context["people"] == people_of(group.firms)


def test_a_change_that_changes_nothing_concerns_nobody(impact_page, hale_marsh):
    answer = impact_page()

    assert answer.context["impact"].groups == ()
    assert "No firm is told anything else" in answer.content.decode()


def test_a_draft_with_problems_has_no_impact_yet(change, impact_page):
    clause = Clause.objects.get(edition=change.edition, code="clause")
    clause.citations.all().delete()

    answer = impact_page()

    assert answer.context["impact"] is None
    assert "1 problem" in answer.content.decode()


def test_a_draft_that_replaces_nothing_says_so(base, editor, client_of):
    lone = desk.change(editor, on=desk.IN_FORCE.replace(year=1999))
    desk.fill(lone.edition, base.entries.get(code="clause").quotations.get())

    answer = client_of(editor).get(desk.page(lone, "impact/"))

    assert "It replaces no edition" in answer.content.decode()


def test_the_mail_is_shown_as_it_will_read_with_who_gets_it(
    change, impact_page, partner
):
    clause = Clause.objects.get(edition=change.edition, code="clause")
    Clause.objects.filter(pk=clause.pk).update(words="It trains no more.")

    answer = impact_page()

    (told,) = answer.context["groups"]
    assert partner in [member.person for member in told.members]
    assert told.text.startswith("It trains no more. [1]")
    page = answer.content.decode()
    assert "It trains no more. [1]" in page
    assert told.subject in page
    assert partner.email in page


def test_the_impact_of_a_minor_change_says_that_nobody_gets_mail(change, impact_page):
    Clause.objects.filter(edition=change.edition, code="clause").update(words="New.")
    change.edition.severity = "minor"
    change.edition.save()

    assert "nobody is sent mail" in impact_page().content.decode()


@pytest.fixture
def memos(base, hale_marsh, partner, change):
    """A memo of a firm that is told the same, and one of a firm that is not."""
    Clause.objects.filter(edition=change.edition, code="clause").update(regions=["uk"])
    abroad = factories.firm(offices=(("Lagos", "NG"),))
    return (
        making.issued(hale_marsh, base, partner),
        making.issued(abroad, base, factories.member(abroad)),
    )


@pytest.mark.parametrize(
    ("severity", "becomes"),
    [
        ("minor", "Superseded"),
        ("material", "Superseded"),
        ("grave", "Do not rely"),
    ],
)
def test_the_memos_that_become_stale_are_listed_with_what_they_become(
    memos, change, impact_page, severity, becomes
):
    change.edition.severity = severity
    change.edition.save()

    answer = impact_page()

    named = [(found.firm, found.memos) for found in answer.context["outlooks"]]
    assert named == [(memos[1].firm, (memos[1],))]
    listed = answer.text.partition('id="memos"')[2]
    assert f'href="/m/{memos[1].code}/"' in listed
    assert f'<span class="tag">{becomes}</span>' in listed
    assert memos[0].code not in listed


def test_a_memo_past_relying_on_gets_no_staler(memos, impact_page):
    memos[1].rulings.create(
        firm=memos[1].firm,
        status="do-not-rely",
        since=making.ON,
        because="It was misread.",
        ruled_at=making.LATER,
    )

    answer = impact_page()

    assert answer.context["outlooks"] == ()
    assert "every issued memo stays as it is" in answer.text


def test_many_firms_are_looked_at_bit_by_bit_with_progress(
    memos, impact_page, client_of, editor, change, monkeypatch
):
    monkeypatch.setattr(impact, "LIKENESSES_A_LOOK", 1)
    page, from_htmx = desk.page(change, "impact/"), {"HX-Request": "true"}
    browser = client_of(editor)

    first = browser.get(page)
    progress = first.context["progress"]
    assert (progress.done, progress.is_complete) == (1, False)
    assert f'href="{page}">Look on</a>' in first.text

    for _ in range(progress.of - 1):
        last = browser.get(page, headers=from_htmx)

    assert last.text.lstrip().startswith('<div id="found">')
    assert "Memos that become stale" in last.text
    assert "<progress" not in last.text
