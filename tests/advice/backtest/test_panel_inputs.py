"""The company panel is what its protocol says: sourced figures, known on the day, of young companies with losses."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

from guanzi.advice.appraisal.panel_weights import FAILURE, LEVELS
from guanzi.base.core import sha256_of

PANEL = Path(__file__).resolve().parents[3] / "benchmarks" / "panel"
DAYS = {"2018-04-13", "2019-04-09", "2021-02-19"}


def table(name: str) -> list[dict[str, str]]:
    with (PANEL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=["", "_wide"], ids=["main", "wide"])
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def figures(tier: str) -> list[dict[str, str]]:
    return table(f"inputs{tier}.csv")


@pytest.fixture(scope="module")
def latest(figures: list[dict[str, str]]) -> dict[tuple[str, str], dict[str, float]]:
    """Per company and day the latest figure of each field."""
    found: dict[tuple[str, str], dict[str, tuple[str, float]]] = defaultdict(dict)
    for row in figures:
        fields = found[row["ticker"], row["as_of"]]
        if row["field"] not in fields or row["period"] > fields[row["field"]][0]:
            fields[row["field"]] = row["period"], float(row["value"])
    return {key: {field: value for field, (_, value) in fields.items()} for key, fields in found.items()}


def test_a_figure_was_known_on_the_day_and_has_a_source(figures):
    sources = yaml.safe_load((PANEL / "sources.yaml").read_text("utf-8"))["sources"]
    for row in figures:
        assert date.fromisoformat(row["known_on"]) <= date.fromisoformat(row["as_of"]), row
        assert row["source"] in sources, row


def test_a_figure_is_told_once(figures):
    keys = [(row["ticker"], row["as_of"], row["field"], row["period"]) for row in figures]
    assert len(keys) == len(set(keys))


def test_at_least_sixty_companies_on_the_days_of_the_protocol_and_nio_is_none_of_them(figures, tier):
    companies = {row["ticker"] for row in figures}
    assert len(companies) >= 60
    assert {row["as_of"] for row in figures} == DAYS
    assert "NIO" not in companies
    assert companies == {row["ticker"] for row in table(f"companies{tier}.csv")}


def test_each_company_was_young_made_losses_and_sold_something(latest):
    for (ticker, day), fields in latest.items():
        assert 2 <= int(day[:4]) - fields["listed"] <= 12, (ticker, day)
        assert fields["operating_income"] < 0, (ticker, day)
        assert fields["revenue"] >= 5, (ticker, day)
        assert {"market_value", "cash_and_short_term_investments", "debt", "total_assets"} <= set(fields), (ticker, day)


def test_the_protocol_counts_what_is_there(latest):
    text = " ".join((PANEL / "PROTOCOL.md").read_text("utf-8").split())
    companies = len({ticker for ticker, _ in latest})
    assert any(f"{len(latest)} {which}company-days of {companies} companies" in text for which in ("", "further "))


def test_no_company_day_stands_in_both_tiers():
    main, wide = ({(row["ticker"], row["as_of"]) for row in table(name)} for name in ("inputs.csv", "inputs_wide.csv"))
    assert not main & wide


def test_the_outcomes_are_those_of_which_the_protocol_told_the_hash_before_they_were_opened():
    found = hashlib.sha256((PANEL / "outcomes.csv").read_bytes()).hexdigest()
    assert found in (PANEL / "PROTOCOL.md").read_text("utf-8")


def test_method_and_forecasts_were_frozen_with_the_protocol_and_the_inputs_as_they_are():
    frozen = json.loads((PANEL / "METHOD.sha256.json").read_text("utf-8"))
    assert set(frozen["forecasts"]) == {"present", "earlier"}
    given = ("companies.csv", "companies_wide.csv", "inputs.csv", "inputs_wide.csv", "PROTOCOL.md")
    hashes = {name: hashlib.sha256((PANEL / name).read_bytes()).hexdigest() for name in given}
    assert sha256_of(hashes) == frozen["method"]["given"]


def test_what_forecasts_are_made_of_names_no_outcome():
    for name in ("companies.py", "foresee.py"):
        assert "outcomes.csv" not in (PANEL / name).read_text("utf-8")
    assert all(row["known_on"] <= row["as_of"] for tier in ("", "_wide") for row in table(f"inputs{tier}.csv"))


def test_weights_of_appraisals_are_those_that_the_panel_gave():
    learnt = json.loads((PANEL / "weights.json").read_text("utf-8"))
    for name, mine in {"failure": FAILURE, **LEVELS}.items():
        assert sum(mine.values()) == pytest.approx(1.0)
        assert mine == pytest.approx(learnt[name], abs=0.01)
