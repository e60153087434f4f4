"""Plant lies in the documents of shipped cases, drawn by a seed, and count how many the properties of truth notice.

Each lie changes one document as a faulty report would: parameters swapped, a figure changed in one place, a sentence
turned into its opposite, a day moved, a row dropped, a fact invented, a figure of another line in a row. It is noticed
when the properties of ``tests/truth`` find a fault in the changed documents that they did not find before; they hold
what is said to the published data, the facts and the term sheet, and never see the document as it was.

Run: python -m benchmarks.truth_lies [--lies 30]. Writes truth-lies.md into benchmarks/results.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from pathlib import Path

from tests.truth.generation import library
from tests.truth.lies import KINDS, Lie, draw, noticed
from tests.truth.reading import add_beside, read

ROOT = Path(__file__).resolve().parents[1]
CASES = (
    "a123-michigan-2009", "boe-hefei-2008", "byton-nanjing-2018", "evergrande-guangzhou-2019", "intel-magdeburg-2023",
    "nio-hefei-2020", "solyndra-fremont-2009", "xpeng-aeroht-guangzhou-2024",
)  # fmt: skip
"""Cases of several kinds: listed and young companies, a fab, a grant, a loan, an aircraft maker, a failed carmaker."""
WHOLE = "byton-nanjing-2018"
"""The case that is also compared with an earlier day and between playbooks."""
PATHS = 64
FIRST = 7_000
"""First seed of the table: none from here on was looked at while the properties were written."""

type Told = tuple[str, int, Lie, str]
"""Case, seed, lie, and the kind of fault by which it was noticed; empty: it was not."""


def told(name: str, first: int, last: int) -> list[Told]:
    """Lies of some seeds in the documents of a case."""
    data = next(one for one in library() if one.label == name)
    with tempfile.TemporaryDirectory() as folder:
        reading = read(data, Path(folder), paths=PATHS, followed=PATHS)
        if name == WHOLE:
            add_beside(reading, Path(folder))
    found = []
    for seed in range(first, last):
        drawn = draw(reading, seed)
        if drawn is not None:
            fault = noticed(reading, drawn[1])
            found.append((name, seed, drawn[0], "" if fault is None else f"{fault.property} {fault.id}"))
    return found


def page(lies: list[Told]) -> str:
    """Kinds by drawn and noticed, documents, and those that were not noticed, as Markdown."""
    what = " ".join((__doc__ or "").split("\n\n")[1].split())
    seen = sum(bool(by) for *_, by in lies)
    lines = ["# Planted lies", "", what, ""]
    cases, seeds = len({name for name, *_ in lies}), sorted(seed for _, seed, *_ in lies)
    lines += [f"{len(lies)} lies in {cases} cases, {seen} noticed ({seen / len(lies):.1%}).", ""]
    lines += [f"Seeds {seeds[0]} to {seeds[-1]}: none of them was looked at while the properties were written.", ""]
    for head, of in (("kind of lie", _kind), ("document", _document)):
        drawn = Counter(of(lie) for _, _, lie, _ in lies)
        caught = Counter(of(lie) for _, _, lie, by in lies if by)
        lines += [f"| {head} | drawn | noticed |", "| --- | ---: | ---: |"]
        lines += [f"| {name} | {drawn[name]} | {caught[name]} |" for name in sorted(drawn)] + [""]
    lines += ["## Not noticed", ""]
    left = [
        f"- {name}, seed {seed}, {lie.kind} in {lie.document}: `{lie.before}` → `{lie.after}`"
        for name, seed, lie, by in lies
        if not by
    ]
    return "\n".join([*lines, *(left or ["None."])]) + "\n"


def _kind(lie: Lie) -> str:
    return lie.kind


def _document(lie: Lie) -> str:
    return re.split("[@:]", lie.document)[0]


def main() -> None:
    """Plant the lies and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lies", type=int, default=len(KINDS) * 3, help="seeds tried per case")
    parser.add_argument("--first", type=int, default=FIRST, help="first seed")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    asked = parser.parse_args()
    lies = [
        lie
        for n, name in enumerate(CASES)
        for lie in told(name, asked.first + n * asked.lies, asked.first + (n + 1) * asked.lies)
    ]  # each case has seeds of its own
    (asked.results / "truth-lies.md").write_text(page(lies), "utf-8")


if __name__ == "__main__":
    main()
