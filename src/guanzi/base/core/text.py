"""From messages to sentences: gettext catalogues and the formats of numbers, money, dates and lists.

Catalogues are the files ``library/locale/<language>/<domain>.po``; they are read when a message of their domain is
first rendered. What several messages say stands once: ``shared.txt`` names the one that has the sentence and those that
say the same, in every language. A language that lacks a message falls back to English; a message that English lacks is
an error.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any

from guanzi.base.core.bilingual import Bilingual
from guanzi.base.core.extensions import extensions, library_folders
from guanzi.base.core.messages import HOME, Localised, Message
from guanzi.base.core.periods import Period

_LOCALES = {"en": "en_GB"}  # day before month, no comma before "and"
_QUOTED = r'((?:"(?:[^"\\]|\\.)*"\n)+)'
_ENTRY = re.compile(f"^msgid {_QUOTED}msgstr {_QUOTED}", re.MULTILINE)  # Babel reads the same, and takes 50 ms to load
MOST_TO_WHOLE = 4
"""Decimals of a percentage within which less than all is told apart from all."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")


class UnknownMessage(LookupError):
    """A message id that is not in the English catalogue, or a message that lacks a parameter its sentence needs."""


def render(message: Message | Mapping[str, Any], lang: str = "en") -> str:
    """The sentence of a message in a language.

    Formats that a sentence can use for a parameter ``x``: ``{x}`` plain; ``{x:n}`` three significant digits;
    ``{x:count}`` whole number; ``{x:pct}`` ratio as percentage; ``{x:points}`` difference of ratios in points;
    ``{x:money}`` millions of ``currency`` (a parameter, CNY without one); ``{x:price}`` units of it;
    ``{x:made}`` so many of the case's ``product`` (a parameter, units without one); ``{x:date}`` ISO
    date; ``{x:period}`` period; ``{x:country}`` country of an ISO 3166 code; ``{x:currency}`` one of ISO 4217;
    ``{x:begin}`` a message or a name with a capital first letter; ``{x:list}`` "a, b and c"; ``{x:parts}`` "a; b; c";
    ``{x:sentences}`` one after the other; ``{x:choice}`` "a, b or c"; ``{x:keys}`` the same of keys
    to be typed, as code, and ``{x:codes}`` with “and”; ``{x:one was|were}`` the first words where the
    number is one, else the second (a language without plural leaves them out). A value that is None reads "unknown" in
    every format; a message within a message is rendered too.

    Args:
        message: A message, or its plain form as it stands in ``appraisal.json``.
        lang: Language code, e.g. ``en`` or ``zh``.

    Raises:
        UnknownMessage: The id is in no catalogue, or a parameter is missing.
    """
    if not isinstance(message, Message):
        message = Message.from_dict(message)
    params = dict(message.params)
    return _Sentence(lang, params).format(_template(message.id, lang), **params)


@cache
def catalogue(domain: str, lang: str = "en") -> Mapping[str, str]:
    """All messages of one domain in one language, id to sentence; empty when there is no such catalogue.

    Args:
        domain: First part of the ids, which is the name of the package, e.g. ``evidence``.
        lang: Language code.
    """
    shared = {id: _own(_domain(owner), lang).get(owner, "") for id, owner in _shared().get(domain, {}).items()}
    return {id: sentence for id, sentence in shared.items() if sentence} | _own(domain, lang)


@cache
def _own(domain: str, lang: str) -> dict[str, str]:
    """The messages that have their sentence in the file of a catalogue."""
    path = files("guanzi") / "library" / "locale" / lang / f"{domain}.po"
    return _sentences(path) if _LANGUAGE.fullmatch(lang) and path.is_file() else {}


@cache
def _shared() -> Mapping[str, Mapping[str, str]]:
    """Domain to its messages that say what another message has the sentence of, with the id of that one."""
    found: dict[str, dict[str, str]] = {}
    owner = ""
    for line in (files("guanzi") / "library" / "locale" / "shared.txt").read_text("utf-8").splitlines():
        for id in () if line.startswith("#") else line.split():
            if id.endswith(":"):
                owner = id[:-1]
            else:
                found.setdefault(_domain(id), {})[id] = owner
    return found


def _domain(id: str) -> str:
    return id.partition(".")[0]


