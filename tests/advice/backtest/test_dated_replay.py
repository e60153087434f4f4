"""The dated replay: a payment is made on the first day on which its condition was true, and never after the end."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import yaml
from benchmarks.dated_replay import DATA, Bet, holds, mean_of, needed, paid_on, savings

from guanzi.base.core import Place
from guanzi.deal.terms import EventHappened, Logic, Number, Observable, Relation, TierInForce, Total, Type

PLACE = Place("made up")
UNITS = Observable("units", Type.NUMBER, "", PLACE)
STEP = Relation(">=", Total(UNITS, 12, PLACE), Number(100.0, PLACE), PLACE)


def bet(**row):
    tier = SimpleNamespace(id="step", when=SimpleNamespace(tree=STEP))
    bound: Any = SimpleNamespace(tiers=(tier,))
    return Bet({"case": "x", "result": "failure", **row}, bound, bound, 0.0)


def payment(tree, due, expires=None):
    return SimpleNamespace(condition=SimpleNamespace(tree=tree), due=due, expires=expires)


READ = {"units_12m": [{"from": date(2020, 3, 31), "value": 90.0}, {"from": date(2020, 9, 30), "value": 110.0}]}


def test_a_payment_waits_until_its_step_is_reached_and_no_longer_than_its_last_day():
    waits = TierInForce("step", PLACE)
    due = date(2020, 6, 15)
    assert paid_on(payment(waits, due, date(2021, 6, 15)), bet(readings=READ)) == date(2020, 9, 30)
    assert paid_on(payment(waits, due, date(2020, 8, 1)), bet(readings=READ)) is None
    assert paid_on(payment(waits, due), bet(readings=READ)) is None
    assert paid_on(payment(waits, date(2020, 10, 5)), bet(readings=READ)) == date(2020, 10, 5)


def test_nothing_is_paid_after_the_end():
    found = bet(readings=READ, ended=date(2020, 9, 1))
    assert paid_on(payment(STEP, date(2020, 6, 15), date(2021, 6, 15)), found) is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, None),
        ({"events": {"closing": date(2020, 1, 1)}}, None),
        ({"events": {"closing": None}}, False),
        ({"readings": READ}, None),
        ({"readings": READ, "events": {"closing": date(2020, 1, 1)}}, True),
        ({"readings": READ, "events": {"closing": date(2020, 12, 1)}}, False),
    ],
)
def test_what_is_not_known_stays_unknown_unless_the_rest_decides(row, expected):
    tree = Logic("and", (EventHappened("closing", PLACE), STEP), PLACE)
    assert holds(tree, bet(**row), date(2020, 10, 1)) is expected


def test_a_late_success_is_lost_under_b_and_a_part_of_all_walk_away_under_c():
    def row(result, lost, late):
        return {"result": result, "late": late, "loss": {"drawn": lost, "bound": lost / 2}}

    told = [row("failure", 1.0, 0.9), row("success", 0.0, 0.3), row("success", 0.0, 0.2)]
    found = savings(told, "drawn")
    assert found["a"].tolist() == [0.5, 0.0, 0.0]
    assert found["b"].tolist() == [0.5, -1.0, 0.0]
    assert found["c"].tolist() == pytest.approx([0.75, -0.5, -0.5])


def test_the_interval_draws_clusters_whole_and_names_its_stream():
    values = np.array([0.0, 0.0, 1.0])
    assert mean_of(values, ["a", "a", "b"])[1:] == (0.0, 1.0)
    assert mean_of(values, ["a", "a", "b"]) == mean_of(values, ["a", "a", "b"])
    assert needed(values) == 91


def test_every_figure_of_the_record_names_where_it_was_read():
    data = yaml.safe_load(DATA.read_text("utf-8"))
    assert len({b["case"] for b in data["bets"]}) == len(data["bets"])
    for b in data["bets"]:
        rows = [
            *b["drawn"],
            *b.get("states", {}).values(),
            *(r for rows in b.get("readings", {}).values() for r in rows),
        ]
        assert all(r["publisher"] and r["title"] and r["address"] for r in rows), b["case"]
        days = [r["by"] for r in b["drawn"]]
        assert days == sorted(days)
        assert [r["total"] for r in b["drawn"]] == sorted(r["total"] for r in b["drawn"])
