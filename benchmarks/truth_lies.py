"""Plant lies in the documents of cases, drawn by a seed, and count how many the properties of truth notice.

Each lie changes one document as a faulty report would: parameters swapped, a figure changed in one place, a sentence
turned into its opposite, a day moved, a row dropped, a fact invented, a figure of another line in a row, a clause told
as one of another kind, what is so in part told as so in whole, the heads of two columns exchanged; or it changes a line
of what was drawn of one: a page, a terminal, a Word paper, a workbook, a page of the office. It is noticed when the
properties of ``tests/truth`` find a fault that they did not find before; they hold what is said to the published data,
the facts and the term sheet, and what was drawn to its document, a page of the office to what it was given to show.
They never see either as it was: of a document with a lie nothing is drawn.

Run: python -m benchmarks.truth_lies [--lies 30] [--shown 24] [--among NAME …]. Writes truth-lies.md into
benchmarks/results; ``--shown 0`` draws nothing and lies in documents alone.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.truth.beside import add_beside, add_searched
from tests.truth.generation import CaseData, library
from tests.truth.invented import invented
from tests.truth.lies import KINDS, SHOWN, Lie, draw, draw_shown, noticed
from tests.truth.officed import add_office, open_office
from tests.truth.properties import foreign
from tests.truth.reading import Reading, read
from tests.truth.rendered import draw_all

ROOT = Path(__file__).resolve().parents[1]
CASES = (
    "byton-nanjing-2018", "a123-michigan-2009", "boe-hefei-2008", "evergrande-guangzhou-2019", "intel-magdeburg-2023",
    "nio-hefei-2020", "solyndra-fremont-2009", "xpeng-aeroht-guangzhou-2024",
)  # fmt: skip
"""Cases of several kinds: listed and young companies, a fab, a grant, a loan, an aircraft maker, a failed carmaker."""
INVENTED = (31, 47)
"""Seeds of the invented cases beside them."""
OFFICE = ("byton-nanjing-2018", "nio-hefei-2020")
"""Cases of which the pages of the office are read too, a better deal and a portfolio."""
PATHS = 64
FIRST = 97_000
"""First seed of the table: none from here on was looked at while the properties were written."""

type Told = tuple[str, int, Lie, str]
"""Case, seed, lie, and the kind of fault by which it was noticed; empty: it was not."""


def cases() -> Iterator[CaseData]:
    """Those that the library lacks, invented ones, and those of the library."""
    held = {data.label: data for data in library()}
    yield from foreign()
    yield from (invented(seed) for seed in INVENTED)
    yield from (held[name] for name in CASES)


def whole(data: CaseData, folder: Path, drawn: bool) -> Reading:
    """A case with all its documents, and where it is asked for all that is drawn of them."""
    reading = read(data, folder, paths=PATHS, followed=PATHS)
    add_beside(reading, folder)
    if data.label in OFFICE and drawn:
        add_searched(reading, folder)
    if drawn:
        draw_all(reading)
    if data.label in OFFICE and drawn:
        open_office()
        add_office(reading, folder)
    return reading


def told(data: CaseData, seeds: range, shown: range) -> list[Told]:
    """Lies of some seeds in the documents of a case, and in what was drawn of them."""
    with tempfile.TemporaryDirectory() as folder:
        reading = whole(data, Path(folder), bool(shown))
    found = []
    for drawn, seed in [*((draw(reading, n), n) for n in seeds), *((draw_shown(reading, n), n) for n in shown)]:
        if drawn is not None:
            fault = noticed(reading, drawn[1])
            found.append((data.label, seed, drawn[0], "" if fault is None else f"{fault.property} {fault.id}"))
    return found


def page(lies: list[Told]) -> str:
    """Kinds by drawn and noticed, documents, and those that were not noticed, as Markdown."""
    what = " ".join((__doc__ or "").split("\n\n")[1].split())
    seen = sum(bool(by) for *_, by in lies)
    lines = ["# Planted lies", "", what, ""]
    cases, seeds = len({name for name, *_ in lies}), sorted(seed for _, seed, *_ in lies)
    lines += [f"{len(lies)} lies in {cases} cases, {seen} noticed ({seen / len(lies):.1%}).", ""]
    lines += [f"Seeds {seeds[0]} to {seeds[-1]}: none of them was looked at while the properties were written.", ""]
    for head, of in (("told or drawn", _form), ("kind of lie", _kind), ("document", _document)):
        drawn = Counter(of(lie) for _, _, lie, _ in lies)
        caught = Counter(of(lie) for _, _, lie, by in lies if by)
        lines += [f"| {head} | drawn | noticed | share |", "| --- | ---: | ---: | ---: |"]
        lines += [
            f"| {name} | {drawn[name]} | {caught[name]} | {caught[name] / drawn[name]:.0%} |" for name in sorted(drawn)
        ]
        lines += [""]
    lines += ["## Not noticed", ""]
    left = [
        f"- {name}, seed {seed}, {lie.kind} in {lie.document}: `{lie.before}` → `{lie.after}`"
        for name, seed, lie, by in lies
        if not by
    ]
    return "\n".join([*lines, *(left or ["None."])]) + "\n"


def _form(lie: Lie) -> str:
    """In what is told as data, or in what was drawn: in which form and language."""
    form, _, rest = lie.document.partition(":")
    return f"drawn: {form}, {rest[-2:]}" if lie.kind.endswith("as shown") else "told: documents"


def _kind(lie: Lie) -> str:
    return lie.kind


def _document(lie: Lie) -> str:
    form, _, rest = lie.document.partition(":")
    as_shown = lie.kind.endswith("as shown")
    return f"{form} of {re.split('[@:]', rest)[0]}" if as_shown else re.split("[@:]", lie.document)[0]


def main() -> None:
    """Plant the lies and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lies", type=int, default=len(KINDS) * 3, help="seeds tried per case")
    parser.add_argument("--shown", type=int, default=len(SHOWN) * 6, help="seeds tried per case in what was drawn")
    parser.add_argument("--among", nargs="+", default=[""], help="cases whose names begin so; all unless given")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--first", type=int, default=FIRST, help="first seed")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    asked, lies = parser.parse_args(), []
    with ProcessPoolExecutor(asked.workers) as pool:
        held = [one for one in cases() if one.label.startswith(tuple(asked.among))]  # each has seeds of its own
        seeds, shown = (
            [range(n, n + each) for n in (asked.first + each * i for i in range(len(held)))]
            for each in (asked.lies, asked.shown)
        )
        for found in pool.map(told, held, seeds, shown):
            lies += found
            (asked.results / "truth-lies.md").write_text(page(lies), "utf-8")


if __name__ == "__main__":
    main()
