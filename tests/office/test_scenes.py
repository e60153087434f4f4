"""The city offers a scene, a company pilots in it, and what it showed is evidence of the case."""

import pytest

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, perform
from guanzi.office.models import IndexedFact, PilotRun, Scene
from guanzi.record.playbooks import load_playbook

SCENE = {
    "title": "Ring road bus line",
    "owner": "Bus company",
    "place": "Line 3",
    "need": "Night service without drivers",
    "opens": "2026-01-01",
}


@pytest.fixture
def opened(office):
    perform(office.lead, "case.open", {"builtin": "nio-hefei-2020"}, "open")
    perform(office.lead, "scene.offer", SCENE, "offer")
    return office


def begin(office, **more):
    asked = {"case": "nio-hefei-2020", "scene": Scene.objects.get().pk, "begun_on": "2026-03-01", **more}
    return perform(office.lead, "pilot.begin", asked, f"begin{more}").answer["pilot"]


def finish(office, pilot, **more):
    asked = {"case": "nio-hefei-2020", "pilot": pilot, "ended_on": "2026-05-01", "result": "412 nights, no incident"}
    return perform(office.lead, "pilot.finish", {**asked, "measured_by": "third_party", **more}, f"finish{more}").answer


def test_a_whole_pilot_becomes_a_fact_of_the_grade_of_who_measured_it(opened):
    done = finish(opened, begin(opened, safety_case="A guard on board"))
    fact = IndexedFact.objects.get(fact=done["fact"])
    assert (done["grade"], fact.name, fact.value) == ("B", "pilot_result", "412 nights, no incident")


def test_a_pilot_without_a_safety_case_counts_for_nothing(opened):
    pilot = begin(opened)
    with pytest.raises(InvalidInput):
        finish(opened, pilot)
    assert PilotRun.objects.get().ended_on is None
    assert finish(opened, pilot, safety_case="A guard on board")["grade"] == "B"


def test_an_order_follows_only_what_was_shown(opened):
    pilot = begin(opened, safety_case="x")
    order = {"case": "nio-hefei-2020", "pilot": pilot, "ordered": "20 buses"}
    with pytest.raises(InvalidInput):
        perform(opened.lead, "pilot.ordered", order, "o1")
    finish(opened, pilot)
    perform(opened.lead, "pilot.ordered", order, "o2")
    assert PilotRun.objects.get().ordered == "20 buses"


@pytest.mark.parametrize("day", ["2025-12-31", "2099-01-01"])
def test_a_pilot_begins_while_the_scene_is_open(opened, day):
    with pytest.raises(InvalidInput):
        begin(opened, begun_on=day)


def test_a_scene_that_was_withdrawn_takes_no_pilot_and_members_offer_none(opened):
    with pytest.raises(Forbidden):
        perform(opened.member, "scene.offer", SCENE, "m")
    perform(opened.lead, "scene.withdraw", {"scene": Scene.objects.get().pk}, "w")
    with pytest.raises(InvalidInput):
        begin(opened)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_scenes_studies_and_library_are_read(opened, client, lang):
    finish(opened, begin(opened, safety_case="x"))
    perform(opened.lead, "person.choose_language", {"language": lang}, "l")
    client.force_login(opened.lead)
    pages = ("/scenes/", "/studies/", "/library/", "/library/hefei/", "/studies/chain/?chain=nev&city=hefei")
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
    told = client.get("/library/hefei/").content.decode()
    assert not [source.id for source in load_playbook("hefei").sources if f">{source.id}<" in told]
    assert client.get("/studies/chain/?chain=../x&city=hefei").status_code == 404
