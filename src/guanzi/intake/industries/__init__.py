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
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.reading import read_industries, rows_of
from guanzi.intake.industries.remarks import counted_once
from guanzi.intake.industries.roles import Roles
from guanzi.intake.industries.synthetic import is_made_up, made_up_panel
from guanzi.intake.industries.writing import write_industries

__all__ = [
    "CodeLink",
    "Concordance",
    "IndustryPanel",
    "Roles",
    "at_level",
    "counted_once",
    "in_families",
    "in_new_codes",
    "industries_of_frame",
    "industries_of_query",
    "is_made_up",
    "made_up_panel",
    "read_concordance",
    "read_industries",
    "rows_of",
    "write_industries",
]
