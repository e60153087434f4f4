"""Tables of the office sort, filter and go out as files, and say in words what they hold."""

import csv
import io
import re

import openpyxl
import pytest
from tests.office.evidence_of import open_small

from guanzi.jobs.tracks import trackwindow
from guanzi.office.actions import perform
from guanzi.office.models import IndexedFact, OfficeCase, Scene, Sitting
from guanzi.office.pages.tables import table_file
from guanzi.render import document_html

FACTS = "/cases/riverton/evidence/facts."
SCENE = {"owner": "Bus company", "place": "Line 3", "need": "Night service", "opens": "2026-01-01"}


@pytest.fixture
def opened(office):
    open_small(office)
    perform(office.lead, "scene.offer", {"title": "Ring road", **SCENE}, "s1")
    perform(office.lead, "scene.offer", {"title": "Airport", "title_zh": "机场", **SCENE}, "s2")
    return office


def rows(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("address", "column", "down"),
    [
        ("/scenes/", "scene", "Scene"),
        ("/library/", "case", "Case"),
        ("/log/", "entry", "Entry"),
        ("/cases/", "case", "Case"),
    ],
)
def test_a_table_goes_out_as_it_is_sorted_and_as_a_workbook_too(opened, client, address, column, down):
    client.force_login(opened.lead)
    one = rows(client, f"{address}?sort={column}&format=csv")
    other = rows(client, f"{address}?sort=-{column}&format=csv")
    assert one
    assert [row[down] for row in other] == [row[down] for row in reversed(one)]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?sort={column}&format=xlsx").content))
    assert book.active.max_row == len(one) + 1
    page = client.get(f"{address}?sort={column}").content.decode()
    assert 'aria-sort="ascending"' in page
    assert f"sort=-{column}" in page


@pytest.mark.parametrize(
    ("address", "n"),
    [
        ("/cases/?q=maker", 1), ("/cases/?q=zzzz", 0), ("/cases/?industry=battery-electric-vehicles&mine=1", 1),
        ("/cases/?state=signed", 0), ("/scenes/?q=airport", 1), ("/scenes/?state=withdrawn", 0),
        ("/library/?industry=display-panels", 3), ("/log/?action=case.give_seat", 2), ("/log/?who=city-analyst", 0),
        ("/log/?case=small&who=city-lead", 3), ("/cases/small/evidence/facts.csv?q=deliveries", 1),
    ],
)  # fmt: skip
def test_a_file_holds_what_the_table_was_asked_for(opened, client, address, n):
    client.force_login(opened.lead)
    form = "" if "facts.csv" in address else "&format=csv"
    assert len(rows(client, address + form)) == n
    if not n:
        assert "Nothing matches the filter" in client.get(address).content.decode()


def test_the_facts_of_a_case_go_out_as_a_workbook(opened, client):
    client.force_login(opened.lead)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/cases/small/evidence/facts.xlsx").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["deliveries-2025", "gross-2025"]


def test_figures_stand_with_their_unit_in_the_language_of_the_page(opened, client):
    client.force_login(opened.lead)
    page = re.sub(r"\s", " ", client.get("/cases/small/evidence/").content.decode())
    assert "1,000 vehicles" in page
    assert "10 %" in page
    opened.lead.language = "zh"
    opened.lead.save()
    assert "1,000辆" in client.get("/cases/small/evidence/").content.decode()


def test_an_industry_and_what_an_entry_holds_are_told_in_words_and_not_by_ids(opened, client):
    client.force_login(opened.lead)
    for lang, industry, part in (
        ("en", "battery electric vehicles", "outside expert"),
        ("zh", "纯电动汽车", "外部专家"),
    ):
        opened.lead.language = lang
        opened.lead.save()
        assert industry in client.get("/cases/").content.decode()
        log = client.get("/log/").content.decode()
        assert part in log
        assert {"en": "A small case", "zh": "小案例"}[lang] in log


def test_a_precedent_is_read_without_what_became_of_it(opened, client):
    client.force_login(opened.analyst)
    page = client.get("/library/precedents/nio-hefei-2020/").content.decode()
    assert "29 April 2020" in page
    assert 'action="/do/case.open/"' in page
    assert client.get("/library/precedents/none/").status_code == 404
    client.force_login(opened.auditor)
    assert 'action="/do/case.open/"' not in client.get("/library/precedents/nio-hefei-2020/").content.decode()


def test_home_shows_the_cases_of_a_person_by_their_titles(opened, client):
    client.force_login(opened.analyst)
    page = client.get("/").content.decode()
    assert '<a href="/cases/small/">A small case</a>' in page
    client.force_login(opened.member)
    assert "A small case" not in client.get("/").content.decode()
    assert not Sitting.objects.exists()


