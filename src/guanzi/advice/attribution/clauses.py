"""A newer term sheet made of an older one, clause by clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal

from guanzi.record.evidence import SheetFile

type Sheets = tuple[SheetFile, ...]
type SheetPart = Literal["sheet", "terms"]
type Path = tuple[str, ...]

MOST_CLAUSES = 12
"""Above so many changed clauses, the new sheet is one change: it is another deal, and no amended one."""


def clause_steps(old: Sheets, new: Sheets) -> Iterator[tuple[SheetPart, str, Callable[[Sheets], Sheets]]]:
    """Each clause that differs between the newest sheets, with the step that puts it into whatever sheet there is.

    A sheet of which more than :data:`MOST_CLAUSES` clauses differ, or that is the first or last one, is one step with
    the file as its name.
    """
    if [_content(s) for s in old] == [_content(s) for s in new]:
        return
    if not old or not new:
        yield "sheet", new[-1].name if new else old[-1].name, lambda sheets: new
        return
    before, after = _clauses(old[-1].document.data), _clauses(new[-1].document.data)
    changed = [path for path in dict.fromkeys((*before, *after)) if before.get(path) != after.get(path)]
    if not changed or len(changed) > MOST_CLAUSES:
        yield "sheet", new[-1].name, lambda sheets: new
        return
    for n, path in enumerate(changed):
        rest = changed[:n] + changed[n + 1 :]
        yield "terms", ".".join(path), _putting(path, after, rest, new)


def _putting(path: Path, after: dict[Path, Any], rest: list[Path], new: Sheets) -> Callable[[Sheets], Sheets]:
    def put(sheets: Sheets) -> Sheets:
        clauses = _clauses(sheets[-1].document.data)
        clauses = {p: v for p, v in clauses.items() if p != path} | ({path: after[path]} if path in after else {})
        if all(clauses.get(other) == after.get(other) for other in rest):
            return new
        return (*sheets[:-1], replace(sheets[-1], document=replace(sheets[-1].document, data=_sheet(clauses))))

    return put


def _content(sheet: SheetFile) -> tuple[object, ...]:
    return sheet.name, sheet.known_on, sheet.document.data


def _clauses(data: dict[str, Any]) -> dict[Path, Any]:
    """The clauses of a sheet by path: entries of its parts, and what stands by itself."""
    found: dict[Path, Any] = {}
    for part, value in data.items():
        if isinstance(value, dict) and value and all(isinstance(entry, dict) for entry in value.values()):
            found |= {(part, name): entry for name, entry in value.items()}
        else:
            found[(part,)] = value
    return found


def _sheet(clauses: dict[Path, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for path, value in clauses.items():
        if len(path) == 1:
            data[path[0]] = value
        else:
            data.setdefault(path[0], {})[path[1]] = value
    return data
