"""The parties of a contract: who is meant by which name, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guanzi.deal.drafting.patterns import one_of, shipped
from guanzi.intake.contracts import ContractSentence, PageQuote, quotes_of

_DEFINED = re.compile(
    r"(?P<name>[A-Z][^()“”\"]{2,140}?)\s*\((?:[^()“”\"]{0,60}?[\s,])?[“\"](?P<label>[A-Z][\w .&'-]{1,40})[”\"]"
    r"(?:[,\s]+(?:or|and)\s+(?:the\s+)?[“\"](?P<other>[A-Z][\w .&'-]{1,40})[”\"])?"
)
_CALLED = re.compile(
    r"(?P<name>[^\s，。；：:()（）“”\"]{4,40})[（(](?:以下简称|下称|简称)?[:：]?[“\"](?P<label>[^”\"]{2,12})[”\"][）)]"
)
_LISTED = re.compile(
    r"(?P<label>[甲乙丙丁]方)(?:[（(](?P<other>[^）)]{2,10})[）)])?\s*[:：]\s*(?P<name>(?:(?![甲乙丙丁]方)[^\s，。；：:()（）]){2,40})"
)
_ROLES = tuple((role, one_of(found)) for role, found in shipped().roles.items())
_BARE = (
    ("issuer", re.compile(r"\b(?:the )?(?:Company|COMPANY)\b|目标公司|标的公司|(?<!有限)公司")),
    (
        "public",
        re.compile(r"\b(?:the )?(?:Investors?|City|County|CITY|COUNTY|INVESTORS?)\b|投资方|投资人|市政府|管委会"),
    ),
    ("holder", re.compile(r"\b(?:the )?Founders?\b|创始人|实际控制人|控股股东")),
)


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party of a contract.

    Attributes:
        id: In the sheet.
        role: ``issuer``, ``public`` or ``holder``.
        name: As the contract names it; empty where it does not.
        words: By which the contract means it, longest first.
        quotes: Where it is named.
    """

    id: str
    role: str
    name: str
    words: tuple[str, ...]
    quotes: tuple[PageQuote, ...]


def parties_of(sentences: Sequence[ContractSentence]) -> tuple[NamedParty, ...]:
    """The parties that a contract defines; where it defines none of a role, whoever it calls by the usual word."""
    found: list[NamedParty] = []
    for sentence, name, words, span in _definitions(sentences):
        role = _role(" ".join(words[:-1])) or (_role(name) if len(name) < _LONGEST_NAME else "")
        known = {word for party in found for word in party.words}
        if not role or known & set(words) or (role == "issuer" and any(one.role == role for one in found)):
            continue
        found.append(_party(found, role, name, words, quotes_of(sentence, [span])))
    for role, pattern in _BARE:
        for sentence in sentences if all(one.role != role for one in found) else ():
            if used := pattern.search(sentence.text):
                word = used[0].removeprefix("the ")
                found.append(_party(found, role, "", (word,), quotes_of(sentence, [used.span()])))
                break
    return tuple(found)


def _definitions(
    sentences: Sequence[ContractSentence],
) -> Iterator[tuple[ContractSentence, str, list[str], tuple[int, int]]]:
    for sentence in sentences:
        for pattern in (_DEFINED, _CALLED, _LISTED):
            for made in pattern.finditer(sentence.text):
                words = [word for key in ("label", "other") if (word := made.groupdict().get(key))]
                name = re.split(r"\b(?:between|among|by and|with|and)\s", made["name"])[-1].strip(" ,")
                yield sentence, name, [*words, name], made.span("label")


def _role(words: str) -> str:
    return next((role for role, pattern in _ROLES if pattern.search(words.lower())), "")


_LONGEST_NAME = 24
"""Letters of a name by which alone a role is told; a longer one may be half a sentence."""
_IDS = {"issuer": "company", "public": "investor", "holder": "founder"}


def _party(
    found: Sequence[NamedParty], role: str, name: str, words: Sequence[str], quotes: tuple[PageQuote, ...]
) -> NamedParty:
    place = re.search(r"\b(city|county|state|province)\b|(政府|管委会|管理委员会)", " ".join(words).lower())
    id = (place[1] or "city") if place and role == "public" else _IDS[role]
    ids = {party.id for party in found}
    id = id if id not in ids else next(f"{id}-{n}" for n in range(2, 99) if f"{id}-{n}" not in ids)
    ordered = sorted({word for word in words if len(word) > 1}, key=len, reverse=True)
    return NamedParty(id, role, name, tuple(ordered), quotes)


def mentions(text: str, parties: Sequence[NamedParty]) -> tuple[tuple[int, NamedParty], ...]:
    """Where a text names parties, in its order; of names that lie within one another the longest."""
    found: list[tuple[int, int, NamedParty]] = []
    words = sorted(((word, party) for party in parties for word in party.words), key=lambda one: -len(one[0]))
    for word, party in words:
        edge = r"\b" if word.isascii() else ""
        for used in re.finditer(edge + re.escape(word) + edge, text):
            if not any(used.start() < end and used.end() > start for start, end, _ in found):
                found.append((*used.span(), party))
    return tuple((start, party) for start, _, party in sorted(found, key=lambda one: one[0]))
