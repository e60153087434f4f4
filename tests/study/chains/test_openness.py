"""Open, leaning or captive; what is left without the anchor; and what evidence is missing to say it."""

import pytest

from guanzi.intake.chains import load_chain, read_chain
from guanzi.study.chains import judge_openness, match_laboratories

HEAD = "row,id,name,of,to,at,low,high,unit,status,period,known_on,source,grade,codes\n"
ROWS = """chain,toy,Toy cars,,,,,,,,,,,,
source,s,Survey,,,,,,,,,2020-01-01,,C,
component,car,car,,,,,,,,,,,,
component,pack,battery pack,car,,,,,,,,,,,H01M 10
component,seat,seat,car,,,,,,,,,,,B60N
firm,anchor,Anchor,,,,,,,,,,,,
firm,rival,Rival,,,,,,,,,,,,
firm,p,P,,,,,,,,,,,,
firm,q,Q,,,,,,,,,,,,
plant,,,anchor,car,here,,,,,,,s,,
plant,,,p,pack,here,,,,,,,s,,
plant,,,q,seat,here,,,,,,,s,,
share,,,,pack,,40,40,,,,,s,,
"""


@pytest.fixture
def judged(tmp_path):
    def judge(more="", anchors=("anchor",)):
        path = tmp_path / "toy.csv"
        path.write_text(HEAD + ROWS + more, encoding="utf-8")
        return judge_openness(read_chain(path, "toy.csv").view(), ["here"], anchors)

    return judge


def test_what_no_source_says_leaves_every_verdict_open(judged):
    found = judged()
    assert found.verdict == ("open", "captive")
    assert not found.decided
    assert found.captive == (0.0, 1.0)
    assert found.removal.missing == ("p", "q")
    assert found.removal.survive == (0.0, 1.0)


def test_two_suppliers_that_sell_most_to_the_anchor_make_it_captive(judged):
    found = judged("customer,,,p,anchor,,80,80,,,,,s,,\ncustomer,,,q,anchor,,90,90,,,,,s,,\n")
    assert found.verdict == ("captive", "captive")
    assert found.removal.survive == (0.0, 0.0)
    assert found.removal.links_after == (0, 0)
    assert found.removal.missing == ()


def test_two_suppliers_with_many_customers_make_it_open_and_it_lives_on(judged):
    found = judged("customer,,,p,anchor,,5,10,,,,,s,,\ncustomer,,,q,anchor,,0,15,,,,,s,,\n")
    assert found.verdict == ("open", "open")
    assert found.removal.survive == (1.0, 1.0)
    assert found.removal.value_after == (1.0, 1.0)


def test_what_other_customers_buy_bounds_what_the_anchor_can(judged):
    found = judged("customer,,,p,rival,,75,80,,,,,s,,\n")
    p = next(s for s in found.suppliers if s.firm == "p")
    assert p.share == pytest.approx((0.0, 0.25))
    assert p.others == ("rival",)


def test_a_supplier_that_the_anchor_owns_is_captive_and_goes_with_it(judged):
    found = judged("owns,,,anchor,p,,100,100,,,,,s,,\n")
    assert next(s for s in found.suppliers if s.firm == "p").verdict == ("captive", "captive")
    assert found.removal.firms == ("q",)


def test_a_minority_holding_captures_nobody(judged):
    found = judged("owns,,,anchor,p,,15,15,,,,,s,,\ncustomer,,,p,anchor,,10,10,,,,,s,,\n")
    assert next(s for s in found.suppliers if s.firm == "p").verdict == ("open", "open")


def test_other_makers_take_over_part_of_what_is_lost(judged):
    sales = "customer,,,p,anchor,,45,45,,,,,s,,\ncustomer,,,q,anchor,,45,45,,,,,s,,\n"
    alone, beside = judged(sales), judged(sales + "plant,,,rival,car,here,,,,,,,s,,\n")
    assert alone.removal.model is not None
    assert beside.removal.model is not None
    assert beside.removal.model[1] > alone.removal.model[1]
    assert beside.rivals == ("rival",)


