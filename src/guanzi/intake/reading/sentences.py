"""Figures in sentences: precise patterns, with the period that the sentence itself names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal

from guanzi.base.core import Message, Period
from guanzi.intake.importers import ImportItem, import_items
from guanzi.intake.reading.amounts import YEAR
from guanzi.intake.reading.comparing import (
    ListedFigure,
    begun_with,
    bracketed,
    distinct_labels,
    laid_beside,
    listed,
    with_relative,
)
from guanzi.intake.reading.flow import PrintedSentence
from guanzi.intake.reading.found import FoundFact, Spot, Unread, Value
from guanzi.intake.reading.layout import box_around
from guanzi.intake.reading.lexicon import is_minus, is_weak, item_of, one_of, spaced_or_not, words
from guanzi.intake.reading.periods import TimeRef, joined_times, times_in
from guanzi.intake.reading.scaling import scaled
from guanzi.intake.reading.sentencerules import SentenceRule, sentence_rules
from guanzi.record.evidence import PlacedPage

_AFTER = 30
_BEFORE = 26
_SURE, _UNDATED, _RECOGNISED = 0.9, 0.15, 0.1
_LONGEST = 1_200
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_LINKED = re.compile(
    r"(?:in|for|during|as of|as at|at|by|through|on|of|at the end of|end of|over)(?: the)?(?: full)?\s*$"
)
_COMPARED = re.compile(
    r"(?:compared (?:with|to)|versus|vs\.?|against|than|from|over|较|比|相比|同比|对比|上年|去年)(?: the)?\s*(?:同期)?$"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_ENDED = re.compile(r"(?:end of|year[- ]end)(?: the)?(?: fiscal)?(?: year)?\s*$")
_TOWARDS = re.compile(r"(?:\b(?:to|from|with|by|for|of|among)(?: (?:our|its|the|new|all))*|[向给为对与和由]|来自)\s*$")
"""What leads to those to whom, or by whom, something is done."""
_CLAUSE = re.compile(r",(?!\d{3})|;")
_REPORTED = re.compile(
    r"报告期|本年|全年|本期|年末|期末|年度|(?:during|in|for) the (?:year|period)|the reporting (?:year|period)"
)
_REPORTED_END = re.compile(r"报告期末|at the end of the (?:reporting period|year under review)")
_HEADLINE = 8
"""So near its beginning a sentence names a figure as the items of a release do."""
_BESIDE = re.compile(r"(?:\b(?:compared (?:with|to)|versus|vs\.?|against|than|from|over)\b|较|比)[^,;]*$")
_BRACKETED = re.compile(r"\(\s*$")
_LOOSE = re.compile(
    r"(?:(?<![\da-z])|(?<=rmb)|(?<=cny)|(?<=usd)|(?<=eur))(?<![\d][.,])(?<![a-z]-)\d(?:[\d,.]*\d)?(?=\s*(?P<after>%|[\w$]{0,12}))"
)
_CHANGED = re.compile(r"[,;]|增|减|升|降|高|低|长|\b(?:up|down|grew|rose|fell|higher|lower)\b|increas|decreas")
_OF_TIME = re.compile(
    r"[\s,()]*(?:(?:for|in|during|as|of|at|on|by|the|and|from|our|group|company|financial|year|period|quarter|ended|ending|end)[\s,-]*)*"
)
_ITS_DAY = re.compile(r"(?:at|of) the date of this|本(?:公告|报告书?|招股(?:说明|意向)书|募集说明书)[^,;]{0,6}日")
_EACH = re.compile(r"分别|respectively")
_OF_ONE = re.compile(r"(?:to|from|by|with) (?:a single|one|the (?:single )?largest|a certain) (?:[a-z]+ )?customer")
"""What makes an amount that of one customer."""
_DIGITS = 3
"""So many digits are a figure where nothing else says so."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: SentenceRule
    pattern: re.Pattern[str]
    after: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    item: ImportItem | None = None


@cache
def _compiled(recognised: bool) -> tuple[_Compiled, ...]:
    own = [_compile(rule, recognised) for rule in sentence_rules().sentences]
    return (*own, *(_compile(*given) for given in _named(recognised)))