@cache
def _of_extensions(domain: str, lang: str) -> Mapping[str, str]:
    """Sentences that extensions bring for a domain, those in English under the others; none replaces a shipped one.

    They stand in catalogues of the package, or in its module: ``SENTENCES``, a language to ids and their sentences.
    """
    paths = [folder / code / f"{domain}.po" for folder in library_folders("locale")[1:] for code in ("en", lang)]
    found = {id: sentence for path in paths if path.is_file() for id, sentence in _sentences(path).items()}
    held = [getattr(one.module, "SENTENCES", {}).get(code, {}) for one in extensions() for code in ("en", lang)]
    return found | {id: sentence for some in held for id, sentence in some.items() if id.startswith(f"{domain}.")}


def _sentences(path: Traversable) -> dict[str, str]:
    entries = ((_joined(id), _joined(sentence)) for id, sentence in _ENTRY.findall(path.read_text("utf-8")))
    return {id: sentence for id, sentence in entries if id and sentence}


def _joined(quoted: str) -> str:
    """The text of the quoted strings of an entry; their escapes are those of JSON."""
    return "".join(json.loads(line) for line in quoted.splitlines())


def made_of(message: Message, product: str) -> Message:
    """The message with what a company makes by the name of its product, where its sentence counts any.

    >>> made_of(Message.of("appraisal.parameter.capacity_local.trend", units=3.0), "aircraft").params
    (('product', 'aircraft'), ('units', 3.0))
    """
    counts = ":made}" in catalogue(_domain(message.id)).get(message.id, "")
    return Message.of(message.id, **dict(message.params), product=product) if counts else message


@cache
def catalogue_languages() -> tuple[str, ...]:
    """Codes of the languages that have catalogues, in alphabetical order."""
    folder = files("guanzi") / "library" / "locale"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def _template(id: str, lang: str) -> str:
    domain = _domain(id)
    text = catalogue(domain, lang).get(id) or catalogue(domain, "en").get(id) or _of_extensions(domain, lang).get(id)
    if text is None:
        raise UnknownMessage(f"message {id!r} is not in the catalogue library/locale/en/{domain}.po")
    return text


HUGE = 1e18
"""From here on a number is said by its power of ten."""
MINUS = "−"
"""Sentences have a minus sign, not a hyphen."""
PERCENT_FLOOR, PERCENT_CEILING = Decimal("0.1"), Decimal("99.9")
"""Below the one a percentage that is not 0, and above the other one that is not 100, is told by that limit."""
_ONE = "one "
_JOINTS = {"sentences": (" ", ""), "parts": ("; ", "；")}
"""What stands between sentences, and between parts that have commas of their own; in Chinese the second."""
_FULL_STOP = re.compile(r"^(?:\.(?![^\s”\")])|(”?)。)")
"""A full stop that ends a sentence, unlike the one in a file name; a Chinese one also behind a closing mark."""


