"""United States: Quarterly Census of Employment and Wages (Bureau of Labor Statistics), annual averages of a year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guanzi.intake.industries.gathering import Gathering
from guanzi.intake.industries.official.tables import csv_batches, opened
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.roles import Roles

LEVELS = {2: "74", 3: "75", 4: "76", 5: "77", 6: "78"}
"""Digits of NAICS to the provider's code for counties at that level."""
_KEYS = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "disclosure_code")
_VALUES = ("annual_avg_emplvl", "annual_avg_estabs", "total_annual_wages")


def address(year: int) -> str:
    """Where the file of a year lies."""
    return f"https://data.bls.gov/cew/data/files/{year}/csv/{year}_annual_singlefile.zip"


def read_qcew(paths: Sequence[Path], digits: int = 4, ownership: str = "5") -> IndustryPanel:
    """Employees, establishments and wages of counties by industry.

    Args:
        paths: Files of one year each, zipped or not.
        digits: Of the industries: 2 to 6.
        ownership: ``5`` private.

    Returns:
        The panel. A cell that the office does not disclose is written as 0 there; here it is unknown.

    Raises:
        InvalidInput: A file is not of that format.
    """
    import pyarrow.compute as pc

    roles = Roles("area_fips", "industry_code", "year", _VALUES)
    gathering = Gathering("QCEW", roles)
    for path in paths:
        with opened(path) as file:
            for batch in csv_batches(file, path, (*_KEYS, *_VALUES), _VALUES):
                wanted = pc.and_(pc.equal(batch["agglvl_code"], LEVELS[digits]), pc.equal(batch["own_code"], ownership))
                kept = batch.filter(pc.and_(wanted, pc.equal(batch["size_code"], "0")))
                shut = pc.equal(kept["disclosure_code"], "N")
                values = {name: pc.if_else(shut, None, kept[name]) for name in _VALUES}
                # the number of establishments is told even where employees are not
                values["annual_avg_estabs"] = kept["annual_avg_estabs"]
                gathering.add({**{name: kept[name] for name in roles.columns[:3]}, **values})
    return gathering.finish()
