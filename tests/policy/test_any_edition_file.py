"""Whatever is in the file: it is loaded whole, or refused with a reason."""

from dataclasses import replace

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyguide.policy.checked_yaml import Refused, read_table
from policyguide.policy.checked_yaml.tree import UNPRINTABLE, Items, Table
from policyguide.policy.edition_file import load, read, write
from policyguide.policy.edition_file.reading import Reader
from policyguide.policy.edition_file.writing import Dumper
from policyguide.policy.models import Edition, Entry, Quotation, Source
from policyguide.policy.rows import facts_of
from tests import factories
from tests.policy.edition_files import SMALL, written

PRINTABLE = st.characters(codec="utf-8").filter(lambda c: not UNPRINTABLE.match(c))
AWKWARD = [
    "NO",
    "~",
    "null",
    "- a",
    "a: b",
    "# c",
    "'",
    '"',
    "|",
    "&a",
    "%",
    "\n",
    " x",
]
TEXTS = st.text(PRINTABLE, max_size=60) | st.sampled_from(AWKWARD)

any_file = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# Slips of the hand: what becomes of a line, with a text and a column to use.
SLIPS = {
    "drop": lambda line, text, column: "",
    "repeat": lambda line, text, column: line * 2,
    "insert": lambda line, text, column: line[:column] + text + line[column:],
    "cut": lambda line, text, column: line[:column],
    "indent": lambda line, text, column: f"  {line}",
    "outdent": lambda line, text, column: line.removeprefix("  "),
}


@st.composite
def spoilt(draw):
    """The small edition after a few slips of the hand."""
    lines = SMALL.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        slip = SLIPS[draw(st.sampled_from(sorted(SLIPS)))]
        lines[at] = slip(lines[at], draw(TEXTS), draw(st.integers(0, 40)))
    return "".join(lines)


def counts():
    return [kind.objects.count() for kind in (Edition, Entry, Source, Quotation)]


@pytest.mark.django_db
@any_file
@given(spoilt())
def test_a_spoilt_file_is_loaded_whole_or_refused_with_reasons(tmp_path, text):
    before = counts()
    path = written(tmp_path, text)
    with transaction.atomic():
        if reasons := refused(path):
            assert all(reasons)
            assert counts() == before
        else:
            file = read(path)
            stored = Edition.objects.get(number=file.edition.number)
            assert facts_of(stored).sha256 == file.edition.sha256
        transaction.set_rollback(True)


def refused(path):
    """The reasons for which the file is refused; without any, it is loaded."""
    try:
        load(read(path), at=factories.NOON)
    except Refused as error:
        return [mistake.reason for mistake in error.mistakes]
    return []


@any_file
@given(st.binary(max_size=300) | TEXTS.map(str.encode))
def test_any_bytes_are_refused_with_reasons(tmp_path, content):
    with pytest.raises(Refused) as refused:
        read(written(tmp_path, content))
    assert str(refused.value)


def plain(node):
    """A table of the reader as plain dictionaries, lists and texts."""
    if isinstance(node, Table):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Items):
        return [plain(value) for value in node.values]
    return node.value


@any_file
@given(
    st.dictionaries(
        TEXTS.filter(lambda key: len(key) < 100),
        st.recursive(
            TEXTS, lambda inner: st.dictionaries(TEXTS, inner, max_size=3), max_leaves=4
        )
        | st.lists(TEXTS, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_is_read_as_it_was_written(tmp_path, values):
    dumped = yaml.dump(values, Dumper=Dumper, sort_keys=False, allow_unicode=True)
    assert plain(read_table(written(tmp_path, dumped))) == values


@pytest.mark.django_db
@any_file
@given(words=TEXTS.map(str.strip), note=TEXTS.map(str.strip))
def test_any_words_are_the_same_when_dumped_and_read(tmp_path, words, note):
    file = with_words(read(written(tmp_path, SMALL)), words, note)
    with transaction.atomic():
        edition = load(file, at=factories.NOON).edition
        stored = replace(facts_of(edition), published_on=None)
        dumped = written(tmp_path, write(edition))
        transaction.set_rollback(True)
    assert stored.change_note == note
    assert parsed(dumped) == stored


def with_words(file, words, note):
    """The file, with these words in its first clause and this change note."""
    clause, *others = file.edition.clauses
    clauses = (replace(clause, words=words), *others)
    edition = replace(file.edition, clauses=clauses, change_note=note)
    return replace(file, edition=edition)


def parsed(path):
    """The edition in a file, whether it keeps the rules or not."""
    return Reader(path).file().edition
