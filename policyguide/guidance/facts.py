"""What is known: the terms as one numbered, immutable set, and who asks.

Nothing here reads a clock, a database or a setting. An `Edition` is built from rows by
`policyguide.policy.editions`; a `FirmProfile` by `policyguide.firms`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Provenance(StrEnum):
    """How the wording of a quotation is known."""

    READ = "read"
    QUOTED = "quoted"
    REPORTED = "reported"


class SourceKind(StrEnum):
    """What kind of document a source is, in order of precedence where texts differ."""

    REGIONAL_NOTICE = "regional-notice"
    PRIVACY_POLICY = "privacy-policy"
    USER_AGREEMENT = "user-agreement"
    SETTING_PAGE = "setting-page"
    FAQ = "faq"
    UPDATE_NOTICE = "update-notice"
    REGULATOR = "regulator"
    PROFESSIONAL_BODY = "professional-body"
    COMMENTARY = "commentary"


class Standing(StrEnum):
    """What a statement is. Only `FACT` and `INFERENCE` must be cited."""

    FACT = "fact"
    INFERENCE = "inference"
    VIEW = "view"
    UNSAID = "unsaid"


class Answer(StrEnum):
    """Whether an effect reaches members in a region."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not-stated"
    DISPUTED = "disputed"


class Listing(StrEnum):
    """What the sources say of a category of data."""

    USED = "used"
    EXCLUDED = "excluded"
    UNRESOLVED = "unresolved"


class Topic(StrEnum):
    """Where in the guidance a clause is read."""

    CHANGE = "change"
    TRAINING = "training"
    AFFILIATES = "affiliates"
    OPTING_OUT = "opting-out"
    REASONS = "reasons"
    HISTORY = "history"


class Audience(StrEnum):
    """Whom an action addresses."""

    EVERYONE = "everyone"
    MARKETING = "marketing"
    LAWYERS = "lawyers"
    RECRUITERS = "recruiters"
    PARTNERS = "partners"


class Use(StrEnum):
    """A thing a firm's people do on LinkedIn."""

    PROFILES = "profiles"
    POSTS = "posts"
    ARTICLES = "articles"
    COMMENTS = "comments"
    POLLS = "polls"
    GROUPS = "groups"
    MESSAGES = "messages"
    COMPANY_PAGE = "company-page"
    RECRUITING = "recruiting"
    JOB_HUNTING = "job-hunting"
    AI_TOOLS = "ai-tools"
    ADS = "ads"
    LEARNING = "learning"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document that can be cited, by its code (`A8059228`)."""

    code: str
    title: str
    publisher: str
    kind: SourceKind
    url: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """An exact piece of a stored capture of `source`.

    `quoted_by` counts the independent pages a *quoted* wording was read in;
    `capture_sha256` names the stored text that holds characters `start` to `end`.
    """

    code: str
    source: Source
    text: str
    provenance: Provenance
    captured_on: date
    capture_code: str
    capture_sha256: str
    start: int
    end: int
    quoted_by: int = 0
    copy_dated: str = ""

    @property
    def copy(self) -> tuple[date, str]:
        """What a reader is told of the copy it was read in: when, and its own date."""
        return self.captured_on, self.copy_dated


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing an edition says, under a code no other entry of the edition has."""

    code: str
    title: str
    words: str = ""
    standing: Standing = Standing.FACT
    quotations: tuple[Quotation, ...] = ()

    @property
    def rests_on(self) -> tuple[Quotation, ...]:
        """Every quotation the entry shows, each once."""
        return self.quotations


@dataclass(frozen=True, kw_only=True)
class Effect(Entry):
    """One of the things done with members' data: never merged with another."""


@dataclass(frozen=True, kw_only=True)
class Region(Entry):
    """Places the terms treat alike. The one region without countries is the rest."""

    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Control(Entry):
    """A setting or form by which a person objects."""

    where: str
    url: str = ""
    default: str = ""
    reaches: str = ""
    does_not_reach: str = ""
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RegionTerm(Entry):
    """Region × effect: whether, since when, on what basis, under which control."""

    region: str
    effect: str
    answer: Answer
    since: date | None = None
    legal_basis: str = ""
    control: str = ""


@dataclass(frozen=True, kw_only=True)
class Clause(Entry):
    """One thing the terms say. Without regions it is read everywhere."""

    topic: Topic
    regions: frozenset[str] = frozenset()
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class DataCategory(Entry):
    """A kind of data for one effect, and the uses of LinkedIn that produce it."""

    effect: str
    listing: Listing
    uses: frozenset[Use] = frozenset()
    regions: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AffiliateTerm(Entry):
    """What a recipient gets for one effect, and in which regions."""

    recipient: str
    effect: str
    regions: frozenset[str] = frozenset()
    control: str = ""


