"""How much is read of further forms of pages, before and after readers were built to them.

The forms of ``tests/intake/reading/further.py`` and ``fourth.py`` were written before it was tried whether they are
read, each set after readers were built to the one before. Each is laid on a sheet, as cells of a document, and as
the recognition of pictures gives it; what is proposed is held to what a careful analyst takes of it. Before: what the
readers of the time at which a set was written found in it (``reading_forms_before.json``, written once by them): the
figure that says how forms fare to which no reader was built. After: what they find now, which says nothing of other
forms.

Run: python -m benchmarks.reading_forms [--as-before SET]. Writes reading-forms.md into benchmarks/results.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.intake.reading.fourth import FOURTH_DAYS, FOURTH_PROSE, FOURTH_TABLES
from tests.intake.reading.further import (
    DAYS,
    PROSE,
    SECOND_DAYS,
    SECOND_PROSE,
    SECOND_TABLES,
    TABLES,
    THIRD_PROSE,
    THIRD_TABLES,
    parsed,
)
from tests.intake.reading.gridded import LEFT, cells, prose, recognised, sheet, words_at

from guanzi.intake.reading import read_document
from guanzi.record.evidence import PlacedPage
from guanzi.record.evidence.dataroom.placed import PlacedLine

HERE = Path(__file__).resolve().parent
BEFORE, RESULT = HERE / "reading_forms_before.json", HERE / "results" / "reading-forms.md"
type Counts = dict[str, dict[str, int]]
type Days = Mapping[str, tuple[str, list[str]]]
SETS: dict[str, tuple[Mapping[str, str], Mapping[str, str], Days]] = {
    "first": (TABLES, PROSE, DAYS),
    "second": (SECOND_TABLES, SECOND_PROSE, SECOND_DAYS),
    "third": (THIRD_TABLES, THIRD_PROSE, {}),
    "fourth": (FOURTH_TABLES, FOURTH_PROSE, FOURTH_DAYS),
}


def counted(pages: list[PlacedPage], facts: set[tuple[Any, ...]]) -> dict[str, int]:
    """How many facts must be found, how many are, and how many are proposed that are none."""
    found = {(f.fact, f.value, f.unit, str(f.period)) for f in read_document(pages).found}
    return {"forms": 1, "asked": len(facts), "found": len(found & facts), "wrong": len(found - facts)}


def tables(forms: Mapping[str, str], render: Callable[..., PlacedPage]) -> Iterator[dict[str, int]]:
    """The counts of each form of table."""
    for text in forms.values():
        pages, facts = parsed(text)
        yield counted([render(above, rows, n) for n, (above, rows, _) in enumerate(pages, start=1)], facts)


def texts(forms: Mapping[str, str], render: Callable[[PlacedPage], PlacedPage]) -> Iterator[dict[str, int]]:
    """The counts of each form of running text."""
    for text in forms.values():
        pages, facts = parsed(text)
        yield counted([render(prose(pages[0][2]))], facts)


def days(ways: Days) -> Iterator[dict[str, int]]:
    """Whether the day of each scanned document is found."""
    for day, lines in ways.values():
        placed = tuple(PlacedLine(tuple(words_at(line, LEFT, 50 + 30 * at))) for at, line in enumerate(lines))
        known = read_document([PlacedPage(1, placed, width=595.0, recognised=True)]).known_on.day
        yield {"forms": 1, "asked": 1, "found": str(known) == day, "wrong": known is not None and str(known) != day}


def measure(tabled: Mapping[str, str], told: Mapping[str, str], dated: Days) -> Counts:
    """The counts of the forms of a set by how they are rendered."""
    rows: Mapping[str, Iterator[dict[str, int]]] = {
        "tables on a sheet": tables(tabled, sheet),
        "tables as cells": tables(tabled, cells),
        "tables as recognised": tables(tabled, lambda *given: recognised(sheet(*given))),
        "text on a sheet": texts(told, lambda page: page),
        "text as recognised": texts(told, recognised),
        **({"days of scanned documents": days(dated)} if dated else {}),
    }
    counts: Counts = {}
    for name, ones in rows.items():
        whole = list(ones)
        counts[name] = {key: int(sum(one[key] for one in whole)) for key in ("forms", "asked", "found", "wrong")}
    return counts


def page(before: dict[str, Counts], after: dict[str, Counts]) -> str:
    """The results as a page."""
    lines = ["| set | forms | n | facts | found before | recall | wrong | found after | recall | wrong |"]
    lines.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, counts in after.items():
        for kind, now in counts.items():
            row: list[Any] = [name, kind, now["forms"], now["asked"]]
            for one in (before[name][kind], now):
                row += [one["found"], f"{one['found'] / one['asked']:.3f}", one["wrong"]]
            lines.append(f"| {' | '.join(map(str, row))} |")
    told = " ".join((__doc__ or "").split("\n\n")[1].split())
    return f"# Further forms of pages\n\n{told}\n\n" + "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write the page."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--as-before", choices=SETS, help="write what is found in a set as what was found before")
    chosen = options.parse_args().as_before
    before = json.loads(BEFORE.read_text("utf-8")) if BEFORE.is_file() else {}
    if chosen is not None:
        before[chosen] = measure(*SETS[chosen])
        BEFORE.write_text(json.dumps(before, indent=1) + "\n", "utf-8")
        return
    text = page(before, {name: measure(*given) for name, given in SETS.items()})
    print(text)
    RESULT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
