"""How data flows: from what the firm's people do, through a setting, to each effect."""

from dataclasses import dataclass
from textwrap import wrap

from policyguide.guidance.facts import Answer, Control, Effect, Use
from policyguide.guidance.findings import Finding, Guidance
from policyguide.policy.labels import label
from policyguide.web.pictures.answers import Answered, answers_for

GRAVEST_FIRST = (Answer.YES, Answer.DISPUTED, Answer.NOT_STATED, Answer.NO)
LINE = 16  # pixels from one line of text to the next
LETTERS = 15  # that fit into a third of the narrowest screen
BAND = 30
ARROW = 26
PAD = 10


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One effect: what feeds it, what cuts it off, and where it happens.

    `carries` is the gravest answer of all places. Without a `recipient` the data stays
    where it is.
    """

    effect: Finding[Effect]
    recipient: str
    uses: tuple[Use, ...]
    controls: tuple[Finding[Control], ...]
    answers: tuple[Answered, ...]
    carries: Answer


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer in the box of its effect: how far down, and in which lines."""

    answer: Answer
    y: int
    lines: list[str]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A flow as it is drawn, its texts broken into lines."""

    flow: Flow
    x: int
    width: int
    uses: list[str]
    controls: list[str]
    effect: list[str]
    answers: tuple[Said, ...]

    @property
    def below_uses(self) -> int:
        return BAND + PAD + len(self.uses) * LINE

    @property
    def depth(self) -> int:
        """How high the box of the effect must be."""
        answers = sum(len(said.lines) for said in self.answers)
        return PAD + (len(self.effect) + 2 + answers) * LINE


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Columns side by side; what is alike in all of them stands on one line.

    Across in hundredths, down in pixels: text keeps its size on every screen, so it is
    broken for the narrowest.
    """

    flows: tuple[Flow, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        share = 100 // max(len(self.flows), 1)
        return tuple(
            _column(flow, x=index * share, width=share - 2)
            for index, flow in enumerate(self.flows)
        )

    @property
    def linkedin(self) -> int:
        """How far down the data has reached LinkedIn."""
        uses = max((len(column.uses) for column in self.columns), default=0)
        return BAND + PAD + uses * LINE + ARROW

    @property
    def past_linkedin(self) -> int:
        return self.linkedin + BAND

    @property
    def gate(self) -> int:
        return self.past_linkedin + ARROW

    @property
    def gate_height(self) -> int:
        controls = max((len(column.controls) for column in self.columns), default=0)
        return 2 * PAD + controls * LINE

    @property
    def end(self) -> int:
        return self.gate + self.gate_height + ARROW

    @property
    def end_height(self) -> int:
        return max((column.depth for column in self.columns), default=0) + PAD

    @property
    def height(self) -> int:
        return self.end + self.end_height + 2


def flows(guidance: Guidance) -> tuple[Flow, ...]:
    """A flow for each effect: they are never merged."""
    return tuple(_flow(effect, guidance) for effect in guidance.effects)


def _flow(effect: Finding[Effect], guidance: Guidance) -> Flow:
    answers = answers_for(effect.code, guidance)
    given = {answered.answer for answered in answers}
    return Flow(
        effect=effect,
        recipient=_recipient(effect.code, guidance),
        uses=_uses(effect.code, guidance),
        controls=_controls(effect.code, guidance),
        answers=answers,
        carries=next(
            (answer for answer in GRAVEST_FIRST if answer in given), Answer.NOT_STATED
        ),
    )


def _recipient(effect: str, guidance: Guidance) -> str:
    terms = guidance.edition.affiliate_terms
    return next((term.recipient for term in terms if term.effect == effect), "")


def _uses(effect: str, guidance: Guidance) -> tuple[Use, ...]:
    """What the firm does that produces such data; any use, if it named none."""
    produced = {
        use
        for finding in (*guidance.used, *guidance.unresolved)
        if finding.entry.effect == effect
        for use in finding.entry.uses
    }
    does = guidance.profile.uses or frozenset(Use)
    return tuple(use for use in Use if use in produced & does)


def _controls(effect: str, guidance: Guidance) -> tuple[Finding[Control], ...]:
    """The settings that the cells of the effect name."""
    named = {
        cell.entry.control
        for place in guidance.places
        for cell in place.cells
        if cell.entry.effect == effect
    }
    return tuple(control for control in guidance.controls if control.code in named)


def _column(flow: Flow, *, x: int, width: int) -> Column:
    effect = _lines(flow.effect.title)
    return Column(
        flow=flow,
        x=x,
        width=width,
        uses=_lines(", ".join(str(label(use)) for use in flow.uses)),
        controls=_lines(" / ".join(control.title for control in flow.controls)),
        effect=effect,
        answers=_said(flow.answers, y=PAD + (len(effect) + 2) * LINE),
    )


def _said(answers: tuple[Answered, ...], *, y: int) -> tuple[Said, ...]:
    said = []
    for answered in answers:
        lines = [str(label(answered.answer)), *_lines(", ".join(answered.places))]
        said.append(Said(answer=answered.answer, y=y, lines=lines))
        y += len(lines) * LINE
    return tuple(said)


def _lines(text: str) -> list[str]:
    return wrap(text, LETTERS)
