"""The command that turns research notes into a case folder."""

from __future__ import annotations

from guanzi.base.core import render
from guanzi.console import say
from guanzi.jobs.evidence import notes
from guanzi.jobs.shared.show import show_json

SHOWN = 12
"""Lines of one kind that the command prints; the file of remarks has them all."""


def import_research_notes(request: notes.Request, as_json: bool) -> None:
    """Make a case folder of research notes, and say what was left out and what is left to do."""
    made, lang = notes.make_case(request), request.lang
    if as_json:
        show_json(notes.data(made, lang))
        return
    imported, case, shown = made.imported, made.case, made.shown
    doubts, open_names = made.doubts, made.proposals
    print(say("cli.notes.imported", lang, folder=shown, facts=len(case.facts), doubtful=len(doubts)))
    left_out = [r for r in imported.remarks if r.kind == "left_out"]
    _list("cli.notes.left_out", [f"{request.notes}:{r.line}: {render(r.text, lang)}" for r in left_out], lang)
    due = sum(r.text.id == "evidence.notes.remark.due_later" for r in imported.remarks)
    if due:
        print(say("cli.notes.due", lang, n=due))
    _list("cli.notes.accepted", [f"{old} → {new}" for old, new in imported.accepted], lang)
    near = [f"{p.fact.name} → {p.near.name}  ({p.fact.id})" for p in open_names if p.near is not None]
    _list("cli.notes.near", near, lang)
    if unknown := len(open_names) - len(near):
        print(say("cli.notes.unknown", lang, n=unknown))
    if one_step := sum(d.one_step for d in doubts):
        print(say("cli.notes.one_step", lang, n=one_step))
    if imported.unlabelled is not None:
        print(say("cli.notes.unlabelled", lang, why=imported.unlabelled))
    else:
        print(say("cli.notes.label", lang, label=imported.label, decision=say(f"cli.cases.{case.decision}", lang)))
    left = {"unmapped": imported.count("unmapped"), "n": len(imported.remarks)}
    print(say("cli.notes.left", lang, file=f"{shown}/NOTES.md", **left))
    print(say("cli.notes.next", lang, folder=shown))


def _list(id: str, lines: list[str], lang: str) -> None:
    if not lines:
        return
    print(say(id, lang, n=len(lines)))
    for line in lines[:SHOWN]:
        print(f"  {line}")
    if len(lines) > SHOWN:
        print("  " + say("cli.notes.more", lang, n=len(lines) - SHOWN))
