"""Chinese names: people by characters and readings, companies by the parts that the law gives their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC
from rapidfuzz.distance import Levenshtein

from guanzi.base.core import Message
from guanzi.study.screening import library
from guanzi.study.screening.folding import fold
from guanzi.study.screening.readings import (
    consonants,
    foreign_reading,
    person_keys,
    pinyin_of_wade_giles,
    plain,
    split_surname,
    surname_readings,
    word_keys,
)

_MIDDLE_DOTS = re.compile(r"[·•‧・・]")
_NOISE = re.compile(r"[\s\u3000,，.。、\-－—_'’\"“”《》<>]+")
_NO_SCORE = 0.03


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=200_000)
def simplified(text: str) -> str:
    """Text in simplified characters, half-width, without spaces; 餘 as a surname is 余.

    >>> simplified("中國　建設銀行"), simplified("餘承東")
    ('中国建设银行', '余承东')
    """
    bare = _NOISE.sub("", text.replace("（", "(").replace("）", ")"))
    return str(_converter().convert(bare)).replace("馀", "余").replace("锺", "钟").replace("甯", "宁")


@lru_cache(maxsize=200_000)
def bare_person(text: str) -> str:
    """A person's name in simplified characters without forms of address."""
    name = simplified(text)
    for word in library.han_words("address"):
        if name.endswith(word) and len(name) - len(word) >= 2:
            name = name[: -len(word)]
    return name


def is_foreign(name: str) -> bool:
    """Whether a name in Chinese characters renders a foreign one: a dot in the middle, or too long to be Chinese."""
    surname, given = split_surname(name)
    return _MIDDLE_DOTS.search(name) is not None or len(given) > 2 or (len(surname) == 1 and len(name) > 4)


def compare_people(first: str, second: str) -> tuple[float, tuple[Message, ...]]:
    """Two people's names in Chinese characters: the same characters, or another person, however it sounds."""
    a, b = bare_person(first), bare_person(second)
    if a == b:
        return 1.0, (Message.of("diligence.screening.characters", name=a),)
    if _MIDDLE_DOTS.search(a) and _MIDDLE_DOTS.search(b):
        read = foreign_reading(_MIDDLE_DOTS.sub("", a)), foreign_reading(_MIDDLE_DOTS.sub("", b))
        near = Levenshtein.normalized_similarity(*read)
        if near >= 0.85:
            return 0.9 * near, (Message.of("diligence.screening.foreign", a=a, b=b),)
    if len(a) == len(b) and word_keys(a).keys() & word_keys(b).keys():
        return 0.08, (Message.of("diligence.screening.homophone", a=a, b=b),)
    if split_surname(a)[0] == split_surname(b)[0]:
        return 0.06, (Message.of("diligence.screening.surname_only", surname=split_surname(a)[0]),)
    return _NO_SCORE, (Message.of("diligence.screening.other_characters", a=a, b=b),)


def compare_person_with_latin(han: str, latin: str) -> tuple[float, tuple[Message, ...]]:
    """A person's name in Chinese characters and one in Latin letters, in any order, spacing and usual romanization."""
    name = bare_person(han)
    words = tuple(re.sub(r"\d", "", word) for word in fold(latin) if word not in library.words("titles"))
    words = tuple(word for word in words if word)
    if not words:
        return _NO_SCORE, ()
    if not is_foreign(name):
        keys = person_keys(name)
        worth = keys.get("".join(words), 0.0)
        if worth and _keeps_surname_whole(name, words):
            way = "usual" if worth > 0.95 else "unusual"
            said = Message.of(f"diligence.screening.reading.{way}", han=name, latin=" ".join(words))
            return 0.92 * worth, (said,)
        if len(words) > 2:
            for i in (0, len(words) - 1):
                rest = words[:i] + words[i + 1 :]
                if keys.get("".join(rest), 0.0) > 0.9:
                    said = Message.of(
                        "diligence.screening.reading.beside", han=name, latin=" ".join(rest), other=words[i]
                    )
                    return 0.8, (said,)
        return _partly(name, words)
    parts = [consonants(foreign_reading(part)) for part in _MIDDLE_DOTS.split(name) if part]
    theirs = [consonants(word) for word in words]
    near = Levenshtein.normalized_similarity("".join(parts), "".join(theirs))
    if near >= 0.74 and len("".join(theirs)) >= 3:
        return 0.85 * near + 0.1, (Message.of("diligence.screening.foreign", a=name, b=" ".join(words)),)
    return _NO_SCORE, (Message.of("diligence.screening.other_reading", han=name, latin=" ".join(words)),)


