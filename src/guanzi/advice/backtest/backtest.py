"""The backtest: replay decided cases with what was known, freeze the advice, open the outcomes, and score.

Order is part of the method: all replays are finished and hashed, with the method, before the first outcome is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from guanzi.advice.backtest.compare import COMPARATORS
from guanzi.advice.backtest.contract import Contract, contract_data, contract_of_case, illustrative_contracts
from guanzi.advice.backtest.decisions import Decisions, decide_all
from guanzi.advice.backtest.odds import Floats, Method, MethodParts, forecast_odds, on_the_day
from guanzi.advice.backtest.odds import method as shipped_method
from guanzi.advice.backtest.record import SUCCESS, RecordedOutcomes, open_outcomes
from guanzi.advice.backtest.replay import Replay, problems_of, replays
from guanzi.base.core import Problem, sha256_of
from guanzi.engine.simulation import HERE, Running
from guanzi.record.evidence import Case
from guanzi.record.playbooks import Playbook
from guanzi.study import forecasting
from guanzi.study.forecasting import Bin, BootstrapEstimate

type Group = Literal["scored", "ongoing", "refused", "unlabelled"]

ABLATIONS: dict[str, MethodParts] = {
    "without_kinds": MethodParts(kinds=False),
    "without_diligence": MethodParts(findings=False),
    "without_terms": MethodParts(terms=False),
    "without_model": MethodParts(survival=False),
}
PARTIAL, MISS_OF_PARTIAL = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Scores:
    """How good one forecast is; ``success_if_partial`` and ``failure_if_partial`` count partial outcomes either way."""

    brier: BootstrapEstimate
    log_score: BootstrapEstimate
    auc: BootstrapEstimate
    brier_if_partial_succeeds: float | None
    brier_if_partial_fails: float | None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what was advised, what was forecast, and what the record says.

    Attributes:
        replay: The case as it stood on the day.
        group: ``scored``, or apart; ``unlabelled`` where the record holds no label.
        label: By the record; None where it holds none.
        company: What became of the company itself, by the record.
        probability: Of success, by the method.
        interval: Nine in ten, by what is known of base rate and weights.
        parts: What makes up its log-odds: the base rate of its kind, then each part of the method.
        elsewhere: Of success, with no bet of its own city in the base rate.
        base_rate: Of success, by how often bets of other cities came out well.
        success: 1, 0.5 or 0; None when it is not scored.
        settled: Whether its score horizon had passed, or it had come to an end.
        unlabelled: Why the record holds no label, where somebody wrote it down.
    """

    replay: Replay
    group: Group
    label: str | None
    company: str | None
    probability: float
    interval: tuple[float, float]
    parts: tuple[float, ...]
    elsewhere: float
    base_rate: float
    success: float | None
    settled: bool
    unlabelled: str = ""

    @property
    def missed(self) -> bool:
        """The probability lies beyond one half from the outcome; of a partial success, below 25 or above 75 %."""
        if self.success is None:
            return False
        return abs(self.probability - self.success) > (MISS_OF_PARTIAL if self.success == PARTIAL else 0.5)


@dataclass(frozen=True, slots=True)
class Apart:
    """Cases that are not scored: refusals, where nothing was put in, and bets that are not decided yet.

    Attributes:
        n: Number of cases.
        known: Of how many it is known what became of the company itself.
        brier: Of the probabilities against that.
    """

    n: int
    known: int
    brier: BootstrapEstimate


@dataclass(frozen=True, slots=True)
class Backtest:
    """The result.

    Attributes:
        frozen_sha256: Hash of method, playbook, replays and effects of contracts, taken before outcomes were opened.
        method: The forecasting method.
        playbook: Id and version of the playbook.
        paths, seed: Of the simulations.
        cases: Every case that was appraised, in the order of their ids.
        unfit: Ids of the cases that are marked unfit, with their reason.
        problems: What kept a case from being appraised or scored.
        scores: Of the method and of every comparator.
        ablations: Of the method with a part left out.
        skill: One less the ratio of the method's Brier score to that of the base rate.
        permutation: P-value of the method's Brier score.
        permutation_auc: P-value of the method's area under the curve.
        calibration: Reliability of the method.
        decisions: Of the advice and of simple rules.
        apart: Refusals and undecided bets, scored by what became of the company.
        contracts: What a tiered form of each deal would have changed, and of illustrative bets.
        settled_only: Scores of the method on settled cases alone.
        doubtful: Scores of the method when doubtful facts are taken in; None when that was not asked.
    """

    frozen_sha256: str
    method: Method
    playbook: tuple[str, str]
    paths: int
    seed: int
    cases: tuple[CaseResult, ...]
    unfit: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    scores: dict[str, Scores]
    ablations: dict[str, Scores]
    skill: BootstrapEstimate
    permutation: float | None
    permutation_auc: float | None
    calibration: tuple[Bin, ...]
    decisions: dict[str, Decisions]
    apart: dict[str, Apart]
    contracts: tuple[Contract, ...]
    settled_only: Scores
    doubtful: Scores | None


