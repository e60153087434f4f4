"""The way from a figure to where it comes from: whole, or as much as one screen holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guanzi.advice.appraisal import Text, Why
from guanzi.base.core import Message, render, wrap
from guanzi.console import say

COLUMNS, ROWS = 80, 24
#: Lines of a step on the screen; its whole reason stands in the long form.
STEP_LINES = 2
#: What is shown first of many steps.
ORDER = (
    "gap",
    "figure",
    "clause",
    "parameter",
    "fact",
    "simulation",
    "source",
    "panel",
    "precedent",
    "chain",
    "effects",
    "playbook",
)
_DEPTHS = (8, 5, 4, 3, 2, 1)
_WIDTHS = (1000, 12, 8, 6, 5, 4, 3, 2, 1)


def tree_lines(step: Why, lang: str, columns: int, most: int | None = None) -> Iterator[str]:
    """All steps as an indented tree, each with at most so many lines."""
    yield from _lines(step, "", "", lang, columns, most)


def on_one_screen(step: Why, command: str, lang: str) -> list[str]:
    """What fits a screen of 24 lines of 80 columns, one of which the shell needs.

    As many steps are shown as fit, the nearest first; the others are counted. A way that fits is shown whole.

    Args:
        step: The way.
        command: How to call this again; it is named with ``--long``.
        lang: Language.
    """
    whole = list(_split(tree_lines(step, lang, COLUMNS)))
    if len(whole) <= ROWS - 1:
        return whole
    tail = _split(wrap(render(_rests(step), lang), COLUMNS))
    tail += wrap(say("cli.why.long", lang, n=len(whole), command=command), COLUMNS)
    room = ROWS - 1 - len(tail)
    best: list[str] = []
    for depth in _DEPTHS:
        for most in _WIDTHS:
            lines = _split(tree_lines(_pruned(step, depth, most), lang, COLUMNS, STEP_LINES))
            if len(best) < len(lines) <= room:
                best = lines
    return [*(best or _split(wrap(_sentence(step, lang), COLUMNS, room))), *tail]


def _split(lines: Iterator[str] | Sequence[str]) -> list[str]:
    return [line for block in lines for line in block.split("\n")]


def _pruned(step: Why, depth: int, most: int) -> Why:
    """A way with at most so many steps below one another and beside one another; what is left out is counted."""
    if not step.parents:
        return step
    if depth == 0:
        return replace(step, parents=_counted(step.parents))
    kept = sorted(step.parents, key=lambda parent: ORDER.index(parent.kind) if parent.kind in ORDER else len(ORDER))
    shown = tuple(_pruned(parent, depth - 1, most) for parent in kept[:most])
    return replace(step, parents=(*shown, *_counted(kept[most:])))


def _counted(steps: Sequence[Why]) -> tuple[Why, ...]:
    """One step that counts those left out; none where all of them are told elsewhere."""
    kinds = Counter(step.kind for top in steps for step in _all(top) if not step.repeated)
    if not kinds:
        return ()
    message = Message.of("cli.why.more", n=sum(kinds.values()), kinds=_kinds(kinds))
    return (Why("", "more", _text(message)),)


def _rests(step: Why) -> Message:
    steps = [s for parent in step.parents for s in _all(parent) if not s.repeated]
    kinds = Counter(s.kind for s in steps)
    grades = Counter(str(s.text.params["grade"]) for s in steps if s.kind == "source" and "grade" in s.text.params)
    if not grades:
        return Message.of("cli.why.rests_alone", kinds=_kinds(kinds))
    graded = tuple(Message.of("cli.why.grade", grade=grade, n=n) for grade, n in sorted(grades.items()))
    return Message.of("cli.why.rests", kinds=_kinds(kinds), grades=graded)


def _kinds(kinds: Counter[str]) -> tuple[Message, ...]:
    ordered = sorted(kinds, key=lambda kind: ORDER.index(kind) if kind in ORDER else len(ORDER))
    number = {kind: "one" if kinds[kind] == 1 else "many" for kind in ordered}
    return tuple(Message.of(f"cli.why.kind.{kind}.{number[kind]}", n=kinds[kind]) for kind in ordered)


def _all(step: Why) -> Iterator[Why]:
    yield step
    for parent in step.parents:
        yield from _all(parent)


def _text(message: Message) -> Text:
    return Text.model_validate(message.as_dict())


def _sentence(step: Why, lang: str) -> str:
    sentence = render(step.text.model_dump(), lang)
    return say("cli.why.told", lang, step=sentence) if step.repeated else sentence


def _lines(step: Why, first: str, rest: str, lang: str, columns: int, most: int | None) -> Iterator[str]:
    indent = rest + ("│ " if step.parents else "  ")
    yield "\n".join(wrap(_sentence(step, lang), columns, most, indent=indent, first=first))
    for i, parent in enumerate(step.parents):
        last = i == len(step.parents) - 1
        branch, below = ("└ ", "  ") if last else ("├ ", "│ ")
        yield from _lines(parent, rest + branch, rest + below, lang, columns, most)
