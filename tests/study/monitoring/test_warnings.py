"""Early warning: rules with their sources, and what is there, quiet or not to be seen on a day."""

import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from benchmarks.early_warnings import COMMITTED
from tests.jobs.watched_case import fact, signed_case

from guanzi.base.core import render, sha256_of
from guanzi.record.evidence import burn, load_case, watched_case
from guanzi.record.evidence.accounts.reporting import HALF_YEAR_DELAY, YEAR_DELAY
from guanzi.study.monitoring import RECORD, signs, warning_rules

DAY = date(2020, 9, 30)
Q1, END = "2020Q1", date(2020, 6, 30)


def found(tmp_path, *facts, day=DAY):
    return signs(watched_case(load_case(signed_case(tmp_path, *facts))).view(day), warning_rules())


def ids(found):
    return {sign.rule.id for sign in found.found}


def test_the_rules_are_those_that_were_set_before_outcomes_were_opened():
    assert sha256_of(files("guanzi.library").joinpath("monitoring", "warnings.yaml").read_bytes()) == COMMITTED


def test_figures_are_late_after_as_many_days_as_accounts_are_stale():
    reporting = warning_rules().reporting
    assert (reporting.quarter_days.value, reporting.year_days.value) == (HALF_YEAR_DELAY, YEAR_DELAY)


def test_months_of_cash_are_those_of_diligence(tmp_path):
    """Both read the one place; a balance that fell by more than the loss is told as such."""
    facts = (
        fact("a", "cash", 500, "CNY m", END),
        fact("b", "cash", 1700, "CNY m", date(2019, 6, 30)),
        fact("c", "net_loss", 100, "CNY m", "2020Q2"),
    )
    view = watched_case(load_case(signed_case(tmp_path, *facts))).view(DAY)
    cash_spent = burn(view)
    assert cash_spent is not None
    burnt, flow = cash_spent
    assert flow == "fall"
    (sign,) = signs(view, warning_rules()).found
    assert "falling by 100 m yuan a month" in render(sign.message)
    assert "最多可支撑5个月" in render(sign.message, "zh")
    assert burnt.value == pytest.approx(1200)


def test_every_rule_says_from_which_value_how_long_before_and_who_says_so_or_that_it_is_a_judgement():
    for rule in warning_rules().rules:
        named = [n.source for n in (rule.threshold, rule.lead_months)]
        assert any(named) or "udgement" in rule.note, rule.id
        assert rule.note.zh


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ((fact("a", "cash", 500, "CNY m", END), fact("b", "net_loss", 600, "CNY m", "2020Q2")), "cash-months"),
        ((fact("a", "going_concern_doubt", True, "flag", date(2020, 6, 30)),), "going-concern"),
        ((fact("a", "orders", 1000, "vehicles", Q1), fact("b", "orders", 700, "vehicles", "2020Q2")), "order-book"),
        ((fact("a", "pledged_share", 0.5, "ratio", date(2020, 6, 30)),), "pledged-shares"),
        ((fact("a", "executives_left", 2, "count", "2020Q2"),), "executives"),
        ((fact("a", "supplier_arrears", 1, "CNY m", date(2020, 6, 30)),), "supplier-arrears"),
        ((fact("a", "frozen_share", 0.01, "ratio", date(2020, 6, 30)),), "court-records"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)  # fmt: skip
def test_a_sign_is_found_with_its_facts_and_the_day_since_when_it_is_known(tmp_path, facts, rule):
    (sign,) = found(tmp_path, *facts).found
    assert sign.rule.id == rule
    assert set(sign.facts) == {f["id"] for f in facts}
    assert sign.since == date(2020, 8, 1)
    assert render(sign.message, "zh") != render(sign.message)


