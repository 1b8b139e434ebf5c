"""What a request at the desk is about."""

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict

from policyguide.policy.kinds import KIND_NAMED, entry_of
from policyguide.policy.models import Change, Entry

CONFLICT = 409
INVALID = 422


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent to be saved, if anything was."""
    return request.POST if request.method == "POST" else None


def uploaded(request: HttpRequest) -> "MultiValueDict[str, UploadedFile[bytes]] | None":
    """The files sent with it."""
    return request.FILES if request.method == "POST" else None


def change_or_404(pk: int) -> Change:
    """The change with its edition, the one that was made from, and its people."""
    changes = Change.objects.select_related(
        "edition__based_on", "author", "approved_by"
    )
    return get_object_or_404(changes, pk=pk)


def entry_or_404(change: Change, code: str) -> Entry:
    """The entry of the change's draft, as the kind it is."""
    try:
        entry = entry_of(change.edition, code)
    except Entry.DoesNotExist:
        raise Http404("No such page.") from None
    entry.edition = change.edition
    return entry


def new_entry_or_404(change: Change, kind: str) -> Entry:
    """An entry of this kind for the change's draft, not yet saved."""
    if kind not in KIND_NAMED:
        raise Http404("No such page.")
    return KIND_NAMED[kind].rows(edition=change.edition)
