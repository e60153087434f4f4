"""Ownership and control: who is behind, who buys under the same hand, circles, common rooms, and what is not stated."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples
from tests.study.diligence.views import view_of

from guanzi.base.core import Kind, Place, Severity, render
from guanzi.base.core import localised as in_language
from guanzi.record.evidence import DatedEntity, Entity, Named
from guanzi.record.evidence.entityfile import Stamp
from guanzi.record.evidence.tiefacts import tie_facts
from guanzi.study.diligence import run_checks

COMPANY = "example"
ISSUER = Named(COMPANY, "Example", "某example")
PEOPLE = ("company", "anna", "ben", "shop", "holding", "fund")


def thing(id, schema="Company", **properties):
    """An entity that was known on New Year's Day; the company and its circle have a name in two languages."""
    values = {name: value if isinstance(value, tuple) else (value,) for name, value in properties.items()}
    return DatedEntity(
        Entity(id, schema, {"name": (id.title(), "某" + id), **values}),
        Stamp(known_on=date(2020, 1, 1), source="s"),
        Place("entities.ftm.json", 1),
    )


def owns(owner, asset, percentage="", **properties):
    """An ownership; without a percentage when none is given."""
    share = {"percentage": percentage} if percentage else {}
    return thing(f"{owner}-owns-{asset}", "Ownership", owner=owner, asset=asset, **share, **properties)


def buys(buyer, role="buyer", **properties):
    """A link to the company."""
    return thing(f"{buyer}-buys", "UnknownLink", subject=buyer, object=COMPANY, role=role, **properties)


def sits(director, organization, **properties):
    """A directorship."""
    return thing(
        f"{director}-in-{organization}", "Directorship", director=director, organization=organization, **properties
    )


def view_with(*dated):
    """A view with these entities and their ties as facts; whoever is named and not given is a company."""
    ids = {d.entity.id for d in dated}
    ends = ("owner", "asset", "subject", "object", "director", "organization")
    named = {d.entity.first(end) for d in dated for end in ends if d.entity.first(end)}
    everybody = (*dated, *(thing(id) for id in sorted((named | {COMPANY}) - ids)))
    view = view_of(*tie_facts(everybody, ISSUER))
    return replace(view, dated=tuple(sorted(everybody, key=lambda d: d.entity.id)))


def said(*dated):
    """What the check says: id of the finding, without the check's, to finding."""
    view = view_with(*dated)
    found = [f for f in run_checks(view, None) if f.check == "ownership"]
    held = {fact.id for fact in view.facts}
    for finding in found:
        assert set(finding.facts) <= held
        assert finding.literature
        for lang in ("en", "zh"):
            assert render(finding.message, lang)
    return {f.id.removeprefix("ownership."): f for f in found}


def text(finding, lang="en"):
    """The sentence of a finding."""
    return render(finding.message, lang).replace("\u00a0", " ")


def test_without_entities_the_check_has_a_gap_of_medium_weight():
    (finding,) = (f for f in run_checks(view_of(), None) if f.check == "ownership")
    assert (finding.kind, finding.severity, finding.code) == (Kind.GAP, Severity.MEDIUM, "gap_ownership")
    assert "shareholding, directorship and buyer" in text(finding)


def test_who_is_behind_is_told_through_chains_and_circles():
    found = said(owns("anna", "holding", "60"), owns("holding", COMPANY, "90"), owns("ben", COMPANY, "10"))
    assert set(found) == {"behind"}
    behind = found["behind"]
    assert (behind.kind, behind.severity, behind.code) == (Kind.ASSET, Severity.LOW, "owners_known")
    assert "Holding (90 %), Anna (54 %) and Ben (10 %). Control lies with Anna." in text(behind)
    assert "某anna（54%）" in text(behind, "zh")
    assert set(behind.facts) == {"anna-owns-holding", f"holding-owns-{COMPANY}", f"ben-owns-{COMPANY}"}


def test_an_owner_of_whom_all_is_held_gives_way_to_those_behind_it():
    found = said(owns("anna", "holding", "100"), owns("holding", COMPANY, "100"))
    assert "the owners of the company are Anna (100 %). Control lies with Anna." in text(found["behind"])


def test_that_nobody_controls_is_said_only_where_most_of_the_shares_are_stated():
    nobody = said(owns("anna", COMPANY, "50"), owns("ben", COMPANY, "1"))["behind"]
    assert "no single owner has a majority" in text(nobody)
    assert (nobody.kind, nobody.severity, nobody.code) == (Kind.RISK, Severity.LOW, "nobody_controls")
    unknown = said(owns("anna", COMPANY, "30"), owns("ben", COMPANY, "20"))["control-unknown"]
    assert (unknown.kind, unknown.severity, unknown.code) == (Kind.GAP, Severity.MEDIUM, "gap_control")
    assert "only 50 % of its shares are stated" in text(unknown)


