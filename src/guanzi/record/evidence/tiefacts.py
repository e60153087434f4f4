"""Ties between entities as facts of a view: who owns, who directs, who buys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guanzi.base.core import LANGUAGES, Bilingual, Period, localised
from guanzi.record.evidence.entities import ENDS_OF_TIE, Entity
from guanzi.record.evidence.entityfile import DatedEntity, period_of
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.view import Named

_HAN = re.compile(r"[\u3400-\u9fff]")
_COLON = {"en": ": ", "zh": "："}
_COMMA = {"en": ", ", "zh": "、"}
_BUYERS = frozenset({"buyer", "customer", "client", "purchaser", "买方", "客户", "采购方", "购买方"})


def kind_of_tie(entity: Entity) -> str | None:
    """Name of the fact that a tie is: ``ownership``, ``directorship``, ``buyer`` or ``counterparty``.

    None for what is no tie, and for a tie without its two ends.
    """
    ends = ends_of(entity)
    if ends is None:
        return None
    if entity.schema == "UnknownLink":
        roles = {role.strip().lower() for role in entity.properties.get("role", ())}
        return "buyer" if roles & _BUYERS else "counterparty"
    return entity.schema.lower()


def ends_of(entity: Entity) -> tuple[str, str] | None:
    """The two ends of a tie: owner, director or subject first; then the company. None for what has not both."""
    names = ENDS_OF_TIE.get(entity.schema)
    if names is None:
        return None
    first, second = (entity.first(name) for name in names)
    return (first, second) if first and second else None


def tie_facts(entities: Iterable[DatedEntity], company: Named) -> Iterator[Fact]:
    """Each tie as a fact in words that need no language: names, an arrow, and the share or the role.

    Args:
        entities: What was known on the day.
        company: The company of the case; ties of which it is the second end are facts about it.
    """
    held = tuple(entities)
    names = {company.id: Bilingual(company.name, company.name_zh)} | {
        dated.entity.id: _by_script(dated.entity, "name", dated.entity.id) for dated in held
    }
    for dated in held:
        entity, stamp = dated.entity, dated.stamp
        name, ends = kind_of_tie(entity), ends_of(entity)
        if name is None or ends is None:
            continue
        first, second = ends
        yield Fact(
            id=entity.id,
            subject="company" if second == company.id else second,
            name=name,
            value=_words(entity, names.get(first, first), names.get(second, second)),
            unit="text",
            period=min((period_of(day) for day in entity.properties.get("startDate", ())), default=None)
            or Period.of("day", stamp.known_on),
            known_on=stamp.known_on,
            known_to=stamp.known_to,
            source=stamp.source,
            confidence=stamp.confidence,
            note=stamp.note,
            held_because=stamp.held_because,
            supersedes=None,
            place=dated.place,
            availability=stamp.availability,
            other=first,
        )


def _words(entity: Entity, first: str, second: str) -> Bilingual:
    share = entity.first("percentage").strip().rstrip("%").strip()
    told = {}
    for lang in LANGUAGES:
        parts = [f"{share} %"] if share else []
        parts += [
            localised(words, lang) for words in (_by_script(entity, "role"), _by_script(entity, "status")) if words
        ]
        parts += [f"– {day}" for day in entity.properties.get("endDate", ())]
        ends = f"{localised(first, lang)} → {localised(second, lang)}"
        told[lang] = ends + (_COLON[lang] + _COMMA[lang].join(parts) if parts else "")
    return Bilingual(told["en"], told["zh"])


def _by_script(entity: Entity, name: str, otherwise: str = "") -> str:
    """The values of a property in the script of each language: a value in Chinese characters is its Chinese form."""
    values = entity.properties.get(name, ())
    chinese = [value for value in values if _HAN.search(value)]
    english = [value for value in values if value not in chinese]
    if name == "name":
        chinese, english = chinese[:1], english[:1]
    return Bilingual(", ".join(english), "、".join(chinese)) if values else otherwise
