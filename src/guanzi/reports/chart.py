"""A chart as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.render import Picture
from guanzi.reports.tables import ReportTable


@dataclass(frozen=True, slots=True)
class PageChart:
    """A chart as the page shows it: heading, what to see, picture, and the tables of its data with their captions."""

    id: str
    label: str
    sentence: str
    picture: Picture
    tables: tuple[tuple[ReportTable, str], ...]
