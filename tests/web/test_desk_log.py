"""The log, as it is read at the desk."""

from policyguide.policy.models import LogLine
from tests import desk


def test_every_step_is_in_the_log_with_who_and_why(editor, approver, client_of):
    desk.edition()
    change = desk.change(editor)
    client_of(editor).post(
        desk.page(change), {"move": "withdraw", "reason": "Doubled."}
    )

    page = client_of(approver).get("/desk/log/").content.decode()

    assert "Withdrew" in page
    assert "Doubled." in page
    assert str(editor) in page


def test_the_last_line_stands_first_and_old_ones_on_later_pages(editor, client_of):
    for number in range(120):
        LogLine.objects.create(
            at=desk.AT, by=editor, what="quote", subject=f"n{number}"
        )
    client = client_of(editor)

    first = client.get("/desk/log/").context["page"]
    second = client.get("/desk/log/?page=2").context["page"]

    assert first[0].subject == "n119"
    assert second[0].subject == "n19"