def test_half_of_the_votes_is_no_majority():
    assert "Control lies" not in text(said(owns("anna", COMPANY, "50"), owns("ben", COMPANY, "50"))["behind"])
    assert "Control lies with Anna" in text(said(owns("anna", COMPANY, "50.1"))["behind"])


@pytest.mark.parametrize(
    ("ties", "words"),
    [
        ((owns("shop", COMPANY, "60"), buys("shop")), "The buyer Shop itself controls"),
        ((owns(COMPANY, "shop", "60"), buys("shop")), "The company itself controls the buyer Shop"),
        (
            (owns("anna", "holding", "60"), owns("holding", COMPANY, "60"), owns("anna", "shop", "51"), buys("shop")),
            "Anna controls both the company and its buyer Shop",
        ),
    ],
)
def test_a_buyer_under_the_same_hand_is_critical(ties, words):
    found = said(*ties)
    related = found["related-buyer.shop"]
    assert (related.kind, related.severity, related.code) == (Kind.RISK, Severity.CRITICAL, "related_party_demand")
    assert words in text(related)
    assert set(related.facts) == {tie.entity.id for tie in ties}


def test_a_customer_of_another_hand_is_told_only_when_nothing_is_hidden():
    ties = (owns("anna", COMPANY, "60"), owns("ben", "shop", "60"), buys("shop", "Customer"))
    found = said(*ties)
    assert found["other-buyer.shop"].kind is Kind.ASSET
    assert "related-buyer.shop" not in found
    hidden = said(*ties, owns("anna", "fund"))
    assert "other-buyer.shop" not in hidden
    assert "other-buyer.shop" not in said(owns("anna", COMPANY, "30"), buys("shop"))


@pytest.mark.parametrize(("percentage", "told"), [("19.9", False), ("20", True), ("50", True)])
def test_a_buyer_with_a_fifth_of_the_shares_is_a_related_party(percentage, told):
    found = said(owns("shop", COMPANY, percentage), owns("anna", COMPANY, "50"), buys("shop"))
    assert ("buyer-holds-part.shop" in found) is told
    if told:
        part = found["buyer-holds-part.shop"]
        assert (part.severity, part.code) == (Severity.HIGH, "related_party_demand")
        assert "IAS 28" in part.literature


def test_a_circle_is_a_high_risk():
    found = said(owns("holding", COMPANY, "40"), owns(COMPANY, "fund", "30"), owns("fund", "holding", "20"))
    circle = next(f for id, f in found.items() if id.startswith("circle."))
    assert (circle.kind, circle.severity, circle.code) == (Kind.RISK, Severity.HIGH, "circular_holdings")
    assert "in a circle: Example, Fund and Holding" in text(circle)
    assert len(circle.facts) == 3


def test_a_circle_is_seen_without_its_shares_and_a_company_in_itself_too():
    assert "circle.example" in said(owns("holding", COMPANY), owns(COMPANY, "holding"))
    assert "Example holds shares of itself" in text(said(owns(COMPANY, COMPANY, "2"))["circle.example"])
    assert not any(id.startswith("circle") for id in said(owns("anna", COMPANY, "40"), owns("anna", "fund", "30")))


def test_a_common_director_counts_with_partners_only():
    seats = (sits("anna", COMPANY), sits("anna", "shop"), sits("anna", "fund"))
    assert not any(id.startswith("director") for id in said(*seats))
    for role in ("buyer", "supplier"):
        shared = said(*seats, buys("shop", role))["director.anna"]
        assert (shared.kind, shared.severity, shared.code) == (Kind.RISK, Severity.MEDIUM, "shared_director")
        assert "Anna holds office in the company and in Shop," in text(shared)
        assert set(shared.facts) == {"anna-in-example", "anna-in-shop", "shop-buys"}


def test_a_common_address_is_found_whatever_its_spaces_and_as_an_entity():
    written = (thing(COMPANY, address="1 Long Road"), thing("shop", address="1 long  road"), buys("shop"))
    (shared,) = (f for id, f in said(*written).items() if id.startswith("address"))
    assert (shared.severity, shared.code) == (Severity.MEDIUM, "shared_address")
    assert "the same address as Shop, with which it deals: 1 " in text(shared)
    place = DatedEntity(
        Entity("Addr-1", "Address", {"full": ("长路1号",)}), Stamp(known_on=date(2020, 1, 1), source="s"), Place("e", 1)
    )
    linked = (thing(COMPANY, addressEntity="Addr-1"), thing("shop", addressEntity="Addr-1"), place, buys("shop"))
    (shared,) = (f for id, f in said(*linked).items() if id.startswith("address"))
    assert "长路1号" in text(shared)


