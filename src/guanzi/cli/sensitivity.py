"""Which assumption moves the result, and which fact turns the advice."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.table import Table

from guanzi.advice.appraisal import Appraisal, TurningFact, appraise, facts_in_use, turning_facts
from guanzi.base.core import Message, Progress, dump_json, render
from guanzi.cli.speech import say
from guanzi.record.evidence import Case, find_case, load_case
from guanzi.record.playbooks import load_playbook

SHOWN = 12
FACT_PATHS = 2_000


def show_sensitivity(
    text: str, as_of: date | None, playbook: str, paths: int, seed: int, facts: bool, lang: str, as_json: bool
) -> None:
    """Print the assumptions by their share, and with ``facts`` the facts that turn the advice.

    Args:
        text: Name or folder of a case.
        as_of: Knowledge date; None: the decision date.
        playbook: Name of the playbook.
        paths: Number of paths.
        seed: Key of the random numbers.
        facts: Also move each fact alone; takes a minute or two.
        lang: Language.
        as_json: Print JSON alone.
    """
    case = load_case(find_case(text))
    with Progress(Message.of("cli.progress.paths"), paths, lang=lang) as progress:
        appraisal = appraise(case, as_of, playbook, paths, seed, progress=progress.advance)
    turned = _turned(case, appraisal, as_of, playbook, seed, lang) if facts else None
    if as_json:
        data = {"sensitivity": appraisal.model_dump(mode="json")["sensitivity"]}
        if turned is not None:
            data["facts"] = [
                {"fact": t.fact, "change": t.change.as_dict(), "becomes": t.becomes, "near": t.near} for t in turned
            ]
        print(dump_json(data), end="")
        return
    _print_assumptions(appraisal, lang)
    if turned is not None:
        print()
        print(say("cli.sensitivity.facts" if turned else "cli.sensitivity.no_facts", lang))
        for t in turned:
            advice = say(f"cli.advice.{t.becomes}", lang)
            print("  " + say("cli.sensitivity.fact", lang, fact=t.fact, change=t.change, advice=advice))


def _turned(
    case: Case, appraisal: Appraisal, as_of: date | None, playbook: str, seed: int, lang: str
) -> tuple[TurningFact, ...]:
    method = load_playbook(playbook)
    view = case.view(as_of or case.decision_date)
    with Progress(Message.of("cli.progress.facts"), len(facts_in_use(appraisal, view)), lang=lang) as progress:
        return turning_facts(case, as_of, method, FACT_PATHS, seed, progress.advance)


def _print_assumptions(appraisal: Appraisal, lang: str) -> None:
    swings = appraisal.sensitivity
    if swings is None:
        print(say("cli.sensitivity.none", lang))
        return
    print(render(swings.sentence.model_dump(), lang))
    if not any(s.total > 0.0 for s in swings.swings):
        return
    table = Table(box=None, pad_edge=False)
    asked = swings.result.id.rpartition(".")[2]
    for name in ("assumption", "share", "low", "high"):
        end = f".{asked}" if name in ("low", "high") else ""
        head = say(f"cli.sensitivity.{name}{end}", lang)
        table.add_column(head, justify="left" if name == "assumption" else "right")
    for s in swings.swings[:SHOWN]:
        ends = [say("cli.sensitivity.percent", lang, value=v) if v is not None else "" for v in (s.at_low, s.at_high)]
        share = say("cli.sensitivity.percent", lang, value=s.total)
        table.add_row(render(s.label.model_dump(), lang), share, *ends)
    Console().print(table)
