"""Many memos in one ZIP, made as it is sent."""

from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from policyguide.memos.access import originals_of
from policyguide.memos.archive import SUMS, zipped
from policyguide.memos.models import Original
from tests.memos import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def originals(hale_marsh, partner):
    for number in range(3):
        making.issued(
            hale_marsh, making.edition(), partner, pdf=b"%PDF-" + bytes([number]) * 1000
        )
    return originals_of(hale_marsh)


def opened(pieces):
    return ZipFile(BytesIO(b"".join(pieces)))


def test_it_holds_every_memo_under_a_plain_name_and_the_hashes_of_all(originals):
    with opened(zipped(originals)) as archive:
        assert archive.testzip() is None
        *names, last = archive.namelist()
        sums = archive.read(last).decode()
        hashes = [sha256(archive.read(name)).hexdigest() for name in names]

    assert names == [
        f"hale-marsh/2026-11-24-hale-marsh-memo-{number}.pdf" for number in (1, 2, 3)
    ]
    assert last == SUMS
    assert sums.splitlines() == [
        f"{digest}  {name}" for digest, name in zip(hashes, names, strict=True)
    ]


def test_no_more_than_a_memo_is_made_before_it_is_sent(originals):
    pieces = zipped(originals)

    first = next(pieces)

    assert b"\x00" * 1000 in first
    assert b"\x01" * 1000 not in first


def test_a_memo_that_was_altered_is_left_out_and_named(originals):
    originals = list(originals)
    originals[1].pdf = b"other"

    with opened(zipped(originals)) as archive:
        sums = archive.read(SUMS).decode()
        assert len(archive.namelist()) == 3

    assert "# hale-marsh/2026-11-24-hale-marsh-memo-2.pdf is left out" in sums


def test_the_same_memos_are_the_same_file(originals):
    assert b"".join(zipped(originals)) == b"".join(zipped(originals))


def test_nothing_issued_is_an_archive_with_an_empty_list():
    with opened(zipped(Original.across_firms.none())) as archive:
        assert archive.namelist() == [SUMS]
