"""A chain on a day, its places and its anchors, as options name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.chains import Chain, ChainView


def view_of(chain: Chain, as_of: date | None, option: str = "--as-of") -> ChainView:
    """What was known of a chain on a day that an option names; by default all.

    Raises:
        InvalidInput: Nothing was.
    """
    view = chain.view(as_of)
    if view.later and not view.statements:
        first = min(statement.known_on for statement in chain.statements).isoformat()
        cause = Message.of("chains.as_of.nothing", chain=chain.name, day=view.as_of.isoformat())
        raise InvalidInput(Problem(cause, Place(option), Message.of("chains.as_of.nothing.mend", first=first)))
    return view


def places_of(chain: Chain, at: str, option: str = "--at") -> tuple[str, ...]:
    """The cities that an option names by id or by name in either language, parted by commas.

    Raises:
        InvalidInput: One of them does not stand in the chain.
    """
    bare = {s.at: Bilingual(s.at) for s in chain.statements if s.at}
    names = bare | {id: city.name for id, city in chain.cities.items()}
    return _named("place", chain.id, at, names, option)


def anchors_of(view: ChainView, text: str) -> tuple[str, ...]:
    """The firms that an option names by id or by name in either language, parted by commas; none where it is empty.

    Raises:
        InvalidInput: One of them does not stand in the chain.
    """
    names = {id: firm.name for id, firm in view.firms.items()}
    return _named("anchor", view.id, text, names, "--anchor") if text else ()


def place_of(chain: Chain, at: str) -> str:
    """The one city that an option names.

    Raises:
        InvalidInput: It names none of the chain, or several, or one of which the chain holds no name.
    """
    found = places_of(chain, at)
    if len(found) != 1 or found[0] not in chain.cities:
        cause, fix = Message.of("chains.place.one", name=at), Message.of("chains.place.one.mend")
        raise InvalidInput(Problem(cause, Place("--at"), fix, excerpt=at))
    return found[0]


def firm_of(view: ChainView, text: str) -> str:
    """The firm that a word names by id or by name in either language.

    Raises:
        InvalidInput: It does not stand in the chain.
    """
    return _named("firm", view.id, text, {id: firm.name for id, firm in view.firms.items()}, "FIRM")[0]


def named_places(view: ChainView, places: tuple[str, ...]) -> tuple[str | Bilingual, ...]:
    """The names of places, in both languages where the chain states them."""
    return tuple(view.cities[p].name if p in view.cities else p for p in places)


def output_of(text: str) -> tuple[float, float] | None:
    """An output of a year, low and high, of ``LOW-HIGH`` or one number; None where the text is empty.

    Raises:
        InvalidInput: It is neither.
    """
    if not text:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:[-–:]\s*(\d+(?:\.\d+)?))?\s*", text)
    low, high = (float(found[1]), float(found[2] or found[1])) if found else (1.0, 0.0)
    if low > high:
        cause, fix = Message.of("chains.output.wrong", text=text), Message.of("chains.output.wrong.mend")
        raise InvalidInput(Problem(cause, Place("--output"), fix, excerpt=text))
    return low, high


def _named(kind: str, chain: str, text: str, names: Mapping[str, Bilingual], option: str) -> tuple[str, ...]:
    """The ids that a text means; ``option`` is where it was typed."""
    spoken = {_folded(name): id for id, words in names.items() for name in (words.localised("zh"), words)}
    known = spoken | {_folded(id): id for id in names}
    asked = [part.strip() for part in re.split("[,，、]", text) if part.strip()] or [""]
    wrong = [part for part in asked if _folded(part) not in known]
    if wrong:
        near = nearest(_folded(wrong[0]), known) if wrong[0] else None
        meant = (names[known[near]],) if near else tuple(names[id] for id in sorted(names))
        cause = Message.of(f"chains.{kind}.unknown", name=wrong[0], chain=chain)
        fix = Message.of(f"chains.{kind}.unknown.mend", names=meant)
        raise InvalidInput(Problem(cause, Place(option), fix, excerpt=text))
    return tuple(dict.fromkeys(known[_folded(part)] for part in asked))


def _folded(name: str) -> str:
    """A name without case, spaces and marks, and without the word for city."""
    return re.sub(r"[\s'’_-]", "", name).casefold().removesuffix("市")
