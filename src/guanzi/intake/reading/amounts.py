"""Figures as they are printed, and units as heads and sentences say them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from guanzi.intake.reading.lexicon import closed, fold, one_of, words

_SIGN = r"[¥$€£]|rmb|cny|us\$|hk\$|usd|eur"
_FIGURE = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>[-△▲▼])?\s*(?P<money>{_SIGN})?\s*(?P<late>-|\((?=[^()]*\)))?\s*"
    r"(?P<digits>\d{1,3}(?:(?P<between>[ ,'])\d{3})(?:(?P=between)\d{3})*|\d+)(?P<decimals>\.\d+)?\s*"
    r"(?P<close>\))?\s*(?P<percent>%)?(?P<close_late>\))?\s*"
    r"(?P<mark>(?:\[[^\]]{1,3}\]|\((?:\d{1,2}|[a-z])\)|[*†‡①-⑳])*)"
)
_MEASURED = re.compile(r"(?P<figure>[^\d]{0,6}\d[\d,.]*\)?)\s*(?P<unit>[^\d\s()%/][^\d()%]{0,18})")
_NONE = frozenset({"", "-", "--", "/", "不适用", "n/a", "na", "nil", "nm", "n.m.", "无"})
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure as it is printed.

    Attributes:
        value: Its value, with brackets and minus as a minus; of a percentage the number before the sign.
        percent: It is a percentage.
        currency: The currency that stands beside it; empty for none.
        plain: It has no sign, separator, point or currency: it could be a year or the number of a note.
        unit: The unit that stands after it, as in ``12 GWh`` or ``4.12亿元``; None for none.
    """

    value: float
    percent: bool = False
    currency: str = ""
    plain: bool = False
    unit: NamedUnit | None = None

    @property
    def is_year(self) -> bool:
        """It could be a year."""
        return self.plain and 1950 <= self.value <= 2100


def figure_of(text: str) -> PrintedFigure | None:
    """A text that is a figure; None for any other.

    >>> figure_of("（1,234.5）").value, figure_of("−12").value, figure_of("(11.4)%"), figure_of("1,23")
    (-1234.5, -12.0, PrintedFigure(value=-11.4, percent=True, currency='', plain=False, unit=None), None)
    >>> figure_of("$ (96,898)").value, figure_of("$ (96,898")
    (-96898.0, None)
    >>> figure_of("12 404").value, figure_of("1’188’204").value, figure_of("12 4040"), figure_of("1,188 204")
    (12404.0, 1188204.0, None, None)
    >>> figure_of("7,824.9(1)").value, figure_of("5(a)"), figure_of("１，２３４").value
    (7824.9, PrintedFigure(value=5.0, percent=False, currency='', plain=True, unit=None), 1234.0)
    >>> figure_of("RMB 41.2 million").unit.scale, figure_of("2,310人").unit.count, figure_of("2023 RMB")
    (1000000.0, 'people', None)
    """
    plain = fold(text)
    found = _FIGURE.fullmatch(plain)
    if found is None:
        return _with_unit(plain)
    if found is None or (bool(found["open"]) or found["late"] == "(") != bool(found["close"] or found["close_late"]):
        return None
    if len(found["digits"]) > 18:
        return None
    value = float(re.sub("[ ,']", "", found["digits"]) + (found["decimals"] or ""))
    turned = bool(found["open"] or found["minus"] or found["late"])
    money = words().currencies.get(found["money"] or "", "")
    bare = not (turned or money or found["percent"] or found["decimals"] or found["between"])
    return PrintedFigure(-value if turned and value else value, bool(found["percent"]), money, bare)


def _with_unit(plain: str) -> PrintedFigure | None:
    """A figure with the unit after it, as cells of key facts say it; a year and a unit are a head instead."""
    parts = _MEASURED.fullmatch(plain)
    unit = is_unit(parts["unit"]) if parts is not None else None
    if parts is None or unit is None or unit.percent or (unit.scale is None and not unit.count):
        return None
    figure = figure_of(parts["figure"])
    return replace(figure, unit=unit, plain=False) if figure is not None and not figure.is_year else None


def is_none(text: str) -> bool:
    """Whether a cell says that there is no figure."""
    return fold(text) in _NONE


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as far as a text says it.

    Attributes:
        currency: Code of a currency; empty where none is named.
        scale: How many of it one is; None where no scale is named.
        count: The unit of a count, for what is no money.
        percent: Figures are percentages.
        yuan: It says "yuan" of no named country, which is renminbi unless a currency is named beside it.
    """

    currency: str = ""
    scale: float | None = None
    count: str = ""
    percent: bool = False
    yuan: bool = False

    def beside(self, other: NamedUnit) -> NamedUnit:
        """This unit, with what another text says where this one says nothing."""
        if self.count or self.percent:
            return self
        scale = other.scale if self.scale is None else self.scale
        return NamedUnit(self.currency or other.currency, scale, "", False, self.yuan or other.yuan)


_OTHER = "[\u4e00-\u9fff](?<![万亿千仟百佰十为以位金额的币])"
"""What stands before "yuan" in the name of a money that nobody listed."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    scales = "|".join(sorted((re.escape(s) for s in words().scales if not s.isascii()), key=len, reverse=True))
    money = "|".join(sorted((re.escape(c) for c in words().currencies), key=len, reverse=True))
    counts = one_of(re.escape(c) for c in words().counts)
    short = one_of(re.escape(s) for s in words().scales if s.isascii())
    han = one_of(c for c in words().currencies if c[0] >= "\u4e00")
    chinese = re.compile(
        rf"(?P<money>{han}|rmb|us\$|hk\$|nt\$)?\s*(?P<scale>{scales})?(?P<yuan>(?!人民币|新?台币)(?:{han})|(?<!{_OTHER})元)"
        r"(?!\s?'?000)"
    )
    latin = re.compile(
        rf"(?<![a-z\d])(?P<money>{money})?\s*(?:\(?\s*in\s+)?(?P<zh>{scales})?(?P<scale>{short})?(?:\s+of)?\s*"
        rf"(?:(?P<after>{money})\s*(?P<late>{short}|{scales})?)?(?P<count>{counts})?(?![a-z])"
    )
    return chinese, latin