@pytest.mark.parametrize(
    "fine",
    [
        (fact("a", "cash", 5000, "CNY m", date(2020, 6, 30)), fact("b", "net_loss", 600, "CNY m", "2020Q2")),
        (fact("a", "cash", 5, "CNY m", date(2020, 6, 30)), fact("b", "free_cash_flow", 600, "CNY m", "2020Q2")),
        (fact("a", "orders", 1000, "vehicles", "2020Q1"), fact("b", "orders", 701, "vehicles", "2020Q2")),
        (fact("a", "pledged_share", 0.49, "ratio", date(2020, 6, 30)),),
        (fact("a", "supplier_arrears", 0, "CNY m", date(2020, 6, 30)),),
        (fact("a", "going_concern_doubt", False, "flag", date(2020, 6, 30)),),
        (fact("a", "executives_left", 1, "count", "2020Q2"),),
        (fact("a", "judgment_debtor", False, "flag", END), fact("b", "frozen_share", 0, "ratio", END)),
    ],
)
def test_below_its_threshold_a_rule_is_quiet_and_not_blind_and_has_read_its_facts(tmp_path, fine):
    seen = found(tmp_path, *fine)
    assert not seen.found
    assert len(seen.quiet) == 1
    assert set(seen.quieted) == {f["id"] for f in fine}


@pytest.mark.parametrize(("at", "stands"), [(date(2020, 9, 30), True), (date(2020, 12, 31), False)])
def test_a_doubt_stands_until_accounts_of_the_year_after_it_came(tmp_path, at, stands):
    doubt = fact("a", "going_concern_doubt", True, "flag", date(2020, 3, 18))
    seen = found(tmp_path, doubt, fact("b", "cash", 900, "CNY m", at), day=date(2021, 4, 30))
    assert ("going-concern" in {sign.rule.id for sign in seen.found}) is stands
    if not stands:
        assert "a" in {id for one in seen.unseen for id in one.facts}, "what is held is named, with its day"


def test_without_facts_or_with_old_ones_a_rule_is_blind(tmp_path):
    facts = (fact("a", "cash", 500, "CNY m", date(2020, 6, 30)), fact("b", "net_loss", 600, "CNY m", "2020Q2"))
    assert len(found(tmp_path, *facts, day=date(2022, 6, 30)).blind) == len(warning_rules().rules)


def test_a_report_that_does_not_come_is_late_only_where_the_company_reports(tmp_path):
    case = signed_case(tmp_path, fact("a", "deliveries", 5, "vehicles", "2020Q2"))
    file = case / "monitoring" / "extra.yaml"
    file.write_text(file.read_text("utf-8").replace("extra-report", "report-2020q2"), encoding="utf-8")
    held = watched_case(load_case(case))
    due = date(2020, 9, 30) + timedelta(days=60)
    rules = warning_rules()
    assert "delayed-reports" not in ids(signs(held.view(due + timedelta(days=30)), rules))
    late = signs(held.view(due + timedelta(days=31)), rules)
    assert "delayed-reports" in ids(late)
    assert "31 days late" in render(late.found[0].message)


def test_the_page_tells_the_record_of_the_rules_as_the_benchmark_found_it():
    told = Path("benchmarks/results/warnings.txt").read_text("utf-8")

    def read(pattern):
        (found,) = re.finditer(pattern, told)
        return found.groups()

    warned, failed = read(r"Warned at all: (\d+) of (\d+);")
    (fresh,) = read(r"did not hold at signing yet: (\d+) of")
    (years,) = read(r"Survivors: ([\d.]+) years")
    alarms, later = read(r"per year on survivors: ([\d.]+); after signing only: ([\d.]+)\.\n")
    lived = len(told.partition("case                              years")[2].partition("\n\n")[0].splitlines()) - 1
    found = (RECORD.warned, RECORD.failed, RECORD.fresh, RECORD.lived, RECORD.years, RECORD.alarms, RECORD.later_alarms)
    assert found == (int(warned), int(failed), int(fresh), lived, float(years), float(alarms), float(later))
