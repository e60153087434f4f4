"""The appraisal as data: the schema of ``appraisal.json``.

No time of computation, no path of a file, no thread count: the same view, versions and seed give the same bytes.
Every number that a reader sees is a :class:`Figure` with parents, so that it can be followed to facts and sources, or
to a model with parameters and seed.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from guanzi.advice.appraisal.advice_data import Advice, Demand, Missing, Proposal, Reversal, Row
from guanzi.advice.appraisal.applicant_data import ApplicantData
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.later_data import LaterSource
from guanzi.advice.appraisal.plan_data import PlanData
from guanzi.advice.appraisal.sensitivity_data import SensitivityData
from guanzi.advice.appraisal.table_data import TableData
from guanzi.advice.appraisal.track_data import MarketData, TrackData
from guanzi.advice.appraisal.workstream_data import StreamFound, UnitCostData
from guanzi.base.core import BilingualText
from guanzi.base.reading import Data
from guanzi.engine.company import PIECEWISE, Distribution


class Figure(Data):
    """One number (or stated absence of one) that the dossier shows.

    Attributes:
        id: Unique in the appraisal, e.g. ``fund.npv`` or ``fact.deliveries-2019``.
        value: The number; for simulated figures the median unless the label says otherwise; None: a gap.
        low, high: 90 % interval; with ``bounds`` the ends between which anything may be.
        unit: ``CNY m``, ``ratio`` (shown in percent), ``vehicles``, ``years``, ``x``, ``jobs`` …
        kind: ``fact``, ``derived``, ``simulated``, ``policy`` (a playbook's limit) or ``gap``.
        parents: Ids of facts, figures, parameters, clauses (``terms.<clause>``) or ``simulation``.
        sample: For a proportion: (k, n) of paths or of comparable cases.
        error: Standard error from the number of simulated paths, in the unit of the value; None: not estimated, or it
            has none.
    """

    id: str
    label: Text
    value: float | None
    unit: str
    kind: Literal["fact", "derived", "simulated", "policy", "gap"]
    parents: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    sample: tuple[int, int] | None = None
    note: Text | None = None
    bounds: bool = False
    error: float | None = None


class Fan(Data):
    """A distribution over time: 50 % and 90 % bands around the median, with observed values before the as-of date.

    Attributes:
        counted: Share of the paths that have a value on each day: those on which the company has failed have none.
            Empty in an earlier appraisal.
        ends: Why nothing is told from a day on that the simulation reaches; None where it lies in the ranges that were
            seen, and in an earlier appraisal.
    """

    id: str
    label: Text
    unit: str
    dates: tuple[date, ...]
    p5: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]
    mean: tuple[float, ...] = ()
    observed: tuple[Observation, ...] = ()
    counted: tuple[float, ...] = ()
    ends: Text | None = None
    parents: tuple[str, ...] = ("simulation",)


class Observation(Data):
    """A value known at the as-of date, drawn beside a fan."""

    date: date
    value: float
    fact: str


class TrendChange(Data):
    """The change of a trend from period to period, by the line through all its values, with its 90 % band.

    Attributes:
        of: A ``share`` of the value before, percentage ``points`` of a ratio, or the ``value`` in its own unit.
    """

    of: Literal["share", "points", "value"]
    middle: float
    low: float
    high: float


class TierCurve(Data):
    """One tier: share of paths in which it is in force, per step, and what leaving would cost the company."""

    id: str
    label: Text
    baseline: bool
    share: tuple[float, ...]
    proof: BilingualText = ""
    leaving_low: float | None = None
    leaving_high: float | None = None
    leaving_source: BilingualText = ""


class Payment(Data):
    """Planned payment of the public side; ``new_tiers``: tiers beyond the baseline that were a condition of it."""

    id: str
    due: date
    amount: float
    cumulative: float
    conditional: bool
    new_tiers: tuple[str, ...] = ()


class Limit(Data):
    """A horizontal line of the signature picture: a budget or a playbook limit."""

    id: str
    label: Text
    value: float
    figure: str


class Exposure(Data):
    """The signature picture: the two losses over time (never added), beside tiers, payments and limits."""

    unit: str
    failure: Fan
    departure: Fan
    tiers: tuple[TierCurve, ...]
    payments: tuple[Payment, ...]
    limits: tuple[Limit, ...]
    paid_before_any_new_tier: str
    sentence: Text


class Year(Data):
    """One year of the cash calls: expected and 90 % interval, CNY m, and share of the budget revenue."""

    year: int
    planned: float
    mean: float
    low: float
    high: float
    receipts_mean: float
    share_of_budget: float | None


class Accounts(Data):
    """The three accounts, never mixed: figure ids of each, and the cash calls by year.

    ``value``: figures of all three side by side, the sum of what is money beside its parts, and the break-even.
    """

    fund: tuple[str, ...]
    budget: tuple[str, ...]
    cluster: tuple[str, ...]
    years: tuple[Year, ...]
    value: tuple[str, ...] = ()


class FindingData(Data):
    """A finding of a check (see :class:`guanzi.base.core.Finding`)."""

    id: str
    check: str
    stream: str
    kind: Literal["risk", "asset", "gap"]
    severity: Literal["critical", "high", "medium", "low"]
    text: Text
    facts: tuple[str, ...]
    literature: str
    code: str


class SourceData(Data):
    """Where a fact comes from. ``address`` is None for a mirror: publisher, title and date are shown instead.

    ``withheld``: the source is of a day after the as-of date (``later``), or its day is not known (``undated``). Then
    nothing but its grade is told, because its title would tell what came. ``note``: what a reader should know of it.
    """

    id: str
    publisher: BilingualText
    title: BilingualText
    date: date | None
    address: str | None
    grade: Literal["A", "B", "C", "D"]
    withheld: Literal["later", "undated"] | None = None
    note: BilingualText = ""


class FactData(Data):
    """A fact of the view.

    ``chosen``: the resolution rule took it for its name and period. ``used_for``: the forecast, else a check or an
    account (``check``), else ``nothing``, and then ``unused`` says why.
    """

    id: str
    subject: str
    name: str
    period: str
    value: float | bool | BilingualText | tuple[float, float]
    unit: str
    known_on: date
    known_to: Literal["public", "parties"]
    source: str
    confidence: Literal["high", "medium", "low"]
    chosen: bool
    rule: Text | None = None
    note: BilingualText = ""
    held_because: BilingualText = ""
    used_for: Literal["forecast", "check", "nothing"] = "check"
    unused: Text | None = None


class ClauseData(Data):
    """One clause in words; ``state``: ``known``, ``unknown`` (exists, not seen) or ``bracketed``.

    ``held_because``: why it counts as held on the day; only where its source is of another. ``called``:
    what it is of in words; empty in files of older versions.
    """

    id: str
    group: str
    text: Text
    state: Literal["known", "unknown", "bracketed"]
    place: str
    source: str = ""
    held_because: Text | None = None
    called: BilingualText = ""


class ParameterData(Data):
    """One parameter of the company model with the origin of its distribution.

    Attributes:
        origin: ``trend`` (the case's own facts), ``comparable``, ``experts`` (a panel that was asked) or ``judgement``.
        because: The reasoning, named.
    """

    id: str
    label: Text
    distribution: str
    values: tuple[float, ...]
    unit: str
    origin: Literal["trend", "comparable", "experts", "judgement"]
    because: Text
    parents: tuple[str, ...] = ()

    @property
    def stated(self) -> tuple[float, ...]:
        """The values to say: those of the distribution, or its ends and middle (5, 50, 95 %) where it has knots."""
        if self.distribution not in PIECEWISE:
            return self.values
        spread = Distribution(self.distribution, self.values).quantile(np.array([0.05, 0.5, 0.95]))
        return tuple(map(float, spread))


class Summary(Data):
    """The committee member's page: ids into the rest of the document, in reading order.

    ``headline`` and ``lead`` are its first three sentences: what we advise, on which terms, and how likely the public
    side comes out ahead in which account.
    """

    question: Text
    headline: Text
    lead: tuple[Text, ...] = ()
    figures: tuple[str, ...]
    reasons: tuple[Text, ...]
    risks: tuple[str, ...]
    assets: tuple[str, ...]
    gaps: tuple[str, ...]
    sentences: tuple[Text, ...] = ()


class Party(Data):
    """Name of a party, company or region, in the languages that are known."""

    id: str
    name: str
    name_zh: str = ""


class CaseData(Data):
    """What is being decided."""

    id: str
    title: BilingualText
    company: Party
    region: Party
    industry: str
    decision_date: date
    currency: str


class PlaybookData(Data):
    """The playbook used: its version, when it was made (it may be younger than the case) and its hash."""

    id: str
    version: str
    made_on: date
    sha256: str
    made_after_decision: bool
    called: BilingualText = ""

    @property
    def name(self) -> str:
        """What it is called; its id in data of before it had a name."""
        return self.called or self.id


class ForecastData(Data):
    """What is foreseen of the company without the deal, each view beside the others.

    Attributes:
        failure: Curves of distress, and their pool.
        ensemble: Sales, cash and market value after one, three and five years.
        sentences: How likely failure is by each view; then where we differ from the market, and why.
        brief: The one for the committee's page.
    """

    failure: TableData
    ensemble: TableData
    sentences: tuple[Text, ...]
    brief: Text


class Versions(Data):
    """What computed this: versions and hashes that fix the result.

    Attributes:
        weights: Whether paths were weighted for the prices of the day; ``refused``: they could not be; ``none``:
            nothing was asked, or nothing was simulated.
        ess: Effective sample size, as a share of the paths on which the weights were learnt.
        divergence: From equal weights, in nats.
    """

    guanzi: str
    schema_: str
    view_sha256: str
    method_sha256: str
    seed: int
    paths: int
    steps: int
    worlds: int
    weights: Literal["weighted", "refused", "none"] = "none"
    ess: float | None = None
    divergence: float | None = None


class Appraisal(Data):
    """The reproducible result of analysing a case as of a date with a playbook and a seed.

    Attributes:
        advice: On the terms that are proposed, where there are such; else on those as signed.
        as_signed: On the terms as signed; the rows are those of these terms.
        proposal: What we would sign instead; None where nothing is to be fixed or no term decides.
        effects: Of which table and bill the effects of the plant are; None where the case has none.
        track: The scan of the region, where a panel of industries was given.
        implausible: Why the model cannot forecast this company, and so shows no figure of it; empty where it can.
    """

    advice: Advice
    as_signed: Advice
    as_of: date
    case: CaseData
    playbook: PlaybookData
    versions: Versions
    summary: Summary
    rows: tuple[Row, ...]
    reversals: tuple[Reversal, ...]
    missing: tuple[Missing, ...] = ()
    demands: tuple[Demand, ...]
    findings: tuple[FindingData, ...]
    figures: dict[str, Figure]
    fans: dict[str, Fan]
    yearly: dict[str, Fan]
    trends: dict[str, tuple[Observation, ...]]
    trend_changes: dict[str, TrendChange]
    exposure: Exposure | None
    accounts: Accounts
    fiscal: tuple[TableData, ...]
    sensitivity: SensitivityData | None
    plan: PlanData
    outside: TableData
    odds: TableData | None = None
    alike: TableData | None = None
    applicant: ApplicantData | None = None
    clauses: tuple[ClauseData, ...]
    sheet: str
    sheet_status: str
    sheet_title: BilingualText = ""
    parameters: tuple[ParameterData, ...]
    facts: tuple[FactData, ...]
    sources: tuple[SourceData, ...]
    ratios: tuple[str, ...] = ()
    streams: tuple[StreamFound, ...] = ()
    unit_costs: tuple[UnitCostData, ...] = ()
    later_sources: tuple[LaterSource, ...] = ()
    forecast: ForecastData | None = None
    proposal: Proposal | None = None
    effects: Text | None = None
    track: TrackData | None = None
    market: MarketData | None = None
    implausible: tuple[Text, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_earlier_formats(cls, data: Any) -> Any:
        """Where the terms as signed had no advice of their own, the advice was on them; trends had no bands."""
        return (
            {"as_signed": data["advice"], "trend_changes": {}, **data}
            if isinstance(data, dict) and "advice" in data
            else data
        )
