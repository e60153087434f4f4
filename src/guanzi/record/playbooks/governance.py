"""How a government decides and invests, part by part: what a committee reads of a playbook beside its table."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from guanzi.base.core import Message
from guanzi.base.reading import Format, refused
from guanzi.record.playbooks.origins import Origin, Setting, Statement
from guanzi.record.playbooks.wording import Words, worded

type Form = Literal["equity", "fund", "follow_on", "credit", "site"]
"""How public money goes in: shares bought directly, beside private partners in a fund, after a private investor,
against spending that is proved, or as a site with works."""


class Instrument(Statement):
    """With what money or right the government acts; ``form`` is empty where it is none of the forms of a deal."""

    id: str
    form: Form | Literal["guarantee", "purchase", "services", "notes"]


class DecisionStep(Statement):
    """One step from the first talk to the exit, in the order in which they are taken."""

    id: str


class Gate(Statement):
    """What must be there before ``before`` (a step of the decision, or ``money``).

    Attributes:
        shares: It is asked of money that buys shares alone.
    """

    id: str
    before: str
    shares: bool = False


class Bound(Statement):
    """A limit, with its number where there is one."""

    id: str
    setting: Setting | None = None


class Patience(Statement):
    """A rule on holding and leaving that is fixed before the market turns.

    Attributes:
        kind: ``hold``, ``exit``, ``buy_out`` (partners may buy), ``life`` (of the fund) or ``review``.
        setting: How long.
    """

    id: str
    kind: Literal["hold", "exit", "buy_out", "life", "review"]
    setting: Setting | None = None


class Openness(Statement):
    """What keeps the ecosystem open to others than the anchor."""

    id: str


class Tolerance(Statement):
    """How much may be lost, and at which level it is judged."""

    id: str
    level: Literal["project", "fund", "portfolio"]
    setting: Setting | None = None


class Exemption(Statement):
    """When those who decided are not blamed: the duty of care that they must have kept."""

    id: str


class Pilot(Statement):
    """A pilot application.

    Attributes:
        owner, place, safety_case, result: In words; None: not found.
        measured_by: Who measured the result.
    """

    id: str
    owner: Words | None = None
    place: Words | None = None
    safety_case: Words | None = None
    result: Words | None = None
    measured_by: Literal["authority", "third_party", "owner", "company"] | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Parts without which the pilot is no evidence."""
        return tuple(part for part in PARTS if getattr(self, part) is None)


PARTS = ("owner", "place", "safety_case", "result", "measured_by")
"""A pilot without one of these counts for nothing."""


class PilotGrade(Format):
    """The grade of evidence that a complete pilot has, by who measured its result."""

    measured_by: Literal["authority", "third_party", "owner", "company"]
    grade: Literal["A", "B", "C", "D"]
    text: Words
    origin: Origin