def test_what_rivals_share_is_told_and_what_one_group_shares_is_not(judged):
    rows = "shares,lab,Lab,,anchor;rival,here,,,,,,,s,,\nowns,,,anchor,p,,100,100,,,,,s,,\n"
    rows += "shares,own,Own,,anchor;p,here,,,,,,,s,,\n"
    assert [s.id for s in judged(rows).platforms] == ["lab"]


def test_a_laboratory_fits_by_code_and_by_words(tmp_path):
    path = tmp_path / "toy.csv"
    rows = "laboratory,l1,Group for cells,,,here,,,,,,,s,,H01M\nlaboratory,l2,Seat comfort group,,,here,,,,,,,s,,\n"
    path.write_text(HEAD + ROWS + rows + "laboratory,l3,Fusion,,,here,,,,,,,s,,G21B\n", encoding="utf-8")
    found = {(m.laboratory.id, m.component): m for m in match_laboratories(read_chain(path, "t").view(), ["here"])}
    assert set(found) == {("l1", "pack"), ("l2", "seat")}
    assert found["l1", "pack"].depth == 4
    assert found["l2", "seat"].likeness > 0.3


@pytest.mark.parametrize(("anchor", "captive"), [("byd", "findreams"), ("vw-anhui", "vw-china-tech")])
def test_the_in_house_chains_of_byd_and_volkswagen_are_captive_whatever_else_is_unknown(anchor, captive):
    found = judge_openness(load_chain("nev").view(), ["hefei"], [anchor])
    assert next(s for s in found.suppliers if s.firm == captive).verdict[0] == "captive"
    assert captive not in found.removal.firms
    assert found.captive[0] > 0.0


def test_the_share_of_huitong_leans_to_byd_and_not_to_nio():
    view = load_chain("nev").view()
    for anchor, verdict in (("byd", "leaning"), ("nio", "open")):
        found = judge_openness(view, ["hefei"], [anchor])
        assert next(s for s in found.suppliers if s.firm == "huitong").verdict[0] == verdict


def test_a_laboratory_fits_a_technology_that_a_link_needs(tmp_path):
    path = tmp_path / "toy.csv"
    rows = "technology,t1,Dry coating,seat,,,,,,,,,s,,B05D\nlaboratory,l1,Coating group,,,here,,,,,,,s,,B05D\n"
    path.write_text(HEAD + ROWS + rows, encoding="utf-8")
    assert ("l1", "seat") in {
        (m.laboratory.id, m.component) for m in match_laboratories(read_chain(path, "t").view(), ["here"])
    }


@pytest.mark.parametrize(
    ("anchors", "row"),
    [
        (("byd",), "without BYD"),
        (("vw-anhui",), "without Volkswagen Anhui"),
        (("byd", "vw-anhui"), "without both"),
        (("nio",), "without NIO"),
    ],
)
def test_the_page_on_chains_tells_what_is_computed(repository, anchors, row):
    page = (repository / "docs" / "methods" / "chains.md").read_text("utf-8")
    told = next(line for line in page.splitlines() if line.startswith(f"| {row} |"))
    found = judge_openness(load_chain("nev").view(), ["hefei"], anchors)
    removal = found.removal
    assert removal is not None
    assert removal.survive is not None
    assert removal.model is not None
    assert removal.value_after is not None
    low, high = removal.survive
    value = removal.value_after
    assert told == (
        f"| {row} | {100 * found.captive[0]:.0f}–{100 * found.captive[1]:.0f} % "
        f"| {100 * found.model[0]:.0f}–{100 * found.model[2]:.0f} % "
        f"| {100 * low:.0f}–{100 * high:.0f} % of {len(removal.firms)} "
        f"| {100 * removal.model[0]:.0f}–{100 * removal.model[2]:.0f} % "
        f"| {removal.links_after[0]}–{removal.links_after[1]} of {removal.links_before} "
        f"| {removal.links_model[0]}–{removal.links_model[2]} "
        f"| {100 * value[0]:.0f}–{100 * value[1]:.0f} % | {len(removal.missing)} firms |"
    )