_LED = re.compile(r"(?<![a-z])(in|of)(?=thousand|million|billion|euro|us|rmb|hk|eur|usd|dollar|yen)")
_TENS = tuple(
    (re.compile(rf"(?<=rmb)\s?{said}|(?<![\d,]){said}(?= (?:of )?(?:rmb|yuan|renminbi))"), scale)
    for said, scale in (("(?:10,000|10 ?thousand|ten ?thousands?|0'000|'0,000)(?![\\d,])", " 万"),
                         ("(?:100|hundred) ?millions?", " 亿"))
)  # fmt: skip
"""Scales of Chinese statements as their translations say them."""
_APOSTROPHE = re.compile(r"'(?=\s?(?:m|mn|mil|k|bn|(?:thousand|million|billion)s?|[百千万亿]+元?)(?![a-z]))")
"""As in HK$'million and RMB'm: a scale that was lost would be a false figure."""
_GLUED = re.compile(
    r"(?<![a-z])(?:(?P<before>t|k|m|mn)(?P<late>eur|sek|nok|dkk|chf|usd|gbp|cny|rmb)"
    r"|(?P<money>eur|sek|nok|dkk|chf|usd|gbp|cny|rmb)(?P<after>k|m|mn|bn|000|(?:thousand|million|billion)s?))(?![a-z\d])"
)
"""A currency and its scale in one word, as in KSEK, TEUR and EURm."""


def _apart(text: str) -> str:
    """A folded text with currencies and scales that are one word as two, and ten thousands as one."""

    def two(found: re.Match[str]) -> str:
        scale = found["before"] or found["after"]
        return f"{found['late'] or found['money']} {'k' if scale == 't' else scale}"

    text = _LED.sub(r"\1 ", text)
    for pattern, scale in _TENS:
        text = pattern.sub(scale, text)
    return _GLUED.sub(two, _APOSTROPHE.sub(" ", text))


def unit_of(text: str) -> NamedUnit | None:
    """The first unit that a text names; None where it names none.

    >>> unit_of("单位：人民币千元"), unit_of("(RMB in millions)").scale, unit_of("万辆").count
    (NamedUnit(currency='CNY', scale=1000.0, count='', percent=False, yuan=True), 1000000.0, 'vehicles')
    """
    plain = _apart(closed(fold(text)))
    chinese, latin = _patterns()
    if found := chinese.search(plain):
        named = found["money"] or (found["yuan"] if found["yuan"] != "元" else "")
        scale = words().scales.get(found["scale"] or "", 1.0)
        return NamedUnit(words().currencies.get(named, ""), scale, yuan=found["yuan"] == "元")
    for found in latin.finditer(plain):
        if not any(found.groups()):
            continue
        named = found["money"] or found["after"] or ""
        scaled = found["scale"] or found["zh"] or found["late"]
        if found["count"] is None and not named and scaled in {"k", "m", "b", "000", "千", "万", "亿", "百万"}:
            continue
        if found["count"]:
            unit, factor = words().counts[found["count"]]
            return NamedUnit("", words().scales.get(scaled or "", 1.0) * factor, unit)
        return NamedUnit(words().currencies.get(named, ""), words().scales.get(scaled or ""))
    return NamedUnit(percent=True) if "%" in plain else None


_BARE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:百万|千万|[千万亿])元$")
"""A unit after a name whose brackets the recognition of pictures lost."""


def without_unit(text: str) -> tuple[str, NamedUnit | None]:
    """The name of a row without the unit that follows it in brackets or after a stroke, and that unit.

    >>> without_unit("Revenue (RMB million)")[0], without_unit("员工总数（人）")[1].count, without_unit("净利润")
    ('Revenue', 'people', ('净利润', None))
    """
    found = re.search(r"[(（\[,，/:：]\s*([^()（）,，]{1,24})[)）\]]?\s*$", text)
    if found is None and (bare := _BARE.search(text)) is not None:
        return text[: bare.start()], unit_of(bare[0])
    if found is None:
        return text, None
    inner = closed(fold(found[1]))
    unit = unit_of(inner)
    if unit is None or unit_left(inner):
        return text, None
    return text[: found.start()].rstrip(), unit


def unit_left(text: str) -> str:
    """What of a folded text is no unit and no word that introduces one."""
    chinese, latin = _patterns()
    left = latin.sub(lambda found: " " if any(found.groups()) else found[0], chinese.sub(" ", _apart(text)))
    return re.sub(
        r"(?<![a-z])(?:in|of|expressed|unit|currency|单位|金额单位|币种)(?![a-z])|(?:per|a|/) ?(?:year|annum)|/年"
        r"|[\s%:：()（）'.]",
        "",
        left,
    )


def is_unit(text: str) -> NamedUnit | None:
    """The unit that a text is, and nothing else."""
    plain = closed(fold(text))
    return unit_of(plain) if plain and not unit_left(plain) else None
