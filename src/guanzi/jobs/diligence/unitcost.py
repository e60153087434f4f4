"""Unit costs: break-even, cost and margin of one unit, with what sources dispute and what moves the result."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest, render
from guanzi.intake.inputs import InputFile, read_inputs
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import open_case
from guanzi.study import unitcost


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        model: Name of a cost model.
        source: File, shipped example or case; None: the shipped example of the model.
        as_of: Leave out what was known only later; of a case the decision date counts by default.
        run: Its seed is that of the draws.
    """

    model: str
    source: str | None = None
    as_of: date | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Result:
    """What is held of each input, the analysis (None: inputs are missing), and the file (None: of a case)."""

    prepared: unitcost.PreparedInputs
    analysis: unitcost.Analysis | None
    file: InputFile | None


def analyse_cost(request: Request) -> Result:
    """Say what a cost model says of a file or of the facts of a case.

    Raises:
        InvalidInput: There is no such model, example or case, or the file has errors.
    """
    model = find_model(request.model)
    prepared, file = _prepared(model, request.source or request.model, request.as_of)
    if prepared.missing:
        return Result(prepared, None, file)
    return Result(prepared, unitcost.analyse(model, prepared.spreads, prepared.currency, request.run.seed), file)


def find_model(name: str) -> unitcost.CostModel:
    """A cost model by its name.

    Raises:
        InvalidInput: There is none; the nearest name is proposed.
    """
    found = unitcost.MODELS.get(name)
    if found is None:
        near = nearest(name, unitcost.MODELS)
        fix = Message.of("desk.unitcost.models", models=(near,) if near else tuple(unitcost.MODELS))
        raise InvalidInput(Problem(Message.of("desk.unitcost.no_model", name=name), Place("MODEL"), fix, excerpt=name))
    return found


def _prepared(
    model: unitcost.CostModel, text: str, as_of: date | None
) -> tuple[unitcost.PreparedInputs, InputFile | None]:
    path = Path(text)
    if path.is_file():
        file = read_inputs(path, text, as_of)
        return unitcost.prepare(model, file), file
    shipped = files("guanzi.library").joinpath("unitcost", f"{text}.yaml")
    if shipped.is_file():
        with as_file(shipped) as place:
            file = read_inputs(place, f"{text}.yaml", as_of)
        return unitcost.prepare(model, file), file
    if text == model.id:
        cause = Message.of("desk.unitcost.no_example", model=model.title)
        fix = Message.of("desk.unitcost.no_example.mend", model=model.id)
        raise InvalidInput(Problem(cause, Place("FILE|CASE"), fix))
    case = open_case(text)
    return unitcost.prepare_case(model, case.view(as_of or case.decision_date)), None


def data(result: Result, lang: str) -> dict[str, Any]:
    """The analysis as plain data, with reasons in a language."""
    prepared, analysis, file = result.prepared, result.analysis, result.file
    return {
        "model": prepared.model.id,
        "currency": prepared.currency,
        "inputs": [_plain_held(held, lang) for held in prepared.held],
        "missing": list(prepared.missing),
        "results": [
            {
                "name": o.name,
                "unit": o.unit,
                "quantiles": [_plain_quantile(q) for q in o.quantiles],
                "never": o.never,
                "beyond": o.beyond,
            }
            for o in (analysis.outcomes if analysis else ())
        ],
        "tornado_of": analysis.tornado_of if analysis else None,
        "tornado": [
            {
                "input": b.name,
                "low": b.low,
                "high": b.high,
                "at_low": _finite(b.at_low),
                "at_high": _finite(b.at_high),
                "disputed": b.disputed,
            }
            for b in (analysis.tornado if analysis else ())
        ],
        "published": [
            {"result": s.name, "value": list(s.numbers), "unit": s.unit, "publisher": s.source and s.source.publisher}
            for s in (file.published if file else ())
        ],
        "draws": analysis.draws if analysis else 0,
    }


def _plain_held(held: unitcost.HeldInput, lang: str) -> dict[str, Any]:
    return {
        "input": held.name,
        "shape": unitcost.shape_of(held.spread),
        "ends": list(held.spread.ends),
        "conflict": held.conflict,
        "statements": [
            {
                "ends": list(s.spread.ends),
                "publisher": s.source and s.source.publisher,
                "title": s.source and s.source.title,
                "date": s.source and s.source.date and s.source.date.isoformat(),
                "grade": s.source and s.source.grade,
                "reason": render(s.reason, lang) if isinstance(s.reason, Message) else s.reason,
                "facts": list(s.facts),
            }
            for s in held.statements
        ],
    }


def _plain_quantile(q: unitcost.Quantile) -> dict[str, float | None]:
    return {"level": q.level, "value": _finite(q.value), "low": _finite(q.low), "high": _finite(q.high)}


def _finite(value: float) -> float | None:
    """The value; None stands for a volume that does not exist."""
    return value if math.isfinite(value) else None
