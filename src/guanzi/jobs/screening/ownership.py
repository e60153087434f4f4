"""Who is behind a company: shares in the end, control, circles, common directors and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.screening.declared import OwnersRequest
from guanzi.record.evidence import Entity, read_entities
from guanzi.study import screening as entities

Request = OwnersRequest


@dataclass(frozen=True, slots=True)
class Result:
    """Who is behind it.

    Attributes:
        known: All entities by id.
        behind: Who holds how much in the end.
        circles: Companies that hold one another.
        common: Directors and addresses that several companies share.
        related: Buyers of the same hand, each with the owner through whom.
        unstated: Holdings without a percentage.
        asked_buyers: Buyers were asked for.
    """

    known: Mapping[str, Entity]
    behind: tuple[entities.Behind, ...]
    circles: tuple[tuple[str, ...], ...]
    common: tuple[tuple[str, tuple[str, ...]], ...]
    related: tuple[tuple[str, str], ...]
    unstated: tuple[str, ...]
    asked_buyers: bool

    def name(self, id: str) -> str:
        """The name of an entity; its id where it has none."""
        return self.known[id].first("name") or id if id in self.known else id


def look_behind(request: Request) -> Result:
    """Say who is behind a company.

    Raises:
        InvalidInput: There is no such entity, or of a company more than all is held.
    """
    known: dict[str, Entity] = {e.id: e for e in read_entities(request.file)}
    fix = Message.of("desk.screen.no_such_entity.mend")
    unknown = [
        Message.of("desk.screen.no_such_entity", id=id) for id in (request.entity, *request.buyers) if id not in known
    ]
    if unknown:
        raise InvalidInput([Problem(cause, Place(str(request.file)), fix) for cause in unknown])
    ties = entities.ties_of(known.values())
    try:
        behind = entities.who_is_behind(request.entity, ties.holdings)
    except entities.TooMuchHeld as error:
        cause = Message.of("desk.screen.too_much_held", id=error.company, share=error.share)
        raise InvalidInput(
            Problem(cause, Place(str(request.file)), Message.of("desk.screen.too_much_held.mend"))
        ) from None
    related = entities.related_buyers(request.entity, request.buyers, ties.holdings)
    circles = entities.circles(ties.holdings)
    common = [*entities.shared(ties.directors), *entities.shared(ties.addresses)]
    return Result(
        known,
        tuple(behind),
        tuple(tuple(circle) for circle in circles),
        tuple((by, tuple(of)) for by, of in common),
        tuple(related),
        tuple(ties.unstated),
        bool(request.buyers),
    )


def data(found: Result) -> dict[str, Any]:
    """Who is behind it as plain data."""
    document: dict[str, Any] = {
        "behind": [
            {
                "id": one.owner,
                "direct": one.direct,
                "effective": one.effective,
                "controls": one.controls,
                "weakest_link": one.weakest_link,
            }
            for one in found.behind
        ],
        "circles": [list(circle) for circle in found.circles],
        "shared": [{"by": by, "companies": list(of)} for by, of in found.common],
        "without_percentage": list(found.unstated),
    }
    if found.asked_buyers:
        document["related_buyers"] = [{"id": buyer, "through": owner} for buyer, owner in found.related]
    return document
