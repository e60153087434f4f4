"""Distress of firms: how well the estimator does on a labelled file; scores of firms by a shipped model."""

from __future__ import annotations

import math
import os
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, Progress, dump_json, render, wrap
from guanzi.cli.speech import say
from guanzi.intake.panel import Panel, parse_where, read_panel
from guanzi.record.evidence import find_case, load_case
from guanzi.study import distress
from guanzi.study.diligence import distress_scores

WIDTH = 100
DIGITS = 6


def evaluate_distress(
    file: Path,
    train: Path | None,
    where: str | None,
    train_where: str | None,
    label: str,
    firm: str | None,
    folds: int,
    repeats: int,
    base_rate: float | None,
    seed: int,
    threads: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """Measure the estimator on a labelled file and print the figures.

    Args:
        file: Parquet or CSV with labels.
        train: File to learn from; None: the same file, by folds, or by ``train_where``.
        where: Which rows are judged.
        train_where: Which rows are learnt from; with it nothing is learnt by folds.
        label: Column of the label.
        firm: Column that names the firm; None: one of the usual names.
        folds: Most folds.
        repeats: How often the firms are dealt into folds.
        base_rate: Stated share of failures.
        seed: Key of the random numbers.
        threads: Threads; None: one a processor.
        lang: Language.
        as_json: Print JSON alone.
    """
    _check_rate(base_rate)
    workers = threads or os.cpu_count() or 1
    panel = read_panel(file)
    test = distress.labelled(_chosen(panel, where, "--where"), label, firm)
    if train is None and train_where is None:
        with Progress(Message.of("cli.progress.folds"), folds * repeats, lang=lang) as progress:
            result = distress.evaluate_folds(test, folds, repeats, base_rate, seed, workers, progress.advance)
        leaks = distress.audit(test)
    else:
        source = panel if train is None else read_panel(train)
        learnt = distress.labelled(_chosen(source, train_where, "--train-where"), label, firm)
        shared = distress.shared_rows(learnt, test)
        result = distress.evaluate_apart(learnt, test, base_rate, seed, workers, shared)
        leaks = distress.audit(test, learnt)
    if as_json:
        print(dump_json(_document(result, leaks, test, lang)), end="")
    else:
        _show(result, leaks, test, lang)


def _check_rate(base_rate: float | None) -> None:
    if base_rate is not None and not 0 < base_rate < 1:
        cause, mend = Message.of("cli.distress.base_rate", rate=base_rate), Message.of("cli.distress.base_rate.mend")
        raise InvalidInput(Problem(cause, Place("--base-rate"), mend))


def _chosen(panel: Panel, where: str | None, option: str) -> Panel:
    return panel if where is None else parse_where(where, option).rows(panel)


def _document(
    result: distress.Evaluation, leaks: tuple[distress.Leak, ...], table: distress.Table, lang: str
) -> dict[str, Any]:
    main = result.at_stated or result.at_training
    out: dict[str, Any] = {
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
    return out


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


def _show(result: distress.Evaluation, leaks: tuple[distress.Leak, ...], table: distress.Table, lang: str) -> None:
    def tell(id: str, **params: Parameter) -> None:
        print("\n".join(wrap(say(id, lang, **params), WIDTH)))

    tell("cli.distress.rows", file=table.file, rows=result.n, failures=result.positives)
    if result.folds:
        tell("cli.distress.by_folds", folds=result.folds, repeats=result.repeats)
    else:
        tell("cli.distress.apart", rows=result.train_n, failures=result.train_positives)
    _figure("roc_auc", result.auc, lang)
    _figure("average_precision", result.precision, lang)
    for part in (result.at_training, result.at_stated):
        if part is not None:
            kind = "stated" if part.stated else "training"
            tell(f"cli.distress.rate.{kind}", rate=part.rate, mean=part.mean)
            for name in ("brier", "brier_skill", "ece"):
                _figure(name, getattr(part, name), lang)
            tell("cli.distress.calibration_p", p=f"{part.p:.3f}")
    if result.lacking:
        tell("cli.distress.lacking", columns=result.lacking)
    if result.shared:
        tell("cli.distress.shared", rows=result.shared)
    if table.unlabelled:
        tell("cli.distress.unlabelled", rows=table.unlabelled)
    for leak in leaks:
        line = render(leak.message, lang)
        print("\n".join(wrap(line, WIDTH, indent="    ", first="  " + ("! " if leak.serious else "· "))))


def _figure(name: str, measured: distress.Measured, lang: str) -> None:
    if not math.isfinite(measured.value):
        print("  " + say("cli.distress.undefined", lang, what=say(f"cli.distress.{name}", lang)))
        return
    low, high = measured.interval
    shown = {"what": say(f"cli.distress.{name}", lang), "value": f"{measured.value:.4f}"}
    if math.isfinite(low):
        print("  " + say("cli.distress.figure", lang, **shown, low=f"{low:.4f}", high=f"{high:.4f}"))
    else:
        print("  " + say("cli.distress.figure_alone", lang, **shown))


def score_firms(
    file: Path,
    model: str | None,
    where: str | None,
    firm: str | None,
    base_rate: float | None,
    horizon: int | None,
    as_of: date | None,
    lang: str,
    as_json: bool,
) -> None:
    """Score the firms of a file and print what each score rests on.

    Args:
        file: Parquet or CSV, one statement a row.
        model: Name of a shipped model; None: that with the youngest data which fits the columns and the day.
        where: Which rows are scored.
        firm: Column that names the firm.
        base_rate: Stated share of failures within the horizon.
        horizon: Years; None: those of the model.
        as_of: Models whose data could first be held later are not used.
        lang: Language.
        as_json: Print JSON alone.
    """
    _check_rate(base_rate)
    table = distress.unlabelled(_chosen(read_panel(file), where, "--where"), firm)
    fitted, card = distress.load_model(model or _fitting(table, as_of))
    if as_of is not None and card.known_on > as_of:
        cause = Message.of("cli.distress.too_young", model=card.id, day=card.known_on.isoformat())
        raise InvalidInput(Problem(cause, Place("--model"), Message.of("cli.distress.too_young.mend")))
    scored = distress.score(fitted, card, table.aligned(card.columns), base_rate, horizon)
    rows = [{"firm": _firm(table, i), **_scored(one)} for i, one in enumerate(scored)]
    if as_json:
        about = {**_about(card, horizon), "base_rate": base_rate, "firms": rows}
        print(dump_json(about), end="")
        return
    _title(card, base_rate, horizon, lang)
    for row, one in zip(rows, scored, strict=True):
        _print_score(row["firm"], one, card, lang)


def score_one_case(
    text: str, as_of: date | None, base_rate: float | None, horizon: int | None, lang: str, as_json: bool
) -> None:
    """Score the company of a case with the model that was known then, beside the classical scores."""
    _check_rate(base_rate)
    case = load_case(find_case(text))
    view = case.view(as_of or case.decision_date)
    found = distress.score_case(view, base_rate, horizon)
    classical = distress_scores(view)
    if as_json:
        data: dict[str, Any] = {
            "case": view.id,
            "as_of": view.as_of.isoformat(),
            "classical": {s.id: {"value": s.value, "zone": s.zone, "missing": list(s.missing)} for s in classical},
            "ours": None,
        }
        if found is not None:
            held = {"closing": found.statement.closing, "facts": list(found.statement.facts)}
            data["ours"] = {**_about(found.card, horizon), "base_rate": base_rate, **held, **_scored(found.scored)}
        print(dump_json(data), end="")
        return
    for one in classical:
        zone = say(f"cli.distress.zone.{one.zone or 'none'}", lang)
        value = "–" if one.value is None else f"{one.value:.2f}"
        print(say("cli.distress.classical", lang, score=say(f"cli.distress.{one.id}", lang), value=value, zone=zone))
    if found is None:
        print(say("cli.distress.case.none", lang, day=view.as_of.isoformat()))
        return
    _title(found.card, base_rate, horizon, lang)
    _print_score(f"{view.id} {found.statement.closing}", found.scored, found.card, lang)
    for limit in found.card.warnings:
        print("\n".join(wrap(render(limit, lang), WIDTH, indent="    ", first="  · ")))


def _about(card: distress.Card, horizon: int | None) -> dict[str, Any]:
    return {"model": card.id, "known_on": card.known_on.isoformat(), "horizon": horizon or card.horizon}


def _title(card: distress.Card, base_rate: float | None, horizon: int | None, lang: str) -> None:
    years = horizon or card.horizon
    rate = base_rate
    if rate is None:
        rate = float(distress.at_horizon(card.training_rate, card.horizon, years))
    title = "cli.distress.scored.training" if base_rate is None else "cli.distress.scored.stated"
    print(say(title, lang, model=card.id, day=card.known_on.isoformat(), years=years, rate=rate))


def _print_score(firm: str, one: distress.Scored, card: distress.Card, lang: str) -> None:
    low, high = one.interval
    shown: dict[str, Parameter] = {"firm": firm, "held": one.held, "of": len(card.columns), "set": _set(one, lang)}
    print(say("cli.distress.score", lang, **shown, probability=one.probability, low=low, high=high))
    for part in one.parts:
        value = say("cli.distress.no_value", lang) if part.value is None else f"{part.value:.3g}"
        line = say("cli.distress.part", lang, column=part.column, value=value, odds=f"{part.log_odds:+.2f}")
        print(f"    {line}")


def list_models(lang: str, as_json: bool) -> None:
    """Print the cards of the shipped models."""
    cards = distress.model_cards()
    if as_json:
        print(dump_json([card.model_dump(mode="json") for card in cards]), end="")
        return
    for card in cards:
        low, high = card.metrics.roc_auc_interval
        day, rows, failures = card.known_on.isoformat(), card.data.rows, card.data.failures
        counts = say("cli.distress.model.data", lang, day=day, rows=rows, failures=failures)
        print(say("cli.distress.model", lang, model=card.id, label=card.label, years=card.horizon))
        print(f"  {counts}")
        area = {"value": f"{card.metrics.roc_auc:.3f}", "low": f"{low:.3f}", "high": f"{high:.3f}"}
        print("  " + say("cli.distress.figure", lang, what=say("cli.distress.roc_auc", lang), **area))
        for limit in card.warnings:
            print("\n".join(wrap(render(limit, lang), WIDTH, indent="    ", first="  · ")))


def _fitting(table: distress.Table, as_of: date | None) -> str:
    held = [name for i, name in enumerate(table.names) if not all(map(math.isnan, table.values[:, i]))]
    card = distress.model_known_on(as_of or date.max, held)
    if card is None:
        cause, mend = Message.of("cli.distress.no_fitting"), Message.of("cli.distress.no_fitting.mend")
        raise InvalidInput(Problem(cause, Place(table.file), mend))
    return card.id


def _firm(table: distress.Table, row: int) -> str:
    name = None if table.firms is None else table.firms[row]
    year = math.nan if table.years is None else float(table.years[row])
    parts = [str(name) if name is not None else f"#{row + 1}", f"{year:g}" if math.isfinite(year) else ""]
    return " ".join(part for part in parts if part)


def _set(one: distress.Scored, lang: str) -> str:
    kind = {(True, True): "both", (True, False): "fails", (False, True): "survives", (False, False): "neither"}
    return say(f"cli.distress.set.{kind[one.may_fail, one.may_survive]}", lang)


def _scored(one: distress.Scored) -> dict[str, Any]:
    return {
        "probability": _number(one.probability),
        "interval": [_number(end) for end in one.interval],
        "may_fail": one.may_fail,
        "may_survive": one.may_survive,
        "columns_held": one.held,
        "parts": [
            {
                "column": part.column,
                "value": None if part.value is None else float(f"{part.value:.6g}"),
                "log_odds": _number(part.log_odds),
            }
            for part in one.parts
        ],
    }
