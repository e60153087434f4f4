"""What kind of term each sentence of a contract states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guanzi.deal.drafting.parties import NamedParty, mentions
from guanzi.deal.drafting.patterns import TermKind, one_of, shipped, words
from guanzi.intake.contracts import ContractSentence, PageQuote, StatedFigure, figures_in, quotes_of

_KINDS = tuple((kind, one_of(found)) for kind, found in shipped().kinds.items())
_OBLIGED = words("obliged")
_SUBJECT = words("subject")
_ITEM = re.compile(r"[（(]?(?:[ivx]{1,4}|[a-h]|\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.]")
_PASSED_ON = frozenset({"put", "ratchet", "clawback", "instalment", "revenue_share"})
"""Kinds that the items of a list have from the sentence that leads it in."""
_LEADS_IN = re.compile(r"[:：]$|namely,?$|following|下列|以下|如下")
_MEANS = re.compile(r"[\"”]\s*(?:means|has the meaning|shall mean|是?指)")


@dataclass(frozen=True, slots=True)
class ContractStatement:
    """A sentence with its figures, the parties that it names, and what it is about.

    Attributes:
        kind: Of the term; None: no pattern.
        lead: The sentence of which it is an item; empty where it stands for itself.
    """

    sentence: ContractSentence
    figures: tuple[StatedFigure, ...]
    named: tuple[tuple[int, NamedParty], ...]
    kind: TermKind | None
    lead: str = ""

    @property
    def text(self) -> str:
        """The sentence in small letters."""
        return self.sentence.text.lower()

    def quotes(self, *spans: tuple[int, int]) -> list[PageQuote]:
        """Quotes that hold these places; without any the beginning of the sentence."""
        return list(quotes_of(self.sentence, spans or [(0, 1)]))

    def of(self, kind: str) -> tuple[StatedFigure, ...]:
        """Its figures of a kind."""
        return tuple(one for one in self.figures if one.kind == kind)

    def before(self, place: int, *roles: str) -> NamedParty | None:
        """The party of one of these roles that is named last before a place."""
        return next((party for at, party in reversed(self.named) if at < place and party.role in roles), None)


def statements_of(
    sentences: Sequence[ContractSentence], parties: Sequence[NamedParty]
) -> tuple[ContractStatement, ...]:
    """What each sentence of a contract states; an item of a list is of the kind of what leads it in."""
    found: list[ContractStatement] = []
    for sentence in sentences:
        named, figures = mentions(sentence.text, parties), figures_in(sentence.text)
        own = _own_kind(sentence.text.lower(), figures)
        lead = _lead(found, sentence)
        above = next((kind for text in reversed(sentence.under) if (kind := _own_kind(text.lower(), ()))), None)
        inherited = lead.kind if lead is not None else above if above not in ("share", None) else None
        kind = inherited if inherited in _PASSED_ON and own != "guarantee" else own or inherited
        found.append(ContractStatement(sentence, figures, named, kind, lead.text if lead is not None else ""))
    return tuple(found)


def _own_kind(text: str, figures: Sequence[StatedFigure]) -> TermKind | None:
    if _MEANS.search(text) and not figures:
        return None
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), None)
    duty = _OBLIGED.search(text) and _SUBJECT.search(text)
    if kind == "share" or (
        kind == "instalment" and duty and not any(one.kind == "money" for one in figures) and figures
    ):
        return "covenant" if duty else kind
    return kind or ("covenant" if duty else None)


def _lead(found: Sequence[ContractStatement], sentence: ContractSentence) -> ContractStatement | None:
    """The sentence that leads in a list of which this one is an item."""
    clause = sentence.number.partition(":")[0]
    if ":" in sentence.number and _ITEM.match(sentence.text):
        earlier = (one for one in reversed(found) if one.sentence.number.partition(":")[0] == clause)
        return next((one for one in earlier if not _ITEM.match(one.sentence.text)), None)
    for one in reversed(found):
        head = one.sentence.number.partition(":")[0]
        if clause.startswith(head) and clause != head and _LEADS_IN.search(one.text.strip()):
            return one
    return _lead_without_number(found, sentence)


def _lead_without_number(found: Sequence[ContractStatement], sentence: ContractSentence) -> ContractStatement | None:
    """The paragraph without number that leads in a list of numbered items, of which this one is."""
    if not re.fullmatch(r"\W?\w{1,3}\W?", sentence.number):
        return None
    numbers = ((one, one.sentence.number) for one in reversed(found))
    before = next((one for one, number in numbers if ":" not in number or "¶" in number), None)
    if before is not None and before.lead:
        return next((one for one in found if one.text == before.lead and "¶" in one.sentence.number), None)
    leads = before is not None and "¶" in before.sentence.number and _LEADS_IN.search(before.text.strip())
    return before if leads and before is not None and before.kind in _PASSED_ON else None
