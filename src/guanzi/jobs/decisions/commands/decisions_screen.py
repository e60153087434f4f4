"""Decisions on the command line: what was entered, how it stands today, and what was forgotten."""

from __future__ import annotations

from guanzi.console import say
from guanzi.jobs.decisions import decisions, erasure, standing
from guanzi.jobs.decisions.commands.ledger_screen import decision_word, indented, show_people
from guanzi.jobs.shared.show import print_message, show_json

SHOWN = 12
"""Lines of one kind that are printed; ``--json`` has them all."""


def show_recorded(request: decisions.Request, lang: str, *, as_json: bool) -> None:
    """Record a decision, and say what it rests on."""
    recorded = decisions.decide(request)
    if as_json:
        show_json(decisions.data(recorded))
        return
    entry = recorded.entry
    if recorded.computed:
        print_message("ledger.said.computed", lang, folder=str(recorded.folder))
    words = {"decision": decision_word(entry.decision, lang), "case": entry.case, "as_of": entry.as_of}
    print_message("ledger.said.recorded", lang, entry=str(recorded.seq), ledger=recorded.ledger, **words)
    if entry.decision != entry.appraisal.advice:
        print_message("ledger.said.against", lang, advice=say(f"cli.advice.{entry.appraisal.advice}", lang))
    print(say("ledger.said.rests_on", lang, hash=entry.appraisal.sha256))
    print(say("ledger.said.checkpoint", lang))
    print(indented(recorded.note))


def show_standing(request: standing.Request, lang: str, *, as_json: bool) -> None:
    """Say what was decided on a case, and what is new since."""
    shown = standing.show(request)
    if as_json:
        show_json(standing.data(shown))
        return
    if not shown.decisions:
        print_message("ledger.said.none", lang, case=shown.case, ledger=shown.ledger)
    for n, decision in enumerate(shown.decisions):
        if n:
            print()
        _show_decision(decision, lang)


def _show_decision(decision: standing.DecisionStanding, lang: str) -> None:
    body = decision.body
    words = {"decision": decision_word(body.decision, lang), "case": body.case, "day": body.decided_on}
    print_message("ledger.said.decision", lang, entry=str(decision.seq), as_of=body.as_of, **words)
    if decision.replaced_by is not None:
        print_message("ledger.said.replaced", lang, entry=str(decision.replaced_by))
    if decision.against_advice:
        print_message("ledger.said.against", lang, advice=say(f"cli.advice.{body.appraisal.advice}", lang))
    show_people(body.dissent is not None, [vote.vote for vote in body.votes], decision.opened, lang)
    for name in decision.changed[:SHOWN]:
        print_message("ledger.said.changed", lang, name=name)
    counting = [new for new in decision.new if new.counts]
    if counting:
        print(say("ledger.said.new_since", lang, n=len(counting)))
        for new in counting[:SHOWN]:
            kind = say(f"ledger.said.kind.{new.kind}", lang)
            print("  " + say("ledger.said.new", lang, day=new.known_on.isoformat(), kind=kind, id=new.id))
        if len(counting) > SHOWN:
            print("  " + say("ledger.said.more", lang, n=len(counting) - SHOWN))
    if rest := len(decision.new) - len(counting):
        print_message("ledger.said.new_unused", lang, n=rest)
    print_message("ledger.said.older" if decision.older_evidence else "ledger.said.current", lang, as_of=body.as_of)
    if decision.advice_now is not None:
        then, now = (say(f"cli.advice.{a}", lang) for a in (body.appraisal.advice, decision.advice_now))
        print_message(
            "ledger.said.same_advice" if then == now else "ledger.said.other_advice", lang, then=then, now=now
        )


def show_erased(request: erasure.Request, lang: str, *, as_json: bool) -> None:
    """Forget, and say what is left."""
    done = erasure.erase(request)
    if as_json:
        show_json(erasure.data(done))
        return
    for told in done.erased:
        print_message("ledger.said.now_forgotten", lang, name=f"{told.entry}.{told.what}", entry=str(done.seq))
    for name in done.left:
        print_message("ledger.said.name_left", lang, name=name)
    print_message("ledger.said.copies", lang)
