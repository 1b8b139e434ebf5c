"""What should each audience do?"""

from policyguide.guidance.facts import Action, Audience
from policyguide.guidance.findings import Finding, ToDo
from policyguide.guidance.inquiry import Inquiry


def what_to_do(inquiry: Inquiry) -> tuple[ToDo, ...]:
    """The actions that apply, by audience; an audience with none is left out."""
    lists = (
        ToDo(audience=audience, actions=_actions(inquiry, audience))
        for audience in Audience
    )
    return tuple(to_do for to_do in lists if to_do.actions)


def _actions(inquiry: Inquiry, audience: Audience) -> tuple[Finding[Action], ...]:
    return tuple(
        inquiry.finding(
            action, because=inquiry.because(regions=action.regions, uses=action.uses)
        )
        for action in inquiry.edition.actions
        if action.audience is audience
        and inquiry.bears_on(regions=action.regions, uses=action.uses)
    )
