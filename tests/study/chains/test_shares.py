"""The model of unknown shares: learnt from the chain itself, wider where nobody is near, and within the evidence."""

from datetime import date

import numpy as np
import pytest

from guanzi.intake.chains import chain_names, load_chain
from guanzi.study.chains import find_gaps, grade_links, judge_openness, known_suppliers
from guanzi.study.chains.groups import sites_of
from guanzi.study.chains.shares import KnownSupplier, ShareModel


@pytest.fixture(scope="module")
def nev():
    return load_chain("nev").view()


def drawn(view, known, parts, seed=1):
    model = ShareModel(view, known, np.random.Generator(np.random.Philox(seed)), 4000)
    return model.largest(parts)[0]


def width(draws):
    low, high = np.quantile(draws, (0.05, 0.95))
    return high - low


def test_a_supplier_like_many_known_ones_is_known_better_than_one_of_another_part(nev):
    cells = tuple(KnownSupplier(f"k{i}", ("cell",), 0.6, False) for i in range(12))
    near, far = drawn(nev, cells, ("cell",)), drawn(nev, cells, ("lamps",))
    assert width(near) < width(far)
    assert width(drawn(nev, (), ("cell",))) == pytest.approx(0.9, abs=0.03)  # nobody is known: it can be anything


def test_the_largest_shares_of_known_suppliers_lie_where_the_others_predict_them(nev):
    known = known_suppliers(nev)
    assert len(known) >= 15
    hits = 0
    for i, supplier in enumerate(known):
        low, high = np.quantile(drawn(nev, (*known[:i], *known[i + 1 :]), supplier.components, i), (0.05, 0.95))
        hits += low <= supplier.share <= high
    assert 0.75 <= hits / len(known) <= 1.0


@pytest.mark.parametrize(
    ("places", "anchors"),
    [
        (("hefei",), ("byd",)),
        (("hefei",), ("vw-anhui",)),
        (("wuhu",), ("chery",)),
        (("hangzhou", "ningbo"), ("geely",)),
    ],
)
def test_by_the_model_a_cluster_is_within_what_the_evidence_allows_and_much_narrower(nev, places, anchors):
    found = judge_openness(nev, places, anchors)
    low, _, high = found.model
    assert found.captive[0] <= low <= high <= found.captive[1]
    assert high - low <= 0.5 * (found.captive[1] - found.captive[0])
    assert sum(found.odds.values()) == pytest.approx(1.0)
    assert found.removal.links_after[0] <= found.removal.links_model[0]
    assert found.removal.links_model[2] <= found.removal.links_after[1]


def test_nothing_of_a_later_day_is_learnt():
    then, now = (known_suppliers(load_chain("nev").view(day)) for day in (date(2020, 4, 29), None))
    assert len(then) < len(now)
    assert {k.firm for k in then} <= set(load_chain("nev").view(date(2020, 4, 29)).firms)


@pytest.mark.parametrize("name", chain_names())
def test_nobody_who_is_at_home_in_a_place_is_the_nearest_elsewhere(name):
    view = load_chain(name).view()
    for place in view.cities:
        for gap in find_gaps(view, (place,)):
            assert gap.nearest is None or place not in sites_of(view, gap.nearest[0])


TWELVE = (
    *(("hefei",), ("wuhu",), ("shenzhen",), ("guangzhou",), ("shanghai",), ("hangzhou", "ningbo")),
    *(("suzhou", "wuxi", "changzhou"), ("nanjing",), ("xian",), ("wuhan",), ("chongqing",), ("chengdu",)),
)


@pytest.mark.parametrize("places", TWELVE)
def test_each_of_twelve_places_has_links_with_evidence_and_says_which_are_leads_alone(nev, places):
    links = [link for link in grade_links(nev, places).values() if link.grade == "present"]
    assert len(links) >= 2
    for link in links:
        sources = {s.source.id for s in link.statements if s.status == "operating"}
        assert link.unchecked is (sources == {"unchecked"})


def test_a_plan_to_grow_does_not_undo_a_plant_at_work(tmp_path):
    from guanzi.intake.chains import read_chain

    path = tmp_path / "toy.csv"
    path.write_text(
        "row,id,name,of,to,at,status,known_on,source,grade\nchain,toy,Toy,,,,,,,\nsource,s,S,,,,,2020-01-01,,C\n"
        "source,t,T,,,,,2021-01-01,,C\ncomponent,car,car,,,,,,,\nfirm,f,F,,,,,,,\n"
        "plant,,,f,car,here,,,s,\nplant,,,f,car,here,planned,,t,\n",
        encoding="utf-8",
    )
    assert grade_links(read_chain(path, "toy.csv").view(), ("here",))["car"].grade == "present"
