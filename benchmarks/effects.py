"""What can be said of the effect of the bet on Anhui's cars, and how often the method sees one where none is known.

Run it with ``python -m benchmarks.effects``; it rewrites ``benchmarks/results/effects.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

import numpy as np

from guanzi.jobs.tracks import effects
from guanzi.jobs.tracks.declared import EffectRequest

RESULTS = Path(__file__).parent / "results" / "effects.md"
SHARE_2024 = 0.114
"""Anhui in the vehicles of China in 2024 (frbk.net, from figures of the statistical office)."""
AHEAD = 5
SINCE = range(2005, 2015)
SMALLEST = 0.005
"""Share of the nation from which a province counts among those that make vehicles."""


def main() -> None:
    """Run, and write the page."""
    RESULTS.write_text("\n".join(page()) + "\n", "utf-8")


def page() -> Iterator[str]:
    """The lines of the page."""
    found = effects.data(effects.judge(EffectRequest()))
    told = "identified" if found["identified"] else f"**not identified** (`{found['obstacle']}`)"
    yield "# The effect of the bet on Anhui's vehicles\n"
    yield "`python -m benchmarks.effects`; method: `guanzi scan effect`.\n"
    yield _prose(
        f"`guanzi scan effect anhui --since 2020`, vehicles by province: {told}. The figures by province end in 2019, "
        "and new energy vehicles are not counted apart in them. Searches for later years found Anhui itself, and of "
        "the other provinces only Guangdong in 2025 and two months of 2025 of eight more. Fifteen are needed. A user "
        "who holds the yearbook adds them with `--add`."
    )
    yield from _past()
    yield from _placebos()


def _prose(text: str) -> str:
    return fill(text, 118) + "\n"


def _past() -> Iterator[str]:
    """How far provinces have moved in five years before, and where Anhui stands among them."""
    result = effects.judge(EffectRequest())
    panel, at = result.panel, result.panel.industry_at(result.industry)
    figures = np.array([panel.matrix(year)[:, at] for year in panel.years])
    shares = figures / figures.sum(axis=1, keepdims=True)
    own = float(shares[-1, panel.region_at(result.region)])
    start, end = shares[:-AHEAD], shares[AHEAD:]
    counted = (start >= SMALLEST) & (end > 0)
    known = np.log(end[counted] / start[counted])
    times = SHARE_2024 / own
    rare = float((known >= math.log(times)).mean())
    low, high = (own * math.exp(float(np.quantile(known, q))) for q in (0.05, 0.95))
    yield "## How unusual the rise is\n"
    yield _prose(
        f"Anhui had {own:.1%} of the vehicles of China in 2019 and {SHARE_2024:.1%} in 2024: {times:.1f} times as "
        f"much. Of {len(known)} changes over {AHEAD} years of provinces with at least {SMALLEST:.1%} in 1998 to 2019 "
        f"(overlapping), {rare:.1%} were as large. Nine in ten would have brought it to {low:.1%} to {high:.1%}. "
        "So the rise is rare. This is no effect of the deal: BYD, Volkswagen, Chery's exports and the turn to electric "
        "cars are all in it, and what other provinces did after 2019 is not."
    )


def _placebos() -> Iterator[str]:
    yield "## Provinces without a known event\n"
    yield _prose(
        "Each province as if something had happened in the year before, five years on. An interval of 90 % should "
        "leave out nought in 10 % of cases."
    )
    yield "| since | identified, of provinces | leave out nought |\n|---|---:|---:|"
    all_told, all_wrong = 0, 0
    for since in SINCE:
        regions = effects.judge(EffectRequest(since=since)).panel.regions
        asked = [EffectRequest(str(region), since=since, until=since + AHEAD - 1) for region in regions]
        found = [effects.data(effects.judge(one)) for one in asked]
        last = [one["years"][-1] for one in found if one["identified"]]
        wrong = sum(year["low"] > 0 or year["high"] < 0 for year in last)
        all_told, all_wrong = all_told + len(last), all_wrong + wrong
        yield f"| {since} | {len(last)} of {len(regions)} | {wrong} ({wrong / len(last):.0%}) |"
    yield f"| all | {all_told} | {all_wrong} ({all_wrong / all_told:.0%}) |"


if __name__ == "__main__":
    main()
