"""Every component in every state, for whoever changes the look. Development only."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.guidance import Guidance, compose
from policyguide.guidance.facts import (
    Answer,
    Edition,
    FirmProfile,
    Office,
    Standing,
    Use,
)
from policyguide.policy.editions import edition_in_force

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
LONG_NAME = "Partners, Partners, Partners & Partners of Many Places " * 3


class SampleForm(forms.Form):
    name = forms.CharField(label="A line", help_text="What it is for.")
    kind = forms.ChoiceField(label="A choice", choices=[("a", "One"), ("b", "Other")])
    several = forms.MultipleChoiceField(
        label="Several",
        choices=[("a", "One"), ("b", "Another"), ("c", LONG_NAME)],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label="A text", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="A box to tick", required=False)


@require_safe
@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """All components; with `?state=` loading or empty, the guidance in that state."""
    if not settings.DEBUG:
        raise Http404
    state = request.GET.get("state", "full")
    context = {
        "state": state,
        "guidance": _empty() if state == "empty" else _full(),
        "answers": list(Answer),
        "standings": list(Standing),
        "form": SampleForm(initial={"several": ["a"]}),
        "wrong": SampleForm({"wrong-kind": "z"}, prefix="wrong"),
    }
    return TemplateResponse(request, "styleguide.html", context)


def _full() -> Guidance:
    """The guidance for a firm with long names, its first quotation in doubt."""
    today = localdate()
    edition = edition_in_force(today)
    profile = FirmProfile(
        name=LONG_NAME,
        offices=(Office(city=LONG_WORD, country="GB"), Office(city="X", country="HK")),
        uses=frozenset(Use),
        headcount=1_000_000,
    )
    first = compose(edition, profile, as_of=today).citations[:1]
    in_doubt = {citation.quotation.code: today for citation in first}
    return compose(edition, profile, as_of=today, in_doubt=in_doubt)


def _empty() -> Guidance:
    """The guidance when an edition says nothing."""
    today = localdate()
    edition = Edition(
        number=1, title="", in_force_from=today, change_note="", sha256=""
    )
    return compose(edition, FirmProfile(), as_of=today)
