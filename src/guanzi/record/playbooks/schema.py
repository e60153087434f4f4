"""What a playbook is: a governance model as versioned data.

A playbook is method, not evidence: it may be younger than the case it is used on. It therefore carries the day it was
made, is hashed, and states for every number whether a source or a named judgement stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from guanzi.base.core import LARGEST, Bilingual, Message, one_of, sha256_of
from guanzi.base.reading import DataPath, Format, Refusal, refused
from guanzi.record.playbooks.governance import Governance
from guanzi.record.playbooks.origins import Origin, Setting, Source, Statement
from guanzi.record.playbooks.wording import Words, short_name, worded

type Advice = Literal["back", "back_with_conditions", "decline", "insufficient_evidence"]
ADVICE_ORDER: tuple[Advice, ...] = ("decline", "insufficient_evidence", "back_with_conditions", "back")
"""The advices from the worst to the best. What is not known is better than what is known to be bad, and worse than what
is known to be good: so "the evidence does not suffice" stands above "decline" and below everything that backs."""
type Stage = Literal["gate", "limit", "tradeoff"]
type Applies = Literal["always", "fund", "gifts", "shares", "put", "covenants", "series"]
"""What a deal must have for a row to say anything of it: money of a fund (shares or a loan), gifts alone, shares, a
right to sell them, covenants, or a company of a kind that sells in series."""


class ButForPrior(Format):
    """How likely public support is to tip a company's decision: a triangular distribution (Bartik 2018)."""

    low: float = Field(ge=0, le=1)
    mode: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    origin: Origin

    @model_validator(mode="after")
    def _in_order(self) -> ButForPrior:
        if not self.low <= self.mode <= self.high:
            raise refused((("low",), Message.of("playbooks.error.ascend"), None))
        return self


class Exit(Format):
    """How the fund can leave.

    Attributes:
        lock_up_months: Months after listing in which nothing can be sold.
        discount_on_sale: What a large holder gives up below the quoted price.
        horizon_haircut: What is taken off a stake that is still unlisted at the end of the horizon.
    """

    lock_up_months: Setting
    discount_on_sale: Setting
    horizon_haircut: Setting


class Pricing(Format):
    """How a bet is priced where the table asks what the register says of its chance.

    Attributes:
        account: Whose mean gain and loss say at which chance a deal pays, where they are forecast.
        loss_to_gain: What is lost on failure by what is gained on success, where the account is not forecast.
        waiting: How long it takes to fetch a fact; meanwhile the money at risk earns nothing.
    """

    account: Literal["fund"]
    loss_to_gain: Setting
    waiting: Setting
    origin: Origin


class FigureTest(Format):
    """A figure against a number, e.g. ``{figure: fund.npv_mean, op: ">=", value: 0}``.

    Attributes:
        unit: How the number is shown: ``ratio``, ``CNY m``, ``x`` or ``count``.
    """

    figure: str
    op: Literal["<=", ">=", "<", ">"]
    value: float = Field(ge=-LARGEST, le=LARGEST)
    unit: Literal["ratio", "CNY m", "x", "count"] = "ratio"


class FindingTest(Format):
    """The presence or absence of a finding, e.g. ``{finding: going_concern, severity: critical, absent: true}``.

    Attributes:
        finding: Code of the finding.
        kind: Only findings of this kind count; None: any.
        severity: Only findings of this severity or worse count; None: any.
        absent: The test holds when there is no such finding.
        unless: Codes that excuse the finding: with one of them the test holds, whether the finding is there, is not, or
            is an open question.
        unknown_if: Codes of gaps with which nobody can tell.
        shown_by: Codes of the findings that show that it holds; they change no outcome.
    """

    finding: str
    kind: Literal["risk", "asset", "gap"] | None = None
    severity: Literal["critical", "high", "medium", "low"] | None = None
    absent: bool = False
    unless: tuple[str, ...] = ()
    unknown_if: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()


class AllOf(Format):
    """Holds when every part holds."""

    all: tuple[Test, ...] = Field(min_length=1)


class AnyOf(Format):
    """Holds when one part holds."""

    any: tuple[Test, ...] = Field(min_length=1)


def _form(test: Any) -> str | None:
    """Which form of test this is, by the key that only that form has (so that an error names the right form)."""
    keys = test if isinstance(test, dict) else type(test).model_fields if isinstance(test, BaseModel) else ()
    return next((form for form in ("figure", "finding", "all", "any") if form in keys), None)