def test_a_share_that_is_not_stated_is_a_gap():
    found = said(owns("anna", COMPANY, "60"), owns("ben", COMPANY), owns("fund", "holding", "majority"))
    gap = found["unstated"]
    assert (gap.kind, gap.severity, gap.code) == (Kind.GAP, Severity.MEDIUM, "gap_ownership_share")
    assert "2 shareholdings" in text(gap)
    assert "Ben → Example" in text(gap)


def test_more_than_all_is_a_gap_and_what_else_is_known_still_counts():
    found = said(owns("anna", COMPANY, "60"), owns("ben", COMPANY, "50"), owns("anna", "shop", "80"), buys("shop"))
    assert set(found) == {"too-much-held.example"}
    assert "Together the owners hold 110 % of Example" in text(found["too-much-held.example"])
    other = said(owns("anna", "fund", "60"), owns("ben", "fund", "50"), owns("shop", COMPANY, "80"), buys("shop"))
    assert {"too-much-held.fund", "behind", "related-buyer.shop"} == set(other)


def test_an_agreed_share_changes_control_later_and_not_now():
    now = (owns("anna", COMPANY, "50"), owns("ben", COMPANY, "50"))
    agreed = (
        thing("t1", "Ownership", owner="shop", asset=COMPANY, percentage="51", status="agreed"),
        thing("t2", "Ownership", owner="anna", asset=COMPANY, percentage="24", startDate="2020-04-30"),
        thing("t3", "Ownership", owner="ben", asset=COMPANY, percentage="25", startDate="2020-05"),
    )
    found = said(*now, *agreed, buys("shop", status="agreed"))
    assert "no single owner has a majority" in text(found["behind"])
    assert (found["agreed"].severity, found["agreed"].code) == (Severity.MEDIUM, "control_passes")
    assert "are Shop (51 %), Ben (25 %) and Anna (24 %), and Shop has control" in text(found["agreed"])
    assert text(found["related-buyer.shop"]).startswith(
        "Once the agreed shares have been transferred, the buyer Shop itself"
    )
    assert set(found["related-buyer.shop"].facts) == {"t1", "shop-buys"}
    alone = said(*now, agreed[0], buys("shop"))
    assert "Once the agreed shares have been transferred, holders would own 151 %" in text(
        alone["too-much-held.example"]
    )
    assert {"behind", "too-much-held.example"} == set(alone)


@pytest.mark.parametrize(
    ("properties", "held"),
    [
        ({"endDate": "2019-12-31"}, False),
        ({"startDate": "2020-04-29"}, True),
        ({"startDate": "2020"}, True),
        ({"startDate": "2020-04-30"}, False),
        ({"status": "signed"}, False),
        ({"status": "active"}, True),
    ],
)
def test_only_ties_in_force_count(properties, held):
    found = said(owns("anna", COMPANY, "60", **properties), owns("ben", COMPANY, "10"))
    assert ("behind" in found and "Control lies with Anna" in text(found["behind"])) is held


def test_a_company_that_is_not_among_its_ties_is_a_gap():
    view = view_with(owns("anna", "fund", "60"))
    without = replace(view, dated=tuple(d for d in view.dated if d.entity.id != COMPANY))
    (finding,) = (f for f in run_checks(without, None) if f.check == "ownership")
    assert (finding.id, finding.kind) == ("ownership.no-company", Kind.GAP)


def test_directors_alone_tell_nothing_of_owners():
    assert set(said(sits("anna", COMPANY))) == {"no-owner"}


ties = st.lists(
    st.one_of(
        st.builds(
            owns,
            st.sampled_from(["anna", "shop", "fund", COMPANY]),
            st.sampled_from(["shop", "fund", COMPANY]),
            st.sampled_from(["", "0", "1", "20", "50", "51", "100", "120", "x"]),
        ),
        st.builds(buys, st.sampled_from(["shop", "fund", "anna"]), st.sampled_from(["buyer", "supplier"])),
        st.builds(sits, st.sampled_from(["anna", "shop"]), st.sampled_from(["fund", "shop", COMPANY])),
    ),
    max_size=8,
    unique_by=lambda dated: dated.entity.id,
)


@settings(max_examples=examples(200), deadline=None)
@given(ties)
def test_any_ties_give_findings_that_can_be_said_and_rest_on_facts_of_the_view(drawn):
    found = said(*drawn)
    assert found
    related = {id.partition(".")[2] for id in found if id.startswith("related-buyer")}
    other = {id.partition(".")[2] for id in found if id.startswith(("other-buyer", "buyer-holds-part"))}
    assert not related & other


def test_a_tie_speaks_the_language_of_its_reader():
    tie = sits("anna", COMPANY, role=("chairman", "董事长"), status=("agreed", "已约定"))
    told = next(iter(tie_facts((tie, thing("anna", "Person"), thing(COMPANY)), ISSUER))).value
    assert told == "Anna → Example: chairman, agreed"
    assert in_language(told, "zh") == "某anna → 某example：董事长、已约定"
