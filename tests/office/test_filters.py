"""A person saves the filter of a list under a name, finds it there on any machine, and nobody else learns of it."""

import itertools
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test import Client
from tests.office.evidence_of import open_small

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.actions.filters import FILTERS, LONGEST, MOST
from guanzi.office.auditlog.examining import wrong_rows
from guanzi.office.auditlog.log import account_for_office, office_log, signing_key
from guanzi.office.models import ActionRun, Person

ADDRESSES = {page: f"/{page}/" for page in FILTERS} | {"evidence": "/cases/small/evidence/"}
KEYS = itertools.count()
HOSTILE = ("//evil.example/", "https://evil.example/?next=1", "javascript:alert(1)", "?", "", "page=2&format=csv")


@pytest.fixture
def small(office):
    open_small(office)
    scene = {"owner": "Bus company", "place": "Line 3", "need": "Night service", "opens": "2026-01-01"}
    perform(office.lead, "scene.offer", scene | {"title": "Ring road"}, "scene")
    return office


def entered(person):
    client = Client()
    client.force_login(person)
    return client


def form(page, action):
    """The fields of the first form of a page that asks for an action, as the page holds them."""
    text = re.search(rf'<form[^>]*action="/do/{action}/".*?</form>', page, re.DOTALL)
    assert text is not None
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', text[0])}


def links(page):
    """Where the saved filters of a page lead, by their names."""
    held = re.search(r'<nav class="links".*?</nav>', page, re.DOTALL)
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', held[0]) if held else ()
    return {unescape(name): unescape(address) for address, name in found}


def save(person, name="Mine", page="cases", query="mine=1"):
    return perform(person, "filter.save", {"page": page, "name": name, "query": query}, f"k{next(KEYS)}")


def refusal(action, *given, **named):
    with pytest.raises(InvalidInput) as told:
        action(*given, **named)
    return told.value.problems[0].cause.id


def saved(person):
    return Person.objects.get(pk=person.pk).filters


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("page", FILTERS)
def test_a_filter_is_saved_from_its_list_found_on_another_machine_and_removed(small, page, lang):
    perform(small.lead, "person.choose_language", {"language": lang}, "language")
    address, query = ADDRESSES[page], f"?{FILTERS[page][0]}=zz+%E5%90%88%26x"
    assert "/do/filter.save/" not in entered(small.lead).get(address).content.decode()
    asked = form(entered(small.lead).get(address + query).content.decode(), "filter.save")
    done = entered(small.lead).post("/do/filter.save/", asked | {"name": '合肥 "<b>"'})
    assert (done.status_code, done["Location"]) == (302, address + query)

    elsewhere = entered(small.lead)
    held = links(elsewhere.get(address).content.decode())
    assert held == {'合肥 "<b>"': query}
    shown = elsewhere.get(address + held['合肥 "<b>"'])
    assert f'<a href="{query}" aria-current="true">' in unescape(shown.content.decode())
    for other in set(FILTERS) - {page}:
        assert not links(elsewhere.get(ADDRESSES[other]).content.decode())

    gone = elsewhere.post("/do/filter.remove/", form(shown.content.decode(), "filter.remove"))
    assert gone["Location"] == address + query
    assert not links(elsewhere.get(address).content.decode())


def test_nobody_else_sees_or_removes_a_filter_and_neither_log_nor_answer_tells_it(small):
    save(small.lead, "SECRET-NAME", query="q=SECRET-WORD")
    for other in (small.analyst, small.chair, small.auditor):
        for address in ("/cases/", "/log/", "/people/"):
            assert "SECRET" not in entered(other).get(address).content.decode()
        assert refusal(
            perform, other, "filter.remove", {"page": "cases", "name": "SECRET-NAME"}, "other"
        ) == "office.refused.no_filter"  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_entry")
        entries = cursor.fetchall()
    assert "filter.save" in str(entries)
    assert "SECRET" not in str(entries)
    assert "SECRET" not in str(list(ActionRun.objects.values()))
    assert saved(small.lead) == {"cases": {"SECRET-NAME": "q=SECRET-WORD"}}


@pytest.mark.parametrize("query", HOSTILE)
def test_what_is_no_filter_of_the_list_is_not_saved(small, query):
    assert refusal(save, small.lead, query=query) == "office.refused.filter_empty"
    save(small.lead, query=f"{query}&q=a&sort=-due&next=//evil.example/&old=1&format=csv")
    for name, address in links(entered(small.lead).get("/cases/").content.decode()).items():
        assert name == "Mine"
        assert address.startswith("?")
        assert dict(parse_qsl(address[1:])) == {"q": "a", "sort": "-due"}


def test_filters_are_counted_and_bounded_and_one_of_the_same_name_is_replaced(small):
    for n in range(MOST):
        save(small.lead, f"n{n}")
    assert refusal(save, small.lead, "one more") == "office.refused.filters_full"
    save(small.lead, "n1", query="state=open")
    save(small.lead, "of another list", "log", "action=vote.cast")
    assert saved(small.lead)["cases"]["n1"] == "state=open"
    assert len(saved(small.lead)["cases"]) == MOST
    assert refusal(save, small.lead, "n1", query="q=" + "合" * (LONGEST // 9 + 1)) == "office.refused.filter_long"
    for wrong in ({"name": "n" * 61}, {"name": ""}, {"page": "people"}, {"name": "a\u202eb"}):
        assert refusal(save, small.lead, **wrong).startswith("office.refused.")


def test_the_log_holds_that_a_filter_was_saved_and_accounts_for_every_row(small):
    account_for_office()
    save(small.lead)
    assert list(wrong_rows(office_log(), signing_key())) == []
    page = entered(small.auditor).get("/log/?action=filter.save").content.decode()
    assert page.count("Saved a filter") >= 2  # in the filter's choice, and in the line of the entry
