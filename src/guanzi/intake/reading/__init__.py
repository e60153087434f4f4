"""Reading documents: facts that are proposed of statements and sentences, each with the place where it stands."""

from guanzi.intake.reading.document import WholeReading, read_document
from guanzi.intake.reading.found import Found, KnownOn, Spot, Unread, Value

__all__ = ["Found", "KnownOn", "Spot", "Unread", "Value", "WholeReading", "read_document"]
