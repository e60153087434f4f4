"""No simulated figure moves against the sign of a fact, but where the table of signs says why."""

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pytest
from tests.truth.signs import changed_view, changes, prepared_case

from guanzi.advice.appraisal.prepare import Prepared, prepare_sheet
from guanzi.deal.program import grid_of
from guanzi.engine.simulation import Sampler
from guanzi.record.evidence import builtin_cases, find_case, load_case, sign_of

type Losses = dict[str, np.ndarray]

OUTPUTS = ("without.failed_step", "with.failed_step", "fund.npv")
FIVE_YEARS = 60
"""Months within which failure counts."""
FIGURES = {
    None: ("failure alone", "failure", "value", "ahead"),
    "gains": ("failure alone",),
    "worth": (),
    "volume": (),
}
"""How far a sign does not reach a simulation, to the figures that it moves its way nevertheless."""
ERRORS = 3.0
"""Standard errors of the mean paired difference, over the same paths, that are no movement: by chance one figure of a
thousand goes further the wrong way, and some thousand are looked at. So what goes further must do so again, on other
paths and four times as many."""


@pytest.mark.parametrize(("case", "paths"), [("nio-hefei-2020", 256)])
def test_simulated_figures_of_a_case_follow_the_signs_of_facts(case, paths):
    tried, wrong = against(case, paths)
    assert wrong == []
    assert {"r_and_d", "gross_margin", "total_debt"} <= tried


@pytest.mark.prove
@pytest.mark.parametrize("case", builtin_cases())
def test_simulated_figures_of_every_case_follow_the_signs_of_facts(case):
    assert against(case, 2_048)[1] == []


def test_a_figure_that_goes_the_wrong_way_is_found(monkeypatch):
    """At the price of the day more debt brings a better chance to be ahead: without its reason debt would be found."""
    monkeypatch.setitem(FIGURES, "gains", FIGURES[None])
    assert {(what, figure) for _, what, _, figure, *_ in against("nio-hefei-2020", 1_024, ("total_debt", "sga"))[1]}


def against(case: str, paths: int, names: tuple[str, ...] = ()) -> tuple[set[str], list[tuple[object, ...]]]:
    """Facts that were tried, and what of them moved a figure the wrong way: mean difference and its standard error."""
    prepared = prepared_case(load_case(find_case(case)))
    tried: set[str] = set()
    wrong: list[tuple[object, ...]] = []
    before = cache(partial(_losses, prepared))
    if prepared.sheet is None or prepared.model is None:
        return tried, wrong
    for how, what, better, facts in changes(prepared.view):
        figures = FIGURES[sign_of(what).unforeseen]
        if not figures or (names and what not in names):
            continue
        now = prepare_sheet(changed_view(prepared, facts), prepared.playbook, prepared.sheet)
        if now.model is None or _distributions(now) == _distributions(prepared):
            continue
        tried.add(what)
        sign = 1.0 if better else -1.0
        found = _rises(before, now, sign, figures, paths, 1)
        if found:
            found = _rises(before, now, sign, tuple(figure for figure, *_ in found), 4 * paths, 2)
        wrong.extend((how, what, better, *one) for one in found)
    return tried, wrong


def _rises(
    before: Callable[[int, int], Losses], now: Prepared, sign: float, figures: tuple[str, ...], paths: int, seed: int
) -> list[tuple[str, float, float]]:
    """Figures that rise by more than chance: mean difference and its standard error."""
    base, found = before(paths, seed), _losses(now, paths, seed)
    rises = {figure: (found[figure] - base[figure]) * sign for figure in figures}
    told = [(figure, float(rise.mean()), float(rise.std()) / paths**0.5) for figure, rise in rises.items()]
    return [one for one in told if one[1] > ERRORS * one[2] + 1e-12]


def _distributions(prepared: Prepared) -> dict[str, object]:
    assert prepared.model is not None
    return {name: parameter.distribution for name, parameter in prepared.model.parameters.items()}


def _losses(prepared: Prepared, paths: int, seed: int) -> Losses:
    """Each figure path by path, the larger the worse; the same path has the same draws whatever the facts."""
    sheet, model, policy = prepared.sheet, prepared.model, prepared.policy
    assert sheet is not None
    assert model is not None
    assert policy is not None
    drawn = Sampler(OUTPUTS, paths=paths, seed=seed, threads=1).draw(sheet, model, policy)
    alone, helped, value = (drawn[name] for name in OUTPUTS)
    steps = FIVE_YEARS / grid_of(sheet).months
    failed = [((step >= 0) & (step < steps)).astype(float) for step in (alone, helped)]
    return {"failure alone": failed[0], "failure": failed[1], "value": -value, "ahead": -(value > 0).astype(float)}
