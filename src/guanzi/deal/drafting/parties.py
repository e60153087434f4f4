"""The parties of a contract: who is meant by which name, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guanzi.deal.drafting.patterns import one_of, shipped, words
from guanzi.intake.contracts import ContractSentence, PageQuote, quotes_of

_DEFINED = re.compile(
    r"(?P<name>[A-Z][^()“”\"]{2,140}?)\s*\((?:[^()“”\"]{0,60}?[\s,])?[“\"](?P<label>[A-Z][\w .&'-]{1,40})[”\"]"
    r"(?:[,\s]+(?:or|and)\s+(?:the\s+)?[“\"](?P<other>[A-Z][\w .&'-]{1,40})[”\"])?"
)
_CALLED = re.compile(
    r"(?P<name>(?:[^\s，。；：:()（）“”\"]|[（(][^()（）“”\"]{1,8}[）)]){4,40})"
    r"[（(](?:以下简称|下称|简称)?[:：]?[“\"](?P<label>[^”\"]{2,12})[”\"](?:[或、和][“\"](?P<other>[^”\"]{2,12})[”\"])?[）)]"
)
_LISTED = re.compile(
    r"(?P<label>[甲乙丙丁]方)(?:[（(](?P<other>[^）)]{2,10})[）)])?\s*[:：]\s*(?P<name>(?:(?![甲乙丙丁]方)[^\s，。；：:()（）]){2,40})"
)
_ROLES = tuple((role, one_of(found)) for role, found in shipped().roles.items())
_TARGET = words("target")
_ISSUES = r"(?:equity(?: interests?)?|shares?|registered capital) (?:in|of) (?:the )?{}\b"
_PAYS = r"\b{} (?:will|shall|agrees? to) (?:\w+ )?(?:contribute|invest|inject|subscribe)"
_BEFORE_NAME = re.compile(
    r"\b(?:between|among|by and|with|and)\s|^On \w+ \d{1,2}, \d{4}, "
    r"|引入(?:战略)?(?:投资[人者方])?|、|[，,](?=[\u3400-\u9fff])|(?:全资|控股)?子公司(?=[\u3400-\u9fff])"
    r"|[与和同由](?=[\u3400-\u9fff]{6})"
)
"""What ends just before the name of a party within a sentence."""
_HALF_SENTENCE = re.compile(r"\b(?:which|that|will|shall|is|are|has)\b")
_BARE = (
    ("issuer", re.compile(r"\b(?:the )?(?:Company|COMPANY)\b|目标公司|标的公司|(?<!有限)公司")),
    (
        "public",
        re.compile(
            r"\b(?:the )?(?:Investors?|City|County|CITY|COUNTY|INVESTORS?)\b|投资方|(?<![\u4e00-\u9fff])投资人"
            r"|市政府|管委会"
        ),
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
    defined = list(_definitions(sentences))
    whole = " ".join(sentence.text for sentence in sentences)
    target = any(_is_target(called, whole) for _, _, called, _ in defined)
    for sentence, name, called, span in defined:
        role = _role(" ".join(called[:-1])) or _role_of_name(name)
        if _is_target(called, whole):
            role = "issuer"
        elif role == "issuer" and target:
            role = "holder"  # another company than the one whose shares are issued
        elif not role and _acts(called, _PAYS, whole):
            role = "public"
        known = {word for party in found for word in party.words}
        if not role or known & set(called) or (role == "issuer" and any(one.role == role for one in found)):
            continue
        found.append(_party(found, role, name, called, quotes_of(sentence, [span])))
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
                called = [word for key in ("label", "other") if (word := made.groupdict().get(key))]
                name = _BEFORE_NAME.split(made["name"])[-1].strip(" ,")
                yield sentence, name, [*called, name], made.span("label")


def _is_target(called: Sequence[str], whole: str) -> bool:
    """Whether a party is called the company in which shares are issued, or has no other role and the shares are its."""
    words = called[:-1]
    return any(_TARGET.search(word.lower()) for word in words) or (
        not _role(" ".join(words)) and _acts(words, _ISSUES, whole)
    )


def _acts(called: Sequence[str], frame: str, whole: str) -> bool:
    """Whether a text says of one of these words what a frame says."""
    return any(re.search(frame.format(re.escape(word)), whole) for word in called)


def _role(called: str) -> str:
    return next((role for role, pattern in _ROLES if pattern.search(called.lower())), "")


def _role_of_name(name: str) -> str:
    """The role that a name alone tells; a long one may be half a sentence and tells none."""
    short = "" if _HALF_SENTENCE.search(name) else re.split(r"[,，]", name)[0]
    return _role(short) if len(short) < (60 if short.isascii() else 32) else ""


_IDS = {"issuer": "company", "public": "investor", "holder": "shareholder"}


def _party(
    found: Sequence[NamedParty], role: str, name: str, called: Sequence[str], quotes: tuple[PageQuote, ...]
) -> NamedParty:
    place = re.search(r"\b(city|county|state|province)\b|(政府|管委会|管理委员会)", " ".join(called).lower())
    founder = role == "holder" and re.search(r"founder|创始", " ".join(called).lower())
    id = "founder" if founder else (place[1] or "city") if place and role == "public" else _IDS[role]
    ids = {party.id for party in found}
    id = id if id not in ids else next(f"{id}-{n}" for n in range(2, 99) if f"{id}-{n}" not in ids)
    ordered = sorted({word for word in called if len(word) > 1}, key=len, reverse=True)
    return NamedParty(id, role, name, tuple(ordered), quotes)


def mentions(text: str, parties: Sequence[NamedParty]) -> tuple[tuple[int, NamedParty], ...]:
    """Where a text names parties, in its order; of names that lie within one another the longest."""
    found: list[tuple[int, int, NamedParty]] = []
    ordered = sorted(((word, party) for party in parties for word in party.words), key=lambda one: -len(one[0]))
    for word, party in ordered:
        edge = r"\b" if word.isascii() else ""
        for used in re.finditer(edge + re.escape(word) + edge, text):
            if not any(used.start() < end and used.end() > start for start, end, _ in found):
                found.append((*used.span(), party))
    return tuple((start, party) for start, _, party in sorted(found, key=lambda one: one[0]))