def _named(recognised: bool) -> Iterator[tuple[SentenceRule, bool, ImportItem]]:
    """A rule for each item of statements: its names, and what leads from a name to its amount in either language."""
    items = {item.fact: item for item in import_items()}
    for fact, names in words().names.items():
        if (item := items.get(fact)) is not None:
            whole = [
                re.escape(name) for name in (*item.en, *item.zh) if not is_weak(name) and name not in words().never
            ]
            ends = "" if recognised else "(?![a-z])"  # where spaces are lost, the next word may follow at once
            for frame in sentence_rules().frames:
                pattern = frame.replace("{name}", f"(?P<name>{'|'.join((*names, *whole))}){ends}")
                yield SentenceRule(fact=fact, time=item.kind, pattern=pattern, not_reported=True), recognised, item


def _compile(rule: SentenceRule, recognised: bool, item: ImportItem | None = None) -> _Compiled:
    money = "|".join(sorted((re.escape(c) for c in words().currencies), key=len, reverse=True))
    scales = one_of(re.escape(s) for s in words().scales)
    counts = one_of(re.escape(c) for c in words().counts)

    glued = "|".join(s for s in words().scales if s.isascii() and s.isalpha() and len(s) > 3)
    if recognised:
        scales += f"|{glued}"  # the space after it may be lost

    def amount(name: str, *, opened: bool = False) -> str:
        left, right = (r"\(?", r"\)?") if opened else ("", "")
        return (rf"(?P<{name}_before>{money})?\s*{left}(?P<{name}>{_NUMBER})(?![\d%]|[.,]\d|\s*%){right}\s*"
                rf"(?:(?P<{name}_scale>{scales})|(?!{glued}))\s*"
                rf"(?P<{name}_after>{money}|元)?(?P<{name}_unit>{counts})?")  # fmt: skip

    places = {
        "{count}": amount("figure"),
        "{money}": amount("figure"),
        "{low}": amount("low"),
        "{high}": amount("figure"),
        "{loss}": amount("figure", opened=True),
        "{signed}": r"(?!\s*(?:19|20)\d\d(?![\d,.%]))(?P<minus>(?:-|负|negative |minus |\()(?=[^\d]{0,4}\d))?"
        + amount("figure", opened=True),
        "{pct}": r"(?P<minus>-|负|negative |minus |\()?\s*(?P<figure>\d+(?:\.\d+)?)\)?\s*%",
    }
    text = rule.pattern.replace("~", sentence_rules().lead)
    if recognised:
        text = spaced_or_not(text)
    for place, pattern in places.items():
        text = text.replace(place, pattern)
    before, _, after = text.partition("{time}")
    unless = re.compile(rule.unless) if rule.unless else None
    if rule.time == "named":
        return _Compiled(rule, re.compile(f"(?:{before})$"), re.compile(after), unless)
    return _Compiled(rule, re.compile(before), None, unless, item)


