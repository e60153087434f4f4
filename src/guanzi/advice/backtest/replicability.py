"""Can this city run that playbook for this company? Five pillars, the weakest first, and what would close each gap.

A requirement is met, unmet, or without evidence. Without evidence is a state of its own: it widens the interval of a
pillar and never counts as a no. A pillar is as strong as its requirements taken together; the whole is as strong as its
weakest pillar, because a decision mechanism does not make up for an empty budget (Kremer 1993).

Of each pillar two intervals are told, by stated methods:

- the **bracket** of what is not known (Manski 2003): the share of requirements that are met if all open ones turned out
  unmet, and if all turned out met;
- the **weight of evidence**: a Beta posterior from Jeffreys' prior (Brown, Cai and DasGupta 2001), in which a
  requirement counts with the weight of its worst source: A 1, B 0.75, C 0.5, D 0.25 (a judgement of the project).

References:
    Kremer: The O-ring theory of economic development. Quarterly Journal of Economics 108 (1993).
    Manski: Partial identification of probability distributions. Springer (2003).
    Brown, Cai, DasGupta: Interval estimation for a binomial proportion. Statistical Science 16 (2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from guanzi.advice.appraisal import Row, SourceData, Text, company_side, text
from guanzi.advice.backtest.city_measures import CityMeasure, measure
from guanzi.advice.backtest.playbook_fit import PlaybookFit
from guanzi.base.core import Bilingual, Message
from guanzi.base.reading import Data
from guanzi.record.evidence import Case, City
from guanzi.record.playbooks import Playbook, Requirement, worded

type Pillar = Literal["mechanism", "fiscal", "window", "company", "chain"]
type Outcome = Literal["met", "unmet", "no_evidence"]
type Grade = Literal["A", "B", "C", "D"]
type State = Literal["gap", "open", "present"]
type Stage = Literal["environment", "technology", "pilots", "industry"]

PILLARS: tuple[Pillar, ...] = ("mechanism", "fiscal", "window", "company", "chain")
STAGES: tuple[Stage, ...] = ("environment", "technology", "pilots", "industry")
"""The order of a development plan."""
WORST_FIRST: tuple[Grade, ...] = ("D", "C", "B", "A")
WEIGHTS: dict[Grade, float] = {"A": 1.0, "B": 0.75, "C": 0.5, "D": 0.25}
GATE_GRADE: Grade = "B"
"""Gates of the company rest on the facts of its case."""
_RANK = {"gap": 0, "open": 1, "present": 2}


class Evidence(Data):
    """A fact behind a requirement."""

    fact: str
    text: Bilingual
    period: str
    source: str
    grade: Grade


class CriterionData(Data):
    """One requirement as it was found.

    Attributes:
        value, low, high: What was measured; None for words and where nothing was found, ``high`` for a lower bound.
        action: What closes it, ``stage``: when.
    """

    id: str
    text: Text
    outcome: Outcome
    value: float | None
    low: float | None
    high: float | None
    needed: float | None
    unit: str
    evidence: tuple[Evidence, ...]
    because: Text
    action: Text
    stage: Stage
    grade: Grade | None


class PillarData(Data):
    """One pillar.

    Attributes:
        state: ``gap``: a requirement is unmet; ``open``: none is unmet and one is without evidence; ``present``.
        least, most: Share met if all open requirements turned out unmet, or met.
        mean, low, high: Beta posterior of the share met, with its 90 % interval, by the weight of evidence.
    """

    id: Pillar
    state: State
    met: int
    unmet: int
    open: int
    least: float
    most: float
    mean: float
    low: float
    high: float
    criteria: tuple[CriterionData, ...]


class ActionData(Data):
    """One action of the plan and the requirement that it closes; ``find_out``: first learn whether there is a gap."""

    stage: Stage
    text: Text
    closes: Text
    pillar: Pillar
    criterion: str
    find_out: bool


class Replicability(Data):
    """The answer.

    Attributes:
        as_of: Day on which the facts of the city are held; ``case_day``: that on which the company is read.
        pillars: The weakest first.
        state: That of the weakest pillar.
        plan: In the order environment, technology, pilot applications, industrial cycle.
        fits: Playbooks by how the deal of the case stands to their rules on form, the best first; empty without a case.
    """

    playbook: str
    playbook_sha256: str
    city: str
    name: tuple[str, str]
    case: str | None
    case_day: date | None
    as_of: date
    state: State
    sentence: Text
    pillars: tuple[PillarData, ...]
    plan: tuple[ActionData, ...]
    sources: tuple[SourceData, ...]
    fits: tuple[PlaybookFit, ...] = ()


def replicability(playbook: Playbook, city: City, case: Case | None = None, as_of: date | None = None) -> Replicability:
    """Whether a city can run a playbook, for the company of a case if one is given.

    Args:
        playbook: Its requirements are tested; its gates are read on the company.
        city: Facts of the city.
        case: Company and deal; the case's own view is that of its decision, or of the day where that is earlier. None:
            the company stays open.
        as_of: Day from which the facts of the city are held; None: the day on which the playbook was made.

    Raises:
        InvalidInput: The playbook is not meant for the company model of the case.
    """
    day = as_of or playbook.made_on
    case_day = None if case is None else min(as_of or case.decision_date, case.decision_date)
    side = None if case is None else company_side(case, playbook, case_day)
    criteria: dict[Pillar, list[CriterionData]] = {pillar: [] for pillar in PILLARS}
    for requirement in playbook.governance.requires:
        criteria[requirement.pillar].append(_criterion(requirement, measure(requirement.measure, city, side, day)))
    rows = () if side is None else side.gates
    criteria["company"] += [_gate(row) for row in rows if row.outcome != "not_applicable"] or [_no_company()]
    pillars = sorted((_pillar(pillar, criteria[pillar]) for pillar in PILLARS), key=_weakness)
    used = {e.source for pillar in pillars for criterion in pillar.criteria for e in criterion.evidence}
    name = (city.name, city.name_zh)
    return Replicability(
        playbook=playbook.id,
        playbook_sha256=playbook.sha256,
        city=city.id,
        name=name,
        case=None if case is None else case.id,
        case_day=case_day,
        as_of=day,
        state=pillars[0].state,
        sentence=text(_sentence(playbook, name, pillars)),
        pillars=tuple(pillars),
        plan=tuple(_plan(pillars)),
        sources=tuple(_source(city, id) for id in sorted(used)),
    )


def _source(city: City, id: str) -> SourceData:
    s = city.source(id)
    return SourceData(id=id, publisher=s.publisher, title=s.title, date=s.date, address=None, grade=s.grade)


def _criterion(requirement: Requirement, found: CityMeasure | None) -> CriterionData:
    evidence = () if found is None else found.evidence
    grades = {e.grade for e in evidence}
    return CriterionData(
        id=requirement.id,
        text=text(requirement.sentence()),
        outcome=_outcome(requirement, found),
        value=None if found is None else found.value,
        low=None if found is None else found.low,
        high=None if found is None else found.high,
        needed=requirement.value,
        unit=requirement.unit,
        evidence=tuple(Evidence.model_validate(e, from_attributes=True) for e in evidence),
        because=text(requirement.origin.reason()),
        action=text(worded(requirement.action)),
        stage=requirement.step,
        grade=next((grade for grade in WORST_FIRST if grade in grades), None),
    )


def _outcome(requirement: Requirement, found: CityMeasure | None) -> Outcome:
    """An interval on both sides of the number tells nothing, nor does a lower bound below it."""
    if found is None:
        return "no_evidence"
    if requirement.op == "known":
        return "met"
    low, high, needed = found.low, found.high, requirement.value
    if low is None or needed is None:
        return "no_evidence"
    if high is None:
        return "met" if requirement.op == ">=" and low >= needed else "no_evidence"
    if requirement.op == ">=":
        return "met" if low >= needed else "unmet" if high < needed else "no_evidence"
    return "met" if high <= needed else "unmet" if low > needed else "no_evidence"


def _gate(row: Row) -> CriterionData:
    outcomes: dict[str, Outcome] = {"pass": "met", "fail": "unmet", "no_evidence": "no_evidence"}
    known = row.outcome != "no_evidence"
    return CriterionData(
        id=f"gate.{row.id}",
        text=row.rule,
        outcome=outcomes[row.outcome],
        value=None,
        low=None,
        high=None,
        needed=None,
        unit="",
        evidence=(),
        because=text(Message.of("backtest.replicate.gate")),
        action=text(Message.of("backtest.replicate.gate_action" if known else "backtest.replicate.gate_ask")),
        stage="technology" if row.id == "series-product" else "environment",
        grade=GATE_GRADE if known else None,
    )


def _no_company() -> CriterionData:
    return CriterionData(
        id="company",
        text=text(Message.of("backtest.replicate.no_company")),
        outcome="no_evidence",
        value=None,
        low=None,
        high=None,
        needed=None,
        unit="",
        evidence=(),
        because=text(Message.of("backtest.replicate.gate")),
        action=text(Message.of("backtest.replicate.name_company")),
        stage="environment",
        grade=None,
    )


def _pillar(id: Pillar, criteria: Sequence[CriterionData]) -> PillarData:
    from scipy.stats import beta

    met = [c for c in criteria if c.outcome == "met"]
    unmet = [c for c in criteria if c.outcome == "unmet"]
    n = len(criteria)
    a, b = 0.5 + _weight(met), 0.5 + _weight(unmet)
    return PillarData(
        id=id,
        state="gap" if unmet else "open" if len(met) < n or not n else "present",
        met=len(met),
        unmet=len(unmet),
        open=n - len(met) - len(unmet),
        least=len(met) / n if n else 0.0,
        most=(n - len(unmet)) / n if n else 1.0,
        mean=a / (a + b),
        low=float(beta.ppf(0.05, a, b)),
        high=float(beta.ppf(0.95, a, b)),
        criteria=tuple(sorted(criteria, key=lambda c: ("unmet", "no_evidence", "met").index(c.outcome))),
    )


def _weight(criteria: Iterable[CriterionData]) -> float:
    """A computed outcome without a source of its own counts like one of the case."""
    return sum(WEIGHTS[c.grade or GATE_GRADE] for c in criteria)


def _weakness(pillar: PillarData) -> tuple[int, float, int]:
    """A gap before what is open before what is there; within a state by what is met at the most."""
    return _RANK[pillar.state], pillar.mean, PILLARS.index(pillar.id)


def _sentence(playbook: Playbook, city: tuple[str, str], pillars: Sequence[PillarData]) -> Message:
    weakest = pillars[0]
    unmet = tuple(Message.of(c.text.id, **c.text.params) for c in weakest.criteria if c.outcome == "unmet")
    return Message.of(
        f"backtest.replicate.sentence.{weakest.state}",
        city=city,
        playbook=worded(playbook.name),
        pillar=Message.of(f"backtest.replicate.pillar.{weakest.id}"),
        what=unmet[0] if unmet else "",
        open=sum(pillar.open for pillar in pillars),
        gaps=sum(pillar.unmet for pillar in pillars),
    )


def _plan(pillars: Sequence[PillarData]) -> list[ActionData]:
    """An action for every requirement that is not met, by stage; within a stage the weakest pillar first."""
    actions = [
        ActionData(
            stage=criterion.stage,
            text=criterion.action,
            closes=criterion.text,
            pillar=pillar.id,
            criterion=criterion.id,
            find_out=criterion.outcome == "no_evidence",
        )
        for pillar in pillars
        for criterion in pillar.criteria
        if criterion.outcome != "met"
    ]
    return sorted(actions, key=lambda action: STAGES.index(action.stage))
