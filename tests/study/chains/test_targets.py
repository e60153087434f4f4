"""Whom to invite: what one more maker adds, over all weights and intervals; and the frozen list of Hefei."""

import importlib.util
import json
from datetime import date

import pytest

from guanzi.intake.chains import load_chain, read_chain
from guanzi.study.chains import (
    find_gaps,
    firm_candidates,
    link_candidates,
    plan_invitations,
    rank_targets,
    without,
)

HEAD = "row,id,name,of,to,at,low,high,unit,status,period,known_on,source,grade\n"
ROWS = """chain,toy,Toy cars,,,,,,,,,,,
source,s,Survey,,,,,,,,,2020-01-01,,C
component,car,car,,,,,,,,,,,
component,pack,pack,car,,,,,,,,,,
component,seat,seat,car,,,,,,,,,,
component,lamp,lamp,car,,,,,,,,,,
firm,anchor,Anchor,,,,,,,,,,,
firm,rival,Rival,,,,,,,,,,,
firm,pack-one,Pack One,,,,,,,,,,,
firm,pack-two,Pack Two,,,,,,,,,,,
firm,seat-maker,Seat Maker,,,,,,,,,,,
firm,lamp-maker,Lamp Maker,,,,,,,,,,,
plant,,,anchor,car,here,,,,,,,s,
plant,,,pack-one,pack,here,,,,,,,s,
makes,,,pack-two,pack,,,,,,,,s,
makes,,,seat-maker,seat,,,,,,,,s,
makes,,,lamp-maker,lamp,,,,,,,,s,
absent,,,,seat,here,,,,,,,s,
share,,,,pack,,40,40,,,,,s,
share,,,,seat,,30,30,,,,,s,
share,,,,lamp,,1,1,,,,,s,
"""

SECOND = "firm,seat-two,Seat Two,,,,,,,,,,,\nmakes,,,seat-two,seat,,,,,,,,s,\n"


@pytest.fixture
def toy(tmp_path):
    def make(rows=ROWS):
        path = tmp_path / "toy.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        return read_chain(path, "toy.csv").view()

    return make


def order(view, anchors=("anchor",)):
    return [t.candidate.firm for t in rank_targets(firm_candidates(view, ["here"], anchors), (1, 2))]


def test_a_missing_link_of_weight_comes_before_a_second_maker_and_before_a_trifle(toy):
    assert order(toy())[0] == "seat-maker"
    assert set(order(toy())) == {"seat-maker", "pack-two", "lamp-maker"}


def test_who_makes_it_there_already_is_no_target(toy):
    assert "pack-one" not in order(toy())
    assert "anchor" not in order(toy())


def test_a_supplier_that_the_anchor_owns_falls_behind_its_equal(toy):
    rows = (
        ROWS
        + "firm,seat-two,Seat Two,,,,,,,,,,,\nmakes,,,seat-two,seat,,,,,,,,s,\nowns,,,anchor,seat-two,,100,100,,,,,s,\n"
    )
    ranked = order(toy(rows))
    assert ranked.index("seat-maker") < ranked.index("seat-two")


def test_who_sells_to_a_firm_of_the_place_is_likelier_to_come(toy):
    rows = (
        ROWS
        + "firm,seat-two,Seat Two,,,,,,,,,,,\nmakes,,,seat-two,seat,,,,,,,,s,\ncustomer,,,seat-two,anchor,,,,,,,,s,\n"
    )
    ranked = order(toy(rows))
    assert ranked.index("seat-two") < ranked.index("seat-maker")


def test_the_same_seed_gives_the_same_list_and_shares_of_the_first_places_add_up(toy):
    candidates = link_candidates(toy(), ["here"])
    first, again = rank_targets(candidates, (2,)), rank_targets(candidates, (2,))
    assert first == again
    assert sum(t.top[2] for t in first) == pytest.approx(2.0)


