"""What a checker found: a sentence or a figure that the facts contradict."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Message, render


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault where it stands.

    Attributes:
        property: Of the table of properties, e.g. ``denial``.
        document, section: Where it stands.
        said: What is said; a message or words.
        against: What contradicts it.
        kind: What faults of one cause share; the id of the message where it has one.
    """

    property: str
    document: str
    section: str
    said: Message | str
    against: str
    kind: str = ""

    @property
    def id(self) -> str:
        """What faults of one cause share."""
        return self.kind or (self.said.id if isinstance(self.said, Message) else self.said[:60])

    def __str__(self) -> str:
        told = render(self.said) if isinstance(self.said, Message) else self.said
        return f"[{self.property}] {self.document}#{self.section} {self.id}: “{told[:240]}” — {self.against}"
