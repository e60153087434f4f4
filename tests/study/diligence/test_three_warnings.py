"""What the further checks must say of Qoros, Byton and Borgward on the day of each decision, from facts held then."""

import pytest

from guanzi.base.core import Kind, Severity
from guanzi.record.evidence import find_case, load_case
from guanzi.study.diligence import DealFacts, run_checks


@pytest.fixture(scope="module")
def findings():
    cases = {
        id: load_case(find_case(id)) for id in ("qoros-changshu-2017", "byton-nanjing-2018", "borgward-beijing-2019")
    }
    return {id.partition("-")[0]: run_checks(c.view(c.decision_date), DealFacts()) for id, c in cases.items()}


@pytest.mark.parametrize(
    ("case", "code", "severity"),
    [
        ("qoros", "related_party_demand", Severity.CRITICAL),
        ("qoros", "buyer_obligations", Severity.CRITICAL),
        ("qoros", "several_city_promises", Severity.HIGH),
        ("qoros", "capacity_idle", Severity.HIGH),
        ("qoros", "debts_due", Severity.HIGH),
        ("qoros", "pledged_shares", Severity.MEDIUM),
        ("byton", "plant_before_product", Severity.CRITICAL),
        ("byton", "no_licence", Severity.HIGH),
        ("byton", "plan_unfunded", Severity.HIGH),
        ("borgward", "related_party_demand", Severity.HIGH),
        ("borgward", "buyer_new", Severity.HIGH),
        ("borgward", "price_deferred", Severity.HIGH),
        ("borgward", "seller_pays_more", Severity.HIGH),
        ("borgward", "plan_missed", Severity.HIGH),
    ],
)
def test_the_warning_is_on_the_table(findings, case, code, severity):
    assert any(f.code == code and f.kind == Kind.RISK and f.severity == severity and f.facts for f in findings[case])


@pytest.mark.parametrize(
    ("case", "code"), [("qoros", "licence_held"), ("byton", "equity_raised"), ("borgward", "licence_held")]
)
def test_what_speaks_for_the_company_is_on_the_table_too(findings, case, code):
    assert any(f.code == code and f.kind == Kind.ASSET for f in findings[case])


def test_nothing_is_concluded_where_nothing_was_held(findings):
    assert {f.code for f in findings["byton"] if f.check == "litigation"} == {"gap_litigation"}
