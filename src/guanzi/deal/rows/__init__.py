"""The common clauses of term sheets as rows of a workbook, and back; what no column holds travels as YAML."""

from guanzi.deal.rows.documents import sheet_documents
from guanzi.deal.rows.rows import sheet_rows

__all__ = [
    "sheet_documents",
    "sheet_rows",
]
