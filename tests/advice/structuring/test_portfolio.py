"""Many deals together, against closed forms: independent, comonotone and normal losses; then deals on one track."""

import json
from dataclasses import replace
from math import isnan, sqrt

import numpy as np
import pytest
from scipy.stats import norm
from tests.engine.simulation.examples import POLICY, model, sheet

from guanzi.advice.structuring import DealSetting, Holding, portfolio
from guanzi.advice.structuring.measures import TAIL, tail
from guanzi.advice.structuring.portfolio import account, concentrated
from guanzi.advice.structuring.risk import contributions, herfindahl, independent_bets, tail_weights
from guanzi.base.core import InvalidInput, format_problems
from guanzi.cli import main
from guanzi.engine.company import Streams
from guanzi.engine.simulation import Running
from guanzi.intake.inputs import load_portfolio

ONE = Running(1)
N = 200_000
RNG = np.random.default_rng(7)
Z = RNG.standard_normal((3, N))
PEAK = norm.pdf(norm.ppf(1.0 - TAIL)) / TAIL
"""CVaR at 95 % of a standard normal loss: 2.063."""


def test_contributions_of_independent_normal_losses_have_their_closed_form():
    sigma = np.array([1.0, 2.0, 2.0])
    parts = sigma[:, None] * Z
    whole = sqrt(9.0)
    for s, found in zip(sigma, contributions(parts), strict=True):
        assert abs(found.mean - s * s / whole * PEAK) < 4.0 * found.se
        assert 0.0 < found.se < 0.05


def test_standard_errors_of_contributions_cover_as_they_say():
    truth, inside, runs = PEAK / sqrt(2.0), 0, 300
    rng = np.random.default_rng(8)
    for _ in range(runs):
        found = contributions(rng.standard_normal((2, 4000)))[0]
        inside += abs(found.mean - truth) < 2.093 * found.se  # Student's t with 19 degrees of freedom
    assert 0.90 <= inside / runs <= 0.985


def test_comonotone_deals_are_not_diversified():
    found = account("fund", ("a", "b"), np.array([-Z[0], -3.0 * Z[0]]))
    assert abs(found.benefit) < 1e-9 * found.alone
    assert found.bets == pytest.approx(1.0)
    for part in found.parts:
        assert part.contribution.mean == pytest.approx(part.alone.mean)


def test_opposite_deals_cancel():
    found = account("fund", ("a", "b"), np.array([Z[0], -Z[0]]))
    assert found.cvar.mean == 0.0
    assert found.benefit == pytest.approx(found.alone)
    assert isnan(found.bets)
    assert all(isnan(part.share) for part in found.parts)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_equal_independent_deals_are_as_many_bets_and_save_by_the_root_of_their_number(count):
    found = account("fund", tuple("abc"[:count]), Z[:count])
    assert found.bets == pytest.approx(count, rel=0.01)
    assert found.cvar.mean / found.alone == pytest.approx(1.0 / sqrt(count), rel=0.02)


@pytest.mark.parametrize("losses", [Z[0], np.round(Z[0]), np.zeros(40), np.array([3.0]), np.repeat([0.0, 9.0], 60)])
def test_the_weights_of_a_tail_give_its_conditional_value_at_risk_also_where_losses_tie(losses):
    weights = tail_weights(losses)
    assert float(weights.sum()) == pytest.approx(1.0)
    assert float((weights * losses).sum()) == pytest.approx(float(tail(losses).mean()), abs=1e-12)


def test_a_bernoulli_pair_has_the_tail_that_one_can_count():
    """Each loses 100 with 4 %, never together: the tail is 4 points of a and 1 of what is left, or five of eight."""
    a, b = np.zeros(100), np.zeros(100)
    a[:4], b[4:8] = 100.0, 100.0
    found = account("fund", ("a", "b"), -np.array([a, b]))
    assert found.cvar.mean == pytest.approx(100.0)
    assert [p.alone.mean for p in found.parts] == pytest.approx([80.0, 80.0])
    assert [p.contribution.mean for p in found.parts] == pytest.approx([50.0, 50.0])
    assert found.benefit == pytest.approx(60.0)


def test_few_futures_give_no_standard_error():
    assert all(isnan(x.se) for x in contributions(Z[:2, :100]))


def test_herfindahl_and_bets_of_known_shares():
    assert herfindahl((0.7, 0.2, 0.1)) == pytest.approx(0.54)
    assert independent_bets(np.array([Z[0], 0.0 * Z[1]])) == pytest.approx(1.0)


def holding(label: str, company: str, city: str, track: str = "cars", **changes: object) -> Holding:
    drawn = replace(model(), streams=Streams(company, track))
    return Holding(label, company, track, city, DealSetting(sheet(), drawn, POLICY), **changes)  # type: ignore[arg-type]


