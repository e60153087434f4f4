"""A firm of a chain becomes a case of the office by one click: nothing is typed, nothing of another case is in it."""

import re

import pytest

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, perform
from guanzi.office.models import OfficeCase, Person

PAGE = "/studies/targets/?chain=nev&city=hefei"


def started(person, firm="continental", key="lead", **other):
    return perform(person, "case.open", {"chain": "nev", "city": "hefei", "firm": firm} | other, key)


def test_the_page_starts_a_case_with_what_is_known_of_firm_and_city(office, client):
    client.force_login(office.lead)
    page = client.get(PAGE).content.decode()
    form, *_ = [f for f in re.findall(r"<form.*?</form>", page, re.S) if 'value="continental"' in f]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    typed = set(fields) - {"csrfmiddlewaretoken", "key", "next", "chain", "firm", "city", "link"}
    assert not typed, "nothing is to be typed"
    answer = client.post("/do/case.open/", fields)
    assert answer.status_code == 302, answer.content.decode()[:400]
    case = OfficeCase.objects.get()
    assert (case.company, case.region, case.region_zh) == ("Continental", "Hefei", "合肥市")
    shown = client.get(f"/cases/{case.slug}/evidence/").content.decode()
    assert "deliveries" not in shown, "that is a fact of another case"
    page = client.get(f"/cases/{case.slug}/").content.decode()
    assert '<a href="/studies/tracks/nev/">' in page, "the window of its track"
    assert '<a href="/studies/chain/?chain=nev&amp;city=hefei">' in page
    assert re.search(r"Hefei: \d+ figures", page), "the profile of its city"


@pytest.mark.parametrize(
    "other", [{"chain": "../nev"}, {"firm": "nobody"}, {"city": "atlantis"}, {"builtin": "nio-hefei-2020"}]
)
def test_what_names_no_one_firm_is_refused(office, other):
    with pytest.raises(InvalidInput):
        started(office.lead, **other)
    assert not OfficeCase.objects.exists()


def test_a_firm_with_several_parts_begins_with_the_link_that_was_chosen(office):
    with pytest.raises(InvalidInput, match="cell"):
        started(office.lead, link="cell")
    started(office.lead, link="displays")
    assert OfficeCase.objects.get().industry == "displays"


def test_a_firm_that_is_dropped_keeps_its_reason_until_it_is_taken_up_again(office, client):
    lead = {"chain": "nev", "city": "hefei", "firm": "shibao"}
    client.force_login(office.analyst)
    assert 'value="shibao"' in client.get(PAGE).content.decode()
    why = "It builds in Wuhu already."
    perform(office.lead, "lead.drop", lead | {"why": why}, "drop")
    page = client.get(PAGE).content.decode()
    assert why in page
    assert page.count('name="firm" value="shibao"') == 1, "only the form that takes it up again is left"
    with pytest.raises(InvalidInput):
        perform(office.lead, "lead.drop", lead | {"why": why}, "again")
    perform(office.analyst, "lead.take_up", lead, "up")
    assert why not in client.get(PAGE).content.decode()
    with pytest.raises(Forbidden):
        perform(office.member, "lead.drop", lead | {"why": why}, "member")


def test_one_who_may_not_see_every_case_names_it_his_own_way(office):
    started(office.analyst)
    assert OfficeCase.objects.get().slug == f"{office.analyst.username.partition('@')[0]}_continental-hefei"


def test_who_may_not_open_cases_sees_no_button(office, client):
    client.force_login(office.member)
    page = client.get(PAGE).content.decode()
    assert "Continental" in page
    assert "case.open" not in page


@pytest.mark.parametrize("wrong", ["?chain=x&city=hefei", "?chain=nev&city=../x", ""])
def test_a_list_of_nothing_is_not_there(office, client, wrong):
    client.force_login(office.lead)
    assert client.get(f"/studies/targets/{wrong}").status_code == 404
    assert Person.objects.exists()


def test_a_case_of_no_track_and_no_city_of_the_library_shows_neither(office, client):
    from tests.office.small import FILES, HEADER, archive

    other = {**FILES, "case.yaml": HEADER.replace("battery-electric-vehicles", "marine-engines")}
    perform(office.lead, "case.open", {"archive": archive(other)}, "marine")
    client.force_login(office.lead)
    assert "around-heading" not in client.get("/cases/riverton/").content.decode()
