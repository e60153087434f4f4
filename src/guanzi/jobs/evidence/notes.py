"""Research notes as a case folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import render
from guanzi.intake.notes import Doubtful, ImportedNotes, NameProposal, doubtful_facts, import_notes, proposals
from guanzi.record.evidence import Case, builtin_cases, load_case


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        notes: The file of notes.
        out: Folder to make; None: one named after the notes.
        lang: Language of the file of remarks.
        accept_names: Take over the nearest name for each that is not known.
        confirm: Why facts could be held although their source is later or has no day; empty: they are doubtful.
    """

    notes: str
    out: Path | None = None
    lang: str = "en"
    accept_names: bool = False
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was made of the notes, the case, and what is left to do: doubtful facts and unknown names."""

    imported: ImportedNotes
    case: Case
    doubts: tuple[Doubtful, ...]
    proposals: tuple[NameProposal, ...]

    @property
    def shown(self) -> str:
        """The folder as the next command finds it."""
        folder = str(self.imported.folder)
        return f"./{folder}" if folder in builtin_cases() else folder


def make_case(request: Request) -> Result:
    """Make a case folder of research notes.

    Raises:
        InvalidInput: The notes cannot be read, or the folder is there.
    """
    imported = import_notes(Path(request.notes), request.out, request.lang, request.accept_names, request.confirm)
    case = load_case(imported.folder)
    return Result(imported, case, tuple(doubtful_facts(case)), tuple(proposals(case)))


def data(made: Result, lang: str) -> dict[str, Any]:
    """The import as plain data, with its sentences in a language."""
    imported, case = made.imported, made.case
    return {
        "folder": made.shown,
        "facts": len(case.facts),
        "doubtful": [{"fact": d.fact.id, "doubt": d.kind, "because": d.fact.held_because} for d in made.doubts],
        "unknown_names": [
            {"fact": p.fact.id, "name": p.fact.name, "nearest": p.near.name if p.near else None} for p in made.proposals
        ],
        "accepted_names": [{"name": old, "became": new} for old, new in imported.accepted],
        "left_out": [{"line": r.line, "text": render(r.text, lang)} for r in imported.remarks if r.kind == "left_out"],
        "label": imported.label or None,
        "unlabelled_because": render(imported.unlabelled, lang) if imported.unlabelled is not None else None,
        "decision": case.decision,
        "fitness": case.fitness,
        "remarks": len(imported.remarks),
    }
