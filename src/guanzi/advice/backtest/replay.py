"""Replays: every case appraised with what was known on the day of its decision, before any outcome is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Literal

from guanzi.advice.appraisal import Advice, Appraisal, AppraisalOptions, appraise, budget_of, profile_of, to_json
from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem
from guanzi.base.reading import YamlDocument
from guanzi.deal.terms import TermSheet, parse_sheet, read_sheet
from guanzi.engine.company import MODELS
from guanzi.engine.simulation import HERE, Running, forecast
from guanzi.record.evidence import Case, find_case, load_case, replayed_cases, score_horizon
from guanzi.record.playbooks import Playbook
from guanzi.study.diligence import distress_scores
from guanzi.study.precedents import Profile

STEPS_PER_YEAR = 4
SALES = ("deliveries", "revenue")
REGION = "region"
PARTS = ("facts", "terms")
FORECAST_PATHS = 20_000


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings there are: critical risks, high risks, assets."""

    critical: int
    high: int
    strengths: int

    @property
    def balance(self) -> int:
        """Assets less risks that are critical or high."""
        return self.strengths - self.critical - self.high

    @classmethod
    def by(cls, appraisal: Appraisal) -> FindingCounts:
        """Those of an appraisal."""
        severities = [f.severity for f in appraisal.findings if f.kind == "risk"]
        strengths = sum(f.kind == "asset" for f in appraisal.findings)
        return cls(severities.count("critical"), severities.count("high"), strengths)


@dataclass(frozen=True, slots=True)
class Replay:
    """One case as it stood on the day of the decision.

    Attributes:
        profile: By which other bets it is compared.
        title, title_zh: Of the case; no forecast sees them.
        decided: Day of the decision.
        advice: Of the playbook, on the terms that it proposes where there are such.
        survival: Probability that the company is solvent at the score horizon; None when its kind is not modelled.
        found: Findings.
        bare: Findings, and advice, had nobody seen any terms.
        bare_advice: See ``bare``.
        answered: Share of the plan's questions that are answered.
        distress: Zmijewski's probability of distress; None when a figure is missing.
        has_sold: Whether the company was known to have sold anything.
        amount: What the public side was to pay, in millions of the currency; None when not known.
        simulated: Whether the deal itself could be simulated.
        appraisal_sha256: Hash of the appraisal's bytes, taken before outcomes are opened.
        appraisal: The appraisal.
        why: Ids of the risks that count, for the story of a miss.
    """

    profile: Profile
    title: str
    title_zh: str
    decided: date
    advice: Advice
    survival: float | None
    found: FindingCounts
    bare: FindingCounts
    bare_advice: Advice
    answered: float
    distress: float | None
    has_sold: bool
    amount: float | None
    simulated: bool
    appraisal_sha256: str
    appraisal: Appraisal
    why: tuple[str, ...]