@cache
def _words_of(
    group: Literal["hedges", "denied", "supposed", "others", "ourselves", "elsewhere", "not_reported"],
) -> re.Pattern[str]:
    return re.compile(one_of(getattr(sentence_rules(), group)))


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure that a rule reads in a sentence: what it states, and which part of the text it is."""

    rule: SentenceRule
    value: Value
    unit: str
    start: int
    end: int
    match: tuple[int, int]
    item: ImportItem | None = None
    name: str = ""
    named_to: int = -1

    def as_fact(self, value: float, name: str = "") -> tuple[str, float]:
        """What another amount of the same name states, or of another one."""
        known = item_of(name) if name else None
        item = known[0] if known is not None else self.item
        if not isinstance(item, ImportItem):
            return item.fact if item is not None else self.rule.fact, value
        return item.fact_of(-abs(value) if is_minus(name or self.name) else value)


def read_sentence(page: PlacedPage, sentence: PrintedSentence) -> Iterator[FoundFact | Unread]:
    """The facts that a sentence states, and its figures that were not read."""
    text = sentence.text
    if not re.search(r"\d|持续经营|going concern", text) or len(text) > _LONGEST:
        return
    times = with_relative(text, joined_times(text))
    taken: list[tuple[int, int]] = []
    for compiled in _compiled(page.recognised):
        for read in _reads(compiled, text, times):
            if any(start < read.end and read.start < end for start, end in taken):
                continue
            for found, start, end in _with_others(read, page, sentence, times):
                if not any(first < end and start < last for first, last in taken):
                    taken.append((start, end))
                    yield found
    yield from _loose(page, sentence, taken, [(start, end) for start, end, _ in times])


def _with_others(
    read: _Read, page: PlacedPage, sentence: PrintedSentence, times: list[tuple[int, int, TimeRef]]
) -> Iterator[tuple[FoundFact, int, int]]:
    """The fact that a figure states, and those of the figures in its list and of other times beside it."""
    text, rule, value = sentence.text, read.rule, read.value
    plain = isinstance(value, float) and rule.time in ("flow", "stock")
    first = ListedFigure(abs(value) if isinstance(value, float) else 0.0, read.start, read.end)
    run = listed(text, read.match[1], first, read.unit, times) if plain else [first]
    apart = distinct_labels(text, run, read.named_to, times, partial(_meant, rule)) if len(run) > 1 else []
    told = _EACH.search(text, read.match[0]) is not None or not text[read.match[1] :].startswith((",", " ,"))
    if not apart and told and (len(run) > 1 or _EACH.search(text, read.match[0])):
        return  # nobody can say which of them is meant
    for one in apart:
        is_first = one.start == read.start and not one.name
        of_one = _stating(read, (rule.fact, value) if is_first else read.as_fact(one.value, one.name), one)
        if one.period is not None:
            yield _placed(of_one, page, sentence, one.period), one.start, one.end
        elif (found := _found(replace(of_one, match=(read.match[0], run[-1].end)), page, sentence, times)) is not None:
            yield found, one.start, one.end
    if apart or (found := _found(read, page, sentence, times)) is None:
        return
    yield found, read.start, read.end
    if plain and found.period is None and found.lacks in ("flow", "stock"):
        other = bracketed(text, read.match[1], read.unit, times)
        if other is not None and (other.year or other.period is not None):
            of_other = _stating(read, read.as_fact(other.value), other)
            beside = _placed(of_other, page, sentence, other.period, reported=other.period is None)
            yield replace(beside, year=other.year), other.start, other.end
    if plain and found.period is not None:
        before = begun_with(text, read.start, read.unit, found.period, times)
        for one in (*before, *laid_beside(text, read.match[1], read.unit, found.period, times)):
            if one.period is not None:
                of_one = _stating(read, read.as_fact(one.value), one)
                yield _placed(of_one, page, sentence, one.period), one.start, one.end


def _stating(read: _Read, known: tuple[str, Value], place: ListedFigure) -> _Read:
    """Another figure of the sentence with what it states."""
    rule = read.rule.model_copy(update={"fact": known[0]})
    return replace(read, rule=rule, value=known[1], start=place.start, end=place.end)


def _meant(rule: SentenceRule, time_words: TimeRef) -> Period | None:
    """The period that a time of a list means for a fact."""
    return time_words.flow() if rule.time == "flow" else time_words.stock() if time_words.end is not None else None


def _reads(compiled: _Compiled, text: str, times: list[tuple[int, int, TimeRef]]) -> Iterator[_Read]:
    rule = compiled.rule
    if compiled.after is not None:
        for start, end, _ in times:
            before, after = compiled.pattern.search(text[:start]), compiled.after.match(text[end:])
            if before and after and _is_meant(compiled, text, before.start(), end + after.end()):
                yield _Read(rule, True, "flag", start, end, (before.start(), end))
        return
    for found in compiled.pattern.finditer(text):
        named = found.groupdict()
        name = next(n for n in ("figure", "rate", "words") if named.get(n) is not None)
        start = found.span("low" if named.get("low") else name)[0]
        end = max(found.end(name), *(found.end(part) for part in ("figure_scale", "figure_unit") if part in named), 0)
        if not _is_meant(compiled, text, found.start(), end):
            continue
        if compiled.item is not None and not _leads(named["between"] or ""):
            continue
        stated = _stated(rule, named, text[found.end() : found.end() + 8])
        if stated is None:
            continue
        if compiled.item is not None:
            read = _Read(rule, *stated, start, end, found.span(), compiled.item, named["name"] or "", found.end("name"))
            amount = abs(stated[0]) if isinstance(stated[0], float) else 0.0
            yield _stating(read, read.as_fact(-amount if named["minus"] else amount), ListedFigure(amount, start, end))
        else:
            yield _Read(rule, *stated, start, end, found.span())


def _leads(between: str) -> bool:
    """Whether what stands between a name and its amount says of time alone."""
    for start, end, _ in times_in(between):
        between = between[:start] + " " * (end - start) + between[end:]
    return _OF_TIME.fullmatch(between) is not None


def _is_meant(compiled: _Compiled, text: str, start: int, end: int) -> bool:
    """Whether a sentence says of the company what the rule looks for, as a fact or as a plan."""
    rule, before, whole = compiled.rule, text[:end], text[: end + _AFTER]
    near = _CLAUSE.split(text[:start])[-1] + text[start:end] + _CLAUSE.split(text[end : end + _AFTER])[0]
    time_words = _CLAUSE.split(text[:start])[-1] + text[start:end]
    if (
        _words_of("elsewhere").search(whole)
        or (not rule.conditional and _words_of("supposed").search(text))
        or _words_of("denied").search(time_words)
    ):
        return False
    if rule.not_reported and _OF_ONE.search(text, start):
        return False
    binds = rule.time == "signed" or rule.fact.endswith(("customer_share", "supplier_share", "pledged_share"))
    if not binds and _is_of_others(text[:start]):
        return False
    if compiled.unless is not None and compiled.unless.search(near if rule.as_ is None else text):
        return False
    if rule.hedged != "any" and (_words_of("hedges").search(before) is not None) != (rule.hedged == "yes"):
        return False
    around = _CLAUSE.split(text[max(start - _BEFORE, 0) : start])[-1] + text[start:end]
    return not (rule.not_reported and _words_of("not_reported").search(around))


def speaks_of_itself(text: str, start: int) -> bool:
    """Whether a sentence says a figure of the company itself, as a fact: it plans, denies or supposes nothing.

    Args:
        text: The sentence.
        start: Where the figure begins in it.
    """
    found = (_words_of(group).search(text) for group in ("elsewhere", "supposed", "denied", "hedges", "not_reported"))
    return not any(found) and not _is_of_others(text[:start]) and not _COMPARED.search(text[:start].rstrip())


def _is_of_others(before: str) -> bool:
    """Whether somebody else than the company is spoken of last; one to whom something is done does not count."""
    spoken = [one for one in _words_of("others").finditer(before) if not _TOWARDS.search(before[: one.start()])]
    return bool(spoken) and _words_of("ourselves").search(before, spoken[-1].end()) is None


def _stated(rule: SentenceRule, named: dict[str, str | None], after: str) -> tuple[Value, str] | None:
    """Value and base unit of what a rule found."""
    if rule.as_ is not None:
        return rule.as_, "flag"
    if named.get("rate"):
        return float(named["rate"] or 0), "CNY per USD"
    number = float((named["figure"] or "").replace(",", ""))
    if "minus" in named and "figure_before" not in named:
        return scaled(-number if named["minus"] else number, 0.01), "ratio"
    scale = words().scales.get(named["figure_scale"] or "", 1.0)
    if rule.unit:
        unit, factor = words().counts.get(named["figure_unit"] or "", (rule.unit, 1.0))
        if not _fits(unit, rule.unit) or named["figure_before"] or named["figure_after"]:
            return None
        unit = rule.unit if unit in ("count", "people", "units") else unit
        if rule.per:
            unit = f"{unit}/month" if re.match(r"\s*(?:per|a|/)?\s*(?:月|month)", after) else f"{unit}/{rule.per}"
    else:
        currency = named["figure_before"] or named["figure_after"]
        if not currency or named["figure_unit"]:
            return None
        unit, factor = words().currencies.get(currency, "CNY"), 1.0
    value = scaled(number, scale * factor)
    if not named.get("low"):
        return value, unit
    low_scale = words().scales.get(named["low_scale"] or named["figure_scale"] or "", 1.0)
    low = scaled(float((named["low"] or "").replace(",", "")), low_scale * factor)
    return ((low, value), unit) if low < value else None


def _fits(unit: str, asked: str) -> bool:
    """Whether a count in one unit can be what is counted in another: products are one class, people another."""
    products = {"vehicles", "units", "aircraft", "kWh", "wafers"}
    return unit == asked or {unit, asked} <= products or (asked == "jobs" and unit in ("people", "count"))


def _found(
    read: _Read, page: PlacedPage, sentence: PrintedSentence, times: list[tuple[int, int, TimeRef]]
) -> FoundFact | None:
    rule = read.rule
    period = _period(rule, read, sentence.text, times)
    reported = period is None and rule.time in ("flow", "stock") and _is_reported(read, sentence.text, times)
    if period is None and rule.time not in ("document", "signed") and not reported:
        return None
    return _placed(read, page, sentence, period, reported=reported)


def _is_reported(read: _Read, text: str, times: list[tuple[int, int, TimeRef]]) -> bool:
    """Whether a figure is of what its document reports on: all times of the sentence are of figures beside it."""
    others = [start for start, _, _ in times if not _BRACKETED.search(text[:start])]
    if any(start < read.end or not _BESIDE.search(text[read.end : start]) for start in others):
        return False
    return (
        read.rule.time == "stock"
        or len(others) < len(times)
        or read.match[0] <= _HEADLINE
        or _REPORTED.search(text) is not None
    )


def _placed(
    read: _Read, page: PlacedPage, sentence: PrintedSentence, period: Period | None, *, reported: bool = False
) -> FoundFact:
    rule = read.rule
    held = sentence.over(read.start, read.end)
    spot = Spot(page.number, sentence.shown, box_around(held), page.label, held[0].cell if held else "")
    undated = [] if period is not None else ["reported"] if reported else ["undated"]
    reasons = ["sentence", *undated, *(["recognised"] if page.recognised else [])]
    sure = _SURE - (_UNDATED if period is None else 0.0) - (_RECOGNISED if page.recognised else 0.0)
    told = tuple(Message.of(f"reading.reason.{reason}") for reason in reasons)
    figure = sentence.figure(read.start, read.end)
    of_document = rule.time == "stock" and _ITS_DAY.search(sentence.text) is not None
    lacks = "" if period is not None else rule.time if reported and not of_document else "document"
    if lacks == "document" and rule.time == "document" and _REPORTED_END.search(sentence.text):
        lacks = "stock"
    return FoundFact(rule.fact, read.value, read.unit, period, spot, round(sure, 2), told, figure, lacks)


def _period(rule: SentenceRule, read: _Read, text: str, times: list[tuple[int, int, TimeRef]]) -> Period | None:
    """The period that the sentence names for a figure; None where it names none."""
    if rule.time == "named":
        time_words = next(time_words for start, _, time_words in times if start == read.start)
        return time_words.stock() if time_words.end is not None else time_words.flow()
    for start, _, time_words in _nearest(read, text, times if rule.time != "signed" else []):
        if time_words.year is None and time_words.start:  # of the year that was named last
            time_words = time_words.over(
                TimeRef(next((t.year for at, _, t in reversed(times) if at < start and t.year), None))
            )
        if rule.time == "flow":
            period = time_words.flow()
        elif rule.time == "day":
            period = time_words.stock() if time_words.end is not None else time_words.flow()
        else:
            is_end = time_words.end is not None or _ENDED.search(text[:start]) is not None
            period = time_words.stock() if is_end else None
        if period is not None:
            return period
    return None


def _nearest(read: _Read, text: str, times: list[tuple[int, int, TimeRef]]) -> Iterator[tuple[int, int, TimeRef]]:
    """Times by how likely they are meant: linked to the figure after it, then the nearest before it."""
    last = read.match[1]
    after = [t for t in times if t[0] >= last]
    for time in after:
        between = _BRACKETS.sub("", text[last : time[0]])
        linked = _LINKED.search(between) or (not between.strip() and re.match(r"as ?(?:at|of)|截|止", text[time[0] :]))
        if linked and not re.search(r"\d|[;,]", between) and not _COMPARED.search(between):
            yield time
        break
    for time in reversed([t for t in times if t[1] <= read.start]):
        if _COMPARED.search(text[: time[0]]) and not _CHANGED.search(text[time[1] : read.start]):
            yield time  # the figure is that to which another one is compared
            return
        if not _COMPARED.search(text[: time[0]]) and ")" not in _BRACKETS.sub("", text[time[1] : read.start]):
            yield time
    if len(times) == 1 and times[0][0] >= last and not text[: times[0][0]].endswith("("):
        between = _BRACKETS.sub("", text[last : times[0][0]])
        if not re.search(r"[;\d]|compared|versus|from|than|同比|较|比", between):
            yield times[0]


def _loose(
    page: PlacedPage, sentence: PrintedSentence, taken: list[tuple[int, int]], times: list[tuple[int, int]]
) -> Iterator[Unread]:
    """What looks like a figure of a sentence and was not read: by its separator, percentage, unit or digits."""
    for found in _LOOSE.finditer(sentence.text):
        start, end = found.span()
        number = found[0]
        if any(a < end and start < b for a, b in (*taken, *times)) or YEAR.fullmatch(number):
            continue
        after = found["after"]
        telling = after.startswith(
            ("%", *(s for s in words().scales if not s.isascii()), *words().counts, "million", "billion")
        )
        if telling or "," in number or "." in number or len(number) >= _DIGITS:
            held = sentence.over(start, end)
            spot = Spot(page.number, sentence.shown, box_around(held), page.label, held[0].cell if held else "")
            yield Unread(spot, number, "sentence")
