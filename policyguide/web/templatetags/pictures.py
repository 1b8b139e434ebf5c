"""The pictures of a guidance, ready to be drawn."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policyguide.guidance.findings import Guidance
from policyguide.web.pictures import flow, timeline, where

LANES: dict[str, Promise] = {
    timeline.Lane.TERMS: _("The terms"),
    timeline.Lane.IN_FORCE: _("What reaches your people"),
    timeline.Lane.REGULATORS: _("Regulators"),
}

register = template.Library()


@register.filter
def lane_name(lane: timeline.Lane) -> Promise:
    """What the events of one lane are."""
    return LANES[lane]


@register.filter
def as_maps(guidance: Guidance) -> where.Maps:
    """Where the firm's people are covered, a map for each effect."""
    return where.maps(guidance)


@register.filter
def as_flow(guidance: Guidance) -> flow.Drawing:
    """How data flows to each effect, and which setting cuts it off."""
    return flow.Drawing(flows=flow.flows(guidance))


@register.filter
def as_timeline(guidance: Guidance) -> timeline.Timeline | None:
    """What is dated in the guidance, in order; None if nothing is."""
    return timeline.timeline(guidance)
