"""What a reader should know of a playbook before using it: what is sourced, what is judged, what is open."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Message, Place, Problem, catalogue
from guanzi.record.playbooks.governance import STATED, Pilot
from guanzi.record.playbooks.schema import FigureTest, Playbook, leaves
from guanzi.record.playbooks.wording import Wording


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


def review(playbook: Playbook, file: str = "") -> Review:
    """Look a playbook through; ``file`` is how problems call it."""
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
        problems=(*_unknown(playbook, file or playbook.id), *_unfilled(playbook, file or playbook.id)),
    )


def _unknown(playbook: Playbook, file: str) -> list[Problem]:
    """Rows whose figure or finding nobody enters: what can be tested has a name in the catalogue."""
    names = catalogue("playbooks", "en")
    found = []
    for row in playbook.table:
        for test in leaves(row.test):
            kind, name = ("figure", test.figure) if isinstance(test, FigureTest) else ("code", test.finding)
            if f"playbooks.{kind}.{name}" not in names:
                cause = Message.of(f"playbooks.error.unknown_{kind}", row=row.id, name=name)
                mend = Message.of("playbooks.error.unknown.mend")
                found.append(Problem(cause, Place(file, field=f"table.{row.id}"), mend))
    return found


def _unfilled(playbook: Playbook, file: str) -> list[Problem]:
    """Words of the form that nobody has replaced: they stand in capitals."""
    mend = Message.of("playbooks.error.unfilled.mend")
    return [
        Problem(Message.of("playbooks.error.unfilled", text=text), Place(file, field=field), mend, excerpt=text)
        for field, text in _words(playbook.model_dump(), "")
        if text.isupper() and " " in text
    ]


def _words(data: object, field: str) -> list[tuple[str, str]]:
    """Every English text of a playbook, and titles and publishers of its sources, with the field where it stands."""
    if isinstance(data, Wording):
        data = data.model_dump()
    if isinstance(data, dict):
        own = [(field, str(data[key])) for key in ("en", "publisher", "title") if isinstance(data.get(key), str)]
        return own + [found for key, value in data.items() for found in _words(value, f"{field}.{key}".strip("."))]
    if isinstance(data, list | tuple):
        return [found for n, value in enumerate(data) for found in _words(value, f"{field}.{n}")]
    return []
