"""Every fact that is read has a sign or a reason why none; bad facts improve nothing, good ones worsen nothing."""

from dataclasses import replace

import numpy as np
import pytest
from tests.truth.signs import changes, measured, prepared_case

from guanzi.advice.appraisal.compose import facts_used
from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import InvalidInput
from guanzi.record.evidence import UNITS_BY_NAME, builtin_cases, find_case, load_case, sign_of
from guanzi.study.diligence import checks

ACCEPTED = {
    ("added", "net_loss_to_date", "balance"): "the probe adds a small loss where none was told",
    ("added", "net_loss_to_date", "advice"): "the same, of a company of which profits are told",
    ("moved", "current_assets", "zmijewski"): "the published coefficient of liquidity has this sign (Zmijewski 1984)",
    ("moved", "current_liabilities", "zmijewski"): "the same",
    (
        "added",
        "raised_to_date",
        "balance",
    ): "a plan that what is told does not pay for weighs as one of which none is",
}
"""Pairs of a change and a measure that may go the other way, with the reason."""


def test_every_fact_that_a_check_asks_for_has_a_sign_or_a_reason():
    """A name that is new in a check must be declared for or against, or why not."""
    for check in checks():
        for need in check.needs:
            sign = sign_of(need.name, "a rival" if need.subject == "*" else need.subject)
            assert sign.because != "unread", need


def test_a_sign_has_a_reason_exactly_where_there_is_none():
    signs = {name: sign_of(name) for name in UNITS_BY_NAME}
    assert all((sign.direction == "none") == (sign.because is not None) for sign in signs.values())
    assert {sign.direction for sign in signs.values()} == {"good", "bad", "none"}


@pytest.mark.parametrize("name", builtin_cases())
def test_what_is_used_of_a_case_has_a_sign_or_a_reason(name):
    used = [f for f in facts_used(load_case(find_case(name))) if f.used_for != "nothing"]
    assert {f.name for f in used if sign_of(f.name, f.subject).because == "unread"} == set()


@pytest.mark.parametrize("name", builtin_cases())
def test_a_bad_fact_improves_nothing_and_a_good_one_worsens_nothing(name):
    prepared = prepared_case(load_case(find_case(name)))
    base = measured(prepared, prepared.view.facts)
    wrong = []
    for how, what, better, facts in changes(prepared.view):
        now = measured(prepared, facts)
        fell = now.falls(base) if better else base.falls(now)
        wrong += [(how, what, better, m) for m in fell if (how, what, m) not in ACCEPTED]
    assert wrong == []


OF_PARAMETERS = {
    **dict.fromkeys(("cash", "margin", "units", "growth", "growth_long", "price", "equity", "capacity"), 1),
    **dict.fromkeys(("debt", "opex", "capex_share", "interest", "cost_gap", "slump", "required_return"), -1),
}
"""Parameters of company models of which more is better (1) or worse (-1) for a company, at a given price of shares."""
IDENTITIES = {
    ("deliveries", "price"): "the price is the revenue by the deliveries",
    ("deliveries", "slump"): "what is guided is measured against what was sold",
    ("gross_margin", "opex"): "with the loss as it is, more gross profit was spent",
    ("revenue", "opex"): "with the loss as it is, more gross profit was spent",
    ("net_loss", "opex"): "with the cash flow as it is, more of a larger loss was no cash",
    ("revenue", "debt"): "debt that is not held is guessed from sales: a larger company owes more",
    ("revenue_to_date", "debt"): "the same",
    ("revenue_to_date", "growth_long"): "larger companies grow less: the class of its size is another",
    ("revenue", "growth_long"): "larger companies grow less: the class of its size is another",
}
"""Facts that move a parameter the other way, with the identity of accounts or the table by which they do."""
EARLIER = {
    ("qoros-changshu-2017", "deliveries"): "the newest months are of 2017: a better 2016 makes their fall the deeper",
}
"""Facts of a case that are what the newest is compared with."""


@pytest.mark.parametrize("name", builtin_cases())
def test_a_bad_fact_moves_no_parameter_of_the_model_for_the_better(name):
    """A loss that was doubled doubled the cash that was guessed, and debts beyond the assets made shares dearer."""
    view = prepared_case(load_case(find_case(name))).view
    base = middles(view)
    wrong = []
    for how, what, better, facts in changes(view) if base else ():
        if how == "moved" and (name, what) not in EARLIER:
            now = middles(replace(view, facts=facts))
            for parameter, way in OF_PARAMETERS.items():
                if parameter in base and (what, parameter) not in IDENTITIES:
                    rise = way * (now[parameter] - base[parameter]) * (1 if better else -1)
                    wrong += [(what, better, parameter, base[parameter], now[parameter])] if rise < -1e-9 else []
    assert wrong == []


def middles(view):
    """Parameter to the mean of the middle nine tenths of its distribution; empty where nothing can be calibrated."""
    try:
        found = calibrate_company(view, view.as_of).parameters
    except InvalidInput:
        return {}
    return {id: float(np.mean(p.distribution.quantile(np.linspace(0.05, 0.95, 19)))) for id, p in found.items()}