def backtest(
    cases: Sequence[Case],
    playbook: Playbook,
    paths: int = 20_000,
    seed: int = 1,
    running: Running = HERE,
    *,
    doubtful: bool = False,
    unreadable: Sequence[Problem] = (),
) -> Backtest:
    """Replay and score.

    Args:
        cases: Decided cases; those marked unfit are left out and named.
        playbook: The governance model.
        paths: Simulated paths per case.
        seed: Key of the random numbers.
        running: How it is run; it does not change the result. A cluster takes each case as a task. Progress is told
            with 1 after each appraisal and each effect of a contract (see :func:`work`).
        doubtful: Replay a second time with doubtful facts, to report their effect.
        unreadable: What kept cases of the library from being read; told with what else went wrong.

    Raises:
        InvalidInput: The workers of the cluster are gone.
    """
    how = shipped_method()
    fit = [case for case in cases if case.fitness == "fit"]
    done, problems = replays(fit, playbook, paths, seed, running)
    done = tuple(sorted(done, key=_order))
    contracts, unbound = _contracts(fit, done, playbook, paths, seed, running)
    again, undone = replays(fit, playbook, paths, seed, running, doubtful=True) if doubtful else ((), ())
    problems = tuple(dict.fromkeys((*problems, *unbound, *undone)))
    frozen = sha256_of(
        {
            "method": how.sha256,
            "playbook": playbook.sha256,
            "replays": {r.profile.case: r.appraisal_sha256 for r in done},
            "contracts": [contract_data(c) for c in contracts],
        }
    )
    # from here on outcomes are open
    record = open_outcomes(fit)
    results = _results(done, record, how)
    scored = [r for r in results if r.success is not None]
    mine = np.array([r.probability for r in scored])
    y, cities = _y(scored), [r.replay.profile.region for r in scored]
    base = np.array([r.base_rate for r in scored])
    return Backtest(
        frozen_sha256=frozen,
        method=how,
        playbook=(playbook.id, playbook.version),
        paths=paths,
        seed=seed,
        cases=tuple(sorted(results, key=lambda r: r.replay.profile.case)),
        unfit=tuple((case.id, case.unfit_because) for case in cases if case.fitness == "unfit"),
        problems=(*unreadable, *problems, *record.problems),
        scores={
            "method": score(mine, scored),
            "elsewhere": score(np.array([r.elsewhere for r in scored]), scored),
            "on_the_day": score(_pick(on_the_day(done, record.precedents, how).probability, done, scored), scored),
            **{name: score(_of(name, done, record, scored), scored) for name in COMPARATORS},
        },
        ablations={name: score(_with(use, done, record, how, scored), scored) for name, use in ABLATIONS.items()},
        skill=forecasting.estimate_pair(_skill, mine, base, y, cities),
        permutation=forecasting.permutation_p(forecasting.brier, mine, y, smaller_is_better=True),
        permutation_auc=forecasting.permutation_p(forecasting.auc, mine, y, smaller_is_better=False),
        calibration=forecasting.calibration(mine, y),
        decisions=decide_all(scored),
        apart={group: _apart([r for r in results if r.group == group]) for group in ("refused", "ongoing")},
        contracts=contracts,
        settled_only=score(np.array([r.probability for r in scored if r.settled]), [r for r in scored if r.settled]),
        doubtful=_doubtful(again, record, how, scored) if doubtful else None,
    )


def _order(replay: Replay) -> tuple[object, ...]:
    """Names shall not matter, nor their order, nor the wording of an appraisal unless nothing else differs."""
    found = (replay.found.critical, replay.found.high, replay.found.strengths)
    return (replay.decided, replay.profile.industry, *found, replay.appraisal_sha256)


def work(cases: Sequence[Case], *, doubtful: bool) -> int:
    """How often :func:`backtest` reports progress."""
    return (3 if doubtful else 2) * sum(case.fitness == "fit" for case in cases)


