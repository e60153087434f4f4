"""Panels: tables of many firms or regions, read from Parquet or CSV; rows chosen by a closed expression."""

from guanzi.evidence.panel.reading import read_panel
from guanzi.evidence.panel.table import Panel
from guanzi.evidence.panel.where import Where, parse_where

__all__ = ["Panel", "Where", "parse_where", "read_panel"]