def _keeps_surname_whole(name: str, words: tuple[str, ...]) -> bool:
    """The surname begins or ends a word, so that Xi An is not read as Xian."""
    if len(words) == 1:
        return True
    surname = split_surname(name)[0]
    spelt = {plain("".join(read)) for read, _ in surname_readings(surname)}
    spelt |= {s.replace("u", "v") for s in spelt} | {s.replace("u", "yu") for s in spelt}
    spelt |= set(library.regional_surnames().get(surname, ())) | _old(spelt)
    edges = {words[0], words[-1], "".join(words[:2]), "".join(words[-2:])}
    return bool(edges & spelt)


def _old(spelt: set[str]) -> set[str]:
    return {old for old, new in pinyin_of_wade_giles().items() if new & spelt}


def _partly(name: str, words: tuple[str, ...]) -> tuple[float, tuple[Message, ...]]:
    surname, given = split_surname(name)
    spelt = {plain("".join(read)) for read, _ in surname_readings(surname)}
    at = [word for word in words if word in spelt]
    if not at:
        return _NO_SCORE, (Message.of("diligence.screening.other_reading", han=name, latin=" ".join(words)),)
    others = [word for word in words if word not in spelt]
    letters = "".join(key[0] for key in (next(iter(word_keys(c)), "") for c in given) if key)
    if others and "".join(others) in {letters, letters[:1]}:
        return 0.6, (Message.of("diligence.screening.reading.initials", han=name, latin=" ".join(words)),)
    return 0.06, (Message.of("diligence.screening.surname_only", surname=surname),)


@dataclass(frozen=True, slots=True)
class CompanyName:
    """The parts of a Chinese company name.

    Attributes:
        whole: The name in simplified characters without brackets.
        region: Province or city at its head or in brackets; empty when there is none.
        trade_name: What makes it this company; empty when only region and trade do.
        trades: Words of its trade, in order.
        group: Whether it calls itself a group or a holding.
        form: ``limited``, ``stock``, ``other`` or empty, when the name has no legal form and so is an abbreviation.
    """

    whole: str
    region: str
    trade_name: str
    trades: tuple[str, ...]
    group: bool
    form: str

    @property
    def core(self) -> str:
        """Trade name and trade."""
        return self.trade_name + "".join(self.trades)

    @property
    def segments(self) -> tuple[str, ...]:
        """Its parts in order, from whose beginnings abbreviations are made."""
        return tuple(
            part for part in (self.region, self.trade_name, *self.trades, "集团" if self.group else "") if part
        )


@lru_cache(maxsize=200_000)
def parse_company(text: str) -> CompanyName:
    """Take a Chinese company name apart: region, trade name, trade, form.

    >>> name = parse_company("合肥国轩高科动力能源有限公司")
    >>> name.region, name.trade_name, name.trades, name.form
    ('合肥', '国轩', ('高科', '动力', '能源'), 'limited')
    """
    name = simplified(text)
    brackets = re.findall(r"\(([^)]*)\)", name)
    whole = re.sub(r"[()]", "", name)
    rest = re.sub(r"\([^)]*\)", "", name) or whole
    rest, form = _strip_form(rest)
    group = any(word in ("集团", "控股") for word in brackets)
    regions = [word for word in brackets if word in library.regions() or word in ("中国", "香港")]
    rest, region = _strip_region(rest, regions)
    while len(rest) > 3 and rest.endswith(("集团", "控股")):
        rest, group = rest[:-2], True
    trade_name, trades = _strip_trades(rest)
    return CompanyName(whole, region, trade_name, trades, group, form)


def _strip_form(rest: str) -> tuple[str, str]:
    for word in library.han_words("forms"):
        if rest.endswith(word) and len(rest) > len(word) + 1:
            bare = rest[: -len(word)]
            if word in library.han_words("stock_forms") or word.endswith("股份有限公司"):
                return bare, "stock"
            return bare, "limited" if word.endswith(("有限公司", "有限责任公司")) else "other"
    return rest, ""


def _strip_region(rest: str, bracketed: list[str]) -> tuple[str, str]:
    region = bracketed[0] if bracketed else ""
    for name in (*library.han_words("national"), *library.regions()):
        if rest.startswith(name) and len(rest) >= len(name) + 2:
            rest = rest[len(name) :]
            if rest[0] in "省市" and len(rest) > 2:
                rest = rest[1:]
            inner, second = _strip_region(rest, []) if name not in library.han_words("national") else (rest, "")
            return inner, second or name
    return rest, region


def _strip_trades(rest: str) -> tuple[str, tuple[str, ...]]:
    trades: list[str] = []
    words = sorted(library.trades(), key=len, reverse=True)
    while True:
        found = next((word for word in words if rest.endswith(word)), None)
        if found is None or (len(rest) - len(found) < 2 and rest != found):
            return rest, tuple(reversed(trades))
        rest = rest[: -len(found)]
        trades.append(found)
