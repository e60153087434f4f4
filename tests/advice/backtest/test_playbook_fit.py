"""Which playbook a deal fits best follows from the rules on form of each, and from nothing else."""

from datetime import date

import pytest

from guanzi.advice.appraisal import company_side
from guanzi.advice.backtest import playbook_fits
from guanzi.record.evidence import open_case
from guanzi.record.playbooks import load_playbook

FIVE = ("hefei", "hangzhou", "shanghai", "shenzhen", "xian")


@pytest.fixture(scope="module")
def nio():
    return open_case("nio-hefei-2020")


@pytest.fixture(scope="module")
def fits(nio):
    return playbook_fits(nio, map(load_playbook, FIVE))


def test_every_playbook_is_told_once_the_least_broken_first(fits):
    assert {fit.playbook for fit in fits} == set(FIVE)
    standing = [(len(fit.broken), fit.open, -fit.met) for fit in fits]
    assert standing == sorted(standing)


@pytest.mark.parametrize(("case", "best"), [("byd-hefei-2021", set()), ("zhipu-zhuhai-2025", {"xian"})])
def test_a_playbook_fits_best_only_by_a_rule_that_is_met_and_where_no_other_can_break_fewer(case, best):
    fits = playbook_fits(open_case(case), map(load_playbook, FIVE))
    with_rules = [fit for fit in fits if fit.met or fit.open or fit.broken]
    assert {fit.playbook for fit in fits} - {fit.playbook for fit in with_rules} == {"hefei"}
    for fit in fits:
        least = min(len(other.broken) for other in with_rules if other is not fit)
        assert fit.best == (fit.met > 0 and len(fit.broken) + fit.open <= least)
    assert {fit.playbook for fit in fits if fit.best} == best


def test_money_of_the_public_side_alone_breaks_the_rules_of_those_who_follow_others(fits):
    broken = {fit.playbook for fit in fits if fit.broken}
    assert broken == {"hangzhou", "shanghai", "shenzhen", "xian"}  # the table of hefei has no rule on form


@pytest.mark.parametrize("name", ["shanghai", "xian"])
def test_what_is_counted_are_the_rows_of_its_own_table(nio, fits, name):
    rows = company_side(nio, load_playbook(name)).form
    fit = next(fit for fit in fits if fit.playbook == name)
    assert (fit.met, fit.open) == tuple(sum(row.outcome == kind for row in rows) for kind in ("pass", "no_evidence"))
    assert fit.broken == tuple(row.rule for row in rows if row.outcome == "fail")


def test_a_case_is_never_read_later_than_on_its_day(nio):
    shanghai = load_playbook("shanghai")
    later = playbook_fits(nio, [shanghai], date(2026, 1, 1))
    assert later == playbook_fits(nio, [shanghai])
