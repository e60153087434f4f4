"""Panels: tables of many firms or regions, read from Parquet or CSV; rows chosen by a closed expression."""

from guanzi.intake.panel.reading import read_panel
from guanzi.intake.panel.table import Panel
from guanzi.intake.panel.where import parse_where

__all__ = [
    "Panel",
    "parse_where",
    "read_panel",
]