def test_one_supplier_is_a_single_source_and_the_cut_without_the_anchor_is_nought(toy):
    gaps = {g.link.component.id: g for g in find_gaps(toy(), ["here"], ["anchor"], (100.0, 200.0))}
    assert gaps["pack"].single
    assert gaps["pack"].cut == 0  # the only maker of the product is gone
    assert gaps["pack"].value == pytest.approx((40.0, 80.0))
    assert gaps["seat"].cut is None


def test_a_second_maker_of_the_product_keeps_the_link_alive(toy):
    rows = ROWS + "plant,,,rival,car,here,,,,,,,s,\n"
    gaps = {g.link.component.id: g for g in find_gaps(toy(rows), ["here"], ["anchor"])}
    assert gaps["pack"].cut == 1
    more = rows + "plant,,,pack-two,pack,here,,,,,,,s,\nfirm,third,Third,,,,,,,,,,,\nplant,,,third,car,here,,,,,,,s,\n"
    assert {g.link.component.id: g for g in find_gaps(toy(more), ["here"], ["anchor"])}["pack"].cut == 2


def test_firms_of_one_group_count_once(toy):
    rows = ROWS + "plant,,,pack-two,pack,here,,,,,,,s,\nowns,,,pack-one,pack-two,,100,100,,,,,s,\n"
    gap = next(g for g in find_gaps(toy(rows), ["here"]) if g.link.component.id == "pack")
    assert gap.groups == ("pack-one",)
    assert gap.single


def test_a_group_goes_as_a_whole():
    assert without({"byd": "byd", "findreams": "byd", "nio": "nio"}, ["byd"]) == {"byd", "findreams"}


@pytest.fixture(scope="module")
def benchmark(repository):
    path = repository / "benchmarks" / "targets_hefei.py"
    spec = importlib.util.spec_from_file_location("targets_hefei", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_score_of_the_frozen_list_is_the_one_that_is_told(benchmark):
    assert benchmark.score() == json.loads(benchmark.SCORED.read_text("utf-8"))


def test_the_frozen_list_used_no_later_fact(benchmark):
    kept = json.loads(benchmark.FROZEN.read_text("utf-8"))
    view = load_chain("nev").view(date(2020, 4, 29))
    named = {f for s in view.statements if s.kind in ("makes", "plant") for f in (s.of,)}
    assert {row["firm"] for row in kept["firms"]} <= named
    assert all(s.known_on <= date(2020, 4, 29) for s in view.statements)


def test_a_word_of_an_arrival_is_a_whole_word(benchmark):
    assert benchmark.links_of("air suspension, ADAS") == ("chassis", "domain-controller")
    assert benchmark.links_of("lightweight steps") == ()
    assert "cell" in benchmark.links_of("cells (NCM)")


def test_a_plan_says_of_which_needs_and_offers_nothing_is_known():
    view = load_chain("nev").view()
    places, anchors = ("hefei",), ("nio",)
    ranked = rank_targets(firm_candidates(view, places, anchors), (10, 20), draws=200)
    plans = plan_invitations(view, ranked, places, anchors)
    for plan in plans:
        assert "power" in plan.unknown_needs
        assert "certification" not in plan.unknown_needs  # every maker of parts is asked for it
        assert plan.unknown_offers == ("power",)
    cell = [plan for plan in plans if plan.target.candidate.component == "cell"]
    assert cell
    assert all(plan.unknown_needs == ("power",) for plan in cell)


def test_what_became_known_later_stands_in_no_earlier_plan():
    view = load_chain("nev").view(date(2020, 4, 29))
    assert not view.of_kind("need")
    assert not view.of_kind("offer")


def test_a_criterion_of_which_nothing_is_known_is_left_out(toy):
    ranked = rank_targets(firm_candidates(toy(), ["here"], ("anchor",)), (1, 2))
    assert {"jobs", "local_value"}.isdisjoint(ranked[0].scores)
    assert {"gap", "value", "fit"} <= set(ranked[0].scores)
