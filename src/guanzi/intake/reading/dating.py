"""The day on which a document was published or signed, by its own words; by its metadata where it says none."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal

from guanzi.base.core import Message, Period
from guanzi.intake.reading.found import KnownOn
from guanzi.intake.reading.layout import line_text
from guanzi.intake.reading.lexicon import closed, fold
from guanzi.intake.reading.periods import joined_times
from guanzi.record.evidence import PlacedPage

type Source = Literal["labelled", "dateline", "signature", "told", "alone", "metadata"]
RANKS: tuple[Source, ...] = ("labelled", "dateline", "signature", "told", "alone", "metadata")
"""What tells the day, the surest first."""

_LABEL = re.compile(
    r"(?:(?:announcement|publication|release|report|filing|issue|issuance|approval) date"
    r"|date of (?:this )?(?:announcement|report|issue|publication|release)"
    r"|(?:place and )?date of (?:signing|signature|execution)|(?:signing|signature|execution) date"
    r"|date of earliest event reported\)?"
    r"|as filed with the [a-z ]{0,50}?(?:commission|exchange) on|^filed on|^dated?(?: this)?|[.;] date(?=:)|"
    r"公告(?:日期|日|时间)|披露(?:日期|时间)|发布(?:日期|时间)|报告(?:日期?|签发日|批准报出日)|(?:签[署发订字]|签约|订立)(?:日期|日|时间)|刊登日期"
    r"|(?:出具|编制|填报|报送|上报|申报|制表|填表|盖章|收文|收件)(?:日期|日|时间)|批准报出日"
    r"|^日期)\s*[:：,]?\s*(?:(?<=: )[a-z .'-]{2,30},\s*)?$"
)
_DATELINE = re.compile(r"^(?:[a-z.' -]{2,40},\s*)?(?:[a-z.' -]{2,40},\s*)$|^[\u4e00-\u9fff]{2,8}[,，]\s*$")
_PUBLISHED = re.compile(
    r"(?:\b(?:published|dated|announced|issued|released|filed|publication|announcement)(?: (?:on|of|as of|this))?"
    r"|^signed(?: (?:in|at) [a-z .'-]{2,30})? on"
    r"|\bthis (?:[a-z-]+ ){0,4}(?:agreement|deed|contract|letter)\b.{0,60}\b(?:made|entered into|executed)"
    r"(?: on| as of| this)?"
    r"|日期为?|(?:公告|公布|发布|披露|刊登|印发)(?:日|日期|时间)?[于为]?)\s*[:,]?\s*$"
)
_PUBLISHED_AFTER = re.compile(r"^\s*(?:公告|公布|发布|披露|刊登|印发)")
_AGREED = re.compile(r"本(?:协议|合同|意向书|备忘录).{0,30}于\s*$")
_AGREED_AFTER = re.compile(r"^\s*(?:在[^,;。]{1,20})?(?:共同)?(?:签[订署]|订立)")
_APPROVED = re.compile(
    r"(?:financial statements|accounts|report)\b.{0,80}\b(?:approved|authori[sz]ed for issue).{0,60}\bon\s*$"
)
_APPROVED_AFTER = re.compile(
    r"^\s*(?:[^。;]{0,40}(?:会议?|审议|决议|董事会|授权)[^。;]{0,12})?(?:决议)?批准(?:对外)?(?:报出|发布|公布)"
)
_CLOCK = re.compile(r"\s*(?:\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?)?[\s.]*")
"""What printers, senders and stamps set after a day."""
_PAGE = re.compile(r"\s*(?:page \d+(?: of \d+)?|第?\d+页(?:[,/ ]?共\d+页)?)?\s*")
_SEALED = re.compile(
    r"\((?:盖章|公章|签字|签章)\)[:：]?.{0,24}$|专用章$|^(?:法定代表人|授权代表|经办人)[:：]?|^received$"
    r"|(?:chartered|certified public|public) accountants?|(?:registered|statutory) auditors?"
    r"|(?<![a-z])llp\s*$|注册会计师"
)
"""Lines under which a day is that of a signature, also where it ends a month."""
_NEAR = 3
"""So many lines above a day may be what it is the day of."""
_LONGEST_TITLE = 80
_NEWS = re.compile(r"^\s*(?:/|\(|-|:|prnewswire|globe newswire|business wire)")
_SIGNED = re.compile(
    r"(?:董事会|有限公司|会计师事务所.*|注册会计师.*|委员会|人民政府|管理局|办公厅"
    r"|by order of the board.*|board of directors|llp|chairman.*|director|secretary|中国[.·,]?\s*\w{2,6})\s*$"
)


_NAMED = re.compile(r"有限(?:责任)?公司$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a page names as that of the document, and how."""

    day: date
    source: Source
    page: int


def days_of(page: PlacedPage) -> Iterator[Dated]:
    """The days on a page that could be that of the document."""
    above: tuple[str, ...] = ()
    for line in page.lines:
        text = closed(fold(line_text(line.words)[0]))
        if text:
            yield from _in_line(page, text, above)
            above = (*above, text)[-_NEAR:]
    if page.written and (day := _day(page.written)) is not None:
        yield Dated(day, "metadata", page.number)


