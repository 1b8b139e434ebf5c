"""The last look at a file: nothing in it acts, reaches out or is read two ways."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from policyguide.memos.pdf_finish import Unfit, _with_exact_lengths, check


@pytest.fixture
def file():
    with pikepdf.new() as file:
        file.add_blank_page()
        yield file


def link(**action):
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(**action)
    )


def test_a_plain_file_passes(file):
    check(file, files=0)


@pytest.mark.parametrize("url", ["https://www.linkedin.com/", "mailto:a@b.example"])
def test_links_to_sites_and_mailboxes_pass(file, url):
    file.pages[0].Annots = Array([link(S=Name.URI, URI=String(url))])

    check(file, files=0)


@pytest.mark.parametrize(
    "action",
    [
        {"S": Name.URI, "URI": String("javascript:alert(1)")},
        {"S": Name.URI, "URI": String("file:///etc/passwd")},
        {"S": Name.URI, "URI": String("http://plain.example/")},
        {"S": Name.URI, "URI": String("HTTPS://shouting.example/")},
        {"S": Name.Launch, "F": String("/bin/sh")},
        {"S": Name.JavaScript, "JS": String("app.alert(1)")},
        {"S": Name.SubmitForm, "F": String("https://evil.example/")},
        {"S": Name.GoToR, "F": String("other.pdf")},
        {"S": Name.GoToE, "T": Dictionary()},
        {"S": Name.Named, "N": Name.Print},
    ],
)
@pytest.mark.parametrize("is_indirect", [False, True])
def test_every_other_action_is_refused(file, action, is_indirect):
    annotation = link(**action)
    if is_indirect:
        annotation.A = file.make_indirect(annotation.A)
    file.pages[0].Annots = Array([file.make_indirect(annotation)])

    with pytest.raises(Unfit, match=r"links to|an action other|an active part"):
        check(file, files=0)


@pytest.mark.parametrize(
    ("holder", "key", "value"),
    [
        ("root", "/OpenAction", Dictionary(S=Name.GoTo, D=Array([]))),
        ("root", "/AA", Dictionary()),
        ("root", "/AcroForm", Dictionary(Fields=Array([]))),
        ("root", "/Names", Dictionary(JavaScript=Dictionary(Names=Array([])))),
        ("page", "/AA", Dictionary()),
    ],
)
def test_what_would_act_by_itself_is_refused(file, holder, key, value):
    target = file.Root if holder == "root" else file.pages[0].obj
    target[key] = file.make_indirect(value)

    with pytest.raises(Unfit, match="an active part"):
        check(file, files=0)


@pytest.mark.parametrize("wanted", [0, 2])
def test_it_carries_just_the_files_it_should(file, wanted):
    file.attachments["guidance.json"] = pikepdf.AttachedFileSpec(file, b"{}")

    check(file, files=1)
    with pytest.raises(Unfit, match=f"carry 1 files within it, not {wanted}"):
        check(file, files=wanted)


def test_a_stream_that_ends_in_a_carriage_return_keeps_its_exact_length(file):
    file.Root.Odd = file.make_stream(b"odd\r")
    file.Root.Even = file.make_stream(b"even")
    saved = BytesIO()
    file.save(saved, compress_streams=False)
    before = saved.getvalue()
    assert b"odd\r\nendstream" in before

    exact = _with_exact_lengths(before)

    assert len(exact) == len(before)
    assert b"odd\r\r\nendstream" in exact
    with pikepdf.open(BytesIO(exact)) as opened:
        assert opened.Root.Odd.read_bytes() == b"odd\r"
        assert opened.Root.Even.read_bytes() == b"even"
        assert opened.check_pdf_syntax() == []
