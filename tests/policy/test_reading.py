"""What an edition file is refused for: each mistake with its line, code and reason.

None of these tests has a database, so none of them can leave anything half done.
"""

from pathlib import Path

import pytest
import yaml

from policyguide.policy.checked_yaml import Refused
from policyguide.policy.checked_yaml.tree import LARGEST_FILE
from policyguide.policy.edition_file import read
from tests.policy.edition_files import SMALL, exchanged, line_of, mistakes_in, written

# Beside this file: what is exchanged in the small edition, and what is told then.
IN_ONE_PLACE = yaml.safe_load((Path(__file__).parent / "mistakes.yaml").read_text())


def points_at(mistake, new, text):
    """Whether the line told is one of the new piece, or names the code or the field."""
    line = text.splitlines()[mistake.line - 1]
    pieces = [piece for piece in new.splitlines() if piece.strip()]
    names = [mistake.code.rpartition(".")[2], mistake.reason[1:].partition("”")[0]]
    return any(piece in line for piece in [*pieces, *(f"{name}:" for name in names)])


@pytest.mark.parametrize(
    "case", IN_ONE_PLACE, ids=lambda case: f"{case['code']}: {case['put'][:60]}"
)
def test_tells_a_mistake_by_line_and_code(tmp_path, case):
    text = exchanged(case["instead of"], case["put"])
    mistakes = mistakes_in(written(tmp_path, text))
    told = [found for found in mistakes if found.code == case["code"]]
    assert [found for found in told if case["reason"] in found.reason], mistakes
    assert all(points_at(found, case["put"], text) for found in told)


def test_tells_which_words_are_too_long(tmp_path):
    text = exchanged("words: It changed.", f'words: "{"x" * 20_001}"')
    (mistake,) = mistakes_in(written(tmp_path, text))
    assert "The text has 20,001 characters; 20,000 is the most." in mistake.reason


def test_reads_a_file_that_keeps_the_rules(tmp_path):
    file = read(written(tmp_path, SMALL))
    assert file.edition.number == 901
    assert [source.code for source in file.sources] == ["A1", "PRESS", "LAW"]


def test_tells_all_mistakes_at_once_in_the_order_of_the_file(tmp_path):
    text = exchanged(
        "number: 901", "number: x",
        "quoted_by: 4", "quoted_by: 0",
        "uses: [messages]", "uses: [mesages]",
        "regions: [north], uses: [groups]", "regions: [nort], uses: [groups]",
        "words: It watches., cites: [press-1]", "words: It watches.",
    )  # fmt: skip
    path = written(tmp_path, text)
    with pytest.raises(Refused) as refused:
        read(path)
    told = str(refused.value).splitlines()
    places = ["number: x", "quoted_by: 0", "[mesages]", "[nort]", "It watches."]
    lines = [line_of(piece, text) for piece in places]
    codes = ["edition", "press-1", "messages", "tell", "dpa"]
    for line, number, code in zip(told, lines, codes, strict=True):
        assert line.startswith(f"{path}:{number}: {code}: ")


def test_does_not_blame_an_entry_for_what_a_mistake_in_it_leads_to(tmp_path):
    text = exchanged("watches., cites: [press-1]", "watches., cites: [press-2]")
    assert len(mistakes_in(written(tmp_path, text))) == 1


