"""Actions that may be done again and change nothing else: entries that are missing to a million.

A stream is given once more to its owner, a seat anew to whoever has it, a declaration made again. While the past of the
office is played it is only noted when somebody does so (:class:`Busy`); the entries are written with all others by
:mod:`benchmarks.office.multiplying`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Repeated:
    """An action done again: its id, who does it, names and data of its entry, what was asked and answered."""

    action: str
    person: str
    who: dict[str, str]
    data: dict[str, Any]
    asked: dict[str, Any]
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Busy:
    """A time at which people of a case do again what they have done.

    Attributes:
        at: When.
        case: Number of the case.
        version: Hash of its version then.
        lead: Who leads it.
        streams: Stream, owner and day.
        seats: Name and part of those whose seats the lead gives.
        voters: Who declares.
    """

    at: datetime
    case: int
    version: str
    lead: str
    streams: tuple[tuple[str, str, str], ...]
    seats: tuple[tuple[str, str], ...]
    voters: tuple[str, ...]

    def actions(self, slug: str, count: int) -> Iterator[Repeated]:
        """So many of them, for a case of this id."""
        for n in range(count):
            kind = "assign" if n % 2 else ("seat", "declare", "seat", "assign")[n // 2 % 4]
            if kind == "assign":
                stream, owner, due = self.streams[n // 2 % len(self.streams)]
                data = {"stream": stream, "due": due}
                asked = {"case": slug, "stream": stream, "person": owner}
                answer = {"case": slug, "stream": stream, "owner": owner}
                yield Repeated("streams.assign", self.lead, {"owner": owner}, data, asked, answer)
            elif kind == "seat":
                name, part = self.seats[n // 2 % len(self.seats)]
                asked = {"case": slug, "person": name, "part": part}
                data = {"part": part, "weight": 1.0}
                yield Repeated(
                    "case.give_seat", self.lead, {"seated": name}, data, asked, {"person": name, "part": part}
                )
            else:
                who = self.voters[n // 8 % len(self.voters)]
                told = {"has_interest": False}
                yield Repeated("interest.declare", who, {}, told, {"case": slug} | told, told)
