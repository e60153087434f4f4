"""What is odd about a panel though it can be used: reported, never repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from guanzi.base.core import Message, Parameter, Place, Problem
from guanzi.intake.industries.panel import Codes, Floats, IndustryPanel

_BREAK = 0.1
"""Share of the value of a year in codes that the year beside it lacks, from which on the classification was revised.

A judgement: industries are born and die, but not a tenth of all employment between two counts.
"""
_SUM = 0.005
"""Part of a value by which a sum may miss it: figures are rounded."""
_MOST = 0.95
_NAMED = 5
_WHOLE = frozenset(
    (
        "total",
        "totals",
        "grand total",
        "all",
        "all industries",
        "all sectors",
        "all regions",
        "合计",
        "总计",
        "总和",
        "全部",
    )
)
"""Words that name a whole and no part of it, whether or not its figure is the sum of the parts that are held."""


def remarks(panel: IndustryPanel, unknown: Mapping[str, int]) -> IndustryPanel:
    """The panel with what was noticed about it.

    Args:
        panel: As it was gathered.
        unknown: Measure to the number of cells that the source keeps back.
    """
    found = [
        *_kept_back(panel, unknown),
        *_all_nought(panel),
        *_alike(panel),
        *_gaps(panel),
        *_totals(panel),
        *_levels(panel),
        *_empty_regions(panel),
        *_breaks(panel),
    ]
    return replace(panel, findings=tuple(found))


def _remark(panel: IndustryPanel, kind: str, /, severity: str = "warning", **params: Parameter) -> Problem:
    cause, fix = Message.of(f"panels.remark.{kind}", **params), Message.of(f"panels.remark.{kind}.mend")
    return Problem(cause, Place(panel.name), fix, severity)


def _kept_back(panel: IndustryPanel, unknown: Mapping[str, int]) -> Iterator[Problem]:
    for measure, cells in unknown.items():
        if cells:
            yield _remark(panel, "kept_back", "info", measure=measure, cells=cells)


def _all_nought(panel: IndustryPanel) -> Iterator[Problem]:
    for measure, values in panel.measures.items():
        if not (values > 0).any():
            yield _remark(panel, "all_nought", measure=measure)


def _alike(panel: IndustryPanel) -> Iterator[Problem]:
    """Codes that differ in capitals or in white space alone."""
    for role, codes in (("regions", panel.regions), ("industries", panel.industries)):
        folded: dict[str, str] = {}
        for code in codes:
            other = folded.setdefault(" ".join(code.split()).casefold(), code)
            if other != code:
                yield _remark(panel, f"alike.{role}", one=other, other=code)


def _gaps(panel: IndustryPanel) -> Iterator[Problem]:
    steps = np.diff(panel.years)
    if len(steps) < 2 or (steps == steps[0]).all():
        return
    usual = int(np.median(steps))
    odd = [f"{panel.years[i]}–{panel.years[i + 1]}" for i in np.flatnonzero(steps != usual)]
    yield _remark(panel, "gaps", usual=usual, gaps=tuple(odd[:_NAMED]))


def counted_once(panel: IndustryPanel) -> IndustryPanel:
    """The panel without industries and regions that repeat others: totals, and codes above those that they hold.

    What was left out is told among the findings.
    """
    totals, uppers = dict.fromkeys(_whole_codes(panel)), _uppers(panel)
    industries = {*(code for role, code in totals if role == "industry"), *uppers}
    regions = {code for role, code in totals if role == "region"}
    if not industries and not regions:
        return panel
    names: tuple[Parameter, ...] = tuple(sorted({*industries, *regions})[:_NAMED])
    told = _remark(panel, "left_out", codes=names, number=len(industries) + len(regions))
    kept = [f for f in panel.findings if not f.cause.id.startswith(("panels.remark.total", "panels.remark.levels"))]
    return replace(panel.without(industries, regions), findings=(*kept, told))


def _totals(panel: IndustryPanel) -> Iterator[Problem]:
    """An industry, or a region, that is the whole of the others would be counted twice."""
    for role, code in dict.fromkeys(_whole_codes(panel)):
        yield _remark(panel, f"total.{role}", "error", code=code)


def _whole_codes(panel: IndustryPanel) -> Iterator[tuple[str, str]]:
    """Industries and regions that are named as a whole, or are the sum of all others in the last year."""
    if len(panel.years) == 0 or min(len(panel.regions), len(panel.industries)) < 3:
        return
    by_industry, by_region = _sums(panel, panel.industry, panel.industries), _sums(panel, panel.region, panel.regions)
    for role, codes, sums in (("industry", panel.industries, by_industry), ("region", panel.regions, by_region)):
        yield from ((role, code) for code in codes if " ".join(code.split()).casefold() in _WHOLE)
        for at in np.flatnonzero(np.abs(2 * sums - sums.sum()) <= 2 * _SUM * sums.sum()):
            matrix = panel.matrix(panel.years[-1])
            across = matrix if role == "industry" else matrix.T
            whole = across.sum(axis=1)
            held = whole > 0
            half = np.abs(2 * across[held, at] - whole[held]) <= _SUM * whole[held]
            if held.sum() > 1 and half.mean() >= _MOST:
                yield role, codes[at]


def _sums(panel: IndustryPanel, places: Codes, codes: tuple[str, ...]) -> Floats:
    """The value of the last year by region or by industry."""
    part = slice(int(panel.starts[-2]), int(panel.starts[-1]))
    values = np.nan_to_num(panel.measures[panel.measure][part])
    return np.bincount(places[part], weights=values, minlength=len(codes))


def _levels(panel: IndustryPanel) -> Iterator[Problem]:
    """Codes of several levels of one classification."""
    if found := _uppers(panel):
        first = min(found)
        yield _remark(panel, "levels", "error", upper=first, lower=tuple(found[first][:3]), codes=len(found))


def _uppers(panel: IndustryPanel) -> dict[str, list[str]]:
    """Codes whose value is the sum of those that begin as they do, with those below them.

    That a code begins as another does is not enough: 1 and 10 are two divisions.
    """
    if len({len(code) for code in panel.industries}) < 2 or not len(panel.years):
        return {}
    place = {code: i for i, code in enumerate(panel.industries)}
    below: dict[str, list[str]] = {}
    for code in panel.industries:
        upper = next((code[:n] for n in range(len(code) - 1, 0, -1) if code[:n] in place), None)
        if upper is not None:
            below.setdefault(upper, []).append(code)
    sums = _sums(panel, panel.industry, panel.industries)
    apart = {
        upper: abs(sums[place[upper]] - sum(sums[place[code]] for code in lower)) for upper, lower in below.items()
    }
    likely = [upper for upper, gap in apart.items() if sums[place[upper]] > 0 and gap <= 2 * _SUM * sums[place[upper]]]
    if not likely:
        return {}
    matrix = panel.matrix(panel.years[-1])
    found = {}
    for upper in likely:
        own, parts = matrix[:, place[upper]], matrix[:, [place[code] for code in below[upper]]].sum(axis=1)
        held = parts > 0
        if held.sum() > 1 and (np.abs(own[held] - parts[held]) <= _SUM * own[held]).mean() >= _MOST:
            found[upper] = below[upper]
    return found


def _empty_regions(panel: IndustryPanel) -> Iterator[Problem]:
    """Regions that are held in one year and not in another."""
    held = np.zeros((len(panel.years), len(panel.regions)), dtype=np.bool_)
    for at in range(len(panel.years)):
        held[at, panel.region[panel.starts[at] : panel.starts[at + 1]]] = True
    lacking = held.any(axis=0)[None] & ~held
    regions = [panel.regions[i] for i in np.flatnonzero(lacking.any(axis=0))]
    years = [str(panel.years[at]) for at in np.flatnonzero(lacking.any(axis=1))]
    if regions:
        shown: dict[str, Parameter] = {"regions": tuple(regions[:_NAMED]), "years": tuple(years[:_NAMED])}
        cells: dict[str, Parameter] = {"number": len(regions), "of_years": len(years)}
        yield _remark(panel, "region_empty", "warning", **shown, **cells)


def _breaks(panel: IndustryPanel) -> Iterator[Problem]:
    """Years between which so much of the value changed its codes that the classification must have changed."""
    totals = []
    for at in range(len(panel.years)):
        part = slice(int(panel.starts[at]), int(panel.starts[at + 1]))
        values = np.nan_to_num(panel.measures[panel.measure][part])
        totals.append(np.bincount(panel.industry[part], weights=values, minlength=len(panel.industries)))
    for at in range(1, len(totals)):
        before, after = totals[at - 1], totals[at]
        gone, new = (before > 0) & (after == 0), (after > 0) & (before == 0)
        lost = before[gone].sum() / before.sum() if before.sum() else 0.0
        gained = after[new].sum() / after.sum() if after.sum() else 0.0
        if min(lost, gained) > 0 and max(lost, gained) >= _BREAK:
            yield _remark(
                panel,
                "revision",
                before=str(panel.years[at - 1]),
                after=str(panel.years[at]),
                lost=lost,
                gained=gained,
                gone=tuple(panel.industries[i] for i in np.flatnonzero(gone)[:3]),
                new=tuple(panel.industries[i] for i in np.flatnonzero(new)[:3]),
            )
