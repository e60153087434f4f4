"""The page of a plan of stations: the map drawn from the coordinates of the user, with its words and its table."""

import re
from html import unescape

import numpy as np
import pytest

from guanzi.intake.networks import StationFile
from guanzi.jobs.chains import stations
from guanzi.jobs.chains.documents.coverage import coverage_document, gap_cell
from guanzi.jobs.chains.documents.coverage_map import KM_A_DEGREE, MOST_POINTS, in_km
from guanzi.render import document_html
from guanzi.render.localised import localise_value
from guanzi.study.chains import coverage


def coverage_html(placed, lang="en"):
    return document_html(coverage_document(placed), lang)


@pytest.fixture(scope="module")
def placed():
    return stations.place(stations.Request("invented-stations", coverage.Asked("most", 2.0, None, None, (3, 3))))


def field(points, rng, space="globe"):
    place = np.column_stack([rng.uniform(117.0, 117.4, points), rng.uniform(31.7, 32.0, points)])
    none = np.zeros(8, bool)
    names = tuple(f"P{i}" for i in range(points))
    sites = tuple(f"S{i}" for i in range(8))
    return StationFile("city", space, sites, place[:8], None, None, none, names, place, np.ones(points), False)


def test_the_map_of_a_shipped_city_names_its_places_in_the_language_of_the_page():
    placed = stations.place(stations.Request("hefei", coverage.Asked("near", 2.0, 4, None, ())))
    drawn = re.findall(r"<text[^>]*>([^<]+)</text>", coverage_html(placed, "zh"))
    assert "合肥市" in drawn
    assert not {str(name) for name in placed.file.sites} & set(map(unescape, drawn))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_one_file_that_says_all_it_shows(placed, lang):
    page = coverage_html(placed, lang)
    assert page == coverage_html(placed, lang)
    assert "<script" not in page
    assert not re.search(r'(?:src|@import)\s*=?\s*["(]?https?:', page)
    assert re.search(r'aria-label="[^"]{15,}"', page)
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))
    assert not re.search(r"\b(reports|coverage|cli)\.[a-z_.]+", text)
    assert not re.search(r"\d\.\d{4,}", text)


def test_every_new_site_bears_the_number_of_its_phase_and_every_point_is_told_covered_or_not(placed):
    (wide,) = re.findall(r'<div class="wide">(.*?)</div>', coverage_html(placed), re.DOTALL)[:1]
    numbers = re.findall(r'font-weight="600">(\d)</text>', wide)
    assert sorted(numbers) == ["1", *"111222"]  # the first is the key's
    covered = placed.covered()
    assert len(re.findall(r'r="2.2"', wide)) == int(covered.sum()) + 1
    assert len(re.findall(r'r="2.6"', wide)) == int((~covered).sum()) + 1


def test_circles_stay_within_the_picture_and_have_the_radius_in_km(placed):
    (wide,) = re.findall(r'<div class="wide">(.*?)</div>', coverage_html(placed), re.DOTALL)[:1]
    _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', wide)[0].split())
    circles = [
        tuple(map(float, c)) for c in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)" r="([\d.]+)" fill="#0d5a66"', wide)
    ]
    rings = [c for c in circles if c[2] > 10]
    assert rings
    for x, y, radius in rings:
        assert radius <= x <= width - radius
        assert y + radius <= height


def test_degrees_are_laid_flat_by_their_latitude():
    rng = np.random.default_rng(1)
    placed = coverage.place_stations(field(40, rng), coverage.Asked("most", 5.0, 3, None))
    sites, _ = in_km(placed)
    apart = placed.file.site_places[1] - placed.file.site_places[0]
    assert sites[1, 1] - sites[0, 1] == pytest.approx(apart[1] * KM_A_DEGREE)
    assert abs(sites[1, 0] - sites[0, 0]) == pytest.approx(
        abs(apart[0]) * KM_A_DEGREE * np.cos(np.radians(31.85)), rel=2e-3
    )


def test_many_points_are_drawn_as_a_grid_that_says_so():
    placed = coverage.place_stations(
        field(MOST_POINTS + 500, np.random.default_rng(2)), coverage.Asked("most", 5.0, 3, None)
    )
    page = coverage_html(placed)
    assert "each square stands for the points" in page
    assert len(page) < 1_000_000


@pytest.mark.parametrize(
    ("gap", "told"),
    [(0.0, "≤ 0.01 %"), (1.7e-16, "≤ 0.01 %"), (1e-4, "≤ 0.01 %"), (1.01e-4, "≤ 0.02 %"), (0.0123, "≤ 1.3 %")],
)
def test_a_gap_is_a_bound_rounded_up_to_hundredths_of_a_percent(gap, told):
    assert localise_value(gap_cell(gap), "en").replace("\u00a0", " ") == told


def test_the_map_has_a_grid_of_coordinates_and_names_its_sites(placed):
    (wide,) = re.findall(r'<div class="wide">(.*?)</div>', coverage_html(placed), re.DOTALL)[:1]
    texts = re.findall(r">([^<>]+)</text>", wide)
    chosen = [placed.file.sites[i] for plan in placed.plans for i in plan.chosen]
    assert set(chosen) <= set(texts)
    assert {"5", "10"} <= set(texts)  # km of the grid
    globe = coverage.place_stations(field(40, np.random.default_rng(1)), coverage.Asked("most", 5.0, 3, None))
    assert re.search(r">117\.\d+°</text>", coverage_html(globe))
