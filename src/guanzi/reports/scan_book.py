"""A scan as a workbook: candidates, what stands behind the first of them, windows, and the test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guanzi.base.core import said
from guanzi.base.reading import new_workbook
from guanzi.intake.industries import is_made_up
from guanzi.reports.scan_page import scan_answers, scan_tested, told
from guanzi.study.tracks import FIRST, QUESTIONS, RegionScan

_WIDE = 90


def write_scan_workbook(scan: RegionScan, path: Path, lang: str) -> None:
    """Write a scan as ``.xlsx``; the file appears whole or not at all.

    Args:
        scan: What was found. Where the panel is made up, every sheet says so in its first line.
        path: The file.
        lang: Language.
    """
    with new_workbook(path) as book:
        for name, head, rows in _sheets(scan, lang):
            _write(book, name, head, rows, told("scan.made_up", lang) if is_made_up(scan.panel) else "")


def _sheets(scan: RegionScan, lang: str) -> list[tuple[str, list[str], list[list[Any]]]]:
    heads = ("industry", "front", "probability", "interval", "gain", "size", "growth", "rank", "top")
    candidates: list[list[Any]] = [
        [
            said(c.industry, lang),
            "●" if row.front else "",
            c.probability,
            f"{c.low:.3f}–{c.high:.3f}",
            c.gain,
            c.size,
            "" if c.growth is None else c.growth,
            f"{row.rank[1]} ({row.rank[0]}–{row.rank[2]})",
            row.top,
        ]
        for row, c in ((row, row.candidate) for row in scan.ranked)
    ]
    why: list[list[Any]] = [
        [said(chosen.ranked.candidate.industry, lang), *scan_answers(scan, chosen, lang).values()]
        for chosen in scan.recommendations
    ]
    windows: list[list[Any]] = [
        [
            said(found.track.name, lang),
            told(f"scan.kind.{signal.kind}", lang),
            told(f"scan.tendency.{signal.tendency}", lang),
            str(fact.period),
            fact.number,
            found.track.source(fact.source).publisher,
        ]
        for _, found in scan.openings
        for signal in found.signals
        for fact in signal.facts
    ]
    return [
        (
            told("scan.section.list", lang),
            [told(f"scan.head.{name}", lang, first=FIRST) for name in heads],
            candidates,
        ),
        (
            told("scan.sheet.why", lang),
            [told("scan.head.industry", lang), *(told(f"scan.question.{name}", lang) for name in QUESTIONS)],
            why,
        ),
        (
            told("scan.section.windows", lang),
            [told(f"scan.head.{name}", lang) for name in ("industry", "evidence", "says", "period", "value", "source")],
            windows,
        ),
        (told("scan.sheet.test", lang), [told("scan.sheet.test", lang)], [[line] for line in scan_tested(scan, lang)]),
    ]


def _write(book: Any, name: str, head: list[str], rows: list[list[Any]], note: str) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "bottom": 1})
    top = 0
    if note:
        sheet.write_string(0, 0, note)
        top = 1
    for column, title in enumerate(head):
        sheet.write_string(top, column, title, bold)
    for at, row in enumerate(rows, start=top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, float | int):
                sheet.write_number(at, column, cell)
            else:
                sheet.write_string(at, column, str(cell))
    longest = [max((len(str(row[k])) for row in rows), default=8) for k in range(len(head))]
    for column, size in enumerate(longest):
        sheet.set_column(column, column, min(max(size, 12), _WIDE))
    sheet.freeze_panes(top + 1, 1)
