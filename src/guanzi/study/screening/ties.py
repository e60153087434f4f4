"""Ties in FollowTheMoney form as plain pairs: who holds what, who directs what, who buys, who sits where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guanzi.record.evidence import Entity, ends_of, kind_of_tie, period_of
from guanzi.study.screening.ownership import Shareholding

#: States of a tie that is agreed, and not in force.
_AGREED = frozenset({"agreed", "signed", "planned", "pending", "已签约", "拟定", "待交割"})


@dataclass(frozen=True, slots=True)
class Ties:
    """What a file of entities says on ownership, directors, buyers and addresses.

    Attributes:
        holdings: Direct shares in force that state a percentage.
        unstated: Ids of ownerships without a percentage that can be read: unknown, and so in no sum.
        directors: Director and company.
        addresses: Address and company, the address in lower case without spaces.
        agreed: Direct shares that are agreed and not in force yet.
        unstated_pairs: Owner and company of the ownerships without a percentage.
        buyers: Buyer and seller.
        counterparties: The two ends of other links.
    """

    holdings: tuple[Shareholding, ...]
    unstated: tuple[str, ...]
    directors: tuple[tuple[str, str], ...]
    addresses: tuple[tuple[str, str], ...]
    agreed: tuple[Shareholding, ...] = ()
    unstated_pairs: tuple[tuple[str, str], ...] = ()
    buyers: tuple[tuple[str, str], ...] = ()
    counterparties: tuple[tuple[str, str], ...] = ()

    @property
    def once_agreed(self) -> tuple[Shareholding, ...]:
        """The shares as they will be: what is agreed takes the place of what the same owner holds of the company."""
        renewed = {(holding.owner, holding.company) for holding in self.agreed}
        return (*(h for h in self.holdings if (h.owner, h.company) not in renewed), *self.agreed)


def ties_of(entities: Iterable[Entity], as_of: date | None = None) -> Ties:
    """Read the ties of entities.

    A tie that has ended (``endDate``) is left out. One whose ``status`` says that it is only agreed, or whose
    ``startDate`` lies after ``as_of``, is not in force: of such ties only shares are kept, apart.
    """
    holdings: list[Shareholding] = []
    agreed: list[Shareholding] = []
    unstated: list[tuple[str, tuple[str, str]]] = []
    pairs: dict[str, list[tuple[str, str]]] = {"directorship": [], "buyer": [], "counterparty": []}
    addresses: list[tuple[str, str]] = []
    for entity in entities:
        kind, ends = kind_of_tie(entity), ends_of(entity)
        if kind is not None and ends is not None and not entity.first("endDate"):
            waits = _waits(entity, as_of)
            if kind == "ownership":
                share = _share(entity.first("percentage"))
                if share is None:
                    unstated.append((entity.id, ends))
                else:
                    (agreed if waits else holdings).append(Shareholding(*ends, share, entity.id))
            elif kind == "buyer" or not waits:  # who has promised to buy is a buyer
                pairs[kind].append(ends)
        for address in (*entity.properties.get("address", ()), *entity.properties.get("addressEntity", ())):
            addresses.append((plain_address(address), entity.id))
    return Ties(
        tuple(holdings),
        tuple(id for id, _ in unstated),
        tuple(pairs["directorship"]),
        tuple(addresses),
        tuple(agreed),
        tuple(ends for _, ends in unstated),
        tuple(pairs["buyer"]),
        tuple(pairs["counterparty"]),
    )


def plain_address(text: str) -> str:
    """An address as it is compared: in lower case, without spaces."""
    return "".join(text.lower().split())


def _waits(entity: Entity, as_of: date | None) -> bool:
    if any(state.strip().lower() in _AGREED for state in entity.properties.get("status", ())):
        return True
    starts = entity.properties.get("startDate", ())
    return as_of is not None and bool(starts) and min(period_of(day).start for day in starts) > as_of


def _share(text: str) -> float | None:
    try:
        share = float(text.replace("%", "").replace(",", ".")) / 100.0
    except ValueError:
        return None
    return share if 0.0 < share <= 1.0 else None
