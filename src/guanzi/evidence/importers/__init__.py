"""Importers: statements of companies become facts of a case, each with its source and the day it could be held."""

from guanzi.evidence.importers.drafts import DraftFact, ImportDraft, write_import
from guanzi.evidence.importers.edgar import read_edgar
from guanzi.evidence.importers.statements import Terms, read_statements

__all__ = ["DraftFact", "ImportDraft", "Terms", "read_edgar", "read_statements", "write_import"]
