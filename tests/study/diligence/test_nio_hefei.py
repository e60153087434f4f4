"""What the checks must say of NIO on the day of the decision, from facts held then."""

from datetime import date

import pytest

from guanzi.base.core import Kind
from guanzi.record.evidence import find_case, load_case
from guanzi.study.diligence import DealFacts, coverage, run_checks

DEAL = DealFacts(public_amount=7000.0, instalments=5, has_put=True, co_investors=("CMG-SDIC", "Anhui High-tech"))


@pytest.fixture(scope="module")
def case():
    return load_case(find_case("nio-hefei-2020"))


@pytest.fixture(scope="module")
def findings(case):
    return run_checks(case.view(date(2020, 4, 29)), DEAL)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        *((Kind.RISK, c) for c in ("mounting_losses", "going_concern", "negative_equity", "competition")),
        *((Kind.RISK, c) for c in ("unvalidated_model", "runway_short", "unit_margin_negative", "put_wrong_way")),
        *((Kind.ASSET, c) for c in ("brand_loyalty", "local_plant", "co_investors")),
        *((Kind.ASSET, c) for c in ("put_right", "bridge_money", "founder_record")),
        *(
            (Kind.GAP, c)
            for c in (
                "gap_demand_trend",
                "gap_margin_trend",
                "gap_patents",
                "gap_referral",
                "gap_swap_costs",
                "gap_local_jobs",
                "gap_local_tax",
            )
        ),
    ],
)
def test_the_dossier_names(findings, kind, code):
    assert any(f.kind == kind and f.code == code for f in findings)


def test_risks_and_assets_rest_on_facts_held_on_the_day(case, findings):
    view = case.view(date(2020, 4, 29))
    of_the_company = [f for f in findings if f.kind != Kind.GAP and f.stream != "terms"]
    assert all(f.facts for f in of_the_company)
    assert all(view.fact(id).known_on <= date(2020, 4, 29) for f in findings for id in f.facts)


def test_two_months_earlier_the_year_2019_is_not_known(case):
    earlier = {f.code for f in run_checks(case.view(date(2020, 2, 25)), DEAL)}
    assert "going_concern" not in earlier
    assert "negative_equity" not in earlier
    assert "demand_outlook" not in earlier


def test_every_check_rests_on_facts(case):
    assert coverage(case.view(date(2020, 4, 29))).ratio == 1.0
