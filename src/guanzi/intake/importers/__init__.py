"""Importers: statements of companies become facts of a case, each with its source and the day it could be held."""

from guanzi.intake.importers.cninfo import Announcement, read_announcements
from guanzi.intake.importers.drafts import DraftFact, ImportDraft, fact_id, write_import
from guanzi.intake.importers.forms import IMPORTERS, TableForm, TaggedForm
from guanzi.intake.importers.grids import GridCell, read_grids
from guanzi.intake.importers.items import (
    ImportItem,
    import_items,
    items_by_concept,
    items_by_label,
    plain_label,
    stocks,
)
from guanzi.intake.importers.statements import Terms

__all__ = [
    "IMPORTERS",
    "Announcement",
    "DraftFact",
    "GridCell",
    "ImportDraft",
    "ImportItem",
    "TableForm",
    "TaggedForm",
    "Terms",
    "fact_id",
    "import_items",
    "items_by_concept",
    "items_by_label",
    "plain_label",
    "read_announcements",
    "read_grids",
    "stocks",
    "write_import",
]