HOLDINGS = (holding("a", "alpha", "hefei"), holding("b", "beta", "hefei"), holding("c", "gamma", "wuhu", "panels"))


@pytest.fixture(scope="module")
def found():
    return portfolio(HOLDINGS, "CNY", limits={"city": 0.6, "company": 0.5}, paths=8000, seed=2, running=ONE)


def test_contributions_add_up_to_the_tail_of_the_whole(found):
    for one in found.accounts:
        assert sum(p.contribution.mean for p in one.parts) == pytest.approx(one.cvar.mean, rel=1e-12)
        assert sum(p.mean.mean for p in one.parts) == pytest.approx(one.mean.mean, rel=1e-12)
        assert one.benefit > 0.0
        assert all(p.contribution.mean <= p.alone.mean + 1e-9 for p in one.parts)


def test_any_number_of_threads_gives_the_same(found):
    assert portfolio(HOLDINGS, "CNY", limits=dict(found.limits), paths=8000, seed=2, running=Running(2)) == found


def test_companies_of_a_track_move_together_and_those_of_two_do_not():
    def bets(*holdings):
        return portfolio(holdings, "CNY", paths=20_000, seed=2).accounts[0].bets

    same = bets(HOLDINGS[0], HOLDINGS[1])
    other = bets(HOLDINGS[0], HOLDINGS[2])
    twice = bets(HOLDINGS[0], replace(HOLDINGS[0], label="a2"))
    assert twice == pytest.approx(1.0)
    assert 1.0 < same < other
    assert other == pytest.approx(2.0, abs=0.05)


def test_concentration_and_limits(found):
    money = sum(found.money.values())
    by = {c.by: c for c in found.concentration}
    assert dict(by["city"].shares)["hefei"] == pytest.approx((found.money["a"] + found.money["b"]) / money)
    assert by["company"].effective == pytest.approx(3.0, rel=0.01)
    assert [(x.by, x.name) for x in found.exceeded] == [("city", "hefei")]
    assert concentrated("track", HOLDINGS, dict.fromkeys("abc", 0.0)).shares == ()


def test_amounts_are_converted_by_the_rate_that_is_given(found):
    other = portfolio(
        [replace(HOLDINGS[0], rate=7.0, fact="fx-1")], "CNY", paths=2000, seed=2, running=ONE
    )  # fmt: skip
    one = portfolio([HOLDINGS[0]], "CNY", paths=2000, seed=2, running=ONE)
    assert other.accounts[0].mean.mean == pytest.approx(7.0 * one.accounts[0].mean.mean)
    assert any(note.id == "structuring.portfolio.note.rate" for note in other.notes)


FILE = """\
format: 1
portfolio: two-makers
currency: CNY
deals: [nio-hefei-2020, evergrande-guangzhou-2019]
limits: {company: 0.9, city: 0.4}
"""


def command(monkeypatch, capsys, *words):
    monkeypatch.setattr("sys.argv", ["guanzi", "portfolio", *words, "--paths", "512"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return ended.value.code or 0, told.out, told.err


def test_a_file_names_deals_and_limits(tmp_path, monkeypatch, capsys):
    file = tmp_path / "two.yaml"
    file.write_text(FILE, "utf-8")
    code, out, _ = command(monkeypatch, capsys, str(file), "--json")
    data = json.loads(out)
    assert (code, len(data["money"]), data["limits"]) == (0, 2, {"company": 0.9, "city": 0.4})
    assert {x["by"] for x in data["exceeded"]} == {"city"}
    code, out, _ = command(monkeypatch, capsys, str(file), "--lang", "zh")
    assert code == 0
    assert "最差 5% 情形的平均损失（CVaR）" in out


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("nio-hefei-2020", "nikola-arizona-2020"), "has no exchange rate between them"),
        (("nio-hefei-2020", "--limit", "town=0.5"), "“town=0.5” is not a valid limit"),
        (("nio-hefei-2020", "--limit", "city=1.5"), "“city=1.5” is not a valid limit"),
        (("nio-hefei-2020", "nio-huzhou-2019"), "error"),
    ],
)
def test_what_cannot_be_added_up_is_refused(words, cause, monkeypatch, capsys):
    code, _, told = command(monkeypatch, capsys, *words)
    assert code == 2
    assert cause in told
    assert "Traceback" not in told


def test_a_wrong_file_is_refused_with_its_places(tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(FILE.replace("0.4", "4").replace("CNY", "yuan"), "utf-8")
    with pytest.raises(InvalidInput) as refused:
        load_portfolio(file)
    assert "limits" in format_problems(refused.value.problems)