def load_library(folder: Path | None = None) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The cases of a folder of case folders, in the order of their names; None: the shipped ones of the backtest.

    Returns:
        The cases, and what is wrong with those that cannot be read: they are named and left out.
    """
    if folder is None:
        names = [find_case(name) for name in replayed_cases()]
    else:
        names = sorted(entry.parent for entry in folder.glob("*/case.yaml"))
    cases: list[Case] = []
    problems: list[Problem] = [] if folder is None else _without_case_file(folder)
    seen: dict[str, str] = {}
    for name in names:
        try:
            case = load_case(name)
        except InvalidInput as error:
            problems.extend(error.problems)
            continue
        if case.id in seen:
            cause = Message.of("backtest.library.twice", id=case.id, folder=seen[case.id])
            fix = Message.of("backtest.library.twice.mend")
            problems.append(Problem(cause, Place(str(name / "case.yaml"), field="case"), fix))
            continue
        seen[case.id] = name.name
        cases.append(case)
    return tuple(cases), tuple(problems)


def _without_case_file(folder: Path) -> list[Problem]:
    """Folders that hold parts of a case and no case.yaml; any other folder is none of our business."""
    cause, fix = Message.of("evidence.case.no_case_yaml"), Message.of("backtest.library.no_case_yaml.mend")
    return [
        Problem(cause, Place(str(entry / "case.yaml")), fix)
        for entry in sorted(folder.iterdir())
        if any((entry / part).is_dir() for part in PARTS) and not (entry / "case.yaml").exists()
    ]


def replay(
    case: Case, playbook: Playbook, paths: int, seed: int = 1, running: Running = HERE, *, doubtful: bool = False
) -> Replay:
    """Appraise a case as of its decision, by its facts and term sheet.

    Ties of ``entities.ftm.json`` are left out: the library has them for single cases, gathered when the end was known,
    and their findings would weigh in these alone.

    Args:
        case: The case; its outcome is not opened.
        playbook: The governance model.
        paths: Simulated paths.
        seed: Key of the random numbers.
        running: How it is run; it does not change the result.
        doubtful: Also take the facts of which it is not sure that they could be held on that day.

    Raises:
        InvalidInput: Nothing was known on the day, or the term sheet has errors.
    """
    if doubtful:
        case = case.counting_doubtful()
    case = replace(case, entities=())
    profile, named = profile_of_case(case), case
    case = unnamed(case)
    appraisal = appraise(case, None, playbook, paths, seed, running, AppraisalOptions(sensitivity=False))
    without_terms = replace(case, sheets=())
    bare = appraise(
        without_terms, None, playbook, paths, seed, running, AppraisalOptions(sensitivity=False, proposal=False)
    )
    view = case.view(case.decision_date)
    risks = [f for f in appraisal.findings if f.kind == "risk"]
    sales = [f.value for f in view.facts if f.subject == "company" and f.name in SALES]
    figure = appraisal.figures.get("public.amount")
    return Replay(
        profile=profile,
        title=str(named.title),
        title_zh=named.title.zh,
        decided=case.decision_date,
        advice=appraisal.advice,
        survival=survival(case, paths, seed),
        found=FindingCounts.by(appraisal),
        bare=FindingCounts.by(bare),
        bare_advice=bare.advice,
        answered=sum(bool(q.facts) for q in appraisal.plan.questions) / len(appraisal.plan.questions),
        distress=next(score.value for score in distress_scores(view) if score.id == "zmijewski"),
        has_sold=any(_positive(value) for value in sales),
        amount=figure.value if figure is not None else None,
        simulated=appraisal.versions.paths > 0,
        appraisal_sha256=sha256(to_json(appraisal).encode()).hexdigest(),
        appraisal=appraisal,
        why=tuple(f.id for f in risks if f.severity in ("critical", "high")),
    )


def profile_of_case(case: Case) -> Profile:
    """By which other bets a case is compared."""
    return profile_of(case, _sheet_of(case))


def unnamed(case: Case) -> Case:
    """The case with neutral names of company and region: no forecast may rest on who they are.

    Ids of cases and names of companies key random numbers elsewhere; here every bet draws the same.

    The outside view that the appraisal itself shows then holds nobody out; no forecast of the backtest and no row of a
    decision table reads it. Whoever pays from the region's budget by its name still does so.
    """
    company = replace(case.company, id="company", name="Company", name_zh="")
    region = replace(case.region, id="region", name="Region", name_zh="")
    sheets = tuple(replace(file, document=_budgets_stated(file.document, case)) for file in case.sheets)
    return replace(case, id="case", title=Bilingual("Case"), company=company, region=region, sheets=sheets)


def _budgets_stated(document: YamlDocument, case: Case) -> YamlDocument:
    """A term sheet that states of each party that it pays from the region's budget, where its name says so."""
    sheet = read_sheet(document).sheet
    if sheet is None:
        return document
    view, parties = case.view(case.decision_date), dict(document.data["parties"])
    for id in sheet.public:
        if budget_of(sheet, view, id) == REGION:
            parties[id] = {**parties[id], "budget": REGION}
    return replace(document, data={**document.data, "parties": parties})


def survival(case: Case, paths: int, seed: int) -> float | None:
    """Probability that the company, without a deal, is solvent at the score horizon of its kind."""
    if case.model not in MODELS:
        return None
    view = case.view(case.decision_date)
    steps = STEPS_PER_YEAR * score_horizon(case.model).years
    values = forecast(
        calibrate_company(view, case.decision_date), steps, paths=min(paths, FORECAST_PATHS), seed=seed
    ).values
    return float(values["solvent"][-1].mean())


def _sheet_of(case: Case) -> TermSheet | None:
    file = case.view(case.decision_date).sheet
    return None if file is None else parse_sheet(file.document)


def replays(
    cases: Sequence[Case],
    playbook: Playbook,
    paths: int,
    seed: int = 1,
    running: Running = HERE,
    *,
    doubtful: bool = False,
) -> tuple[tuple[Replay, ...], tuple[Problem, ...]]:
    """Replay every case; those that cannot be appraised, and those on which we fail, are told with the reason.

    Progress is told in cases; each is a task on a cluster.

    Raises:
        InvalidInput: The workers of the cluster are gone.
    """
    work = partial(_replayed, playbook=playbook, paths=paths, seed=seed, doubtful=doubtful)
    made = tuple(running.each(work, cases))
    done = tuple(one for one in made if isinstance(one, Replay))
    return done, tuple(problem for one in made if not isinstance(one, Replay) for problem in one)


def _replayed(
    case: Case, running: Running, *, playbook: Playbook, paths: int, seed: int, doubtful: bool
) -> Replay | tuple[Problem, ...]:
    """The replay of a case, or what kept it from being done."""
    try:
        return replay(case, playbook, paths, seed, running, doubtful=doubtful)
    except Exception as error:
        return problems_of(case, error, "doubtful" if doubtful else "replay")


def problems_of(case: Case, error: Exception, work: Literal["replay", "doubtful", "contract"]) -> tuple[Problem, ...]:
    """What kept a work on a case from being done: faults of the case, or an error of ours, which names the case."""
    if isinstance(error, InvalidInput):
        return tuple(error.problems)
    cause = Message.of(f"backtest.broken.{work}", case=case.id, error=type(error).__name__, reason=str(error))
    return (Problem(cause, Place(str(case.folder)), Message.of("backtest.broken.mend")),)


def _positive(value: object) -> bool:
    if isinstance(value, tuple):
        return bool(value) and float(value[-1]) > 0.0
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0.0
