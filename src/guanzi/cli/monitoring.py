"""A signed deal on the screen: what to see first, the test of an instalment, and reports that came in."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import Message, render, said
from guanzi.cli.show import show_json, show_line, show_warnings, tell
from guanzi.cli.speech import say
from guanzi.desk import monitoring, release, reporting
from guanzi.record.playbooks import said as worded
from guanzi.render import document_screen
from guanzi.study.monitoring import ConditionTest, DemandTest, Late

_MARKS = {True: "yes", False: "no", None: "unknown"}


def run_monitor(request: monitoring.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Look at a deal, write its files, print what to see first (or the JSON alone)."""
    result = monitoring.monitor(request)
    page = monitoring.write(result, out, lang)
    if as_json:
        show_json(monitoring.data(result))
        return
    print(document_screen(monitoring.document_of(result), lang))
    print(say("cli.monitor.page", lang, page=str(page)))


def run_release(request: release.Request, lang: str, *, as_json: bool) -> bool:
    """Test an instalment and print the test; True: the sheet lets it be paid and every demand is met."""
    result = release.release(request)
    tested = result.release
    if as_json:
        show_json(release.data(result))
        return tested.clear
    sheet, view = result.watched.sheet, result.watched.view
    amount = say("cli.release.amount_unknown", lang) if tested.amount is None else _money(tested.amount, result, lang)
    tell("cli.release.title", lang, tranche=tested.payout.id, day=view.as_of.isoformat(), amount=amount)
    verdict = "clear" if tested.clear else "demands" if tested.answer == "yes" else tested.answer
    tell(f"cli.release.answer.{verdict}", lang)
    print()
    print(say("cli.release.conditions", lang, sheet=sheet.title or sheet.deal))
    for condition in tested.conditions:
        _condition(condition, lang)
    print(say("cli.release.demands", lang))
    for demand in tested.demands:
        _demand(demand, lang)
    print(say("cli.release.gates", lang, playbook=result.playbook.id))
    for gate in result.gates:
        show_line(render(worded(gate.text), lang))
    _stakes(result, lang)
    return tested.clear


def _condition(condition: ConditionTest, lang: str) -> None:
    mark = say(f"cli.monitor.truth.{_MARKS[condition.holds]}", lang)
    show_line(say("cli.release.condition", lang, mark=mark, words=condition.words))
    if condition.facts:
        show_line(say("cli.release.facts", lang, facts=condition.facts, day=condition.tested.isoformat()), "    ")
    if condition.reported and condition.holds is None:
        show_line(say("cli.release.reported", lang, facts=condition.reported), "    ")
    for late in condition.late if condition.holds is None else ():
        show_line(_late(late, lang), "    ")


def _demand(demand: DemandTest, lang: str) -> None:
    mark = say(f"cli.monitor.truth.{_MARKS[demand.met]}", lang)
    show_line(say("cli.release.condition", lang, mark=mark, words=said(demand.demand.text, lang)))
    for message in demand.open:
        show_line(render(message, lang), "    ")


def _stakes(result: release.Result, lang: str) -> None:
    tested = result.release
    if tested.paid is not None and tested.whole is not None:
        paid, whole = _money(tested.paid, result, lang), _money(tested.whole, result, lang)
        tell("cli.release.paid", lang, paid=paid, whole=whole)
    if result.received is not None:
        tell("cli.release.received", lang, received=_money(result.received, result, lang))
    if not result.losses:
        tell("cli.release.no_losses", lang)
        return
    print(say("cli.release.losses", lang))
    for loss in result.losses:
        median, p95 = (
            say("core.text.unknown", lang) if x is None else _money(x, result, lang) for x in (loss.median, loss.p95)
        )
        params = {
            "day": loss.day.isoformat(),
            "median": median,
            "p95": p95,
            "deal": say(f"cli.release.{loss.form}", lang),
        }
        show_line(say(f"cli.release.{loss.curve}", lang, **params))


def run_template(request: reporting.TemplateRequest, lang: str) -> None:
    """Write the workbook of a quarter and say where it lies."""
    path = reporting.write_template(request)
    print(say("cli.monitor.template", lang, path=str(path)))


def run_import(request: reporting.ImportRequest, lang: str) -> None:
    """Take in a report and say what came of it."""
    result = reporting.import_report(request)
    show_warnings(result.warnings, lang)
    print(say("cli.monitor.imported", lang, n=result.facts, quarter=result.quarter, path=str(result.path)))


def _late(late: Late, lang: str) -> str:
    kind = "cli.monitor.cannot" if late.days else "cli.monitor.not_due"
    return say(kind, lang, what=late.label, end=late.end.isoformat(), days=late.days)


def _money(value: float, result: release.Result, lang: str) -> str:
    sheet = result.watched.sheet
    return render(Message.of_money(sheet.currency, "cli.release.money", amount=value * sheet.unit / 1e6), lang)
