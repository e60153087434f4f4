"""The evidence room: documents stored once, searched in English and Chinese, and quoted only as they stand."""

from guanzi.record.evidence.room.extraction import Extracted, extract
from guanzi.record.evidence.room.pages import Line, Page, PageTable
from guanzi.record.evidence.room.quotes import find_quote, holds_figure
from guanzi.record.evidence.room.searching import Excerpt, PageHit, SearchIndex, enter_added, open_index
from guanzi.record.evidence.room.store import (
    DOCUMENTS,
    INDEX,
    Added,
    RoomEntry,
    add_documents,
    files_in,
    read_index,
)
from guanzi.record.evidence.room.verifying import Verified, check_citations, document_problems, verify_room

__all__ = [
    "DOCUMENTS",
    "INDEX",
    "Added",
    "Excerpt",
    "Extracted",
    "Line",
    "Page",
    "PageHit",
    "PageTable",
    "RoomEntry",
    "SearchIndex",
    "Verified",
    "add_documents",
    "check_citations",
    "document_problems",
    "enter_added",
    "extract",
    "files_in",
    "find_quote",
    "holds_figure",
    "open_index",
    "read_index",
    "verify_room",
]
