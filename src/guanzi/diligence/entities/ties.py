"""Ties in FollowTheMoney form as plain pairs: who holds what, who directs what, who sits where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guanzi.diligence.entities.ownership import Holding
from guanzi.evidence import Entity


@dataclass(frozen=True, slots=True)
class Ties:
    """What a file of entities says on ownership, directors and addresses.

    Attributes:
        holdings: Direct shares that state a percentage.
        unstated: Ids of ownerships without a percentage that can be read: unknown, and so in no sum.
        directors: Director and company.
        addresses: Address and company, the address in lower case without spaces.
    """

    holdings: tuple[Holding, ...]
    unstated: tuple[str, ...]
    directors: tuple[tuple[str, str], ...]
    addresses: tuple[tuple[str, str], ...]


def ties_of(entities: Iterable[Entity]) -> Ties:
    """Read the ties of entities; an ownership that has ended (``endDate``) is left out."""
    holdings: list[Holding] = []
    unstated: list[str] = []
    directors: list[tuple[str, str]] = []
    addresses: list[tuple[str, str]] = []
    for entity in entities:
        if entity.schema == "Ownership" and not entity.first("endDate"):
            share = _share(entity.first("percentage"))
            if share is None:
                unstated.append(entity.id)
            else:
                holdings.append(Holding(entity.first("owner"), entity.first("asset"), share))
        elif entity.schema == "Directorship" and not entity.first("endDate"):
            directors.append((entity.first("director"), entity.first("organization")))
        for address in (*entity.properties.get("address", ()), *entity.properties.get("addressEntity", ())):
            addresses.append(("".join(address.lower().split()), entity.id))
    return Ties(tuple(holdings), tuple(unstated), tuple(directors), tuple(addresses))


def _share(text: str) -> float | None:
    try:
        share = float(text.replace("%", "").replace(",", ".")) / 100.0
    except ValueError:
        return None
    return share if 0.0 < share <= 1.0 else None
