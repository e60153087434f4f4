"""The command that turns research notes into a case folder."""

from __future__ import annotations

from pathlib import Path

from guanzi.cli.speech import say
from guanzi.evidence import builtin_cases, import_notes, load_case


def import_research_notes(text: str, out: Path | None, lang: str) -> None:
    """Make a case folder of research notes, and say what is left to do."""
    imported = import_notes(Path(text), out, lang)
    case = load_case(imported.folder)
    doubtful = sum(fact.availability == "doubtful" for fact in case.facts)
    folder = str(imported.folder)
    shown = f"./{folder}" if folder in builtin_cases() else folder  # as the next command finds it
    print(say("cli.notes.imported", lang, folder=shown, facts=len(case.facts), doubtful=doubtful))
    left = {"unmapped": imported.count("unmapped"), "n": len(imported.remarks)}
    print(say("cli.notes.left", lang, file=f"{shown}/NOTES.md", **left))
