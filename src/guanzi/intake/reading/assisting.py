"""What a language model claims that a page states, held to the page: what it says otherwise is thrown away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Period
from guanzi.intake.importers import ImportItem
from guanzi.intake.reading.comparing import Time, amounts_in, with_relative
from guanzi.intake.reading.flow import PrintedSentence, sentences
from guanzi.intake.reading.found import FoundFact, Spot
from guanzi.intake.reading.layout import box_around
from guanzi.intake.reading.lexicon import MeasuredRow, closed, fold, is_minus, item_of
from guanzi.intake.reading.periods import joined_times
from guanzi.intake.reading.sentences import speaks_of_itself
from guanzi.record.evidence import PlacedPage

_SURE = 0.6
_LEADS = re.compile(
    r"(?:\s|,|\x00|(?<![a-z])(?:was|were|is|are|of|at|to|in|for|on|as|by the end of|the|year|quarter|period|reached"
    r"|totall?ed|totall?ing|amounted|came|stood|hit|climbed|landed|clocked|rose|fell|grew|dropped|increased|decreased"
    r"|a total|about|approximately|around|some|nearly|ended)(?![a-z])|达到|达|为|约|共|合计|总计|计|是|实现)+$"
)
_BEGINS = re.compile(
    r"(?:^|[\x00,;:(，、；：（年月日末期司团]|(?<![a-z])(?:the|our|its|a|an|and|had|company's|group's|we|reported|recorded"
    r"|posted))\s*$"
)
_WORDS, _LETTERS = 9, 16


@dataclass(frozen=True, slots=True)
class ClaimedFact:
    """What a model says that a page states.

    Attributes:
        fact: Name of the fact.
        value: In the base unit.
        unit: A currency, ``ratio`` or what is counted.
        period: As cases write it.
        quote: The words of the page.
    """

    fact: str
    value: float
    unit: str
    period: str
    quote: str


def hold_to_page(page: PlacedPage, claim: ClaimedFact) -> FoundFact | str:
    """The claim as a proposal, or why it is none: the name of ``reading.claim.…``.

    Its quote must stand in one sentence of the page. There the only figure of that value and unit must follow the name
    of that fact, with nothing between them but words that lead to it, and the sentence must name that period and no
    other, as a fact of the company.
    """
    quote = closed(fold(claim.quote))
    held = [one for one in sentences(page) if quote and quote in one.text]
    if len(held) != 1:
        return "no_quote"
    sentence = held[0]
    times = with_relative(sentence.text, joined_times(sentence.text))
    figures = [one for one in amounts_in(sentence.text, claim.unit, times) if abs(one.value) == abs(claim.value)]
    if len(figures) != 1:
        return "no_value"
    start, end = figures[0].start, figures[0].end
    named = _named(sentence.text[:start], times)
    if named is None:
        return "no_name"
    item, name = named
    amount = -abs(claim.value) if is_minus(name) else figures[0].value
    stated = item.fact_of(amount) if isinstance(item, ImportItem) else (item.fact, figures[0].value)
    if stated != (claim.fact, claim.value):
        return "no_name"
    if not speaks_of_itself(sentence.text, start):
        return "not_stated"
    period = _only_period(item.kind, times)
    if period is None or str(period) != _canonical(claim.period):
        return "no_period"
    return _proposal(page, sentence, claim, period, (start, end))


def _named(before: str, times: list[Time]) -> tuple[ImportItem | MeasuredRow, str] | None:
    """The item whose name ends where only words that lead to its figure follow."""
    for start, end, _ in times:
        before = before[:start] + "\x00" * (end - start) + before[end:] if end <= len(before) else before
    before = _LEADS.sub("", before).rstrip()
    parts = before.split(" ")
    tails = [" ".join(parts[-count:]) for count in range(min(_WORDS, len(parts)), 0, -1)]
    tails += [before[-count:] for count in range(min(_LETTERS, len(before)), 1, -1)]
    for tail in tails:
        known = item_of(tail)
        if known is not None and _BEGINS.search(before[: len(before) - len(tail)]):
            return known
    return None


def _only_period(kind: str, times: list[Time]) -> Period | None:
    if len(times) != 1:
        return None
    return times[0][2].stock() if kind == "stock" else times[0][2].flow()


def _canonical(period: str) -> str:
    try:
        return str(Period.parse(int(period) if period.isdecimal() else period))
    except (InvalidInput, ValueError):
        return ""


def _proposal(
    page: PlacedPage, sentence: PrintedSentence, claim: ClaimedFact, period: Period, at: tuple[int, int]
) -> FoundFact:
    held = sentence.over(*at)
    spot = Spot(page.number, sentence.shown, box_around(held), page.label, held[0].cell if held else "")
    reasons = (Message.of("reading.reason.assisted"),)
    return FoundFact(
        claim.fact, claim.value, claim.unit, period, spot, _SURE, reasons, sentence.text[at[0] : at[1]].strip()
    )
