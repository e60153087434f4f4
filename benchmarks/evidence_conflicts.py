"""How many known errors of vendors are flagged, how many that nobody knew, and what happens to errors that are planted.

    python benchmarks/evidence_conflicts.py ev_financials.csv > benchmarks/results/evidence_conflicts.md

Three measurements, because one alone would flatter:

1. **Figures alone.** The remarks beside the figures are removed. Counted are the known conflicts whose figures stand in
   the file; everything else that is flagged counts as a false alarm, also where it is right.
2. **With remarks.** Most known errors of the file are only described beside it: who compiled it left the wrong figure
   out. Nothing but the remark can show them, and whoever writes such remarks has found the error already.
3. **Planted.** Errors of each kind are put into the file, one at a time: as a further source, or in place of a figure.
   Counted is whether the figure is flagged at all, and whether the kind is the right one.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guanzi.base.core import Place
from guanzi.intake.conflicts.detecting import find_conflicts
from guanzi.intake.conflicts.finding import Conflict
from guanzi.intake.conflicts.readings import SourceReading, read_readings

SEED, PLANTED = 20260, 200


@dataclass(frozen=True)
class Known:
    """A known error: whom and what it is about, its kind, and whether its figures stand in the file."""

    company: str
    kinds: tuple[str, ...]
    item: str
    periods: tuple[str, ...]
    what: str
    in_figures: bool = False


#: What the compiler of the file recorded, in our words.
KNOWN = (
    Known("XPeng", ("definition", "value"), "gross_profit", ("2020",), "cost of revenue adjusted by the vendor", True),
    Known("XPeng", ("definition", "value"), "gross_profit", ("2023",), "cost of revenue adjusted by the vendor", True),
    Known("Fisker", ("preliminary",), "net_income", ("2023",), "preliminary against audited net loss", True),
    Known("NIO", ("definition",), "net_income", ("2021",), "net loss before and after accretion", True),
    Known("NIO", ("definition",), "net_income", ("2022",), "net loss before and after accretion", True),
    Known("NIO", ("definition",), "net_income", ("2023",), "net loss before and after accretion", True),
    Known("XPeng", ("currency",), "operating_cash_flow", ("2023",), "converted to dollars by the vendor", True),
    Known("NIO", ("currency",), "", ("2021", "2022", "2023", "2024"), "yuan labelled as dollars"),
    Known("NIO", ("contradiction",), "sga", ("2016", "2017"), "expenses do not add up on the page"),
    Known("NIO", ("definition",), "", ("2018",), "schedule of the parent alone"),
    Known("XPeng", ("definition",), "gross_profit", ("2019", "2021", "2022"), "cost of revenue adjusted by the vendor"),
    Known("XPeng", ("contradiction",), "", (), "operating cash flow of the page is wrong"),
    Known("Li Auto", ("currency", "period"), "", (), "a quarter in dollars in the column of a year"),
    Known("Rivian", ("contradiction",), "", ("2023",), "column labelled by the text alone"),
    Known("Fisker", ("contradiction",), "", ("2022", "2023"), "a current ratio elsewhere says otherwise"),
    Known("Lordstown", ("preliminary",), "", ("2020",), "annual report as first filed, later restated"),
    Known("Lordstown", ("period",), "", ("2019",), "stub period of nine months"),
    Known("Canoo", ("stale",), "", (), "revenue of 2020 repeated for 2021"),
    Known("Canoo", ("shell",), "", (), "columns before the merger are the shell's"),
    Known("Nikola", ("shell",), "", (), "columns before the merger are the shell's"),
    Known("Nikola", ("definition",), "", ("2024",), "continuing operations only"),
    Known("Faraday Future", ("contradiction",), "", (), "research expenses of 2021 differ between pages"),
    Known("Tesla", ("definition",), "", (), "gross profit without depreciation"),
)


def is_flagged(known: Known, conflicts: Iterable[Conflict]) -> bool:
    """Whether a conflict of the right company, kind, item and period was found."""
    return any(
        conflict.kind in known.kinds
        and any(
            reading.company == known.company
            and (not known.item or reading.item.base == known.item)
            and (not known.periods or reading.period in known.periods)
            for reading in conflict.readings
        )
        for conflict in conflicts
    )


def is_known(conflict: Conflict) -> bool:
    """Whether a conflict is one of those that the compiler of the file recorded with figures."""
    return any(known.in_figures and is_flagged(known, [conflict]) for known in KNOWN)


def plant(readings: Sequence[SourceReading], kind: str, index: int, dice: random.Random) -> SourceReading:
    """A reading with an error of a kind, as a further source would give it."""
    of = readings[index]
    value = of.value
    if kind == "sign":
        value = -value
    elif kind == "scale":
        value *= 10.0 ** dice.choice((-6, -4, -3, 3, 4, 6))
    elif kind == "currency":
        value *= dice.uniform(6.1, 7.3) ** dice.choice((-1, 1))
    elif kind == "stale":
        value = next(r.value for r in readings if _is_year_before(r, of))
    else:
        value *= 1 + dice.choice((-1, 1)) * dice.uniform(0.02, 0.3)
    figure = f"{value / 1e6:.6g}"
    return replace(of, value=value, half=0.0, figure=figure, source="planted", note="", place=Place("planted", 99_999))


def measure_planted(readings: Sequence[SourceReading], kind: str, alone: bool) -> tuple[int, int, int]:
    """How many planted errors are flagged, how many under the right name, of how many."""
    dice = random.Random(f"{SEED}{kind}{alone}")
    money = [i for i, r in enumerate(readings) if r.currency and r.value and r.digits >= 3]
    if kind == "stale":
        money = [i for i in money if any(_is_year_before(r, readings[i]) for r in readings)]
    flagged = named = 0
    for index in dice.choices(money, k=PLANTED):
        wrong = plant(readings, kind, index, dice)
        rest = [r for i, r in enumerate(readings) if i != index] if alone else list(readings)
        near = [r for r in (*rest, wrong) if r.company == wrong.company]
        kinds = {c.kind for c in find_conflicts(near, notes=False) if wrong in c.readings}
        flagged += bool(kinds)
        named += kind in kinds or (kind == "other" and bool(kinds & {"value", "definition", "preliminary", "identity"}))
    return flagged, named, PLANTED


def _is_year_before(reading: SourceReading, of: SourceReading) -> bool:
    same = (reading.company, reading.item.base, reading.currency) == (of.company, of.item.base, of.currency)
    return same and reading.year == of.year - 1 and reading.digits >= 3 and abs(reading.value / of.value - 1) > 0.02


def main(path: Path) -> None:
    """Print the measurements as Markdown."""
    readings = read_readings(path, path.name)
    silent = find_conflicts(readings, notes=False)
    spoken = find_conflicts(readings)
    in_figures = [known for known in KNOWN if known.in_figures]
    by_figures = sum(is_flagged(known, silent) for known in in_figures)
    by_both = sum(is_flagged(known, spoken) for known in KNOWN)
    others = [conflict for conflict in silent if not is_known(conflict)]
    touched = {reading.place for conflict in others for reading in conflict.readings}
    print("# Conflicts in the vendors' figures of electric-vehicle makers\n")
    print(f"`python benchmarks/evidence_conflicts.py {path.name}`: {len(readings)} readings.\n")
    print("## Known errors\n")
    print("| measurement | known | flagged | share |")
    print("|---|---:|---:|---:|")
    print(f"| figures alone, known errors whose figures stand in the file | {len(in_figures)} | {by_figures} "
          f"| {by_figures / len(in_figures):.0%} |")  # fmt: skip
    print(f"| figures and remarks, all known errors | {len(KNOWN)} | {by_both} | {by_both / len(KNOWN):.0%} |\n")
    print("| company | known error | figures in the file | figures alone | with remarks |")
    print("|---|---|---|---|---|")
    for known in KNOWN:
        marks = (known.in_figures, is_flagged(known, silent), is_flagged(known, spoken))
        years = f" {', '.join(known.periods)}" if known.periods else ""
        print(f"| {known.company} | {known.what}{years} | " + " | ".join("yes" if m else "–" for m in marks) + " |")
    print("\n## False alarms\n")
    print(f"Figures alone: {len(silent)} conflicts, of which {len(others)} are in nobody's list; they touch "
          f"{len(touched)} of {len(readings)} readings ({len(touched) / len(readings):.1%}).\n")  # fmt: skip
    print("| company | years | kind | sentence |")
    print("|---|---|---|---|")
    for conflict in others:
        years = ", ".join(sorted({reading.period for reading in conflict.readings}))
        print(f"| {conflict.readings[0].company} | {years} | {conflict.kind} | `{conflict.cause.id}` |")
    noted = Counter(conflict.kind for conflict in spoken if conflict.basis == "note")
    print("\nRemarks: " + ", ".join(f"{kind} {count}" for kind, count in sorted(noted.items())) + ".\n")
    print(f"## Planted errors (seed {SEED}, {PLANTED} of each kind, without remarks)\n")
    print("| kind | further source: flagged | right kind | in place of the figure: flagged | right kind |")
    print("|---|---:|---:|---:|---:|")
    for kind in ("sign", "scale", "currency", "stale", "other"):
        cells = []
        for alone in (False, True):
            flagged, named, n = measure_planted(readings, kind, alone)
            cells += [f"{flagged / n:.1%}", f"{named / n:.1%}"]
        print(f"| {'other (2 to 30 % off)' if kind == 'other' else kind} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