class _Sentence(Formatter):
    """Fills one sentence; knows its language and its parameters."""

    def __init__(self, lang: str, params: Mapping[str, Any]) -> None:
        self.lang = lang
        self.locale = _LOCALES.get(lang, lang)
        self.params = params

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        """The sentence; a value that ends with a full stop, as NIO Inc. does, ends the sentence by itself."""
        parts: list[str] = []
        stopped = False
        for literal, field_name, format_spec, _ in self.parse(format_string):
            parts.append(_FULL_STOP.sub(r"\1", literal) if stopped else literal)
            stopped = False
            if field_name is not None:
                value, _ = self.get_field(field_name, args, kwargs)
                parts.append(self.format_field(value, format_spec or ""))
                stopped = parts[-1].endswith((".", "。"))
        return "".join(parts)

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        # Only whole parameters: a sentence must not reach into attributes or items.
        if field_name not in kwargs:
            raise UnknownMessage(f"a sentence needs the parameter {field_name!r}, the message has {sorted(kwargs)}")
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.startswith(_ONE):
            singular, _, plural = format_spec.removeprefix(_ONE).partition("|")
            return singular if isinstance(value, int | float) and self._as_n(value) == self._as_n(1) else plural
        if value is None:
            return _template("core.text.unknown", self.lang)
        if format_spec == "begin":
            told = self.format_field(value, "name" if isinstance(value, list | tuple) else "")
            return told[:1].upper() + told[1:]
        if isinstance(value, Message):
            return render(value, self.lang)
        if isinstance(value, Bilingual):
            return self.format_field(value.localised(self.lang), format_spec)
        if isinstance(value, Localised):
            return value.localised(self.lang)
        if isinstance(value, list | tuple):
            return self._name(*value) if format_spec == "name" else self._list(value, format_spec)
        told_as = getattr(self, f"_as_{format_spec}", None) if format_spec.isidentifier() else None
        if told_as is not None:
            return str(told_as(value))
        return format(value, format_spec) if format_spec else self._plain(value)

    def _list(self, values: Sequence[Any], format_spec: str) -> str:
        from babel.lists import format_list

        if not values:
            return _template("core.text.none", self.lang)
        if format_spec in _JOINTS:
            return _JOINTS[format_spec][self.lang == "zh"].join(self.format_field(v, "") for v in values)
        own = ("list", "choice", "keys", "codes")
        items = [self.format_field(v, "" if format_spec in own else format_spec) for v in values]
        if format_spec in ("keys", "codes"):
            items = [f"`{item}`" for item in items]
        return format_list(items, style="or" if format_spec in ("choice", "keys") else "standard", locale=self.locale)

    def _name(self, name: str, chinese: str) -> str:
        """A name that has a Chinese form (it may be empty)."""
        return chinese if self.lang == "zh" and chinese else name

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return _template("core.text.yes" if value else "core.text.no", self.lang)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int | float):
            return str(value).replace("-", MINUS)
        kind: Any = type(value)
        if kind.__str__ is object.__str__:
            raise UnknownMessage(f"a sentence has no words for a value of the type {kind.__name__}")
        return str(value)

    def _decimal(self, value: float | Decimal, digits: int, *, keep_zeros: bool = False) -> str:
        """A number rounded to ``digits`` after the point (before it, when negative), with separators."""
        from babel.numbers import format_decimal

        if not math.isfinite(value):
            return _template("core.text.unlimited", self.lang) if not math.isnan(value) else self.format_field(None, "")
        if abs(float(value)) >= HUGE:
            return f"{float(value):.3g}".replace("-", MINUS)
        rounded = half_up(value, digits)
        pattern = "#,##0." + ("0" if keep_zeros else "#") * max(digits, 0)
        text = str(format_decimal(rounded, format=pattern.rstrip("."), locale=self.locale))
        return text.replace("-", MINUS)

    def _as_n(self, value: float) -> str:
        return self._decimal(value, _digits_for(value, significant=3))

    def _as_count(self, value: float) -> str:
        return self._decimal(value, 0)

    def _as_pct(self, value: float) -> str:
        """Percent with one digit; what is so near to nothing or to all that a digit would be false says which side."""
        percent = Decimal(str(value)) * 100
        shown = percent
        side = ""
        if percent.is_finite() and 0 < abs(percent) < PERCENT_FLOOR:
            side, shown = "near_zero" if percent > 0 else "near_zero_below", PERCENT_FLOOR
        elif PERCENT_CEILING < percent < 100:
            side, shown = "near_all", PERCENT_CEILING
        told = _template("core.text.percent", self.lang).format(number=self._decimal(shown, 1))
        return _template(f"core.text.percent.{side}", self.lang).format(percent=told) if side else told

    def _as_points(self, value: float) -> str:
        """A difference of two ratios, in percentage points without their name."""
        return self._decimal(Decimal(str(value)) * 100, 1)

    def _as_money(self, value: float) -> str:
        currency = str(self.params.get("currency") or HOME)
        name = self._currency(currency)
        if self.lang == "zh":  # its scales are 万 (10⁴), 亿 (10⁸) and 万亿 (10¹²)
            from babel.numbers import format_compact_decimal

            if not math.isfinite(value) or abs(value) >= HUGE:
                return self._decimal(value, 0)
            whole = Decimal(str(value)).scaleb(6)
            for _ in range(2):  # rounding can lift an amount to the next scale
                power = min(max(whole.adjusted() // 4 * 4, 0), 12)
                digits = min(max(2 - (whole.adjusted() - power), 0), 2)
                whole = half_up(whole, digits - power)
            amount = format_compact_decimal(whole, fraction_digits=digits, locale=self.locale).replace("-", MINUS)
            return _template("core.money.one", self.lang).format(amount=amount, currency=name)
        size = abs(value)
        if size >= 999_950:
            scale, amount = "tn", self._decimal(value / 1e6, 1, keep_zeros=True)
        elif size >= 999.5:
            scale, amount = "bn", self._decimal(value / 1e3, 1, keep_zeros=True)
        elif size >= 9.95:
            scale, amount = "m", self._decimal(value, 0)
        elif size >= 0.9995:
            scale, amount = "m", self._decimal(value, 1, keep_zeros=True)
        elif size >= 0.1:  # one digit of a million would be off by a tenth
            scale, amount = "one", self._decimal(half_up(value * 1e6, -3), 0)
        else:
            units = value * 1e6
            scale, amount = "one", self._decimal(units, 2 if 0 < abs(units) < 10 else 0)
        return _template(f"core.money.{scale}", self.lang).format(amount=amount, currency=name)

    def _as_price(self, value: float) -> str:
        """An amount in units of the message's currency, with three significant digits."""
        shown = half_up(value, _digits_for(value, significant=3)) if math.isfinite(value) else value
        return self._as_exact_money(float(shown) / 1e6)

    def _as_made(self, value: float) -> str:
        """A number of what is made; what has no name of its own counts as units."""
        id = f"core.made.{self.params.get('product')}"
        return render(Message.of(id if id in catalogue("core") else "core.made.units", n=value), self.lang)

    def _as_exact_money(self, value: float) -> str:
        """An amount in CNY m (or the message's currency) with all its digits, up to seven, in its largest full unit."""
        from babel.numbers import format_compact_decimal

        code = str(self.params.get("currency") or HOME)
        name = self._currency(code)
        full = Decimal(f"{value:.7g}").scaleb(6)
        if not full.is_finite() or abs(full) >= HUGE:
            return self._as_money(value)
        if self.lang == "zh":
            power = min(max(full.adjusted() // 4 * 4, 0), 12) if full else 0
            digits = max(-int(full.scaleb(-power).normalize().as_tuple().exponent), 0)
            amount = format_compact_decimal(full, fraction_digits=digits, locale=self.locale).replace("-", MINUS)
            return _template("core.money.one", self.lang).format(amount=amount, currency=name)
        scale, power = next(((n, p) for n, p in (("tn", 12), ("bn", 9), ("m", 6)) if abs(full) >= 10**p), ("one", 0))
        amount = self._decimal(full.scaleb(-power), 10)
        return _template(f"core.money.{scale}", self.lang).format(amount=amount, currency=name)

    def _as_date(self, value: str | date) -> str:
        from babel.dates import format_date

        day = value if isinstance(value, date) else date.fromisoformat(value)
        return format_date(day, format="long", locale=self.locale)

    def _currency(self, code: str) -> str:
        """What amounts of a currency are called."""
        id = f"core.currency.{code}"
        own = "" if self.lang == "zh" else catalogue("core").get(id)
        return catalogue("core", self.lang).get(id) or own or self._as_currency(code)

    def _as_currency(self, value: str) -> str:
        """The name of a currency in Chinese; its code elsewhere."""
        from babel.numbers import get_currency_name

        return get_currency_name(value, locale=self.locale) if self.lang == "zh" else value

    def _as_country(self, value: str) -> str:
        from babel import Locale

        return str(Locale.parse(self.locale).territories.get(value.upper(), value))

    def _as_period(self, value: str | int | date) -> str:
        from babel.dates import format_skeleton

        period = Period.parse(value)
        if period.kind == "day":
            return self._as_date(period.start)
        if period.kind == "half":
            half = 1 if period.start.month == 1 else 2
            return _template(f"core.period.half{half}", self.lang).format(year=period.start.year)
        if period.kind == "span":
            first, last = str(period).split("/")
            ends = self._as_period(first), self._as_period(last)
            return _template("core.period.span", self.lang).format(first=ends[0], last=ends[1])
        skeleton = {"year": "y", "quarter": "yQQQ"}.get(period.kind, "yMMMM")
        return format_skeleton(skeleton, period.start, locale=self.locale)

    def _as_list(self, value: Any) -> str:
        return self._list((value,), "list")


def half_up(value: float | Decimal, digits: int) -> Decimal:
    """A finite number as people round it, a half away from nought: the one rule for all that is shown.

    >>> half_up(19.65, 1), half_up(-1250, -2), half_up(-0.04, 1)
    (Decimal('19.7'), Decimal('-1300'), Decimal('0.0'))
    """
    number = Decimal(str(value))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= digits:
        return number + 0
    step = Decimal(1).scaleb(-digits)
    return (number / step).quantize(Decimal(1), ROUND_HALF_UP) * step + 0  # + 0: no minus sign before a nought


def _digits_for(value: float | Decimal, significant: int) -> int:
    if not value or not math.isfinite(value):
        return 0
    return significant - 1 - Decimal(str(value)).adjusted()
