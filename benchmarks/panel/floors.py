"""Failures by class of company, expected and come: the floor by class against the one floor of before.

``python benchmarks/panel/floors.py freeze`` hashes the table of floors, the studies that it reads and this file.
``python benchmarks/panel/floors.py BEFORE.npz AFTER.npz``, with files of ``foresee.py``, writes
``benchmarks/results/panel-floors.md``; refused where anything is not as it was hashed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from companies import HERE, CompanyDay, company_days, view_of
from evaluate import outcomes
from foresee import YEARS
from scipy.stats import chi2

from guanzi.advice.calibration.floors import class_of_floor

FILE = HERE / "FLOORS.sha256.json"
RESULT = HERE.parent / "results" / "panel-floors.md"
SOURCE = HERE.parents[1] / "src" / "guanzi"
FIXED = (SOURCE / "advice/calibration/floors.py", SOURCE / "library/priors/ratings.yaml", Path(__file__).resolve())
NEARLY_WHOLE = "2021-02-19"
"""The set that made the frame is of April 2021: of this day hardly a company can be missing because it had failed."""
CLASSES = {"listed_with_cash": "listed, cash at least its debt", "other": "listed, debt beyond its cash or not known"}
HEAD = (
    "| within | companies and days | failed (90 % of Poisson) | liquidations, floor of before | floor by class "
    "| distress, floor of before | floor by class |"
)


def hashes() -> dict[str, str]:
    """Path of a file from the root of the repository to the hash of its bytes."""
    root = HERE.parents[1]
    return {f.relative_to(root).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in FIXED}


def class_of(c: CompanyDay) -> str:
    """The class of a company on its day; ``other`` where the table has none for it."""
    found = class_of_floor(view_of(c))
    return "other" if found is None else found[0]


def poisson_range(count: int) -> tuple[float, float]:
    """Means of a Poisson law under which so few or so many come in more than 5 of 100 cases each (Garwood 1936)."""
    low = 0.0 if count == 0 else float(chi2.ppf(0.05, 2 * count)) / 2.0
    return low, float(chi2.ppf(0.95, 2 * count + 2)) / 2.0


def rows(days: list[CompanyDay], seen: Mapping[tuple[str, int, str], str],
         told: Mapping[str, Mapping[str, np.ndarray]]) -> Iterator[str]:  # fmt: skip
    """A row for each horizon."""
    for years in YEARS:
        known = [c for c in days if seen.get((c.id, years, "status"), "unknown") != "unknown"]
        if not known:
            continue
        came = sum(seen[c.id, years, "status"] == "failed" for c in known)
        low, high = poisson_range(came)
        sums = (
            sum(float(told[when][f"{c.id}|failure|{years}|{name}"][0]) for c in known)
            for name in ("liquidated", "structural")
            for when in ("before", "after")
        )
        cells = (f"{years} {'year' if years == 1 else 'years'}", len(known), f"{came} ({low:.1f} to {high:.1f})")
        yield "| " + " | ".join(map(str, (*cells, *(f"{x:.1f}" for x in sums)))) + " |"


def tables(told: Mapping[str, Mapping[str, np.ndarray]]) -> Iterator[str]:
    """The table of each class, on the day that is nearly whole and on all days."""
    days, seen = list(company_days()), outcomes()
    parts: tuple[tuple[str, Callable[[CompanyDay], bool]], ...] = (
        (f"As of {NEARLY_WHOLE}", lambda c: str(c.as_of) == NEARLY_WHOLE),
        ("All three days", lambda c: True),
    )
    by_class = {c.id: class_of(c) for c in days}
    for title, chosen in parts:
        yield from (f"### {title}", "")
        for name, words in CLASSES.items():
            mine = [c for c in days if chosen(c) and by_class[c.id] == name]
            yield from (f"**{words[0].upper()}{words[1:]}**", "", HEAD, "|---|---|---|---|---|---|---|")
            yield from rows(mine, seen, told)
            yield ""


def main(arguments: list[str]) -> int:
    """Hash the table, or score it."""
    if arguments == ["freeze"]:
        FILE.write_text(json.dumps(hashes(), indent=2, sort_keys=True) + "\n", "utf-8")
        return 0
    if json.loads(FILE.read_text("utf-8")) != hashes():
        raise SystemExit("the table of floors is not as it was hashed")
    told = {}
    for name, file in zip(("before", "after"), arguments, strict=True):
        with np.load(file) as arrays:
            told[name] = {key: arrays[key] for key in arrays.files if "|failure|" in key}
    head = ["# Failures by class of company", "", "Written by `python benchmarks/panel/floors.py`.", ""]
    mark = "<!-- --8<-- [{}:tables] -->"
    body = "\n".join([*head, mark.format("start"), *tables(told)]).rstrip()
    RESULT.write_text(f"{body}\n{mark.format('end')}\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
