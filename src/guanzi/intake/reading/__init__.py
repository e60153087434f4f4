"""Reading documents: facts that are proposed of statements and sentences, each with the place where it stands."""

from guanzi.intake.reading.assisting import ClaimedFact, hold_to_page
from guanzi.intake.reading.document import WholeReading, read_document
from guanzi.intake.reading.found import FoundFact, Spot, Unread

__all__ = ["ClaimedFact", "FoundFact", "Spot", "Unread", "WholeReading", "hold_to_page", "read_document"]