def _contracts(
    fit: Sequence[Case],
    done: Sequence[Replay],
    playbook: Playbook,
    paths: int,
    seed: int,
    running: Running,
) -> tuple[tuple[Contract, ...], tuple[Problem, ...]]:
    """The contracts, and what kept that of a case from being simulated."""
    appraised = {r.profile.case for r in done}
    found = illustrative_contracts(playbook, paths, seed, running.threads)
    work = partial(_contract, appraised=appraised, playbook=playbook, paths=paths, seed=seed)
    made = tuple(running.each(work, fit))
    found += tuple(one for one in made if isinstance(one, Contract))
    return found, tuple(problem for one in made if not isinstance(one, Contract) for problem in one)


def _contract(
    case: Case, running: Running, *, appraised: AbstractSet[str], playbook: Playbook, paths: int, seed: int
) -> Contract | tuple[Problem, ...]:
    """The contract of a case, or what kept it from being simulated; nothing of a case that was not appraised."""
    if case.id not in appraised:
        return ()
    try:
        return contract_of_case(case, playbook, paths, seed, running.threads)
    except Exception as error:
        return problems_of(case, error, "contract")


def score(p: Floats, scored: Sequence[CaseResult]) -> Scores:
    """Scores of a forecast of scored cases."""
    y, cities = _y(scored), [r.replay.profile.region for r in scored]
    up, down = np.ceil(y), np.floor(y)
    return Scores(
        forecasting.estimate(forecasting.brier, p, y, cities),
        forecasting.estimate(forecasting.log_score, p, y, cities),
        forecasting.estimate(forecasting.auc, p, y, cities),
        forecasting.brier(p, up) if len(p) else None,
        forecasting.brier(p, down) if len(p) else None,
    )


def _results(done: Sequence[Replay], record: RecordedOutcomes, how: Method) -> tuple[CaseResult, ...]:
    by_case = {p.case: p for p in record.precedents}
    mine = forecast_odds(done, record.precedents, how)
    elsewhere = forecast_odds(done, record.precedents, how, hold_out="city").probability
    base = COMPARATORS["base_rate"](done, record.precedents)
    found = []
    for i, replay in enumerate(done):
        case = replay.profile.case
        label = record.labels.get(case)
        found.append(
            CaseResult(
                replay=replay,
                group=_group(label),
                label=label,
                company=record.companies.get(case),
                probability=float(mine.probability[i]),
                interval=(float(mine.low[i]), float(mine.high[i])),
                parts=tuple(map(float, mine.parts[i])),
                elsewhere=float(elsewhere[i]),
                base_rate=float(base[i]),
                success=by_case[case].success if case in by_case else None,
                settled=case in record.settled,
                unlabelled=record.unlabelled.get(case, ""),
            )
        )
    return tuple(found)


def _of(name: str, done: Sequence[Replay], record: RecordedOutcomes, scored: Sequence[CaseResult]) -> Floats:
    return _pick(COMPARATORS[name](done, record.precedents), done, scored)


def _with(
    use: MethodParts, done: Sequence[Replay], record: RecordedOutcomes, how: Method, scored: Sequence[CaseResult]
) -> Floats:
    return _pick(forecast_odds(done, record.precedents, how, use).probability, done, scored)


def _pick(values: Floats, done: Sequence[Replay], scored: Sequence[CaseResult]) -> Floats:
    place = {replay.profile.case: i for i, replay in enumerate(done)}
    return np.array([values[place[r.replay.profile.case]] for r in scored])


def _doubtful(again: Sequence[Replay], record: RecordedOutcomes, how: Method, scored: Sequence[CaseResult]) -> Scores:
    kept = [r for r in scored if r.replay.profile.case in {x.profile.case for x in again}]
    return score(_pick(forecast_odds(again, record.precedents, how).probability, again, kept), kept)


def _group(label: str | None) -> Group:
    if label is None:
        return "unlabelled"
    return "refused" if label == "refused" else "scored" if label in SUCCESS else "ongoing"


def _apart(cases: Sequence[CaseResult]) -> Apart:
    known = [r for r in cases if r.company in SUCCESS]
    y = np.array([SUCCESS[r.company] for r in known if r.company is not None])
    cities = [r.replay.profile.region for r in known]
    p = np.array([r.probability for r in known])
    return Apart(len(cases), len(known), forecasting.estimate(forecasting.brier, p, y, cities))


def _y(scored: Sequence[CaseResult]) -> Floats:
    return np.array([r.success for r in scored if r.success is not None])


def _skill(mine: Floats, base: Floats, y: Floats) -> float:
    reference = forecasting.brier(base, y)
    return 1.0 - forecasting.brier(mine, y) / reference if reference > 0.0 else float("nan")