class Scenarios(Format):
    """The opening of the city as a place of first use (scenario opening).

    Attributes:
        opportunities: What the city needs solved.
        capabilities: What companies offer to solve.
        counts: How a complete pilot counts as evidence.
    """

    opportunities: tuple[Statement, ...] = ()
    capabilities: tuple[Statement, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    counts: tuple[PilotGrade, ...] = ()

    def grade(self, pilot: Pilot) -> str | None:
        """Grade of evidence of a pilot; None while a part of it is missing, or nothing is said of how it counts."""
        if pilot.missing:
            return None
        return next((count.grade for count in self.counts if count.measured_by == pilot.measured_by), None)


class SitePart(Format):
    """A part of a site package and its share of the whole.

    Attributes:
        clawback: It is claimed back when the company leaves.
    """

    kind: Literal["grant", "works", "loan"]
    share: Setting
    clawback: bool = False

    @model_validator(mode="after")
    def _grants_alone_are_claimed_back(self) -> SitePart:
        if self.clawback and self.kind != "grant":
            raise refused((("clawback",), Message.of("playbooks.error.clawback"), None))
        return self


class Structure(Format):
    """How the government would structure a deal: a form, and limits that change the draft.

    Attributes:
        because: Why this form.
        public_share: Highest public share of the money that investors pay.
        stake: Highest public stake in the company.
        round: Highest sum of all investors' money (CNY m).
        programme_share: Of the company's own programme, what is paid back to it at the most (form ``credit``).
        years: Years over which a credit is paid, or a loan runs.
        gate: What later payments wait for: the next new ``tier``, or nothing.
        put: The draft's right to sell back is ``kept`` or ``dropped``.
        buy_out_months: Until then partners may buy the public stake.
        buy_out_rate: At cost and this interest.
        loan_rate: Interest on a loan of the site package.
        parts: Parts of a site package.
        partners_low, partners_high: Bracket of the chance that the private partners come.
    """

    form: Form
    because: Origin
    public_share: Setting | None = None
    stake: Setting | None = None
    round: Setting | None = None
    programme_share: Setting | None = None
    years: Setting | None = None
    gate: Literal["tier", "none"] = "tier"
    put: Literal["kept", "dropped"] = "kept"
    buy_out_months: Setting | None = None
    buy_out_rate: Setting | None = None
    loan_rate: Setting | None = None
    parts: tuple[SitePart, ...] = ()
    partners_low: Setting | None = None
    partners_high: Setting | None = None

    @model_validator(mode="after")
    def _has_what_its_form_needs(self) -> Structure:
        needs = {
            "equity": (),
            "fund": ("public_share", "partners_low", "partners_high"),
            "follow_on": ("public_share", "partners_low", "partners_high"),
            "credit": ("programme_share", "years"),
            "site": ("parts", "loan_rate", "years"),
        }[self.form]
        missing = [name for name in needs if not getattr(self, name)]
        if missing:
            cause = Message.of("playbooks.error.form_needs", form=self.form, fields=tuple(missing))
            raise refused((("form",), cause, None))
        if (self.buy_out_months is None) != (self.buy_out_rate is None):
            raise refused((("form",), Message.of("playbooks.error.buy_out"), None))
        if self.parts and abs(sum(part.share.value for part in self.parts) - 1.0) > 0.005:
            raise refused((("parts",), Message.of("playbooks.error.parts"), None))
        return self

    def settings(self) -> tuple[Setting, ...]:
        """Every number of it."""
        named = [getattr(self, name) for name in type(self).model_fields]
        return (*(s for s in named if isinstance(s, Setting)), *(part.share for part in self.parts))


MEASURES = (
    "fact.decision_body",
    "fact.diligence_practice",
    "fact.loss_tolerance_rule",
    "fact.scenario_list",
    "fact.public_fund_size",
    "fact.state_listed_firms",
    "fact.r_and_d_intensity",
    "fact.debt_outstanding",
    "city.self_sufficiency",
    "city.revenue_growth",
    "city.property_share",
    "city.listed_firms",
    "city.cluster_firms",
    "city.output_growth",
    "deal.to_budget",
    "track.success",
)
"""What a requirement can look at: facts of a city, what follows from them, the deal of a case, and its track."""


class Peers(Format):
    """What several cities had in one year; a threshold is the least, or the most, that one of them had."""

    year: int
    cities: tuple[str, ...]
    low: float
    high: float


class Requirement(Format):
    """What a city must have to run the playbook, with the step that closes the gap where it has not.

    Attributes:
        pillar: To which of the five it belongs; none makes up for another.
        measure: One of :data:`MEASURES`.
        op: ``known``: a fact in words is enough; otherwise a comparison with ``value``.
        peers: Cities whose range the value bounds, where it is taken from theirs.
        step: When the gap is closed: environment, technology, pilot applications, industrial cycle.
        action: What closes it.
    """

    id: str
    pillar: Literal["mechanism", "fiscal", "window", "company", "chain"]
    text: Words
    measure: str
    op: Literal["known", ">=", "<="]
    value: float | None = None
    peers: Peers | None = None
    unit: Literal["ratio", "count", "CNY m"] = "ratio"
    step: Literal["environment", "technology", "pilots", "industry"]
    action: Words
    origin: Origin

    @model_validator(mode="after")
    def _can_be_tested(self) -> Requirement:
        if self.measure not in MEASURES:
            cause = Message.of("playbooks.error.measure", name=self.measure)
            raise refused((("measure",), cause, Message.of("reading.format.choices", choices=tuple(MEASURES))))
        if (self.op == "known") != (self.value is None):
            raise refused((("op",), Message.of("playbooks.error.comparison"), None))
        bound = None if self.peers is None else self.peers.low if self.op == ">=" else self.peers.high
        if bound is not None and self.value != bound:
            raise refused((("value",), Message.of("playbooks.error.peers", value=bound), None))
        return self

    def sentence(self) -> Message:
        """What is required, with the range of the cities that the threshold is taken from."""
        peers = self.peers
        if peers is None:
            return worded(self.text, value=self.value)
        count, year = len(peers.cities), str(peers.year)
        return worded(self.text, value=self.value, count=count, year=year, low=peers.low, high=peers.high)


class Governance(Format):
    """All parts; each may be empty, in a playbook that says nothing of it."""

    instruments: tuple[Instrument, ...] = ()
    stages: tuple[DecisionStep, ...] = ()
    gates: tuple[Gate, ...] = ()
    voting: tuple[Statement, ...] = ()
    limits: tuple[Bound, ...] = ()
    patience: tuple[Patience, ...] = ()
    openness: tuple[Openness, ...] = ()
    tolerance: tuple[Tolerance, ...] = ()
    exemption: tuple[Exemption, ...] = ()
    scenarios: Scenarios = Field(default_factory=Scenarios)
    structure: Structure | None = None
    requires: tuple[Requirement, ...] = ()

    def statements(self) -> tuple[tuple[str, Statement], ...]:
        """Every statement with the part that it stands in, in reading order."""
        parts = [(part, getattr(self, part)) for part in STATED]
        parts += [(f"scenarios.{part}", getattr(self.scenarios, part)) for part in SCENARIOS]
        return tuple((part, statement) for part, items in parts for statement in items)

    def settings(self) -> tuple[Setting, ...]:
        """Every number."""
        stated = (getattr(statement, "setting", None) for _, statement in self.statements())
        return (*(s for s in stated if s is not None), *(self.structure.settings() if self.structure else ()))

    def origins(self) -> tuple[Origin, ...]:
        """The origin of every number, and of the form of the deal."""
        counted = (count.origin for count in self.scenarios.counts)
        formed = (self.structure.because,) if self.structure else ()
        required = (requirement.origin for requirement in self.requires)
        return (*(setting.origin for setting in self.settings()), *counted, *formed, *required)


STATED = (
    "instruments",
    "stages",
    "gates",
    "voting",
    "limits",
    "patience",
    "openness",
    "tolerance",
    "exemption",
)
"""Parts of the governance that are lists of statements, in reading order."""
SCENARIOS = ("opportunities", "capabilities", "pilots")
