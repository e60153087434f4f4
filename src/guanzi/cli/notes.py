"""The command that turns research notes into a case folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guanzi.base.core import dump_json, render
from guanzi.cli.speech import say
from guanzi.intake.notes import Imported, doubtful_facts, import_notes, proposals
from guanzi.record.evidence import Case, builtin_cases, load_case

SHOWN = 12
"""Lines of one kind that the command prints; the file of remarks has them all."""


def import_research_notes(
    text: str, out: Path | None, accept_names: bool, confirm: str, lang: str, as_json: bool
) -> None:
    """Make a case folder of research notes, and say what was left out and what is left to do.

    Args:
        text: The notes.
        out: Folder to make; None: one named after the notes.
        accept_names: Take over the nearest name for each that is not known.
        confirm: Why facts could be held although their source is later or has no day.
        lang: Language of the sentences.
        as_json: Print JSON alone.
    """
    imported = import_notes(Path(text), out, lang, accept_names, confirm)
    case = load_case(imported.folder)
    folder = str(imported.folder)
    shown = f"./{folder}" if folder in builtin_cases() else folder  # as the next command finds it
    if as_json:
        print(dump_json(_data(imported, case, shown, lang)), end="")
        return
    doubts, open_names = doubtful_facts(case), proposals(case)
    print(say("cli.notes.imported", lang, folder=shown, facts=len(case.facts), doubtful=len(doubts)))
    left_out = [r for r in imported.remarks if r.kind == "left_out"]
    _list("cli.notes.left_out", [f"{text}:{r.line}: {render(r.text, lang)}" for r in left_out], lang)
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


def _data(imported: Imported, case: Case, folder: str, lang: str) -> dict[str, Any]:
    doubts = doubtful_facts(case)
    return {
        "folder": folder,
        "facts": len(case.facts),
        "doubtful": [{"fact": d.fact.id, "doubt": d.kind, "because": d.fact.held_because} for d in doubts],
        "unknown_names": [
            {"fact": p.fact.id, "name": p.fact.name, "nearest": p.near.name if p.near else None}
            for p in proposals(case)
        ],
        "accepted_names": [{"name": old, "became": new} for old, new in imported.accepted],
        "left_out": [{"line": r.line, "text": render(r.text, lang)} for r in imported.remarks if r.kind == "left_out"],
        "label": imported.label or None,
        "unlabelled_because": render(imported.unlabelled, lang) if imported.unlabelled is not None else None,
        "decision": case.decision,
        "fitness": case.fitness,
        "remarks": len(imported.remarks),
    }
