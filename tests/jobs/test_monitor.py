"""The page, the calendar and the workbook of a signed deal."""

import re
from datetime import date

import openpyxl
import pytest
from tests.jobs.watched_case import fact, milestone, signed_case

from guanzi.jobs.following import monitoring
from guanzi.jobs.following.documents.monitor import MonitorStudy, monitor_document
from guanzi.jobs.following.documents.monitor_calendar import calendar_text
from guanzi.render import document_data, document_html, write_document_book

DAY = date(2020, 12, 31)
FACTS = (
    fact("d2", "deliveries", 10_331, "vehicles", "2020Q2"),
    fact("s2", "founder_share", 0.55, "ratio", date(2020, 6, 30)),
    fact("l2", "listed", False, "flag", "2020Q2"),
    fact("c3", "cash", 500, "CNY m", date(2020, 9, 30), date(2020, 11, 1)),
    fact("f3", "free_cash_flow", -600, "CNY m", "2020Q3", date(2020, 11, 1)),
    milestone("r", "closing", "reported", date(2020, 6, 20), date(2020, 6, 21)),
    milestone("v", "closing", "verified", date(2020, 6, 20), date(2020, 7, 1), "auditor"),
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    result = monitoring.monitor(monitoring.Request(str(signed_case(tmp_path_factory.mktemp("case"), *FACTS)), DAY))
    watched = result.watched
    return MonitorStudy(
        watched.view, watched.sheet, result.milestones, result.examined, result.signs, result.calendar, watched.rules,
        result.advice,
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_says_breach_remedy_sign_and_milestones_without_script_or_request(study, lang):
    page = document_html(monitor_document(study), lang)
    said = {
        "en": (
            "One covenant is breached",
            "The right “right to sell back” can be exercised",
            "Cash lasts 2.5 months",
            "no evidence",
        ),
        "zh": ("已违反的约束条款", "“回购请求权”权利触发", "现金可支撑2.5个月", "无证据"),
    }[lang]
    text = re.sub(r"<[^>]+>", "", page)
    assert all(words in text for words in said)
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="https?://', page.replace("rel=", ""))


def test_every_fact_that_the_page_links_to_stands_on_it(study):
    page = document_html(monitor_document(study))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links
    assert links <= set(re.findall(r'id="([^"]+)"', page))


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_calendar_keeps_the_grammar_of_rfc_5545(study, lang):
    text = calendar_text(study, lang)
    assert text.count("\n") == text.count("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert all(re.match(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*:", line) for line in lines[:-1])
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(study.calendar)
    ids = [line for line in lines if line.startswith("UID:")]
    assert len(set(ids)) == len(ids)
    for event in text.split("BEGIN:VEVENT")[1:]:
        assert {name: event.count(f"\n{name}") for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY")} == dict.fromkeys(
            ("UID", "DTSTAMP", "DTSTART", "SUMMARY"), 1
        )
    assert f"DTSTART;VALUE=DATE:{date(2020, 9, 30):%Y%m%d}" in text  # instalment i3


def test_an_entry_keeps_its_id_when_the_calendar_is_made_on_a_later_day(study, tmp_path):
    later = monitoring.monitor(monitoring.Request(str(signed_case(tmp_path, *FACTS)), date(2021, 6, 30)))
    kept = {entry.id for entry in study.calendar if entry.kind != "report"}
    assert kept == {entry.id for entry in later.calendar if entry.kind != "report"}


def test_the_workbook_counts_again_by_formulas_that_give_the_figures_of_the_page(study, tmp_path):
    document = monitor_document(study)
    write_document_book(document, tmp_path / "m.xlsx")
    formulas = openpyxl.load_workbook(tmp_path / "m.xlsx")
    values = openpyxl.load_workbook(tmp_path / "m.xlsx", data_only=True)
    limit = next(table for table in document.tables() if table.id == "headroom-1")
    sheet = next(name for name in formulas.sheetnames if str(formulas[name]["C1"].value).startswith("Limit"))
    assert formulas[sheet]["D2"].value == "=B2-C2"
    assert values[sheet]["D2"].value == pytest.approx(limit.rows[0].cells[2].value)
    late = sum(m.days_past > 0 for m in study.milestones)
    assert [values["Summary"][f"B{row}"].value for row in (3, 4)] == [late, 1]
    counted = formulas["Summary"]["B3"].value
    assert re.fullmatch(r"=COUNTIF\('[^']+'!\$H\$2:\$H\$\d+,\">0\"\)", counted)


def test_the_data_of_the_document_names_the_facts_that_its_sentences_rest_on(study):
    data = document_data(monitor_document(study))
    lead = next(part for part in data["sections"] if part["id"] == "lead")["blocks"][0]["items"]
    breached = next(item for item in lead if item["words"]["id"] == "reports.monitor.lead.breached")
    assert breached["rests"] == ["fact:s2", "fact:l2"]  # the founder's share, and that the company is not listed
