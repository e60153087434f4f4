"""Places and anchors of a chain, as an option names them."""

from __future__ import annotations

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.chains import Chain, ChainView


def places_of(chain: Chain, at: str) -> tuple[str, ...]:
    """The cities that an option names, parted by commas; each must stand in the chain.

    Raises:
        InvalidInput: One of them does not.
    """
    known = set(chain.cities) | {s.at for s in chain.statements if s.at}
    names = tuple(part.strip() for part in at.split(",") if part.strip())
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        near = nearest(wrong[0], known) if wrong else None
        mend = Message.of("chains.place.unknown.mend", places=(near,) if near else tuple(sorted(known)))
        cause = Message.of("chains.place.unknown", place=wrong[0] if wrong else "", chain=chain.id)
        raise InvalidInput(Problem(cause, Place("--at"), mend, excerpt=at))
    return names


def anchors_of(view: ChainView, text: str) -> tuple[str, ...]:
    """The firms that an option names, parted by commas; each must stand in the chain.

    Raises:
        InvalidInput: One of them does not.
    """
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    wrong = [name for name in names if name not in view.firms]
    if wrong:
        near = nearest(wrong[0], view.firms)
        mend = Message.of("chains.anchor.unknown.mend", firms=(near,) if near else tuple(sorted(view.firms)))
        cause = Message.of("chains.anchor.unknown", firm=wrong[0], chain=view.id)
        raise InvalidInput(Problem(cause, Place("--anchor"), mend, excerpt=text))
    return names


def named_places(view: ChainView, places: tuple[str, ...]) -> tuple[str | Bilingual, ...]:
    """The names of places, in both languages where the chain states them."""
    return tuple(view.cities[p].name if p in view.cities else p for p in places)
