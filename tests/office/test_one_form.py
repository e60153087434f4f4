"""One form does several acts of one person: each is an action with its own entry, and none is done twice."""

import re

import pytest
from tests.office.committee import EXPERTS, MEMBERS, appraised, declare, do, quick, sit
from tests.office.tiedcase import SLUG

from guanzi.office.models import ActionRun, AppraisalRun, Ballot, Declaration, OfficeCase, Person, Sitting

PAGE = f"/cases/{SLUG}/decisions/"
WHY = "The money waits for steps."


@pytest.fixture
def room(committee, monkeypatch):
    quick(monkeypatch)
    return committee


def form_of(client, path, action, **more):
    """Where a form of a page is sent, with the fields that it holds by itself and some more."""
    page = client.get(path).content.decode()
    found = re.search(rf'<form method="post" action="/do/{action}/".*?</form>', page, re.S)
    assert found, page
    held = {}
    for tag in re.findall(r"<input[^>]*>", found[0]):
        kind = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if kind.get("type") == "hidden" or (kind.get("type") == "checkbox" and " checked" in tag):
            held[kind["name"]] = kind["value"]
    return f"/do/{action}/", held | more


def ways(form, name):
    """What a box of a form adds where it is ticked."""
    return re.findall(rf'<input type="checkbox" name="{name}" value="([^"]*)"', form)


def entered(action):
    return ActionRun.objects.filter(action=action).count()


def test_the_chair_moves_the_case_on_opens_the_sitting_declares_and_votes_by_one_form(room, client):
    appraised(room)
    OfficeCase.objects.filter(slug=SLUG).update(stage="examining")
    client.force_login(room.chair)
    (then,) = ways(client.get(PAGE).content.decode(), "then")
    address, fields = form_of(client, PAGE, "case.advance", vote="back", reason=WHY)
    assert client.post(address, fields | {"then": [fields["then"], then]}).status_code == 302
    assert OfficeCase.objects.get(slug=SLUG).stage == "deciding"
    ballot = Ballot.objects.get(sitting__state="open")
    assert (ballot.person, ballot.vote) == (room.chair, "back")
    assert [entered(one) for one in ("case.advance", "vote.open", "interest.declare", "vote.cast")] == [1, 1, 1, 1]


def test_a_sitting_is_opened_without_a_vote_where_the_box_is_left(room, client):
    appraised(room)
    client.force_login(room.chair)
    assert client.post(*form_of(client, PAGE, "vote.open", vote="back", reason=WHY)).status_code == 302
    assert Sitting.objects.get(case__slug=SLUG).state == "open"
    assert not Ballot.objects.exists()
    assert not Declaration.objects.exists()


def test_a_member_declares_and_votes_by_one_form_which_does_nothing_twice(room, client):
    declare(room, *MEMBERS[1:])
    sit(room)
    client.force_login(room.member)
    address, fields = form_of(client, PAGE, "interest.declare", reason=WHY)
    refused = client.post(address, fields, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "The first step of this form was done." in refused.content.decode().replace("1 step", "step")
    assert not Ballot.objects.exists()
    for _ in range(2):
        assert client.post(address, fields | {"vote": "decline"}).status_code == 302
    assert Declaration.objects.filter(person=room.member, has_interest=False).count() == 1
    assert Ballot.objects.get().vote == "decline"
    assert (entered("interest.declare"), entered("vote.cast")) == (len(MEMBERS), 1)
    assert form_of(client, PAGE, "vote.cast")


def test_the_lead_closes_the_panel_and_appraises_by_one_form(room, client):
    for name in EXPERTS:
        do(room.lead, "case.give_seat", person=room.people[name].username, part="expert")
    do(room.lead, "panel.ask", panel="second", question="chance", text="Will it?", unit="ratio", least=0, most=1)
    for name in EXPERTS:
        do(
            room.people[name],
            "panel.judge",
            panel="second",
            question="chance",
            low=0.2,
            mode=0.4,
            high=0.7,
            reason="as others",
        )
    client.force_login(room.lead)
    address, fields = form_of(client, f"/cases/{SLUG}/panel/", "panel.close")
    assert client.post(address, fields).status_code == 302
    assert AppraisalRun.objects.get(state="queued").version == OfficeCase.objects.get(slug=SLUG).head


@pytest.mark.parametrize("first", ["interest.declare", "device.begin", "person.choose_language"])
def test_a_form_asks_for_nothing_that_does_not_belong_to_its_first_action(room, client, first):
    declare(room)
    sitting = sit(room)
    client.force_login(room.chair)
    told = {"case": SLUG, "sitting": sitting, "has_interest": "false", "language": "en", "reasons": WHY, "vote": "back"}
    before = ActionRun.objects.count()
    client.post(f"/do/{first}/", told | {"reason": WHY, "then": "vote.close deal.sign case.reopen"})
    assert Sitting.objects.get(pk=sitting).state == "open"
    assert not Ballot.objects.exists()
    assert ActionRun.objects.count() <= before + 1


def test_who_enters_first_chooses_a_password_by_the_same_form(office, client):
    from tests.office.conftest import PASSWORD

    Person.objects.filter(pk=office.member.pk).update(must_change=True)
    asked = {"username": office.member.username, "password": PASSWORD}
    weak = client.post("/enter/", asked | {"new": "member"})
    assert weak.status_code == 422
    assert client.get("/").status_code == 302
    assert client.post("/enter/", asked | {"new": "ein langes Wort, das nur ich kenne"}).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert not Person.objects.get(pk=office.member.pk).must_change
    assert entered("person.change_password") == 1
    client.post("/leave/")
    assert client.post("/enter/", asked | {"new": "noch ein langes Wort von mir"}).status_code == 401
