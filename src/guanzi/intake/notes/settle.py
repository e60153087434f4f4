"""Settling what an import left open, in one step for many facts: names that are only near, and doubts about dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant, one_writer, reason_of, write_file
from guanzi.base.reading import DataPath, YamlDocument, read_yaml, yaml_text
from guanzi.intake.notes.doubts import ONE_STEP
from guanzi.intake.notes.names import NoteName, near_name
from guanzi.record.evidence import ANSWERS, UNITS_BY_NAME, Case, Fact, enough_to_replay, load_case

CONFIRMED_FILE = "facts/confirmed.yaml"


@dataclass(frozen=True, slots=True)
class NameProposal:
    """A fact whose name no check looks for, with the nearest name of the vocabulary.

    Attributes:
        fact: The fact.
        near: What it would be called; None where nothing is near.
    """

    fact: Fact
    near: NoteName | None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A fact that analyses leave out.

    Attributes:
        fact: The fact.
        kind: What the doubt is; empty where nobody wrote it down.
        one_step: Whether one reason can settle it together with others.
    """

    fact: Fact
    kind: str
    one_step: bool


def proposals(case: Case) -> tuple[NameProposal, ...]:
    """The facts whose names are outside the vocabulary, in their order."""
    return tuple(
        NameProposal(fact, near_name(fact.name, fact.unit, case.company.name))
        for fact in case.facts
        if fact.name not in UNITS_BY_NAME and fact.subject != ANSWERS
    )


def doubtful_facts(case: Case) -> tuple[Doubtful, ...]:
    """The facts that analyses leave out, those that one reason can settle first."""
    kinds = {id: str(group.get("doubt", "")) for group in _groups(case.folder) for id in group["facts"]}
    found = (Doubtful(f, kinds.get(f.id, ""), kinds.get(f.id) in ONE_STEP) for f in case.facts)
    return tuple(
        sorted((d for d in found if d.fact.availability == "doubtful"), key=lambda d: (not d.one_step, d.fact.id))
    )


def accept_names(folder: Path, only: Collection[str] = ()) -> tuple[NameProposal, ...]:
    """Rename facts to the nearest names, where they stand in the files of a case.

    Args:
        folder: Folder of the case.
        only: Ids of the facts to rename; all of them when empty.

    Returns:
        The facts that were renamed, with their new names.

    Raises:
        InvalidInput: The case cannot be read, or there is no such fact to rename.
    """
    with one_writer(folder):
        return _accepted(folder, only)


def _accepted(folder: Path, only: Collection[str]) -> tuple[NameProposal, ...]:
    case = load_case(folder)
    offered = {p.fact.id: p for p in proposals(case) if p.near is not None and _can_rename(p)}
    _refuse_unknown(only, offered, case)
    chosen = {id: p for id, p in offered.items() if not only or id in only}
    for path in sorted((folder / "facts").glob("*.yaml")):
        document = read_yaml(path, path.name)
        edits = list(_edits(document, chosen))
        if edits:
            _replace(path, _edited(document.source.text, edits))
    _state_fitness(folder)
    return tuple(chosen[id] for id in sorted(chosen))


def confirm_facts(folder: Path, because: str, only: Collection[str] = ()) -> tuple[str, ...]:
    """Confirm doubtful facts with one reason, in ``facts/confirmed.yaml``.

    Args:
        folder: Folder of the case.
        because: Why they could be held on their day.
        only: Ids of the facts; when empty all whose source alone is later or without a day.

    Returns:
        Ids of the facts that are confirmed now.

    Raises:
        InvalidInput: The case cannot be read, no reason is given, or there is no such doubtful fact.
    """
    if not because.strip():
        cause, fix = Message.of("evidence.confirmed.no_reason"), Message.of("evidence.confirmed.no_reason.mend")
        raise InvalidInput(Problem(cause, Place("--confirm"), fix))
    with one_writer(folder):
        return _confirmed(folder, because, only)


