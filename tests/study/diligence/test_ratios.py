import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.study.diligence.views import fact, view_of

from guanzi.base.core import render
from guanzi.study.diligence import Statements, altman_z2, distress_scores, ratio_warning, zmijewski

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "diligence" / "ev_financials.csv"
AT = "2019-12-31"
NIO = (
    fact("total_assets", AT, 14582.0),
    fact("total_liabilities", AT, 19404.0),
    fact("current_assets", AT, 4928.0),
    fact("current_liabilities", AT, 9499.0),
    fact("accumulated_deficit", AT, 46326.3),
    fact("net_loss", 2019, 11295.7),
)
SOUND = Statements(100.0, 50.0, 60.0, 40.0, 20.0, 10.0, 5.0)


def test_altman_z2_is_the_published_formula():
    by_hand = 6.56 * 0.2 + 3.26 * 0.2 + 6.72 * 0.1 + 1.05 * 1.0
    assert altman_z2(SOUND) == pytest.approx(by_hand)
    assert altman_z2(SOUND, emerging_market=True) == pytest.approx(by_hand + 3.25)


def test_zmijewski_is_the_published_probit():
    stats = pytest.importorskip("scipy.stats")
    by_hand = -4.336 - 4.513 * 0.05 + 5.679 * 0.5 + 0.004 * 1.5
    assert zmijewski(SOUND) == pytest.approx(stats.norm.cdf(by_hand))


@given(st.floats(0.0, 90.0), st.floats(0.1, 9.0))
def test_more_debt_is_never_safer(liabilities, more):
    lighter = replace(SOUND, total_liabilities=liabilities + 0.1)
    heavier = replace(SOUND, total_liabilities=liabilities + 0.1 + more)
    assert zmijewski(heavier) > zmijewski(lighter)
    assert altman_z2(heavier) < altman_z2(lighter)


def test_both_scores_put_nio_at_the_end_of_2019_in_distress():
    z, em, p = distress_scores(view_of(*NIO))
    assert z.zone == em.zone == p.zone == "distress"
    assert z.value is not None
    assert em.value == pytest.approx(z.value + 3.25)
    assert z.result == "net_loss"
    assert set(z.facts) == {f.id for f in NIO}


def test_the_operating_result_is_taken_from_costs_where_they_are_held():
    costs = (fact("gross_profit", 2019, -1198.8), fact("r_and_d", 2019, 4428.6), fact("sga", 2019, 5451.8))
    z, _, _ = distress_scores(view_of(*NIO, *costs))
    from_loss, _, _ = distress_scores(view_of(*NIO))
    assert z.result == "from_costs"
    assert from_loss.value is not None
    assert z.value == pytest.approx(from_loss.value + 6.72 * (11295.7 - 11079.2) / 14582.0)


@pytest.mark.parametrize("name", ["total_liabilities", "current_assets", "current_liabilities", "net_loss"])
def test_a_missing_input_gives_no_score_and_says_what_is_missing(name):
    z, _, p = distress_scores(view_of(*(f for f in NIO if f.name != name)))
    assert (z.value, p.value) == (None, None)
    assert z.missing == p.missing == (name,)


def test_figures_of_different_closing_days_are_not_mixed():
    stale = fact("current_liabilities", "2018-12-31", 9000.0)
    _, _, p = distress_scores(view_of(*(f for f in NIO if f.name != "current_liabilities"), stale))
    assert p.value is None
    assert p.missing == ("current_liabilities",)


def test_without_any_fact_every_input_is_missing():
    z, _, p = distress_scores(view_of())
    assert set(z.missing) - set(p.missing) == {"accumulated_deficit"}


def test_nothing_is_divided_by_zero():
    z, _, p = distress_scores(view_of(*(f for f in NIO if f.name != "current_liabilities"),
                                      fact("current_liabilities", AT, 0.0)))  # fmt: skip
    assert (z.value, p.value) == (None, None)


def test_static_ratios_rank_this_cohort_backwards():
    if not SHARED.exists():
        pytest.skip("the research data beside the repository are absent")
    cohort: dict[tuple[str, int], dict[str, float]] = {}
    with SHARED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["company"], int(row["fiscal_year"]))
            cohort.setdefault(key, {})[row["metric"]] = float(row["value"])
    needed = a, b, c, d, e = (
        "total_assets",
        "total_liabilities",
        "current_assets",
        "current_liabilities",
        "net_income",
    )
    scores = {
        key: zmijewski(Statements(m[a], m[b], m[c], m[d], 0.0, 0.0, m[e]))
        for key, m in cohort.items()
        if all(name in m for name in needed)
    }
    assert len(scores) > 15
    assert max(scores, key=lambda key: scores[key]) == ("NIO", 2019)
    assert scores["Lordstown", 2020] < 0.01
    assert scores["Nikola", 2020] < 0.05


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_warning_says_nothing_that_only_later_years_taught(lang):
    said = render(ratio_warning(), lang)
    assert not any(character.isdigit() for character in said)
    assert not any(name in said for name in ("NIO", "蔚来", "Nikola", "Lordstown"))


def test_the_warning_counts_no_ratios_since_one_may_be_all_there_is():
    assert not re.search(r"\b(they|them|two|both)\b", render(ratio_warning(), "en"), re.IGNORECASE)
    assert not re.search(r"[两二]项", render(ratio_warning(), "zh"))
