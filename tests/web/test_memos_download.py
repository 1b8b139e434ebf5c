"""Downloads: the issued bytes, always the same, and only to the firm's own people."""

from io import BytesIO

import docx
import pytest
from django.db import connection

from policyguide.memos.guards import guards
from policyguide.memos.models import Original
from policyguide.policy.immutability import install, remove
from tests.memos import making

PDF = "/firms/hale-marsh/memos/1.pdf"
TRACKED = "/firms/hale-marsh/memos/compare/1/1.docx"
ZIP = "/firms/hale-marsh/memos/all.zip"
DOCX = "/firms/hale-marsh/memos/1.docx"


@pytest.fixture
def memo(hale_marsh, partner):
    return making.issued(hale_marsh, making.edition(), partner)


def test_every_download_is_the_bytes_that_were_issued(client_of, memo, reader):
    answers = [client_of(reader).get(PDF) for _ in range(2)]

    assert [answer.content for answer in answers] == [making.PDF] * 2


def test_the_file_comes_under_a_name_that_sorts_by_date(client_of, memo, reader):
    answer = client_of(reader).get(PDF)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="2026-11-24-hale-marsh-memo-1.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Length"] == str(len(making.PDF))


@pytest.mark.parametrize(
    "name", ['Hale\r\nSet-Cookie: x=1 "LLP"', "‮pdf.exe", "../../etc", "x" * 200, "雪"]
)
def test_no_firms_name_reaches_a_header(client_of, hale_marsh, partner, name):
    type(hale_marsh).objects.filter(pk=hale_marsh.pk).update(name=name)
    making.issued(hale_marsh, making.edition(), partner)

    for path in (PDF, DOCX):
        disposition = client_of(partner).get(path).headers["Content-Disposition"]
        assert disposition.startswith('attachment; filename="2026-11-24-hale-marsh-')


def test_whoever_has_the_file_is_not_sent_it_again(client_of, memo, reader):
    browser = client_of(reader)
    tag = browser.get(PDF).headers["ETag"]

    answer = browser.get(PDF, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == tag == f'"{memo.original.sha256}"'
    assert browser.get(PDF, headers={"If-None-Match": '"other"'}).status_code == 200


def test_asking_for_the_head_gives_the_headers_alone(client_of, memo, reader):
    browser = client_of(reader)

    head, whole = browser.head(PDF), browser.get(PDF)

    assert head.content == b""
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize("position", [0, 10, len(making.PDF) - 1])
def test_of_a_file_with_a_flipped_bit_nothing_is_sent(
    client_of, memo, reader, caplog, position
):
    altered = bytearray(making.PDF)
    altered[position] ^= 1
    without_guards(lambda: Original.across_firms.update(pdf=bytes(altered)))

    answer = client_of(reader).get(PDF)

    assert answer.status_code == 500
    assert b"%PDF" not in answer.content
    assert "application/pdf" not in answer.headers["Content-Type"]
    assert f"memo {memo.pk} does not match" in caplog.text


def test_a_memo_on_its_way_has_no_file_yet(client_of, hale_marsh, partner):
    making.asked(hale_marsh, making.edition(), partner)

    for path in (PDF, DOCX):
        assert client_of(partner).get(path).status_code == 404


def test_a_foreign_memo_and_one_that_is_not_there_answer_alike(client_of, memo, rival):
    browser = client_of(rival)

    foreign, unknown = browser.get(PDF), browser.get(PDF.replace("1.pdf", "7.pdf"))

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert dict(foreign.headers) == dict(unknown.headers)


def test_who_left_the_firm_gets_nothing_more(client_of, memo, removed_member):
    assert client_of(removed_member).get(PDF).status_code == 404


def test_a_download_takes_four_queries(
    client_of, memo, reader, django_assert_num_queries
):
    browser = client_of(reader)

    browser.get(PDF)

    with django_assert_num_queries(4):  # session, person, memo, whether it is noted
        browser.get(PDF)


@pytest.mark.parametrize("path", [PDF, DOCX, TRACKED, ZIP])
def test_each_download_is_noted_once_a_day(client_of, memo, firm_admin, partner, path):
    for person in (firm_admin, firm_admin, partner):
        client_of(person).get(path)

    taken = memo.downloads.order_by("pk").values_list("person", "firm")
    people = (firm_admin, partner)
    assert list(taken) == [(person.pk, memo.firm_id) for person in people]


def test_what_takes_nothing_away_is_no_download(client_of, memo, reader, rival):
    browser = client_of(reader)
    browser.head(PDF)
    browser.head(DOCX)
    browser.head(ZIP)
    browser.get(PDF, headers={"If-None-Match": f'"{memo.original.sha256}"'})
    client_of(rival).get(PDF)

    assert not memo.downloads.exists()


def test_the_copy_to_edit_says_what_the_memo_says_and_that_it_is_not_the_record(
    client_of, hale_marsh, partner
):
    memo = making.issued(
        hale_marsh, making.edition(), partner, html="<h2>Question</h2><p>Why?</p>"
    )

    answer = client_of(partner).get(DOCX)

    copy = docx.Document(BytesIO(answer.content))
    told = [(paragraph.style.name, paragraph.text) for paragraph in copy.paragraphs]
    assert ("Heading 2", "Question") in told
    assert ("Normal", "Why?") in told
    assert "Editable copy, not the record" in told[0][1]
    assert memo.original.sha256 in told[0][1]
    assert answer.headers["Cache-Control"] == "private, no-store"


def without_guards(act):
    """What the database would refuse: somebody at the disk, or a failing disk."""
    every = list(guards(connection))
    remove(connection, every)
    act()
    install(connection, every)
