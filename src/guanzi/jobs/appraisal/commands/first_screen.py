"""The result on one screen of a terminal: advice, three figures, whole reasons, gaps, path of the dossier."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import get_terminal_size

import typer

from guanzi.advice.appraisal import Appraisal
from guanzi.base.core import width as columns_of
from guanzi.base.core import wrap
from guanzi.console import say
from guanzi.jobs.appraisal.documents.front import first_sections
from guanzi.jobs.shared.documents.words import advice_code
from guanzi.jobs.shared.documents.words import title as case_title
from guanzi.render import Block, Bullets, KeyFigure, KeyFigures, Sentence, localise_key_figure, localise_sentence

NARROW, WIDE, ROWS = 80, 100, 24
SHOWN = 3
MARGIN = 9
SENTENCE = 4
"""Lines of the longest sentence at the top: what a deal that only gives costs, and what would make it whole."""
SLACK = 12
"""Columns that a line may leave empty before a long word."""
_END = re.compile(r"[.!?](?= [A-Z“])|。")
"""Where a sentence ends."""
COLOURS = {"back": "green", "back_with_conditions": "yellow", "decline": "red", "insufficient_evidence": "bright_black"}


def summary_screen(appraisal: Appraisal, page: Path, lang: str, width: int | None = None) -> str:
    """The summary as text of at most 24 lines of 80 columns (an overlong path of the dossier may wrap).

    Args:
        appraisal: What was found.
        page: Where the dossier lies.
        lang: Language.
        width: Columns; None: those of the terminal, between 80 and 100.
    """
    columns = width or min(max(get_terminal_size((NARROW, 24)).columns, NARROW), WIDE)
    parts = {section.id: section.blocks for section in first_sections(appraisal, revealed=False)}
    figures = [figure for block in parts["summary"] if isinstance(block, KeyFigures) for figure in block.items]
    said = [_figure(figure, lang, columns) for figure in figures[:SHOWN]]
    title = say("cli.summary.title", lang, title=case_title(appraisal.case, lang), as_of=appraisal.as_of.isoformat())
    lines = [_clip(title, columns), ""]
    lines += _advice(appraisal, parts["summary"], columns, lang)
    end = ["", say("cli.summary.dossier", lang, page=str(page))]
    gaps, reasons = _points(parts["sure"], lang), _points(parts["why"], lang)
    firsts = (*reasons[:1], *map(_shortest, gaps[:1]))
    least = sum(len(wrap(first, columns - MARGIN - 2)) for first in firsts)
    # The first reason is said to its end, and the first gap to the end of a sentence: figures give way before them.
    shown = _part("figures", said, 2, columns, lang)
    while len(said) > 1 and len(lines) + len(shown) + least + len(end) > ROWS:
        said = said[:-1]
        shown = _part("figures", said, 2, columns, lang)
    lines += shown
    left = ROWS - len(lines) - len(end)
    first, gap = (sum(len(wrap(item, columns - MARGIN - 2)) for item in items[:1]) for items in (reasons, gaps))
    room = max(left - gap, min(first, left - bool(gaps)))
    lines += _part("why", _whole(reasons, room, columns), room, columns, lang)
    room = max(ROWS - len(lines) - len(end), 1)
    lines += _part("gaps", [_ended(gap, room, columns) for gap in _whole(gaps, room, columns)], room, columns, lang)
    return "\n".join([*lines, *end])


def _whole(items: Sequence[str], room: int, columns: int) -> list[str]:
    """As many items, from the first on, as can stand there to their last word: what follows from one comes last."""
    kept: list[str] = []
    for item in items:
        room -= len(wrap(item, columns - MARGIN - 2))
        if room < 0 and kept:
            break
        kept.append(item)
    return kept


def _ended(text: str, room: int, columns: int) -> str:
    """As many sentences of a text as have room, with an ellipsis where some are left out; all where not one has."""
    ends = [found.end() for found in _END.finditer(text)]
    kept = (text if end == len(text) else f"{text[:end]} …" for end in (len(text), *reversed(ends)))
    return next((one for one in kept if len(wrap(one, columns - MARGIN - 2)) <= room), text)


def _shortest(text: str) -> str:
    """The first sentence of a text, with an ellipsis where more follow."""
    end = _END.search(text)
    return text if end is None or end.end() == len(text) else f"{text[: end.end()]} …"


def _points(blocks: Sequence[Block], lang: str) -> list[str]:
    """The first points of the first list."""
    lists = [block for block in blocks if isinstance(block, Bullets)]
    return [localise_sentence(item, lang) for item in lists[0].items[:SHOWN]] if lists else []


def _advice(appraisal: Appraisal, blocks: Sequence[Block], columns: int, lang: str) -> list[str]:
    word = say(f"cli.advice.{advice_code(appraisal)}", lang)
    said = [block for block in blocks if isinstance(block, Sentence) and block.tone in ("strong", "plain")]
    lines = [line for sentence in said for line in _wrap(localise_sentence(sentence, lang), columns, SENTENCE)]
    head = typer.style(word, fg=COLOURS[appraisal.advice], bold=True) if sys.stdout.isatty() else word
    return [head, *lines]


def _figure(figure: KeyFigure, lang: str, columns: int) -> str:
    """A figure in two lines: a label that is too long for them is cut short, and the value stands whole."""
    text, room = localise_key_figure(figure, lang), columns - MARGIN - 2
    if len(wrap(text, room)) <= 2:
        return text
    value = localise_key_figure(replace(figure, label="", of=""), lang)
    label = localise_key_figure(figure, lang).removesuffix(value)
    return f"{wrap(label, 2 * room - columns_of(value) - SLACK, 1)[0]}{value}"


def _part(name: str, items: Sequence[str], most: int, columns: int, lang: str) -> list[str]:
    """Items below one another, their name in the margin of the first; a long one ends with an ellipsis."""
    lines: list[str] = []
    for item in items:
        first, *rest = _wrap(item, columns - MARGIN - 2, most)
        lines += [f"· {first}", *(f"  {line}" for line in rest)]
    margin = say(f"cli.summary.{name}", lang)
    margin += " " * (MARGIN - columns_of(margin))
    return [f"{margin if i == 0 else ' ' * MARGIN}{line}" for i, line in enumerate(lines)]


def _wrap(sentence: str, columns: int, most: int) -> list[str]:
    return wrap(sentence, columns, most)


def _clip(line: str, columns: int) -> str:
    return wrap(line, columns, 1)[0] if columns_of(line) > columns else line
