"""Pages of evidence say what is held in whole sentences, in both languages, and show no case to whoever has no seat."""

import re

import pytest
from tests.office.evidence_of import FILES, folder_of, open_small, text_file

from guanzi.office.actions import perform
from guanzi.office.models import Person

PAGES = (
    "evidence/",
    "evidence/add/",
    "evidence/?q=交付&sort=-known_on&old=1&stream=finance",
    "evidence/documents/letter/",
    "evidence/facts/deliveries-2025/",
    "evidence/facts/deliveries-2025-2/",
)


@pytest.fixture
def case(office):
    case = open_small(office)
    words = "Maker delivered 1,200 vehicles in 2025. <script>alert(1)</script>"
    asked = {"case": "small", "file": text_file(words), "filename": "letter.txt", "known_on": "2026-05-01"}
    perform(office.analyst, "evidence.upload", asked, "doc")
    right = {"case": "small", "fact": "deliveries-2025", "value": "1200", "unit": "vehicles"}
    right |= {"known_on": "2026-05-02", "source": "report", "note": "=1+1"}
    right |= {"document": "letter", "page": "1", "quote": "delivered 1,200 vehicles"}
    perform(office.analyst, "evidence.correct_fact", right, "right")
    return case


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pages_speak_and_hide_no_message_behind_an_id(office, case, client, lang):
    for person in (office.analyst, office.auditor):
        Person.objects.filter(pk=person.pk).update(language=lang)
        client.force_login(person)
        for address in PAGES:
            answer = client.get(f"/cases/small/{address}")
            text = answer.content.decode()
            assert answer.status_code == 200, address
            assert not re.search(r"\b(office|evidence|room)\.[a-z_]+\.[a-z_]+", text), address
            assert "<script>alert" not in text
            assert "style=" not in text


def test_facts_are_sorted_filtered_and_saved_as_a_table(office, case, client):
    client.force_login(office.analyst)
    text = client.get("/cases/small/evidence/facts.csv?name=deliveries").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith(
        "deliveries-2025-2,company,deliveries,1200,vehicles,2025,2026-05-02,report,A"
    )
    both = client.get("/cases/small/evidence/facts.csv?old=1&sort=-fact").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in both[1:]] == ["gross-2025", "deliveries-2025-2", "deliveries-2025"]
    found = client.get("/cases/small/evidence/facts.csv?q=交付").content.decode("utf-8-sig").splitlines()
    assert len(found) == 2


def test_a_document_is_saved_as_it_came_and_opened_by_no_browser(office, case, client):
    client.force_login(office.analyst)
    answer = client.get("/cases/small/evidence/documents/letter/file/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"<script>alert(1)</script>" in answer.content


def test_whoever_has_no_seat_finds_nothing(office, case, client):
    client.force_login(office.analyst2)
    for address in (*PAGES, "folder.zip", "evidence/facts.csv", "evidence/documents/letter/file/"):
        assert client.get(f"/cases/small/{address}").status_code == 404


def test_a_fact_is_added_by_its_form(office, case, client):
    client.force_login(office.analyst)
    form = {"case": "small", "name": "cash", "subject": "company", "period": "2025", "value": "12", "unit": "CNY m"}
    form |= {"known_on": "2026-05-02", "source": "report", "confidence": "high", "known_to": "public", "low": ""}
    answer = client.post("/do/evidence.add_fact/", form | {"next": "/cases/small/evidence/", "key": "k"})
    assert (answer.status_code, answer["Location"]) == (302, "/cases/small/evidence/")
    again = client.post("/do/evidence.add_fact/", form | {"unit": "CNY", "period": "someday", "key": "l"})
    assert again.status_code == 422


@pytest.mark.prove
def test_a_case_of_ten_thousand_facts_opens_page_by_page_and_takes_one_more(office, case, client):
    row = "  - {{id: x{n}, name: deliveries, subject: maker{n}, value: {n}, unit: vehicles, period: 2019, {rest}}}\n"
    rest = "known_on: 2026-03-01, source: report"
    many = "facts:\n" + "".join(row.format(n=n, rest=rest) for n in range(10_000))
    perform(office.lead, "evidence.replace_folder", folder_of(FILES | {"facts/many.yaml": many.encode()}), "many")
    fact = {"case": "small", "name": "cash", "period": "2025", "value": "12", "unit": "CNY m"}
    perform(office.analyst, "evidence.add_fact", fact | {"known_on": "2026-05-02", "source": "report"}, "one")
    client.force_login(office.analyst)
    assert b"10003" in client.get("/cases/small/evidence/").content
    assert len(client.get("/cases/small/evidence/facts.csv").content.splitlines()) == 10_004
    assert b"x777" in client.get("/cases/small/evidence/?q=maker777").content


def test_the_six_questions_come_first_and_an_answer_names_its_source(office, case, client):
    client.force_login(office.analyst)
    page = client.get("/cases/small/evidence/").content.decode()
    assert page.index("questions-heading") < page.index("documents-heading")
    assert page.count("Add the fact “") == 4
    stated = {"case": "small", "id": "sold", "name": "sold_before", "value": "true", "unit": "flag", "period": "2025"}
    perform(office.analyst, "evidence.add_fact", stated | {"known_on": "2026-05-01", "source": "report"}, "sold")
    page = client.get("/cases/small/evidence/").content.decode()
    assert page.count("Add the fact “") == 3
    assert re.search(r">yes</td><td[^>]*><a href=\"facts/sold/\">Stated by the analyst: [^<]+1 May 2026", page)
