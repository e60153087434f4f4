"""What a reader should know of a playbook before using it: what is sourced, what is judged, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from guanzi.base.core import Message, Place, Problem, catalogue
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.record.playbooks.governance import STATED, Pilot
from guanzi.record.playbooks.new import new_playbook
from guanzi.record.playbooks.schema import FigureTest, Playbook, leaves


@dataclass(frozen=True, slots=True)
class Review:
    """A playbook as it was looked through.

    Attributes:
        sourced, judged: Numbers and rows by what stands behind them.
        known, default, open: Statements by their state.
        empty: Parts of the governance that say nothing, not even that nothing was found.
        pilots: Pilots of which a part is missing; they count for nothing.
        problems: What is wrong: a row that tests what no appraisal enters can never hold; words were not filled in.
    """

    sourced: int
    judged: int
    known: int
    default: int
    open: int
    empty: tuple[str, ...]
    pilots: tuple[Pilot, ...]
    problems: tuple[Problem, ...]


def review(playbook: Playbook, document: YamlDocument | None = None) -> Review:
    """Look a playbook through; with the file it was read from, also for words that were not filled in."""
    kinds = [origin.kind for origin in playbook.origins()]
    stated = [*playbook.practices, *(statement for _, statement in playbook.governance.statements())]
    states = [statement.state for statement in stated]
    return Review(
        sourced=kinds.count("source"),
        judged=kinds.count("judgement"),
        known=states.count("known"),
        default=states.count("default"),
        open=states.count("open"),
        empty=tuple(part for part in STATED if not getattr(playbook.governance, part)),
        pilots=tuple(pilot for pilot in playbook.governance.scenarios.pilots if pilot.missing),
        problems=(*_unknown(playbook, document), *(() if document is None else _unfilled(document))),
    )


def _unknown(playbook: Playbook, document: YamlDocument | None) -> list[Problem]:
    """Rows whose figure or finding nobody enters: what can be tested has a name in the catalogue."""
    names = catalogue("playbooks", "en")
    found = []
    for row in playbook.table:
        for test in leaves(row.test):
            kind, name = ("figure", test.figure) if isinstance(test, FigureTest) else ("code", test.finding)
            if f"playbooks.{kind}.{name}" not in names:
                cause = Message.of(f"playbooks.error.unknown_{kind}", row=row.id, name=name)
                fix = Message.of("playbooks.error.unknown.mend")
                found.append(Problem(cause, _place(row.id, playbook, document), fix))
    return found


def _place(row: str, playbook: Playbook, document: YamlDocument | None) -> Place:
    """Where a row stands; one that was taken over from another playbook stands in no line of the file."""
    if document is None:
        return Place(playbook.id, field=f"table.{row}")
    own = [entry.get("id") for entry in document.data.get("table", ())]
    return document.place(("table", own.index(row))) if row in own else Place(document.file, field=f"table.{row}")


def _unfilled(document: YamlDocument) -> list[Problem]:
    """Words of the form that nobody has replaced, in either language."""
    fix = Message.of("playbooks.error.unfilled.mend")
    told = [(path, document.get(path)) for path in document.places if path]
    return [
        document.problem(path, Message.of("playbooks.error.unfilled", text=text), fix)
        for path, text in told
        if isinstance(text, str) and text in _blanks()
    ]


@cache
def _blanks() -> frozenset[str]:
    """Words of the form that are to be replaced: English in capitals, and what stands beside it in Chinese."""
    text = new_playbook("form", date.min)
    form = parse_yaml(TextFile("form.yaml", text, tuple(text.split("\n"))))
    blank = [path for path in form.places if path and path[-1] in ("en", "publisher", "title")]
    blank = [path for path in blank if str(form.get(path)).isupper()]
    return frozenset(str(form.get(p)) for path in blank for p in (path, (*path[:-1], "zh")) if p in form.places)
