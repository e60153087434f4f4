"""Reading documents: facts that are proposed of statements and sentences, each with the place where it stands."""

from guanzi.intake.reading.document import DocumentReading, read_document
from guanzi.intake.reading.found import Found, KnownOn, Spot, Unread, Value

__all__ = ["DocumentReading", "Found", "KnownOn", "Spot", "Unread", "Value", "read_document"]
