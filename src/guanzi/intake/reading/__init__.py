"""Reading documents: facts that are proposed of statements and sentences, each with the place where it stands."""

from guanzi.intake.reading.document import WholeReading, read_document
from guanzi.intake.reading.found import FoundFact, Spot, Unread

__all__ = ["FoundFact", "Spot", "Unread", "WholeReading", "read_document"]
