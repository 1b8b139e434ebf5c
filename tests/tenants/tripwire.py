"""An alarm on the database: it reads every statement of a request and names those that
ask for rows of firms without saying whose.

It knows the SQL that Django writes. A table of firms' rows must be tied, by conditions
that hold whatever else does, to a firm of the person who asks, or to that person.
"""

import re
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.urls import Resolver404, resolve

from policyguide.firms.models import Firm, Membership, Visit
from policyguide.memos.models import Download
from policyguide.notices.models import Notice
from tests.tenants.rows import CHILDREN, OWNED

# Who may ask across firms, and why. The names are those of the addresses.
ACROSS_FIRMS = {
    "desk": "counts the messages that wait to be sent",
    "desk-batches": "firms are listed by name, so that they can be given a memo",
    "desk-batch": "tells of each firm in a batch how far its memo is, not what it says",
    "desk-notices": "decides on messages that are stuck: to whom, of which firm",
    "desk-impact": "whom a change concerns is counted over all firms; it shows names",
    "desk-preview": "a draft is shown as any firm would read it",
    "desk-change": "lists the firms as which the draft can be previewed",
    "desk-firms": "firms are listed by name, so that one can be visited",
    "desk-visit": "a firm is named, so that a reason can be given for seeing it",
    "due_dates": "whoever has the secret address of a calendar may read it",
    "invitation": "whoever holds the secret of an invitation may accept it",
    "openid_connect_callback": "a firm's own provider says who is of the firm",
    "notices-stop": "whoever has a mail's link may stop all mail to its address",
    "metrics": "memos and notices are counted by state for whoever has the token",
    "memo_status": "whoever holds a memo's code may ask for its status, and only that",
    "admin": "the look-up tables of whoever runs the installation",
}

FIRM = Firm._meta.db_table
OF_A_PERSON = {kind._meta.db_table for kind in (Download, Membership, Notice, Visit)}
TABLES = {FIRM, *(kind._meta.db_table for kind in OWNED)}
# The database holds these to the firm of a row that they name: memos_ruling.memo_id.
HELD = {(kind._meta.db_table, of.column): of.related_model for kind, of in CHILDREN}
KINDS = {kind._meta.db_table: kind for kind in OWNED}

TABLE = re.compile(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"(?: "?([A-Z]+\d+)\b)?')
DELETED = re.compile(r'DELETE FROM "(\w+)" WHERE "\1"\."id" IN \(')
COLUMN = r'(?:"(\w+)"|([A-Z]+\d+))\."(\w+)"'
TIE = re.compile(rf"{COLUMN} (?:=|IN) \(?(?:SELECT (?:DISTINCT )?)?{COLUMN}")
GIVEN = re.compile(rf"{COLUMN} (?:=|IN) \(?((?::\d+:(?:, )?)+)")


class Untied(AssertionError):
    """A statement asks for rows of firms and does not say whose."""


@contextmanager
def watching(client, path):
    """Raise `Untied` for what a request does meanwhile, unless its address may."""
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)

    with uncounted():
        people = signed_in(client)
        firms = firms_of(people)
    with connection.execute_wrapper(note):
        yield
    if address(path) not in ACROSS_FIRMS:
        with uncounted():
            people |= signed_in(client)
            judge(statements, people, firms | firms_of(people))


@contextmanager
def uncounted():
    """What is asked here is no query of the request's."""
    counted, connection.force_debug_cursor = connection.force_debug_cursor, False
    yield
    connection.force_debug_cursor = counted


def signed_in(client):
    """Who asks; 0 stands for nobody, as in the conditions of the project."""
    has_session = settings.SESSION_COOKIE_NAME in client.cookies
    key = client.session.get(SESSION_KEY) if has_session else None
    return {0, int(key)} if key else {0}


