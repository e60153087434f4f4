"""Base rates and priors: every figure says where it is from, how it was seen and from which day it may be used."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
import yaml

FOLDER = files("guanzi") / "library" / "priors"
FILES = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".yaml"))
ENTRIES: dict[str, dict[str, Any]] = {
    entry["id"]: entry for name in FILES for entry in yaml.safe_load((FOLDER / name).read_text("utf-8"))["priors"]
}
FIELDS = {"id", "quantity", "unit", "population", "source", "known_on", "seen"}
FIGURES = {"value", "rows", "classes"}
MAY = {"known_on_is", "through", "remark", "columns", "growth_edges"}
RATINGS = [id for id, entry in ENTRIES.items() if entry["quantity"] == "cumulative_default_rate"]


def test_an_entry_is_named_once():
    assert len(ENTRIES) == sum(len(yaml.safe_load((FOLDER / name).read_text("utf-8"))["priors"]) for name in FILES)


@pytest.mark.parametrize("id", ENTRIES)
def test_a_prior_says_what_it_counts_where_it_is_from_and_when_it_was_known(id):
    entry = ENTRIES[id]
    assert FIELDS <= set(entry) <= FIELDS | FIGURES | MAY
    assert len(FIGURES & set(entry)) == 1
    assert {"publisher", "title", "date"} <= set(entry["source"])
    assert isinstance(entry["known_on"], date)


@pytest.mark.parametrize("id", ENTRIES)
def test_a_figure_was_seen_and_a_second_hand_one_says_through_whom(id):
    entry = ENTRIES[id]
    assert entry["seen"] in {"abstract", "quoted", "computed"}
    assert ("through" in entry) == (entry["seen"] == "quoted")


@pytest.mark.parametrize("id", ENTRIES)
def test_a_prior_is_not_known_before_its_source_is_out(id):
    entry = ENTRIES[id]
    day = entry["source"]["date"]
    exact = isinstance(day, date)
    if entry["seen"] == "computed":
        return
    assert not exact or entry["known_on"] >= day
    assert exact or entry.get("known_on_is") == "at latest" or day.startswith(str(entry["known_on"].year))


@pytest.mark.parametrize("id", RATINGS)
def test_default_rates_rise_with_the_years_and_with_worse_ratings(id):
    entry = ENTRIES[id]
    rows = list(entry["rows"].values())
    assert all(len(row) == len(entry["columns"]["years"]) for row in rows)
    assert all(a <= b for row in rows for a, b in pairwise(row))
    assert all(a < b for better, worse in pairwise(rows) for a, b in zip(better, worse, strict=True))


def test_the_shares_of_growth_add_to_a_hundred_but_for_the_class_that_the_book_itself_has_wrong():
    entry = ENTRIES["base-rate-book-2016"]
    for size in entry["classes"]:
        for years in (1, 3, 5, 10):
            shares = size[f"years_{years}"]
            assert len(shares) == len(entry["growth_edges"]) + 1
            low = 89 if size["sales"] == [325, 700] else 98.9
            assert low <= sum(shares) <= 100.7, (size["sales"], years)


def test_of_the_smallest_companies_18_percent_grew_by_a_fifth_a_year_for_ten_years_as_another_text_tells_too():
    smallest = ENTRIES["base-rate-book-2016"]["classes"][0]
    above = ENTRIES["base-rate-book-2016"]["growth_edges"].index(20) + 1
    assert sum(smallest["years_10"][above:]) == pytest.approx(18.1)


def test_before_the_deal_of_april_2020_default_rates_and_growth_were_known():
    known = [id for id, entry in ENTRIES.items() if entry["known_on"] < date(2020, 4, 29)]
    assert {"moodys-1970-2013", "base-rate-book-2016", "unicorns-2017", "recovery-sp-2019"} <= set(known)
    assert "sp-1981-2024" not in known
