"""Seats and owners are given in one form; each is an action of its own, and what is refused is told by name."""

import pytest
from tests.office.small import CASE, FILES, archive

from guanzi.office.actions import perform
from guanzi.office.models import ActionRun, OfficeCase

SEATS = {
    "analyst": "analyst", "analyst2": "analyst", "expert": "expert", "chair": "chair", "member": "member",
    "member2": "member", "member3": "member", "member4": "member", "member5": "member", "manager": "manager",
}  # fmt: skip
OWNERS = {"finance": "analyst", "market": "analyst2", "legal": "expert", "technology": "analyst", "chain": "analyst2"}


@pytest.fixture
def case(office):
    perform(office.lead, "case.open", {"archive": archive(FILES)}, "open")
    return OfficeCase.objects.get(slug=CASE)


def send(client, office, who, seats, owners=None, **more):
    client.force_login(office.people[who])
    fields = {f"seat.{office.people[name].username}": part for name, part in seats.items()}
    fields |= {f"owner.{stream}": office.people[name].username for stream, name in (owners or {}).items()}
    return client.post(f"/cases/{CASE}/seats/", fields | more)


def parts_of(case):
    return {one.person.username.removeprefix("city-"): one.part for one in case.seats.select_related("person")}


def owners_of(case):
    rows = case.streams.exclude(owner=None).select_related("owner")
    return {one.stream: one.owner.username.removeprefix("city-") for one in rows}


def test_all_seats_and_owners_are_given_by_one_form_and_stand_one_by_one_in_the_log(office, case, client):
    answer = send(client, office, "lead", SEATS, OWNERS, key="k")
    assert answer.status_code == 302
    assert parts_of(case) == SEATS | {"lead": "lead"}
    assert owners_of(case) == OWNERS
    done = list(ActionRun.objects.filter(case=case).values_list("action", flat=True))
    assert (done.count("case.give_seat"), done.count("streams.assign")) == (len(SEATS), len(OWNERS))


def test_what_is_left_as_it_is_is_not_done_again(office, case, client):
    send(client, office, "lead", SEATS, OWNERS, key="k")
    done = ActionRun.objects.count()
    assert send(client, office, "lead", SEATS | {"lead": "lead"}, OWNERS, key="k").status_code == 302
    assert send(client, office, "lead", {"analyst": "", "expert": "expert"}, key="l").status_code == 302
    assert ActionRun.objects.count() == done


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_refused_is_told_by_name_and_the_rest_is_done(office, case, client, lang):
    perform(office.lead, "person.choose_language", {"language": lang}, "language")
    answer = send(client, office, "lead", {"analyst": "analyst", "auditor": "member"}, {"legal": "manager"}, key="k")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('role="alert"') == 1
    told = page.partition('role="alert"')[2].partition("</div>")[0]
    assert told.count("<li>") == 2
    assert office.auditor.username in told
    assert parts_of(case) == {"lead": "lead", "analyst": "analyst"}
    assert owners_of(case) == {}
    chosen = f'name="seat.{office.auditor.username}"'
    assert 'value="member" selected' in page.partition(chosen)[2].partition("</select>")[0]


def test_roles_are_shown_and_nobody_else_can_choose(office, case, client):
    client.force_login(office.lead)
    page = client.get(f"/cases/{CASE}/seats/").content.decode()
    row = page.partition(f'name="seat.{office.finance.username}"')[0].rpartition("<tr>")[2]
    assert "Finance bureau" in row
    client.force_login(office.auditor)
    page = client.get(f"/cases/{CASE}/seats/").content.decode()
    assert "<select" not in page
    assert send(client, office, "auditor", {"analyst": "analyst"}, key="k").status_code == 422
    assert parts_of(case) == {"lead": "lead"}
    client.force_login(office.analyst)
    assert client.get(f"/cases/{CASE}/seats/").status_code == 404


def test_only_the_lead_gives_owners_and_the_chair_may_give_seats(office, case, client):
    answer = send(client, office, "chair", {"expert": "expert"}, {"legal": "expert"}, key="k")
    assert answer.status_code == 422
    assert parts_of(case) == {"lead": "lead", "expert": "expert"}
    assert owners_of(case) == {}