def address(path):
    """The name of the address, or the part of the site that it is in."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.namespace or match.url_name


def firms_of(people):
    """The firms they belong to or visit."""
    firms = set()
    for kind in (Membership.across_firms.all(), Visit.across_firms.going_on()):
        firms.update(kind.filter(person__in=people).values_list("firm", flat=True))
    return firms


def judge(statements, people, firms):
    """Django deletes by their keys the rows that it has selected: those were judged."""
    selected = set()
    for sql, values in statements:
        by_key = DELETED.match(sql)
        if by_key and by_key[1] in selected:
            continue
        if not is_tied(sql, values, people=people, firms=firms):
            raise Untied(sql)
        selected.update(_tables(sql).values())


def _tables(sql):
    """The tables of firms' rows in a statement, by the names they have in it."""
    named = {alias or table: table for table, alias in TABLE.findall(sql)}
    return {alias: table for alias, table in named.items() if table in TABLES}


def is_tied(sql, values, *, people, firms):
    """Whether each table of firms' rows in the statement is tied to one who may ask."""
    named = {} if sql.startswith("INSERT") else _tables(sql)
    conditions = certain(numbered(sql))
    tied = {
        alias
        for alias, column, given in _given(conditions, values)
        if alias in named and _is_theirs(named[alias], column, given, people, firms)
    }
    ties = list(_ties(conditions, named))
    while more := {b for a, b in ties if a in tied} - tied:
        tied |= more
    return tied == named.keys()


def numbered(sql):
    """The statement with its values numbered, so that parts may be left out of it."""
    parts = sql.split("%s")
    return parts[0] + "".join(f":{n}:{part}" for n, part in enumerate(parts[1:]))


def certain(sql):
    """The statement without conditions under OR or NOT."""
    open_groups = [""]
    for part in re.split(r"([()])", sql):
        if part == "(":
            open_groups.append("")
        elif part == ")":
            group = open_groups.pop()
            is_denied = open_groups[-1].endswith("NOT ") and "SELECT" not in group
            if " OR " in group or is_denied:
                group = ""
            open_groups[-1] += f"({group})"
        else:
            open_groups[-1] += part
    return open_groups[0]


def _given(conditions, values):
    for table, alias, column, places in GIVEN.findall(conditions):
        given = {values[int(place)] for place in re.findall(r"\d+", places)}
        yield table or alias, column, given


def _ties(conditions, named):
    """Pairs of tables of which one says what firm the other is of."""
    for a, a_alias, a_column, b, b_alias, b_column in TIE.findall(conditions):
        one, other = a or a_alias, b or b_alias
        if one in named and other in named:
            ends = {(named[one], a_column), (named[other], b_column)}
            if all(map(_names_a_firm, ends)) or _is_held(ends):
                yield from ((one, other), (other, one))


def _names_a_firm(end):
    table, column = end
    return column == ("id" if table == FIRM else "firm_id")


def _is_held(ends):
    """Whether a row and its parent meet here, or two children of one parent."""
    parents = {HELD[end]._meta.db_table for end in ends if end in HELD}
    keys = {(parent, "id") for parent in parents}
    return len(parents) == 1 and ends <= HELD.keys() | keys


def _is_theirs(table, column, given, people, firms):
    """Whether a condition on a column leaves only rows of those who ask."""
    if table in OF_A_PERSON and column == "person_id":
        return given <= people
    if (table, column) == (FIRM, "slug"):
        return given <= set(
            Firm.objects.filter(pk__in=firms).values_list("slug", flat=True)
        )
    if _names_a_firm((table, column)):
        return given <= firms
    return _belongs(table, column, given, firms)


def _belongs(table, column, given, firms):
    """Whether rows that hang on a firm's row are asked for by it, or by themselves."""
    parent = HELD.get((table, column))
    if column == "id" and table in {child for child, _ in HELD}:
        parent = KINDS[table]
    if parent is None:
        return False
    owners = parent.across_firms.filter(pk__in=given).values_list("firm", flat=True)
    return set(owners) <= firms
