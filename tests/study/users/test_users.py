"""Users: retention against a product of fractions, and orders against counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput
from guanzi.intake.inputs import read_records
from guanzi.study.users.orders import Order, Share, order_quality, orders_of
from guanzi.study.users.retention import Stay, retention, stays_of

DAY = date(2020, 4, 29)


def kaplan_meier(stays, months):
    """Slow oracle: the product over the ends of (at risk - ends) / at risk."""
    share = 1.0
    for time in sorted({s.months for s in stays if s.over and s.months <= months}):
        at_risk = sum(s.months >= time for s in stays)
        ends = sum(s.over and s.months == time for s in stays)
        share *= (at_risk - ends) / at_risk
    return share


stays = st.lists(
    st.builds(
        Stay,
        cohort=st.sampled_from(["2018", "2019"]),
        months=st.integers(1, 40).map(float),
        over=st.booleans(),
        referred=st.sampled_from([True, False]),
    ),
    min_size=1,
    max_size=60,
)


@given(stays)
def test_the_share_that_stays_is_the_estimator_of_kaplan_and_meier(users):
    found = retention(users)
    for kept in found.everybody.kept:
        assert kept.share == pytest.approx(kaplan_meier(users, kept.months), abs=1e-12)
        assert kept.low - 1e-12 <= kept.share <= kept.high + 1e-12
        assert kept.at_risk == sum(s.months >= kept.months for s in users)
    assert [k.share for k in found.everybody.kept] == sorted((k.share for k in found.everybody.kept), reverse=True)
    assert sum(c.users for c in found.cohorts) <= len(users)


@given(stays)
def test_nobody_is_shown_longer_than_somebody_was_watched(users):
    longest = max(s.months for s in users)
    assert all(k.months <= longest for k in retention(users).everybody.kept)


def group(n, months, referred):
    return [Stay("2018", months + i / 10, True, referred) for i in range(n)]


def test_groups_that_differ_are_told_apart_and_equal_ones_are_not():
    apart = retention([*group(30, 20.0, True), *group(30, 5.0, False)])
    same = retention([*group(30, 20.0, True), *group(30, 20.0, False)])
    assert apart.referred_differ < 1e-6
    assert same.referred_differ > 0.5
    assert retention(group(9, 20.0, True)).referred is None


@pytest.fixture
def read(tmp_path):
    def reading(kind, text):
        path = tmp_path / "list.csv"
        path.write_text(text, "utf-8")
        return read_records(path, kind)

    return reading


def test_who_leaves_after_the_day_is_still_there_and_who_joins_later_is_not(read):
    records = read("users", "user,joined,left\na,2019-04-29,2020-05-01\nb,2020-05-01,\nc,2019-04-29,2019-10-29\n")
    first, second = stays_of(records, DAY)
    assert not first.over
    assert first.months == pytest.approx(12.0, abs=0.05)
    assert second.over


@pytest.mark.parametrize(
    ("kind", "text", "cause"),
    [
        ("users", "user,joined,left\na,2019-04-29,2019-04-01\n", "diligence.users.left_before"),
        ("users", "user,joined,left\na,2029-04-29,\n", "diligence.users.nobody"),
        ("users", "user,joined,left\na,someday,\n", "evidence.records.day"),
        ("orders", "user,date,amount\na,2029-04-29,3\n", "diligence.users.no_orders"),
        ("orders", "user,date,amount\na,2019-04-29,many\n", "evidence.records.number"),
        ("orders", "name,sum\na,3\n", "evidence.records.columns"),
    ],
)
def test_what_makes_no_sense_is_refused(read, kind, text, cause):
    of = {"users": stays_of, "orders": orders_of}[kind]
    with pytest.raises(InvalidInput) as refused:
        of(read(kind, text), DAY)
    assert cause in [p.cause.id for p in refused.value.problems]


LIST = """\
订单日期,用户编号,金额,已付,关联方,推荐人,推荐奖励
2019-01-01,a,100,是,否,,
2019-02-01,b,100,否,否,a,10
2019-03-01,a,100,是,否,,
2019-04-01,c,200,是,是,b,
2029-01-01,d,200,是,是,b,
"""


def test_orders_are_counted_by_what_makes_them_sound(read):
    records = read("orders", LIST)
    found = order_quality(orders_of(records, DAY), rewards_known=True)
    assert (found.orders, found.users) == (4, 3)
    assert (found.arms_length, found.paid, found.sound) == (Share(3, 4), Share(3, 4), Share(2, 4))
    assert (found.repeated, found.buyers_again) == (Share(1, 4), Share(1, 3))
    assert (found.referred, found.corrected) == (Share(2, 4), Share(1, 4))
    assert found.reward_share == pytest.approx(10 / 300)


def test_what_the_list_does_not_say_stays_unknown(read):
    found = order_quality(orders_of(read("orders", "user,date\na,2019-01-01\n"), DAY), rewards_known=False)
    assert found.arms_length is found.paid is found.sound is found.referred is found.corrected is None
    assert found.reward_share is None


orders = st.lists(
    st.builds(
        Order,
        user=st.sampled_from("abcdef"),
        ordered=st.integers(0, 900).map(lambda n: date(2018, 1, 1) + timedelta(n)),
        amount=st.floats(1.0, 100.0),
        paid=st.booleans(),
        related=st.booleans(),
        referred=st.booleans(),
        reward=st.sampled_from([None, 0.0, 5.0]),
    ),
    min_size=1,
    max_size=40,
)


@given(orders)
def test_shares_of_orders_keep_their_order(listed):
    found = order_quality(sorted(listed, key=lambda o: (o.ordered, o.user)), rewards_known=True)
    assert found.sound.k <= min(found.arms_length.k, found.paid.k)
    assert found.corrected.k <= found.referred.k
    assert found.repeated.k == found.orders - found.users
    for share in (found.sound, found.referred, found.buyers_again):
        low, high = share.interval
        assert 0 <= low <= share.value + 1e-12
        assert share.value - 1e-12 <= high <= 1


@pytest.mark.parametrize("n", range(1, 60))
def test_nothing_and_everything_have_an_exact_end(n):
    assert Share(0, n).interval[0] == 0.0
    assert Share(n, n).interval[1] == 1.0