DEEP = "a: " + "[" * 30 + "]" * 30
NO_YAML = [
    (b"", 0, "is empty."),
    (b"# only a comment\n", 0, "is empty."),
    (b"- a\n- list\n", 1, "is not a table of sections"),
    (b"just words", 1, "is not a table of sections"),
    (b"edition:\n  title: [unclosed\n", 3, "is not YAML"),
    (b"edition:\n\ttitle: a tab\n", 2, "is not YAML"),
    (b"edition: a: b\n", 1, "is not YAML"),
    (b"edition: {}\n---\nedition: {}\n", 2, "starts a second document"),
    (b"edition: &it {}\n", 1, "has an anchor or alias"),
    (b"a: &x [1]\nb: *x\n", 1, "has an anchor or alias"),
    (b"a: 1\nb: *x\n", 2, "has an anchor or alias"),
    (b"edition: !!python/object:os.system {}\n", 1, "has a tag"),
    (b"edition:\n  title: !secret x\n", 2, "has a tag"),
    (b"edition: {}\ntitle: Z\xfcrich\n", 2, "is not UTF-8"),
    ("edition: {}\n".encode("utf-16"), 1, "is not UTF-8"),
    (b"edition:\n  title: a\x00b\n", 2, "holds the control character U+0000."),
    (b"edition:\n  title: a\x1b[31mb\n", 2, "holds the control character U+001B."),
    (b'edition:\n  title: "a\\0b"\n', 2, "holds the control character U+0000."),
    (b'edition:\n  title: "\\u0007"\n', 2, "holds the control character U+0007."),
    (b'a: "\\uD800"\n', 1, "is not YAML"),
    (b"edition:\n  title: a\n  title: b\n", 3, "has “title” again, as on line 2."),
    (b"edition: {}\nedition: {}\n", 2, "has “edition” again, as on line 1."),
    (b"? [a]\n: b\n", 1, "has a key that is not plain text."),
    (DEEP.encode(), 1, "is nested more than 12 deep."),
    (b"[" * 100_000, 1, "is nested more than 12 deep."),
    (b"a: [" + b"1," * 100_001 + b"]", 1, "has more than 100,000 values."),
    (b"a" * (LARGEST_FILE + 1), 0, "is larger than 5 MB, the most."),
    (b"%PDF-1.7\n\xff\xfe", 2, "is not UTF-8"),
    (b"PK\x03\x04", 1, "holds the control character U+0003."),
]


@pytest.mark.parametrize(
    ("content", "line", "reason"), NO_YAML, ids=[str(case[0][:30]) for case in NO_YAML]
)
def test_tells_what_is_not_yaml_of_the_plain_kind(tmp_path, content, line, reason):
    (mistake,) = mistakes_in(written(tmp_path, content))
    assert (mistake.line, mistake.code) == (line, "")
    assert mistake.reason.startswith(reason)


def test_reads_no_more_of_a_file_than_it_takes(tmp_path):
    path = tmp_path / "sparse.yaml"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    (mistake,) = mistakes_in(path)
    assert mistake.reason == "is larger than 5 MB, the most."


def test_tells_that_a_file_cannot_be_read(tmp_path):
    assert "No such file" in mistakes_in(tmp_path / "none.yaml")[0].reason
    assert "Is a directory" in mistakes_in(tmp_path)[0].reason


def test_tells_that_all_of_it_is_missing(tmp_path):
    mistakes = mistakes_in(written(tmp_path, "xyz: 1"))
    assert [(mistake.line, mistake.reason) for mistake in mistakes] == [
        (1, "“edition” is missing."),
        (1, "“xyz”: There is no such field here."),
    ]


def test_tells_that_the_sections_are_missing(tmp_path):
    head = SMALL[: SMALL.index("sources:")]
    mistakes = mistakes_in(written(tmp_path, head))
    assert [mistake.reason for mistake in mistakes] == [
        "It takes 3 headlines that every firm reads, so that no bottom line is too "
        "short; found: 0.",
        "The edition has no effects.",
        "The edition has no regions.",
    ]


def test_takes_a_byte_order_mark_and_line_ends_of_windows(tmp_path):
    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert (
        read(written(tmp_path, windows)).edition
        == read(written(tmp_path, SMALL, name="unix.yaml")).edition
    )


def test_takes_every_scalar_as_text(tmp_path):
    text = exchanged("title: A guide", "title: no", "note: A made-up page.", "note: 1")
    file = read(written(tmp_path, text))
    assert file.sources[2].title == "no"
    assert file.captures[0].note == "1"
    assert file.edition.region_for("NO") == "north"


def test_keeps_every_space_of_a_captured_text(tmp_path):
    text = exchanged(
        'text: "They say: \\"we share ads data\\"."',
        'text: "  They say:\\t\\"we share ads data\\".  \\n"',
    )
    capture = read(written(tmp_path, text)).captures[1]
    assert capture.text == '  They say:\t"we share ads data".  \n'
