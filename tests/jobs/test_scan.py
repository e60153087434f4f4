"""The page of a scan: each recommendation answers five questions, in both languages, and says what is made up."""

import re
from html import unescape

import openpyxl
import pytest
from tests.made_up_panel import made_up_panel

from guanzi.base.core import render
from guanzi.intake.industries import Roles, industries_of_frame
from guanzi.jobs.tracks.documents.scan import scan_document
from guanzi.jobs.tracks.documents.track_window import window_document
from guanzi.record.evidence import load_city, load_track
from guanzi.render import MOST_FIGURES, document_html, document_screen, localise, write_document_book
from guanzi.study.tracks import QUESTIONS, answers
from guanzi.study.tracks.forecast import Settings
from guanzi.study.tracks.scan import Markets, Priorities, scan_region

WEIGHTS = {"feasible": 1.0, "gain": 1.0, "size": 1.0, "open": 1.0}
SETTINGS = Settings(5, form="logit")
PICTURES = 6
"""Map, space, composition, course, calibration, and the one track that has a curve."""


def scanned(panel=None, region="Northport"):
    held = made_up_panel() if panel is None else panel
    tracks = {"Electric vehicles": load_track("nev"), "Drones": load_track("low-altitude")}
    return scan_region(held, region, SETTINGS, Priorities(WEIGHTS), Markets(tracks if panel is None else {}))


def page_of(scan, lang="en", city=None):
    return document_html(scan_document(scan, city), lang)


@pytest.fixture(scope="module")
def scan():
    return scanned()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_one_file_without_script_and_without_outside_requests(scan, lang):
    page = page_of(scan, lang)
    assert page == page_of(scan, lang)
    assert "<script" not in page
    assert not re.search(r'(?:src|@import)\s*=?\s*["(]?https?:', page)
    assert page.count('<div role="img"') == PICTURES
    assert page.count("<svg") == 2 * PICTURES


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_recommendation_answers_all_five_questions(scan, lang):
    page = unescape(page_of(scan, lang))
    assert len(scan.recommendations) == 5
    for chosen in scan.recommendations:
        said = answers(scan, chosen)
        assert tuple(said) == QUESTIONS
        assert all(render(sentence, lang) in page.replace("\u00a0", " ") for part in said.values() for sentence in part)
    assert page.count("<dt>") == MOST_FIGURES + 5 * len(QUESTIONS)


def test_the_words_of_the_list_are_those_of_the_figures(scan):
    chosen = scan.recommendations[0]
    c = chosen.ranked.candidate
    said = {name: " ".join(render(s, "en") for s in part) for name, part in answers(scan, chosen).items()}
    assert f"{100 * c.probability:.1f}".rstrip("0").rstrip(".") in said["sure"]
    assert all(str(n.industry) in said["us"] for n in chosen.explanation.carriers)


def test_every_picture_has_its_words_and_the_table_of_its_data(scan):
    figures = re.findall(r'<figure class="chart">.*?</figure>', page_of(scan), re.DOTALL)
    assert len(figures) == PICTURES
    for figure in figures:
        assert re.search(r"<figcaption>[^<]{20,}", figure)
        assert "<table" in figure


def test_a_panel_of_ones_own_has_nothing_of_the_shipped_ones():
    made = made_up_panel()
    rows = [
        {"region": str(made.regions[r]), "industry": str(made.industries[i]), "year": year, "value": v}
        for k, year in enumerate(made.years)
        for r, i, v in zip(
            made.region[made.starts[k] : made.starts[k + 1]],
            made.industry[made.starts[k] : made.starts[k + 1]],
            made.measures["jobs"][made.starts[k] : made.starts[k + 1]],
            strict=True,
        )
    ]
    pandas = pytest.importorskip("pandas")
    panel = industries_of_frame(pandas.DataFrame(rows), Roles("region", "industry", "year", ("value",)))
    found = scanned(panel)
    page = page_of(found)
    assert 'class="notice"' not in page
    assert "Not seen" not in page
    assert "No track was named" in page
    assert len(found.recommendations) == 5


def test_the_chinese_page_names_places_and_industries_in_chinese(scan):
    page = page_of(scan, "zh")
    assert "北港" in page
    assert "Northport" not in re.sub(r"<(style|svg).*?</\1>", "", page, flags=re.DOTALL)


def test_a_city_is_shown_with_its_own_figures_and_what_is_not_held(scan):
    page = page_of(scan, "en", load_city("shenzhen"))
    assert "Shenzhen in its own figures" in page
    assert "no figure on record" in page  # its debt is in no source
    assert 'href="#source-nbs-main-cities"' in page


def test_a_track_without_a_curve_says_so_in_place_of_a_picture(scan):
    page = unescape(page_of(scan))
    assert "Missing figures are not filled in." in page
    assert "undecided" in page


def test_the_workbook_holds_every_table_with_its_numbers_as_numbers(scan, tmp_path):
    document = scan_document(scan, load_city("shenzhen"))
    write_document_book(document, tmp_path / "scan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "scan.xlsx")
    first = next(table for table in document.tables() if table.id == "list")
    sheet = book[next(name for name in book.sheetnames if localise(first.caption, "en").startswith(name.rstrip("…")))]
    c = scan.ranked[0].candidate
    assert [cell.value for cell in sheet[2]][1:6] == pytest.approx([c.probability, c.low, c.high, c.gain, c.size])
    figures = sum(len(signal.facts) for _, found in scan.openings for signal in found.signals)
    assert book["Windows of tracks"].max_row == 1 + figures
    assert len(book.sheetnames) == 1 + len({table.id for table in document.tables() if table.rows})


def test_the_screen_says_where_the_region_stands_the_list_and_how_good_the_forecast_was(scan):
    screen = " ".join(document_screen(scan_document(scan), "en").split())
    for words in ("Top of the list of", "By complexity the region ranks", "Chip packaging", "Tested on 2019–2024"):
        assert words in screen
    assert "Why this industry?" not in screen  # the answers are on the page


def test_a_figure_of_a_window_rests_on_its_source_wherever_it_is_said(scan):
    found = dict(scan.openings)["Electric vehicles"]
    document = window_document(found)
    held = {f"source:{fact.source}" for signal in found.signals for fact in signal.facts}
    said = {id for table in document.tables() for row in table.rows for cell in row.cells for id in cell.rests}
    assert said <= held <= document.anchors
    page = document_html(document)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    adoption = next(signal for signal in found.signals if signal.kind == "adoption").facts[-1]
    screen = document_screen(document, "en")
    assert found.track.source(adoption.source).publisher.split()[0] in screen