@dataclass(frozen=True, kw_only=True)
class Headline(Entry):
    """A sentence for the bottom line, read when `effect` has `answer` somewhere.

    Its words may name `{places}`: those of the firm's places where the answer holds.
    Without an effect it is read by every firm (that has one of `uses`, if any).
    """

    effect: str = ""
    answer: Answer | None = None
    uses: frozenset[Use] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Action(Entry):
    """What to do, for whom, and when it applies."""

    audience: Audience
    by_when: str
    regions: frozenset[str] = frozenset()
    uses: frozenset[Use] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Position:
    """One side of a conflict."""

    code: str
    words: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, kw_only=True)
class Conflict(Entry):
    """A question on which sources differ, and the entries that depend on it."""

    positions: tuple[Position, ...]
    resolution: str
    is_settled: bool = False
    touches: frozenset[str] = frozenset()

    @property
    def rests_on(self) -> tuple[Quotation, ...]:
        """The quotations of every side, then those of the conflict itself."""
        sides = (quotation for side in self.positions for quotation in side.quotations)
        return tuple(dict.fromkeys((*sides, *self.quotations)))


@dataclass(frozen=True, kw_only=True)
class Silence(Entry):
    """A question that was looked for in the sources and not found answered."""

    looked_in: tuple[str, ...] = ()
    uses: frozenset[Use] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Rumour(Entry):
    """A claim heard and rejected: the title is the claim, the words say why."""


@dataclass(frozen=True, kw_only=True)
class Authority(Entry):
    """What a regulator or professional body has said, for some jurisdictions."""

    body: str
    is_regulator: bool
    countries: frozenset[str]
    stated_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """All that is recorded of the terms as they stand from `in_force_from`.

    `sha256` is of the content alone, so it does not change when the same content is
    loaded elsewhere. Entries stand in reading order.
    """

    number: int
    title: str
    in_force_from: date
    change_note: str
    sha256: str
    published_on: date | None = None
    sources: tuple[Source, ...] = ()
    effects: tuple[Effect, ...] = ()
    regions: tuple[Region, ...] = ()
    controls: tuple[Control, ...] = ()
    terms: tuple[RegionTerm, ...] = ()
    clauses: tuple[Clause, ...] = ()
    categories: tuple[DataCategory, ...] = ()
    affiliate_terms: tuple[AffiliateTerm, ...] = ()
    headlines: tuple[Headline, ...] = ()
    actions: tuple[Action, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    silences: tuple[Silence, ...] = ()
    rumours: tuple[Rumour, ...] = ()
    authorities: tuple[Authority, ...] = ()

    def term(self, region: str, effect: str) -> RegionTerm:
        """The cell of the grid; one that nobody filled in is *not stated*."""
        return self._term_at.get((region, effect)) or RegionTerm(
            code=f"{region}.{effect}",
            title="",
            standing=Standing.UNSAID,
            region=region,
            effect=effect,
            answer=Answer.NOT_STATED,
        )

    @cached_property
    def _term_at(self) -> dict[tuple[str, str], RegionTerm]:
        return {(term.region, term.effect): term for term in self.terms}

    @cached_property
    def entry(self) -> dict[str, Entry]:
        """Every entry by its code."""
        kinds: tuple[tuple[Entry, ...], ...] = (
            self.effects,
            self.regions,
            self.controls,
            self.terms,
            self.clauses,
            self.categories,
            self.affiliate_terms,
            self.headlines,
            self.actions,
            self.conflicts,
            self.silences,
            self.rumours,
            self.authorities,
        )
        return {entry.code: entry for kind in kinds for entry in kind}

    @cached_property
    def region_of_country(self) -> dict[str, str]:
        """Region codes by ISO 3166-1 alpha-2 code, for the countries listed."""
        return {
            country: region.code
            for region in self.regions
            for country in region.countries
        }

    @cached_property
    def rest_of_world(self) -> str:
        """The code of the region that lists no countries, or of the last one."""
        unlisted = (region.code for region in self.regions if not region.countries)
        return next(unlisted, self.regions[-1].code if self.regions else "")

    def region_for(self, country: str) -> str:
        """The region code of any country, listed or not."""
        return self.region_of_country.get(country.upper(), self.rest_of_world)


@dataclass(frozen=True, kw_only=True)
class Office:
    """A place where the firm has people: a city, and its ISO 3166-1 alpha-2 country."""

    city: str
    country: str


@dataclass(frozen=True, kw_only=True)
class FirmProfile:
    """Who asks: where they are and what they do on LinkedIn.

    `headcount` is the number of people with a LinkedIn profile, where the firm told it.
    `regions` are asked about by code, beside those the offices bring.
    """

    name: str = ""
    offices: tuple[Office, ...] = ()
    regions: frozenset[str] = frozenset()
    uses: frozenset[Use] = frozenset()
    headcount: int | None = None
