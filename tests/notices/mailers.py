"""Mail servers that are watched, or behave badly."""

from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection


class Unreachable(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("connection refused")


class Refusing(EmailBackend):
    """Takes nothing for `nobody`."""

    def send_messages(self, messages):
        if messages[0].to[0].startswith("nobody"):
            raise SMTPDataError(550, b"no such mailbox")
        return super().send_messages(messages)


class KnowingNobody(EmailBackend):
    """Has no mailbox for `nobody`."""

    def send_messages(self, messages):
        (address,) = messages[0].to
        if address.startswith("nobody"):
            raise SMTPRecipientsRefused({address: (550, b"no such mailbox")})
        return super().send_messages(messages)


class Silent(EmailBackend):
    """Takes the message, and goes away before it says so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SMTPServerDisconnected("connection unexpectedly closed")


class Outlasting(BaseEmailBackend):
    """Notes the ids of what it takes in a file, which no death of the sender undoes.

    It asks the database something before and after, so that whoever kills processes at
    each statement kills them here too.
    """

    def __init__(self, *, path, **options):
        super().__init__(**options)
        self.path = Path(path)

    def send_messages(self, messages):
        for message in messages:
            self._ask()
            with self.path.open("a") as file:
                file.write(f"{message.extra_headers['Message-ID']}\n")
            self._ask()
        return len(messages)

    def _ask(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


def use(settings, kind, **options):
    settings.MAILERS = {
        "default": {
            "BACKEND": f"{kind.__module__}.{kind.__name__}",
            "OPTIONS": options,
        }
    }
