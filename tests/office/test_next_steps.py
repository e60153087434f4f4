"""Lead and chair are told the next step of a case, once others have done theirs, and pages lead to where it is."""

import re

import pytest
from tests.office.committee import EXPERTS, appraised, declare, do, quick, sit
from tests.office.tiedcase import SLUG

from guanzi.office.inbox.opened import CasesInProgress
from guanzi.office.inbox.steps import steps_waiting
from guanzi.office.models import OfficeCase, Person
from guanzi.office.pages.rendering import sentence
from guanzi.office.people.visibility import Viewer


@pytest.fixture
def room(committee, monkeypatch):
    quick(monkeypatch)
    return committee


def steps(person):
    return [
        what.id.rpartition(".")[2]
        for what, *_ in steps_waiting(CasesInProgress(Viewer(Person.objects.get(pk=person.pk))))
    ]


def set_stage(stage):
    OfficeCase.objects.filter(slug=SLUG).update(stage=stage)


def test_the_lead_is_told_to_move_on_once_owners_or_signatures_are_complete(room):
    case = OfficeCase.objects.get(slug=SLUG)
    for stage in ("opened", "examining"):
        set_stage(stage)
        assert steps(room.lead) == ["advance"]
        assert steps(room.analyst) == []
    case.streams.filter(stream="finance").update(state="void")
    assert steps(room.lead) == []
    set_stage("opened")
    case.streams.filter(stream="finance").update(owner=None)
    assert steps(room.lead) == []


def test_the_lead_is_told_to_appraise_and_then_to_move_on(room):
    set_stage("judging")
    assert steps(room.lead) == ["appraise"]
    number = do(room.lead, "appraisal.ask", paths=100)["appraisal"]
    assert steps(room.lead) == []
    do(room.lead, "appraisal.cancel", appraisal=number)
    appraised(room)
    assert steps(room.lead) == ["advance"]


def test_the_lead_is_told_to_close_a_panel_that_every_expert_has_answered(room):
    for name in EXPERTS:
        do(room.lead, "case.give_seat", person=room.people[name].username, part="expert")
    do(room.lead, "panel.ask", panel="second", question="chance", text="Will it?", unit="ratio", least=0, most=1)
    for name in EXPERTS:
        assert "close_panel" not in steps(room.lead)
        given = {"low": 0.2, "mode": 0.4, "high": 0.7, "reason": "as others of its kind"}
        do(room.people[name], "panel.judge", panel="second", question="chance", **given)
    assert "close_panel" in steps(room.lead)


def test_the_chair_is_told_to_open_the_sitting_once_everything_is_examined(room):
    assert steps(room.chair) == []
    appraised(room)
    assert steps(room.chair) == ["open_sitting"]
    sit(room)
    assert steps(room.chair) == []


def test_a_case_at_a_glance_says_what_lacks_and_leads_to_where_it_is_mended(room, client):
    client.force_login(room.lead)
    page = client.get(f"/cases/{SLUG}/").content.decode()
    assert re.search(rf'<a href="/cases/{SLUG}/decisions/">[^<]*declared that they have no conflict of interest', page)
    appraised(room)
    declare(room)
    sit(room)
    page = client.get(f"/cases/{SLUG}/").content.decode()
    assert "Sitting 1:" in page


def test_no_sitting_is_offered_once_a_case_is_decided(room, client):
    def shown(person):
        client.force_login(person)
        return client.get(f"/cases/{SLUG}/decisions/").content.decode()

    assert "The chair opens the sitting" in shown(room.lead)
    assert "Required before a sitting can be opened" in shown(room.chair)
    set_stage("signing")
    assert "The chair opens the sitting" not in shown(room.lead)
    assert "Required before a sitting can be opened" not in shown(room.chair)


def test_a_refusal_and_its_remedy_are_read_as_two_sentences():
    assert (sentence("add page", "en"), sentence("Done.", "en"), sentence("请补页码", "zh")) == (
        "add page.",
        "Done.",
        "请补页码。",
    )