def test_a_case_at_a_glance_says_where_it_stands(opened, client):
    client.force_login(opened.lead)
    page = client.get("/cases/small/").content.decode()
    assert "2 facts, version 1" in page
    assert "none yet: request one" in page
    assert "Day 0 of 65" in page


def test_a_track_is_a_report_of_what_its_figures_say(opened, client):
    client.force_login(opened.lead)
    assert '<a href="/studies/tracks/nev/">' in client.get("/studies/").content.decode()
    page = client.get("/studies/tracks/nev/").content.decode()
    found = trackwindow.judge(trackwindow.Request("nev"))
    links = re.compile(r"<style>\.ways\{.*?</style>(?=</head>)|<nav class=\"ways\".*?</nav>")
    assert links.sub("", page) == document_html(trackwindow.document_of(found), "en")  # no drawing of its own
    assert "no evidence" in page
    assert "Industries of cases in this market: battery electric vehicles" in page
    assert 'rel="noreferrer"' in page
    assert client.get("/studies/tracks/none/").status_code == 404


def test_versions_that_the_office_made_say_what_was_done_and_facts_their_unit(opened, client):
    asked = {"case": "small", "name": "deliveries", "period": "2024", "value": "12000", "unit": "vehicles"}
    perform(opened.lead, "evidence.add_fact", {**asked, "known_on": "2026-03-01", "source": "report"}, "f1")
    client.force_login(opened.lead)
    page = re.sub(r"\s", " ", client.get("/cases/small/versions/1/2/").content.decode())
    assert "12,000 vehicles" in page


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_file_is_a_formula_in_a_spreadsheet_of_either_language(begin):
    told = table_file("csv", "cases", ["name"], [[f"{begin}1+1"]]).content.decode("utf-8-sig")
    (row,) = list(csv.reader(io.StringIO(told, newline="")))[1:]
    assert row == [f"'{begin}1+1"]


HOSTILE = ("=HYPERLINK(1)", "+1+1", "@SUM(1)", "-2+3", "=" + "9" * 40_000)


@pytest.fixture
def hostile(office):
    """An office whose people wrote what a spreadsheet would calculate, wherever they may write."""
    from tests.office.small import sign_small

    sign_small(office)
    words = dict(zip(("title", "title_zh", "company", "region"), HOSTILE, strict=False))
    OfficeCase.objects.update(**words)
    perform(office.lead, "scene.offer", SCENE | {"title": HOSTILE[0], "need": HOSTILE[4][:4_000]}, "s1")
    Scene.objects.update(owner=HOSTILE[1], place=HOSTILE[2])
    IndexedFact.objects.filter(fact="d-2025").update(value=HOSTILE[4], subject=HOSTILE[3])
    IndexedFact.objects.filter(fact="c-2025").update(value="-12.5")
    seat = {"case": "riverton", "person": "city-member", "part": "reader", "reasons": HOSTILE[0]}
    perform(office.chair, "case.give_seat", seat, "seat")
    return office


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_table_of_the_office_goes_out_with_a_formula_and_none_breaks(hostile, client, lang):
    hostile.chair.language = lang
    hostile.chair.save()
    client.force_login(hostile.chair)
    begun, figures = set(), set()
    for address in ("/scenes/?", "/library/?", "/log/?", "/cases/?", "/portfolio/?", FACTS):
        kinds = [address + kind for kind in ("csv", "xlsx")] if address == FACTS else None
        csv_at, book_at = kinds or (f"{address}format=csv", f"{address}format=xlsx")
        told = client.get(csv_at).content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(told, newline="")) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@" and cell]
        figures |= {cell for cell in cells if cell.startswith("-")}
        begun |= {word for word in HOSTILE for cell in cells if cell.startswith(f"'{word}")}
        sheet = openpyxl.load_workbook(io.BytesIO(client.get(book_at).content)).worksheets[0]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert figures == {"-12.5"}
    assert begun == set(HOSTILE)


def test_a_table_takes_whatever_a_row_holds(db):
    row = [float("nan"), float("inf"), ["a", 1], {"b": 2}, "x" * 40_000, None, True]
    told = table_file("csv", "t", list("abcdefg"), [row]).content.decode("utf-8-sig").splitlines()[1]
    assert told.startswith(',∞,a; 1,"{""b"": 2}",xxx')
    sheet = openpyxl.load_workbook(io.BytesIO(table_file("xlsx", "t", list("abcdefg"), [row]).content)).worksheets[0]
    held = [cell.value for cell in sheet[2]]
    assert held[:4] == [None, "∞", "a; 1", '{"b": 2}']
    assert held[4].endswith("x …")
