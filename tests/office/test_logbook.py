"""The log is read from its end backwards, and a page of it costs the same however long it is."""

import re
from itertools import product

import pytest
from django.db import connection
from tests.office.conftest import Office
from tests.office.small import CASE, FILES, archive

from guanzi.office.actions import perform
from guanzi.office.auditlog.log import office_log
from guanzi.office.models import ActionRun, Seat
from guanzi.office.people.logbook import WantedEntries, entries_after
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import leaf_hash

NAMES = ("riverton", "lakeside", "hillfort")


@pytest.fixture
def busy(office):
    """Three cases in which things were done by turns, another organisation, and actions of no case."""
    other = Office.make("port")
    for place, names in ((office, NAMES), (other, NAMES[:1])):
        for name in names:
            header = FILES["case.yaml"].replace(f"case: {CASE}", f"case: {name}")
            asked = {"archive": archive(FILES | {"case.yaml": header})}
            perform(place.lead, "case.open", asked, f"open-{place.organisation.slug}-{name}")
    for n in range(30):
        place, name = (other, NAMES[0]) if n % 5 == 4 else (office, NAMES[n % 3])
        asked = {"case": name, "person": place.analyst.username, "part": "analyst"}
        perform(place.lead, "case.give_seat", asked, f"seat-{n}")
        perform(office.analyst, "person.choose_language", {"language": ("en", "zh")[n % 2]}, f"speak-{n}")
    Seat.objects.filter(person=office.analyst, case__slug="hillfort").delete()
    return office


def readable(person, case="", who="", action=""):
    """All entries that a person can read, the newest first, as they would be asked for all at once."""
    runs = ActionRun.objects.filter(organisation=person.organisation)
    seen = runs.filter(case__in=Viewer(person).cases)
    if {"auditor", "administrator"} & {str(role) for role in person.roles()}:
        seen = seen | runs.filter(case=None)
    asked = {"case__slug": case, "person__username": who, "action": action}
    kept = {name: value for name, value in asked.items() if value}
    return list(seen.filter(**kept).order_by("-entry").values_list("entry", flat=True))


def test_page_by_page_one_reads_every_entry_that_one_may_and_no_other(busy):
    chosen = ({}, {"case": "lakeside"}, {"who": busy.lead.username}, {"action": "case.give_seat", "case": "riverton"})
    for who, count in product(("lead", "analyst", "auditor", "administrator", "member"), (1, 2, 4, 50)):
        for kept, upwards in product(chosen, (False, True)):
            person, found, start = busy.people[who], [], None
            while some := entries_after(Viewer(person), start, count, WantedEntries(**kept, upwards=upwards)):
                assert len(some) <= count
                found += some
                start = some[-1]
            due = readable(person, **kept)
            assert found == (due[::-1] if upwards else due), (who, count, kept, upwards)
            assert found or who in ("member", "administrator") or kept


def test_pages_of_the_log_follow_one_another_and_tell_no_number_of_an_entry(busy, client, monkeypatch):
    monkeypatch.setattr("guanzi.office.pages.log.PAGE", 7)
    client.force_login(busy.auditor)
    address, read, log = "/log/", [], office_log()
    while address:
        page = client.get(address).content.decode()
        read += re.findall(r"<code>([0-9a-f]{12})</code></th>", page)
        after = re.search(r'href="\?&amp;after=([^"]+)"', page)
        address = f"/log/?after={after.group(1)}" if after else ""
        assert not after or not re.fullmatch(r"\d+", after.group(1))
    assert read == [leaf_hash(log.content(number)).hex()[:12] for number in readable(busy.auditor)]


def test_a_place_in_the_log_that_is_none_breaks_nothing(office, client):
    client.force_login(office.auditor)
    for after in ("-1", "x", "9" * 40, "²", "0", "gAAAAA"):
        assert client.get("/log/", {"after": after}).status_code == 200, after


def test_a_page_of_the_log_takes_as_many_statements_for_many_lines_as_for_few(busy, client, monkeypatch):
    client.force_login(busy.auditor)
    client.get("/log/")
    counts = []
    for size in (3, 40):
        monkeypatch.setattr("guanzi.office.pages.log.PAGE", size)
        told = []
        connection.connection.set_trace_callback(told.append)
        client.get("/log/")
        connection.connection.set_trace_callback(None)
        counts.append(len(told))
    assert counts[0] == counts[1] < 20