def _in_line(page: PlacedPage, text: str, above: tuple[str, ...]) -> Iterator[Dated]:
    before = above[-1] if above else ""
    for start, end, time_words in joined_times(text):
        day = time_words.day
        if day is None or time_words.months:
            continue
        lead, rest = text[:start], text[end:]
        if _LABEL.search(lead) or (not lead.strip() and _LABEL.search(before)):
            yield Dated(day, "labelled", page.number)
        elif _DATELINE.match(lead) and (_NEWS.match(rest) or not rest.strip(" .")):
            yield Dated(day, "dateline" if rest.strip(" .") else "signature", page.number)
        elif not rest.strip(" .") and _is_signed(day, lead, above):
            yield Dated(day, "signature", page.number)
        elif _is_named(page, lead, rest) or _APPROVED.search(" ".join((*above, lead))):
            yield Dated(day, "told", page.number)
        elif _PAGE.fullmatch(lead) and _CLOCK.fullmatch(rest):
            yield Dated(day, "alone", page.number)


def _is_named(page: PlacedPage, lead: str, rest: str) -> bool:
    """Whether words beside a day say that accounts were approved on it or, on the first page, something published."""
    if _APPROVED.search(lead) or _APPROVED_AFTER.search(rest):
        return True
    published = _PUBLISHED.search(lead) or _PUBLISHED_AFTER.search(rest)
    return page.number == 1 and bool(published or (_AGREED.search(lead) and _AGREED_AFTER.search(rest)))


def _is_signed(day: date, lead: str, above: tuple[str, ...]) -> bool:
    """Whether a day stands where somebody signs; under a bare name the last day of a month is that of a balance."""
    if lead.strip():
        return _SIGNED.search(lead) is not None or _SEALED.search(lead.strip()) is not None
    if any(_SEALED.search(line) for line in above if len(line) < _LONGEST_TITLE):
        return True
    return (
        bool(above) and _SIGNED.search(above[-1]) is not None and not (is_month_end(day) and _NAMED.search(above[-1]))
    )


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month, as those of balances are."""
    return day.day == monthrange(day.year, day.month)[1]


def known_on(dated: Iterable[Dated], latest: date | None, last: int = 1) -> KnownOn:
    """The day of a document: by the surest of its words, and of those the latest.

    Args:
        dated: The days that its pages name.
        latest: Last day about which it reports; what it was published before that cannot be its day.
        last: Number of its last page; a day that stands alone counts there and on the first one.
    """
    fitting = [
        one
        for one in dated
        if (latest is None or one.day > latest or (one.day == latest and not _is_of_balance(one)))
        and (one.source != "alone" or (one.page in (1, last) and _is_alone(one, latest)))
    ]
    for source in RANKS:
        of_source = [one for one in fitting if one.source == source]
        if of_source:
            best = max(of_source, key=lambda one: (one.day, -one.page))
            return KnownOn(best.day, Message.of(f"reading.known_on.{source}", page=best.page), source != "metadata")
    return KnownOn(None, Message.of("reading.known_on.none"))


def _is_alone(one: Dated, latest: date | None) -> bool:
    """Whether a day that stands alone may be that of the document: the last of a month only after all it reports on."""
    return not is_month_end(one.day) or (latest is not None and one.day > latest)


def _is_of_balance(one: Dated) -> bool:
    """Whether what looks like the day of a signature may be that of the balance on which a document reports."""
    return one.source == "signature" and is_month_end(one.day)


def day_of_document(pages: Sequence[PlacedPage]) -> KnownOn:
    """The day of a document by its own words or metadata."""
    last = pages[-1].number if pages else 1
    return known_on((dated for page in pages for dated in days_of(page)), None, last)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_REPORT = re.compile(
    r"(?:年度|半年度|季度|中期)报告|(?:年度|半年度|季度|中期|全年)业绩|form (?:10-[kq]|20-f)"
    r"|(?:annual|interim|quarterly|final) ?(?:report|results)|management report for"
    r"|(?:quarter|half|year|q[1-4]|20\d\d),? .{0,24}results"
)
_PERIOD = re.compile(r"(?:year|period|months|quarter|weeks) ?ended|止(?:年度|.{1,2}个月)")


def reports_in(page: PlacedPage) -> Iterator[tuple[Period, bool]]:
    """The periods on which a document reports, by lines of a page; with whether they name the report itself."""
    texts = [closed(fold(line_text(line.words)[0])) for line in page.lines]
    for text, after in zip_longest(texts, texts[1:], fillvalue=""):
        named = _REPORT.search(text) is not None
        if len(text) >= _LONGEST_TITLE or not (named or _PERIOD.search(text)):
            continue
        found = list(_periods_in(text))
        if (
            not found and _PERIOD.search(text) and len(after) < _LONGEST_TITLE
        ):  # the name of a report may go on on the next line
            found = list(_periods_in(f"{text} {after}"))
        yield from ((period, named) for period in found)


def _periods_in(text: str) -> Iterator[Period]:
    """The periods that a text names, but for those in brackets, which figures are compared to."""
    for start, _, time_words in joined_times(text):
        if not text[:start].endswith("(") and (period := time_words.flow()) is not None:
            yield period
