"""What an import could not settle by itself: a list for the person who edits the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from guanzi.base.core import Message, render

type RemarkKind = Literal["left_out", "unmapped", "doubtful", "unknown_name", "check", "judgement"]

KINDS: tuple[RemarkKind, ...] = ("left_out", "unmapped", "doubtful", "unknown_name", "check", "judgement")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at.

    Attributes:
        kind: ``left_out``: not in the case at all; ``unmapped``: kept in words only; ``doubtful``: perhaps not known
            by the decision, so that analyses do not see it; ``unknown_name``: a fact that no check looks for;
            ``check``: guessed or set by rule; ``judgement``: an opinion of the notes, which is no fact.
        text: What it is.
        line: Line of the notes.
    """

    kind: RemarkKind
    text: Message
    line: int


def remarks_text(remarks: Sequence[Remark], file: str, lang: str) -> str:
    """The list as Markdown, by kind and line."""
    lines = [f"# {render(Message.of('evidence.notes.page.title', file=file), lang)}", ""]
    lines += [render(Message.of("evidence.notes.page.about"), lang), ""]
    for kind in KINDS:
        mine = sorted((r for r in remarks if r.kind == kind), key=lambda r: r.line)
        if not mine:
            continue
        lines += [f"## {render(Message.of(f'evidence.notes.page.{kind}'), lang)}", ""]
        lines += [f"- {file}:{r.line}: {_one_line(render(r.text, lang))}" for r in mine]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