def _confirmed(folder: Path, because: str, only: Collection[str]) -> tuple[str, ...]:
    case = load_case(folder)
    doubts = {d.fact.id: d for d in doubtful_facts(case)}
    _refuse_unknown(only, doubts, case)
    chosen = [id for id, d in doubts.items() if (id in only if only else d.one_step)]
    if not chosen:
        return ()
    groups = [{**g, "facts": [id for id in g["facts"] if id not in chosen]} for g in _groups(folder)]
    kinds = sorted({doubts[id].kind for id in chosen})
    made = [
        {"doubt": k, "because": because.strip(), "facts": [i for i in chosen if doubts[i].kind == k]} for k in kinds
    ]
    written = [{k: v for k, v in group.items() if v != ""} for group in (*made, *groups) if group["facts"]]
    _replace(folder / CONFIRMED_FILE, yaml_text({"confirmed": written}))
    _state_fitness(folder)
    return tuple(chosen)


def _refuse_unknown(only: Collection[str], offered: Collection[str], case: Case) -> None:
    problems = []
    for id in sorted(set(only) - set(offered)):
        cause = Message.of("evidence.confirmed.not_open", id=id, case=case.id)
        problems.append(Problem(cause, Place(""), meant(id, offered, None)))
    if problems:
        raise InvalidInput(problems)


def _groups(folder: Path) -> list[dict[str, Any]]:
    path = folder / CONFIRMED_FILE
    data = read_yaml(path, CONFIRMED_FILE).data if path.is_file() else None
    return list(data.get("confirmed") or []) if isinstance(data, dict) else []


def _can_rename(proposal: NameProposal) -> bool:
    """In a table, or as a range that would change its sign, a fact is for the hand."""
    fact, near = proposal.fact, proposal.near
    turns = near is not None and near.outflow
    return fact.place.file.endswith(".yaml") and (not turns or isinstance(fact.value, float))


type _Edit = tuple[int, int, str, str]


def _edits(document: YamlDocument, chosen: dict[str, NameProposal]) -> Iterator[_Edit]:
    """Line, column, old and new text of what changes in a file."""
    data = document.data if isinstance(document.data, dict) else {}
    for index, entry in enumerate(data.get("facts") or []):
        proposal = chosen.get(str(entry.get("id"))) if isinstance(entry, dict) else None
        if proposal is None or proposal.near is None:
            continue
        path: DataPath = ("facts", index)
        name, new = entry["name"], proposal.near.name
        if proposal.near.subject != "company" and "subject" not in entry:
            new += _field(document, path, f"subject: {proposal.near.subject}")
        place = document.place((*path, "name"))
        yield place.line, place.column, name, new
        if proposal.near.outflow and entry["value"] > 0:
            place = document.place((*path, "value"))
            yield place.line, place.column, "", "-"


def _field(document: YamlDocument, path: DataPath, text: str) -> str:
    """One more field behind another of the same record, in braces or on a line of its own."""
    place = document.place(path)
    line = document.source.lines[place.line - 1]
    if line[place.column - 1 :].startswith("{"):
        return f", {text}"
    return "\n" + " " * (document.key_place((*path, "name")).column - 1) + text


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    lines = text.split("\n")
    for line, column, old, new in sorted(edits, reverse=True):
        row, start = lines[line - 1], column - 1
        shift = 1 if row[start : start + 1] in "\"'" and old else 0
        lines[line - 1] = row[: start + shift] + new + row[start + shift + len(old) :]
    return "\n".join(lines)


def _state_fitness(folder: Path) -> None:
    """A case that was unfit for want of facts is fit once there are enough of them."""
    case = load_case(folder)
    if case.fitness == "fit" or not enough_to_replay(case.facts):
        return
    path = folder / "case.yaml"
    document = read_yaml(path, "case.yaml")
    starts = [*sorted(document.key_place((key,)).line for key in document.data), len(document.source.lines) + 1]
    drop: set[int] = set()
    for key in ("fitness", "unfit_because"):
        if key in document.data:
            first = document.key_place((key,)).line
            drop.update(range(first, next(line for line in starts if line > first)))
    kept = [line for number, line in enumerate(document.source.lines, start=1) if number not in drop]
    _replace(path, "\n".join(kept).rstrip("\n") + "\n")


def _replace(path: Path, text: str) -> None:
    try:
        write_file(path, text)
    except OSError as error:
        cause = Message.of("evidence.new.failed", reason=reason_of(error))
        raise InvalidInput(Problem(cause, Place(str(path)))) from error
