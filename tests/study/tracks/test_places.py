"""A place by the panels of Guanzi: which it is, how it stands by each measure, and that a day bounds all of them."""

from datetime import date

import numpy as np
import pytest

from guanzi.base.core import InvalidInput, render
from guanzi.intake.industries import names_of, shipped_panel, shipped_rows
from guanzi.jobs.tracks import industries
from guanzi.study.tracks import places


@pytest.mark.parametrize(
    ("text", "city", "province"),
    [
        ("hefei", "Hefei", "Anhui"),
        ("合肥市", "Hefei", "Anhui"),
        ("340100", "Hefei", "Anhui"),
        ("xian", "Xi'an", "Shaanxi"),
        ("安徽", "", "Anhui"),
        ("inner mongolia", "", "Inner Mongolia"),
        ("内蒙古自治区", "", "Inner Mongolia"),
        ("suzhou", "Suzhou", "Jiangsu"),
        ("宿州", "Suzhou (Anhui)", "Anhui"),
        ("jilin", "", "Jilin"),
        ("吉林市", "Jilin City", "Jilin"),
        ("shanghai", "Shanghai", "Shanghai"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(text, city, province):
    found = places.find_place(text)
    assert (found.city, found.province) == (city, province)


@pytest.mark.parametrize("text", ["atlantis", "taizhou", "yulin", ""])
def test_no_place_is_guessed(text):
    with pytest.raises(InvalidInput):
        places.find_place(text)


@pytest.mark.parametrize(
    ("text", "fix"), [("nowhere", "desk.scan.no_place.mend"), ("hefie", "desk.scan.no_place.near")]
)
def test_a_place_is_proposed_only_where_one_is_near(text, fix):
    with pytest.raises(InvalidInput) as refused:
        places.find_place(text)
    (problem,) = refused.value.problems
    assert problem.fix.id == fix
    assert f"“{text}”" in render(problem.cause, "en")
    assert f"“{text}”" in render(problem.cause, "zh")


@pytest.mark.parametrize(("id", "region"), [("cn-employment", "Anhui"), ("cn-output", "Jilin"), ("cn-firms", "Anhui")])
def test_a_quotient_of_a_sector_is_that_of_the_rows_that_lie_in_it(id, region):
    panel = shipped_panel(id)
    measure = places.by_sectors(id, region, panel)
    rows, record = shipped_rows(id), panel.record
    named, codes = names_of(record.industries), {str(one.name): code for code, one in names_of(record.regions).items()}
    sector = {code: code if record.industries == "sector" else one.upper for code, one in named.items()}
    sums: dict[tuple[str, str], float] = {}
    for year, place, code, value in zip(rows.year, rows.region, rows.industry, rows.value, strict=True):
        if year == measure.year and sector[code] in places.SECTORS:
            sums[place, sector[code]] = sums.get((place, sector[code]), 0.0) + value
    own = {code: value for (place, code), value in sums.items() if place == codes[region]}
    whole = {code: sum(v for (_, c), v in sums.items() if c == code) for code in own}
    assert len(own) > 10
    for code, value in own.items():
        if code in measure.quotients:
            expected = (value / sum(own.values())) / (whole[code] / sum(sums.values()))
            assert measure.quotients[code] == pytest.approx(expected)


def test_measures_of_a_day_are_of_years_that_were_out():
    day = date(2015, 6, 30)
    for id in places.BESIDE:
        region = "Hefei" if id == places.CITY else "Anhui"
        panel = shipped_panel(id).known_by(day)
        measure = places.by_sectors(id, region, panel)
        assert measure is None or panel.record.out_on(measure.year) <= day


def test_what_came_within_the_horizon_chooses_no_city():
    panel = shipped_panel(places.CITY).until(2019)
    held = set(industries.large_enough(panel, 5).regions)
    then = panel.matrix(2014).sum(axis=1)
    assert held == {region for region, firms in zip(panel.regions, then, strict=True) if firms >= 5}
    assert set(industries.large_enough(panel, 5, until=2019).regions) == held


def test_known_cities_are_at_most_all_companies_of_a_province():
    panel = shipped_panel(places.CITY)
    for province in names_of("province").values():
        known, whole = places.known_share(panel, str(province.name))
        assert 0 <= known <= whole


def test_shares_of_products_are_of_all_provinces():
    panel = shipped_panel(places.PRODUCTS)
    last = [next(iter(places.product_shares(panel, region))).shares[1] for region in panel.regions]
    assert np.sum(last) == pytest.approx(1.0)
