"""A firm of a chain becomes a case of the office by one click: nothing is typed, nothing of another case is in it."""

import re

import pytest

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.models import OfficeCase, Person

PAGE = "/studies/targets/?chain=nev&city=hefei"


def started(person, firm="continental", key="lead", **other):
    return perform(person, "case.open", {"chain": "nev", "city": "hefei", "firm": firm} | other, key)


def test_the_page_starts_a_case_with_what_is_known_of_firm_and_city(office, client):
    client.force_login(office.lead)
    page = client.get(PAGE).content.decode()
    form, *_ = [f for f in re.findall(r"<form.*?</form>", page, re.S) if 'value="continental"' in f]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert set(fields) <= {"csrfmiddlewaretoken", "key", "next", "chain", "firm", "city"}, "nothing is to be typed"
    answer = client.post("/do/case.open/", fields)
    assert answer.status_code == 302, answer.content.decode()[:400]
    case = OfficeCase.objects.get()
    assert (case.company, case.region, case.region_zh) == ("Continental", "Hefei", "合肥市")
    shown = client.get(f"/cases/{case.slug}/evidence/").content.decode()
    assert "deliveries" not in shown, "that is a fact of another case"
    assert client.get(f"/cases/{case.slug}/").status_code == 200


@pytest.mark.parametrize(
    "other", [{"chain": "../nev"}, {"firm": "nobody"}, {"city": "atlantis"}, {"builtin": "nio-hefei-2020"}]
)
def test_what_names_no_one_firm_is_refused(office, other):
    with pytest.raises(InvalidInput):
        started(office.lead, **other)
    assert not OfficeCase.objects.exists()


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
