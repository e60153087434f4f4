"""Panels of industries: region x industry x year, from files, frames and databases; classifications and what is odd."""

from guanzi.intake.industries.concordance import (
    CodeLink,
    Concordance,
    at_level,
    in_families,
    in_new_codes,
    read_concordance,
)
from guanzi.intake.industries.frames import industries_of_frame, industries_of_query
from guanzi.intake.industries.panel import IndustryPanel, PanelRecord
from guanzi.intake.industries.reading import read_industries, rows_of
from guanzi.intake.industries.remarks import counted_once
from guanzi.intake.industries.roles import Roles
from guanzi.intake.industries.shipped import names_of, shipped_panel, shipped_records, shipped_rows
from guanzi.intake.industries.writing import write_industries
from guanzi.intake.industries.yearbook import read_yearbook

__all__ = [
    "CodeLink",
    "Concordance",
    "IndustryPanel",
    "PanelRecord",
    "Roles",
    "at_level",
    "counted_once",
    "in_families",
    "in_new_codes",
    "industries_of_frame",
    "industries_of_query",
    "names_of",
    "read_concordance",
    "read_industries",
    "read_yearbook",
    "rows_of",
    "shipped_panel",
    "shipped_records",
    "shipped_rows",
    "write_industries",
]
