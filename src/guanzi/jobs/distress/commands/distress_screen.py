"""Distress of firms on the screen: how well the estimator does, and scores of firms by a shipped model."""

from __future__ import annotations

import math

from guanzi.base.core import Parameter, render, wrap
from guanzi.console import say
from guanzi.jobs.distress import distress as service
from guanzi.jobs.distress import scores
from guanzi.jobs.shared.show import WIDTH, print_message
from guanzi.study import distress


def show_evaluation(measured: service.Result, lang: str) -> None:
    """Print how well the estimator does on a labelled file."""
    result, leaks, table = measured.found, measured.leaks, measured.table
    print_message("cli.distress.rows", lang, file=table.file, rows=result.n, failures=result.positives)
    if result.folds:
        print_message("cli.distress.by_folds", lang, folds=result.folds, repeats=result.repeats)
    else:
        print_message("cli.distress.apart", lang, rows=result.train_n, failures=result.train_positives)
    _figure("roc_auc", result.auc, lang)
    _figure("average_precision", result.precision, lang)
    for part in (result.at_training, result.at_stated):
        if part is not None:
            kind = "stated" if part.stated else "training"
            print_message(f"cli.distress.rate.{kind}", lang, rate=part.rate, mean=part.mean)
            for name in ("brier", "brier_skill", "ece"):
                _figure(name, getattr(part, name), lang)
            print_message("cli.distress.calibration_p", lang, p=f"{part.p:.3f}")
    if result.lacking:
        print_message("cli.distress.lacking", lang, columns=result.lacking)
    if result.shared:
        print_message("cli.distress.shared", lang, rows=result.shared)
    if table.unlabelled:
        print_message("cli.distress.unlabelled", lang, rows=table.unlabelled)
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


def show_scores(result: scores.Result, lang: str) -> None:
    """Print the scores of the firms of a file, and what each rests on."""
    _title(result.card, result.request.base_rate, result.request.horizon, lang)
    for firm, one in result.firms:
        _print_score(firm, one, result.card, lang)


def show_case(result: scores.CompanyScores, lang: str) -> None:
    """Print the score of the company of a case by the model that was known then, beside the classical scores."""
    view, found = result.view, result.found
    for one in result.classical:
        zone = say(f"cli.distress.zone.{one.zone or 'none'}", lang)
        value = "–" if one.value is None else f"{one.value:.2f}"
        print(say("cli.distress.classical", lang, score=say(f"cli.distress.{one.id}", lang), value=value, zone=zone))
    if found is None:
        print(say("cli.distress.case.none", lang, day=view.as_of.isoformat()))
        return
    _title(found.card, result.request.base_rate, result.request.horizon, lang)
    _print_score(f"{view.id} {found.statement.closing}", found.scored, found.card, lang)
    for limit in found.card.warnings:
        print("\n".join(wrap(render(limit, lang), WIDTH, indent="    ", first="  · ")))


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


def show_models(cards: tuple[distress.Card, ...], lang: str) -> None:
    """Print the cards of the shipped models."""
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


def _set(one: distress.Scored, lang: str) -> str:
    kind = {(True, True): "both", (True, False): "fails", (False, True): "survives", (False, False): "neither"}
    return say(f"cli.distress.set.{kind[one.may_fail, one.may_survive]}", lang)
