"""Reading documents: facts that are proposed of statements and sentences, each with the place where it stands."""

from guanzi.intake.reading.assisting import ClaimedFact, hold_to_page
from guanzi.intake.reading.dating import day_of_document
from guanzi.intake.reading.document import WholeReading, read_document
from guanzi.intake.reading.found import FoundFact, Spot, Unread
from guanzi.intake.reading.layout import line_text
from guanzi.intake.reading.lexicon import closed, shaped
from guanzi.intake.reading.periods import days_in_text

__all__ = [
    "ClaimedFact",
    "FoundFact",
    "Spot",
    "Unread",
    "WholeReading",
    "closed",
    "day_of_document",
    "days_in_text",
    "hold_to_page",
    "line_text",
    "read_document",
    "shaped",
]
