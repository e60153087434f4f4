"""The backtest as JSON: the same bytes for the same library, method, paths and seed; no times, no paths of files."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from guanzi.advice.backtest.backtest import Backtest, CaseResult, Scores
from guanzi.advice.backtest.contract import contract_data
from guanzi.advice.backtest.limits import limits
from guanzi.base.core import Message, Problem, dump_json, render
from guanzi.study.forecasting import Bin, BootstrapEstimate

FOLDERS = ("facts", "terms", "outcome")


def backtest_json(result: Backtest) -> str:
    """Sorted keys, two spaces of indentation, one line feed at the end."""
    return dump_json(backtest_data(result))


def backtest_data(result: Backtest) -> dict[str, Any]:
    """The backtest as plain data; measures at the top are those of the method, intervals beside them."""
    mine, base = result.scores["method"], result.scores["base_rate"]
    return {
        "scored": sum(r.group == "scored" for r in result.cases),
        "unfit": len(result.unfit),
        "unfit_cases": [{"case": case, "because": because} for case, because in result.unfit],
        "not_appraised": [_problem(p) for p in result.problems],
        "brier": mine.brier.value,
        "brier_interval": _interval(mine.brier),
        "brier_base_rate": base.brier.value,
        "brier_base_rate_interval": _interval(base.brier),
        "brier_skill": result.skill.value,
        "brier_skill_interval": _interval(result.skill),
        "auc": mine.auc.value,
        "auc_interval": _interval(mine.auc),
        "log_score": mine.log_score.value,
        "log_score_interval": _interval(mine.log_score),
        "permutation_p": result.permutation,
        "permutation_p_auc": result.permutation_auc,
        "frozen_sha256": result.frozen_sha256,
        "method_sha256": result.method.sha256,
        "scores": {name: _scores(scores) for name, scores in result.scores.items()},
        "ablations": {name: _scores(scores) for name, scores in result.ablations.items()},
        "settled_only": _scores(result.settled_only),
        "with_doubtful_facts": None if result.doubtful is None else _scores(result.doubtful),
        "calibration": [_bin(b) for b in result.calibration],
        "decisions": {
            name: {
                "yes": d.yes,
                "value": d.value,
                "value_per_bet": d.per_bet.value,
                "value_per_bet_interval": _interval(d.per_bet),
                "value_if_failure_costs_double": d.double,
                "failures_backed": d.failures_backed,
                "successes_missed": d.successes_missed,
            }
            for name, d in result.decisions.items()
        },
        "apart": {
            group: {
                "n": a.n,
                "company_known": a.known,
                "brier": a.brier.value,
                "brier_interval": _interval(a.brier),
            }
            for group, a in result.apart.items()
        },
        "limits": [message.id for message in limits(result)],
        "contracts": [contract_data(c) for c in result.contracts],
        "cases": [_case(r) for r in result.cases],
    }


def _case(r: CaseResult) -> dict[str, Any]:
    missing = r.unlabelled or render(Message.of("backtest.label.missing"), "en")
    return {
        **({"unlabelled_because": missing} if r.group == "unlabelled" else {}),
        "case": r.replay.profile.case,
        "group": r.group,
        "label": r.label,
        "company": r.company,
        "success": r.success,
        "settled": r.settled,
        "advice": r.replay.advice,
        "advice_without_terms": r.replay.bare_advice,
        "probability": r.probability,
        "probability_interval": list(r.interval),
        "probability_elsewhere": r.elsewhere,
        "base_rate": r.base_rate,
        "survival": r.replay.survival,
        "critical_risks": r.replay.found.critical,
        "high_risks": r.replay.found.high,
        "strengths": r.replay.found.strengths,
        "answered": r.replay.answered,
        "distress": r.replay.distress,
        "has_sold": r.replay.has_sold,
        "simulated": r.replay.simulated,
        "missed": r.missed,
        "appraisal_sha256": r.replay.appraisal_sha256,
    }


def _scores(s: Scores) -> dict[str, Any]:
    return {
        "brier": s.brier.value,
        "brier_interval": _interval(s.brier),
        "log_score": s.log_score.value,
        "log_score_interval": _interval(s.log_score),
        "auc": s.auc.value,
        "auc_interval": _interval(s.auc),
        "brier_if_partial_succeeds": s.brier_if_partial_succeeds,
        "brier_if_partial_fails": s.brier_if_partial_fails,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"cause": problem.cause.as_dict(), "file": _file(problem.place.file)}


def _file(name: str) -> str:
    """Where a problem stands, from the folder of the case on: the rest belongs to one machine."""
    parts = PurePath(name).parts
    inside = 3 if len(parts) > 2 and parts[-2] in FOLDERS else 2
    return "/".join(parts[-inside:])


def _bin(b: Bin) -> dict[str, Any]:
    return {"low": b.low, "high": b.high, "n": b.n, "mean": b.mean, "successes": b.successes}


def _interval(e: BootstrapEstimate) -> list[float | None]:
    return [e.low, e.high]
