"""Pages of streams, versions, timeline and search: what they say in both languages, and to whom."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.office.conftest import Office
from tests.office.evidence_of import FILES, folder_of, open_small, text_file

from guanzi.base.core import catalogue
from guanzi.office.actions import ACTIONS, perform
from guanzi.office.models import Organisation, Person, Workstream
from guanzi.office.people.visibility import Viewer

LEFT = "Nothing is held on the rest; the price allows for it."
OPINION = "The accounts are audited\nand hold what they say."


@pytest.fixture
def case(office):
    case = open_small(office)
    give = {"case": "small", "stream": "finance", "person": office.analyst.username}
    perform(office.lead, "streams.assign", give, "give")
    signed = {"case": "small", "stream": "finance", "opinion": OPINION, "version": 1, "left_open": LEFT}
    perform(office.analyst, "streams.sign", signed, "sign")
    words = "制造商交付了一千二百辆。 Maker delivered 1,200 vehicles."
    asked = {"case": "small", "file": text_file(words), "filename": "letter.txt", "known_on": "2026-05-01"}
    perform(office.analyst, "evidence.upload", asked, "doc")
    fact = {"case": "small", "name": "cash", "period": "2025", "value": "12", "unit": "CNY m"}
    perform(office.analyst, "evidence.add_fact", fact | {"known_on": "2026-05-02", "source": "report"}, "fact")
    case.refresh_from_db()
    return case


PAGES = (
    "/cases/small/streams/",
    "/cases/small/versions/",
    "/cases/small/versions/1/3/",
    "/cases/small/timeline/",
    "/search/?q=交付",
    "/search/",
)


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pages_speak_and_hide_no_message_behind_an_id(office, case, client, lang):
    for person in (office.analyst, office.lead, office.auditor):
        Person.objects.filter(pk=person.pk).update(language=lang)
        client.force_login(person)
        for address in PAGES:
            page = text(client, address)
            assert not re.search(r"\b(office|evidence|room)\.[a-z_]+\.[a-z_]+", page), address
            assert "style=" not in page


def test_a_void_sign_off_names_every_document_and_fact_since_and_leads_to_the_difference(office, case, client):
    client.force_login(office.analyst)
    page = text(client, "/cases/small/streams/")
    assert "documents/index.jsonl" not in page
    assert page.count("/cases/small/evidence/documents/letter/") == 1
    assert "/cases/small/evidence/facts/cash-2025/" in page
    assert "/cases/small/versions/1/3/" in page
    assert "Sign again" in page
    assert "cash-2025" in text(client, "/cases/small/versions/1/3/")


def test_a_difference_shows_the_lines_that_are_new_and_those_that_are_gone(office, case, client):
    changed = FILES["facts/company.yaml"].replace(b"value: 1000", b"value: 1001")
    perform(office.lead, "evidence.replace_folder", folder_of(FILES | {"facts/company.yaml": changed}), "x")
    client.force_login(office.analyst)
    page = text(client, "/cases/small/versions/1/4/")
    assert "<del>−   - {id: deliveries-2025, name: deliveries, period: 2025, value: 1000" in page
    assert "<ins>+   - {id: deliveries-2025, name: deliveries, period: 2025, value: 1001" in page
    assert client.get("/cases/small/versions/1/9/").status_code == 404


def test_the_timeline_tells_who_signed_in_which_words(office, case, client):
    client.force_login(office.auditor)
    page = text(client, "/cases/small/timeline/")
    assert "and hold what they say." in page
    assert office.analyst.name in page
    assert page.index("Fact added") < page.index("Work-stream signed")


@pytest.mark.parametrize("words", ["交付", "制造商", "delivered 1,200", "DELIVERIES", "small maker"])
def test_words_are_found_in_either_language_and_case(office, case, client, words):
    client.force_login(office.analyst)
    assert "/cases/small/" in text(client, f"/search/?q={words}")


def test_search_and_counts_are_silent_on_cases_of_others(office, case, client):
    other = Office.make("other")
    for person in (office.analyst2, other.lead, other.auditor):
        client.force_login(person)
        for words in ("交付", "small", "1,200", "deliveries"):
            page = text(client, f"/search/?q={words}")
            assert "/cases/small/" not in page
            assert "letter" not in page
    assert Organisation.objects.count() == 2


def test_percent_signs_and_underscores_are_letters_and_no_wildcards(office, case, client):
    client.force_login(office.analyst)
    for words in ("%", "deliver_d", "\\"):
        assert "/cases/small/" not in text(client, f"/search/?q={words.replace('%', '%25')}")


def test_what_is_late_waits_for_its_owner_and_is_raised_to_lead_and_chair(office, case):
    from guanzi.office.inbox.waiting import waiting_for

    def ids(person):
        return [item.what.id for item in waiting_for(Viewer(person))]

    assert ids(office.analyst).count("office.waiting.stream_void") == 1
    Workstream.objects.filter(stream="finance").update(due=timezone.localdate() - timedelta(days=4))
    assert "office.waiting.stream_late" in ids(office.lead)
    assert "office.waiting.stream_late" not in ids(office.chair)
    Workstream.objects.filter(stream="finance").update(due=timezone.localdate() - timedelta(days=11))
    assert "office.waiting.stream_late" in ids(office.chair)
    assert "office.waiting.stream_late" not in ids(office.member)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_action_has_words_so_that_log_and_timeline_can_tell_it(office, lang):
    words = catalogue("office", lang)
    assert [id for id in ACTIONS if f"office.action.{id}" not in words] == []
