"""A note as it leaves the page: rich, as plain text, and as a mail to be sent.

The rich form is the one that is written; the others are made of it, so that they cannot
say otherwise.
"""

from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from lxml import html

from policyguide.guidance import Guidance
from policyguide.guidance.notes import Note, NoteKind, notes

BLOCKS = ("h3", "p", "li")


class WrittenNote:
    """A note with the words around it."""

    def __init__(self, note: Note) -> None:
        self.kind = note.kind
        self._note = note

    @cached_property
    def rich(self) -> str:
        return render_to_string("notes/note.html", {"note": self._note})

    @cached_property
    def plain(self) -> str:
        """The same line by line, a hyphen before each item of a list."""
        root = html.fragment_fromstring(self.rich, create_parent="div")
        text = ""
        for block in root.iter(*BLOCKS):
            line = " ".join(block.text_content().split())
            text += f"- {line}\n" if block.tag == "li" else f"\n{line}\n\n"
        return text.replace("\n\n\n", "\n\n").strip() + "\n"

    @property
    def subject(self) -> str:
        day = date_format(self._note.guidance.as_of)
        return _("LinkedIn’s AI terms, as of %(day)s") % {"day": day}

    def draft(self) -> bytes:
        """A mail that opens unsent, to nobody yet."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = self.subject
        mail["X-Unsent"] = "1"
        mail.set_content(self.plain)
        mail.add_alternative(self.rich, subtype="html")
        return bytes(mail)


def written(guidance: Guidance) -> dict[NoteKind, WrittenNote]:
    """All notes that can be taken from the guidance."""
    return {note.kind: WrittenNote(note) for note in notes(guidance)}