type Test = Annotated[
    Annotated[FigureTest, Tag("figure")]
    | Annotated[FindingTest, Tag("finding")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")],
    Discriminator(_form),
]


class TableRow(Format):
    """One row of the decision table.

    Attributes:
        id: Unique in the table.
        stage: Gates are read first, then limits, then trade-offs.
        rule: The rule in words; a message of the catalogue may use ``{limit}``, the number the row tests against.
        test: What must hold.
        if_fail: What a failed row leads to.
        no_evidence: What a row leads to that cannot be tested; ``note`` only shows it.
        condition: Id of the demand that a row adds which leads to ``back_with_conditions``.
        settled: What the row rests on is settled on the day, so it is not offered as something that could turn.
        applies: What the deal must have; otherwise the row is not applicable, and neither holds nor fails.
        origin: Why the row, and its number, are in the table.
    """

    id: str
    stage: Stage
    rule: Words
    test: Test
    if_fail: Literal["decline", "back_with_conditions", "insufficient_evidence"]
    no_evidence: Literal["insufficient_evidence", "back_with_conditions", "note"]
    condition: str | None = None
    settled: bool = False
    applies: Applies = "always"
    origin: Origin

    @model_validator(mode="after")
    def _conditions_demand_something(self) -> TableRow:
        if "back_with_conditions" in (self.if_fail, self.no_evidence) and self.condition is None:
            raise refused((("condition",), Message.of("playbooks.error.condition"), None))
        return self

    def message(self) -> Message:
        """The rule in words, with the number it tests against."""
        limits = tuple(test.value for test in leaves(self.test) if isinstance(test, FigureTest))
        return worded(self.rule, limit=limits[0]) if limits else worded(self.rule)


class Demand(Format):
    """A condition that the advice can demand."""

    id: str
    text: Words


class Practice(Statement):
    """What is known of how this government decides and invests.

    Attributes:
        topic: E.g. ``instruments``, ``stages``, ``limits``, ``exit``, ``failure_tolerance``.
    """

    topic: str


class Committee(Format):
    """Who votes and with what majority."""

    members: int
    quorum: int
    majority: float = Field(ge=0, le=1)
    origin: Origin


class Playbook(Format):
    """A governance model as versioned data.

    Attributes:
        name: In words.
        made_on: Day on which this version was made; it may be later than the decision it is used on.
        extends: Playbook whose table, demands and settings hold where this one says nothing else.
        models: Company models the table is meant for.
        hurdle_rate: Annual return the fund asks for.
        discount_rate: Annual rate at which the budget account is discounted.
        pricing: How bets are priced; None: the table does not ask for their chance.
        table: Rows in reading order.
    """

    format: Literal[1]
    id: str
    version: str
    made_on: date
    name: Words
    extends: str = ""
    models: tuple[str, ...]
    sources: tuple[Source, ...]
    practices: tuple[Practice, ...] = ()
    governance: Governance = Field(default_factory=Governance)
    committee: Committee
    hurdle_rate: Setting
    discount_rate: Setting
    exit: Exit
    but_for: ButForPrior
    pricing: Pricing | None = None
    demands: tuple[Demand, ...]
    table: tuple[TableRow, ...] = Field(min_length=1)

    @property
    def called(self) -> Bilingual:
        """What it is called within a sentence."""
        return short_name(worded(self.name))

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> Playbook:
        found = tuple(self._loose_ends())
        if found:
            raise refused(*found)
        return self

    def _loose_ends(self) -> Iterator[Refusal]:
        """Names that lead nowhere, and names that stand twice, each at its place."""
        sources, demands = {source.id for source in self.sources}, {demand.id for demand in self.demands}
        for path, part in walk(self):
            name = part.source if isinstance(part, Origin | Statement) else None
            if name is not None and name not in sources:
                yield (*path, "source"), Message.of("playbooks.error.no_source", name=name), one_of(name, sources)
        for n, row in enumerate(self.table):
            if row.condition not in demands | {None}:
                name = str(row.condition)
                cause = Message.of("playbooks.error.no_demand", name=name)
                yield ("table", n, "condition"), cause, one_of(name, demands)
        named = {
            "table": [row.id for row in self.table],
            "demands": [demand.id for demand in self.demands],
            "sources": [source.id for source in self.sources],
        }
        for key, ids in named.items():
            for n, id in enumerate(ids):
                if id in ids[:n]:
                    yield (key, n, "id"), Message.of("playbooks.error.twice", name=id), None

    @property
    def sha256(self) -> str:
        """Hash of the content, to say which version an appraisal used; it is unchanged where nothing is priced."""
        return sha256_of(self.model_dump(mode="json", exclude=None if self.pricing else {"pricing"}))

    def origins(self) -> tuple[Origin, ...]:
        """The origin of every number and row."""
        leaving = self.exit
        settings = (
            self.hurdle_rate,
            self.discount_rate,
            leaving.lock_up_months,
            leaving.discount_on_sale,
            leaving.horizon_haircut,
        )
        return (
            self.committee.origin,
            self.but_for.origin,
            *(p.origin for p in self._priced()),
            *(setting.origin for setting in settings),
            *(row.origin for row in self.table),
            *self.governance.origins(),
        )

    def _priced(self) -> tuple[Pricing | Setting, ...]:
        pricing = self.pricing
        return () if pricing is None else (pricing, pricing.loss_to_gain, pricing.waiting)

    def source(self, id: str) -> Source:
        """The source of that id; raises ``KeyError`` when there is none."""
        return {source.id: source for source in self.sources}[id]


def leaves(test: Test) -> Iterator[FigureTest | FindingTest]:
    """The single tests of which a test is made, from left to right."""
    match test:
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from leaves(part)
        case FigureTest() | FindingTest():
            yield test


def walk(part: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Format]]:
    """Every part of a playbook with its path, from the outside in."""
    if isinstance(part, Format):
        yield path, part
        for name in type(part).model_fields:
            yield from walk(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for n, item in enumerate(part):
            yield from walk(item, (*path, n))


def playbook_schema() -> dict[str, Any]:
    """The JSON Schema of a playbook file."""
    return Playbook.model_json_schema()
