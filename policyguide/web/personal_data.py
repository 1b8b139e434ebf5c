"""What is kept about people, why, and for how long: a line for each place.

A test compares it with the models: a new field that names a person, or holds an address
of one, fails until it is described here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Membership, Person

MEMBER = _("until the person's account is ended")
RECORD = _("as long as the record, which shows who did what")
MEMO = _("as long as the memo of record")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Fields of a model that tell something of a person. A copy holds no `secret`."""

    model: str
    fields: tuple[str, ...]
    what: str | Promise
    why: str | Promise
    until: str | Promise
    secret: tuple[str, ...] = ()

    def of(self, person: Person) -> "QuerySet[Any]":
        """The rows that are about the person."""
        kind: type[Model] = apps.get_model(self.model)
        rows: QuerySet[Any] = kind._base_manager.all()
        if isinstance(person, kind):
            return rows.filter(pk=person.pk)
        named = Q()
        for name in self.fields:
            field = kind._meta.get_field(name)
            if field.related_model is Person:
                named |= Q(**{name: person})
            elif field.related_model is Membership:
                named |= Q(**{f"{name}__person": person})
            elif name == "email":
                named |= Q(email__iexact=person.email)
        return rows.filter(named)


KEPT = (
    Kept(
        model="firms.Person",
        fields=("email", "name", "password", "last_login", "date_joined"),
        what=_("Name, e-mail address, the password as a hash, first and last sign-in"),
        why=_("To sign in, and to be named to colleagues"),
        until=MEMBER,
        secret=("password",),
    ),
    Kept(
        model="firms.Person",
        fields=(
            "is_active",
            "is_staff",
            "is_superuser",
            "desk_role",
            "groups",
            "user_permissions",
        ),
        what=_("What they may do at the desk and in the look-up tables"),
        why=_("To keep others out"),
        until=MEMBER,
    ),
    Kept(
        model="account.EmailAddress",
        fields=("user", "email"),
        what=_("E-mail address"),
        why=_("To reset a password"),
        until=MEMBER,
    ),
    Kept(
        model="mfa.Authenticator",
        fields=("user",),
        what=_("Second factors: authenticator apps, passkeys, recovery codes"),
        why=_("To prove who signs in"),
        until=_("until they are taken away"),
        secret=("data",),
    ),
    Kept(
        model="socialaccount.SocialAccount",
        fields=("user",),
        what=_("The name under which the firm's identity provider knows them"),
        why=_("To sign in at the firm's own provider"),
        until=MEMBER,
    ),
    Kept(
        model="usersessions.UserSession",
        fields=("user", "ip", "user_agent"),
        what=_("Sessions: address, browser, first and last use"),
        why=_("To see and end sessions"),
        until=_("until the session ends"),
        secret=("session_key",),
    ),
    Kept(
        model="firms.Membership",
        fields=("person",),
        what=_("The firms they belong to, and as what"),
        why=_("To show them their firm's pages"),
        until=_("until they are removed from the firm"),
    ),
    Kept(
        model="firms.CalendarAddress",
        fields=("membership",),
        what=_("That they have a calendar address, and since when"),
        why=_("To show due dates in their calendar"),
        until=_("until it is stopped or they are removed from the firm"),
        secret=("secret_sha256",),
    ),
    Kept(
        model="firms.Invitation",
        fields=("email", "invited_by", "accepted_by"),
        what=_("Invitations: the address, who invited and who accepted"),
        why=_("To let people in, once"),
        until=_("as long as the firm is served"),
        secret=("secret_sha256",),
    ),
    Kept(
        model="firms.Visit",
        fields=("person",),
        what=_("Visits of the agency's people to a firm's pages, with the reason"),
        why=_("So that a firm can see who looked in"),
        until=RECORD,
    ),
    Kept(
        model="firms.Task",
        fields=("owner", "done_by", "changed_by"),
        what=_("Who is to do what on the firm's list, and who did it"),
        why=_("To share the work"),
        until=_("as long as the firm is served"),
    ),
    Kept(
        model="notices.Preference",
        fields=("person",),
        what=_("How often they want mail"),
        why=_("To send it so"),
        until=MEMBER,
    ),
    Kept(
        model="notices.Notice",
        fields=("person",),
        what=_("What they were told by mail, for which firm, and when"),
        why=_("To tell once, and to show that it was told"),
        until=RECORD,
    ),
    Kept(
        model="memos.Memo",
        fields=("requested_by",),
        what=_("Who asked for a memo; it carries their name as its sender"),
        why=_("A memo says who it is from"),
        until=MEMO,
    ),
    Kept(
        model="memos.Original",
        fields=("issued_by",),
        what=_("In whose name a memo was issued"),
        why=_("A memo says who it is from"),
        until=MEMO,
        secret=("pdf", "html", "guidance"),
    ),
    Kept(
        model="memos.Download",
        fields=("person",),
        what=_("Who took a memo away, once a day"),
        why=_("To tell them when the memo is no longer current"),
        until=MEMO,
    ),
    Kept(
        model="memos.Batch",
        fields=("started_by",),
        what=_("Who started making memos for several firms"),
        why=_("To be asked about it"),
        until=RECORD,
    ),
    Kept(
        model="policy.Capture",
        fields=("captured_by",),
        what=_("Who read a source, and when"),
        why=_("The record of the terms says on whose reading it rests"),
        until=RECORD,
        secret=("raw", "text"),
    ),
    Kept(
        model="policy.SourceCheck",
        fields=("checked_by",),
        what=_("Who read a source again and found it unchanged"),
        why=_("The record of the terms says on whose reading it rests"),
        until=RECORD,
    ),
    Kept(
        model="policy.Recheck",
        fields=("settled_by",),
        what=_("Who settled a doubt about a quotation"),
        why=_("The record of the terms says who decided"),
        until=RECORD,
    ),
    Kept(
        model="policy.Edition",
        fields=("published_by", "withdrawn_by"),
        what=_("Who published or withdrew an edition"),
        why=_("The record of the terms says who decided"),
        until=RECORD,
    ),
    Kept(
        model="policy.Change",
        fields=("author", "approved_by", "scheduled_by"),
        what=_("Who wrote, approved and scheduled a change"),
        why=_("No change is published by one person alone"),
        until=RECORD,
    ),
    Kept(
        model="policy.LogLine",
        fields=("by",),
        what=_("Who did what to the record of the terms, and when"),
        why=_("To be able to prove it"),
        until=RECORD,
    ),
    Kept(
        model="admin.LogEntry",
        fields=("user",),
        what=_("What staff changed in the look-up tables"),
        why=_("To be asked about it"),
        until=MEMBER,
    ),
)


def copy_for(person: Person) -> dict[str, list[dict[str, Any]]]:
    """All that is kept about a person but for secrets, by model, as plain data."""
    copy: dict[str, list[dict[str, Any]]] = {}
    for kept in KEPT:
        if kept.model not in copy:
            copy[kept.model] = list(_plain(kept, person))
    return copy


def _plain(kept: Kept, person: Person) -> Iterator[dict[str, Any]]:
    for row in serializers.serialize("python", kept.of(person)):
        fields = {
            name: value
            for name, value in row["fields"].items()
            if name not in kept.secret
        }
        yield {"id": row["pk"], **fields}
