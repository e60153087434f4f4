"""Distress of firms: how well the estimator does on a labelled file."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.intake.panel import Panel, parse_where, read_panel
from guanzi.jobs.distress.declared import DistressRequest
from guanzi.study import distress

DIGITS = 6


Request = DistressRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The figures, what the audit of the table found, and the table."""

    found: distress.FailureEvaluation
    leaks: tuple[distress.Leak, ...]
    table: distress.FirmTable


def evaluate(request: Request) -> Result:
    """Measure the estimator on a labelled file.

    Raises:
        InvalidInput: A file, a column or a rate is none.
    """
    check_rate(request.base_rate)
    rows, run = request.rows, request.run
    workers = run.threads or os.cpu_count() or 1
    panel = read_panel(rows.file)
    test = distress.read_labelled(chosen(panel, rows.where, "--where"), request.label, rows.firm)
    if request.train is None and request.train_where is None:
        with run.working("folds", request.folds * request.repeats) as advance:
            found = distress.evaluate_folds(
                test, distress.Deals(request.folds, request.repeats, run.seed), request.base_rate, workers, advance
            )
        return Result(found, tuple(distress.audit(test)), test)
    source = panel if request.train is None else read_panel(request.train)
    learnt = distress.read_labelled(chosen(source, request.train_where, "--train-where"), request.label, rows.firm)
    shared = distress.shared_rows(learnt, test)
    found = distress.evaluate_apart(learnt, test, request.base_rate, run.seed, workers, shared)
    return Result(found, tuple(distress.audit(test, learnt)), test)


def data(measured: Result, lang: str) -> dict[str, Any]:
    """The figures as plain data, with the findings of the audit in a language."""
    result, leaks, table = measured.found, measured.leaks, measured.table
    main = result.at_stated or result.at_training
    return {
        "roc_auc": _number(result.auc.value),
        "roc_auc_interval": _interval(result.auc),
        "roc_auc_pooled": _number(result.pooled_auc),
        "average_precision": _number(result.precision.value),
        "average_precision_interval": _interval(result.precision),
        **_calibration(main),
        "n": result.n,
        "positives": result.positives,
        "at_training_rate": _calibration(result.at_training),
        "at_base_rate": None if result.at_stated is None else _calibration(result.at_stated),
        "train": {"n": result.train_n, "positives": result.train_positives, "left_out_shared": result.shared},
        "folds": result.folds,
        "repeats": result.repeats,
        "columns": list(result.columns),
        "columns_lacking": list(result.lacking),
        "columns_left_out": list(table.left_out),
        "rows_without_label": table.unlabelled,
        "audit": [
            {"kind": k.kind, "serious": k.serious, "columns": list(k.columns), "text": render(k.message, lang)}
            for k in leaks
        ],
        "interval_level": 0.95,
    }


def check_rate(base_rate: float | None) -> None:
    """Refuse a share of failures that is none.

    Raises:
        InvalidInput: It is not between 0 and 1.
    """
    if base_rate is not None and not 0 < base_rate < 1:
        cause, fix = Message.of("desk.distress.base_rate", rate=base_rate), Message.of("desk.distress.base_rate.mend")
        raise InvalidInput(Problem(cause, Place("--base-rate"), fix))


def chosen(panel: Panel, where: str | None, option: str) -> Panel:
    """The rows of a panel that a condition names; the option is named in refusals."""
    return panel if where is None else parse_where(where, option).rows(panel)


def _calibration(part: distress.Calibration) -> dict[str, Any]:
    return {
        "brier": _number(part.brier.value),
        "brier_interval": _interval(part.brier),
        "brier_skill": _number(part.brier_skill.value),
        "brier_skill_interval": _interval(part.brier_skill),
        "ece": _number(part.ece.value),
        "ece_interval": _interval(part.ece),
        "calibration_p": _number(part.p),
        "rate": _number(part.rate),
        "rate_stated": part.stated,
        "mean_probability": _number(part.mean),
    }


def _number(value: float) -> float | None:
    return round(value, DIGITS) if math.isfinite(value) else None


def _interval(measured: distress.Measured) -> list[float | None]:
    return [_number(end) for end in measured.interval]
