"""The world: indicators of the World Bank, one file an indicator, countries x indicators x years."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guanzi.intake.industries.gathering import Gathering
from guanzi.intake.industries.official.tables import not_that_format, opened
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.roles import Roles

COUNTRIES = "https://api.worldbank.org/v2/country?format=json&per_page=400"
"""Where it is told which of its names are no countries but groups of them."""


def address(indicator: str) -> str:
    """Where all values of an indicator lie."""
    return f"https://api.worldbank.org/v2/country/all/indicator/{indicator}?format=json&per_page=30000"


def read_world_bank(paths: Sequence[Path], countries: Path) -> IndustryPanel:
    """Countries by indicator and year.

    Args:
        paths: A file for each indicator.
        countries: The list of countries: groups such as the whole world are left out.

    Returns:
        The panel with one measure, ``value``; a value that the bank does not hold is unknown.

    Raises:
        InvalidInput: A file is not of that format, or holds only a part of the pages.
    """
    import pyarrow as pa

    real = {one["id"] for one in _rows(countries) if one.get("region", {}).get("id") not in ("NA", "", None)}
    gathering = Gathering("World Bank", Roles("country", "indicator", "year", ("value",)))
    for path in paths:
        found = [row for row in _rows(path) if row.get("countryiso3code") in real]
        try:
            columns: dict[str, Any] = {
                "country": pa.array([row["countryiso3code"] for row in found], pa.string()),
                "indicator": pa.array([row["indicator"]["id"] for row in found], pa.string()),
                "year": pa.array([row["date"] for row in found], pa.string()),
                "value": pa.array([row["value"] for row in found], pa.float64()),
            }
        except (KeyError, TypeError, pa.ArrowInvalid) as error:
            raise not_that_format(path, str(error)) from error
        gathering.add(columns)
    return gathering.finish()


def _rows(path: Path) -> list[dict[str, Any]]:
    with opened(path, ".json") as file:
        try:
            about, rows = json.load(file)
            pages = int(about["pages"])
        except (ValueError, TypeError, KeyError) as error:
            raise not_that_format(path, str(error)) from error
    if pages > 1 or not isinstance(rows, list):
        raise not_that_format(path, f"{pages} pages")
    return rows
