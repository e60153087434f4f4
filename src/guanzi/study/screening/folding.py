"""Folding: any name in any alphabet as plain Latin words, so that spellings can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from guanzi.study.screening import library

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.\s?){2,}[^\W\d_]?)(?![^\W_])")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z]{2}\b)")
_SPECIAL = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ə": "a",
        "ħ": "h",
        "ŋ": "ng",
        "ŧ": "t",
        "ĸ": "k",
        "'": "",
        "’": "",
        "‘": "",
        "ʼ": "",
        "ʻ": "",
        "`": "",
        "´": "",
        "ʹ": "",
        "ʺ": "",
        "&": " and ",
        "+": " and ",
        "ー": "",
    }
)
_LEET = str.maketrans("013457", "oieast")


def has_han(text: str) -> bool:
    """Whether Chinese characters stand in a text that is not Japanese."""
    return not text.isascii() and HAN.search(text) is not None and _KANA.search(text) is None


@lru_cache(maxsize=200_000)
def fold(text: str, company: bool = False) -> tuple[str, ...]:
    """The words of a name in plain lower-case Latin letters and digits.

    Marks go, other alphabets are romanized, apostrophes join, hyphens part; a company's letters with dots are one word.

    >>> fold("Müller-Łukasz, J. R."), fold("Барак Обама"), fold("A.B.C. Co.", company=True)
    (('muller', 'lukasz', 'j', 'r'), ('barak', 'obama'), ('abc', 'co'))
    """
    if company and "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", text)
    text = _CAMEL.sub(" ", text)
    if not text.isascii():
        text = _romanized(text)
    return tuple(_WORD.findall(text.lower().translate(_SPECIAL)))


def _romanized(text: str) -> str:
    table = library.romanization()
    parts: list[str] = []
    for letter in unicodedata.normalize("NFKC", text).lower().translate(_SPECIAL):
        if letter.isascii():
            parts.append(letter)
        elif (latin := table.get(letter)) is not None:
            parts.append(latin)
        else:
            parts.append(_by_name(letter))
    return "".join(parts)


@lru_cache(maxsize=20_000)
def _by_name(letter: str) -> str:
    """A letter by the name that Unicode gives it, or without its marks."""
    name = unicodedata.name(letter, "")
    if name.startswith("HANGUL SYLLABLE"):
        return name.rpartition(" ")[2].lower()
    if name.startswith(("KATAKANA LETTER", "HIRAGANA LETTER")):
        return name.rpartition(" ")[2].lower()
    if name.startswith(("BENGALI", "DEVANAGARI", "TAMIL", "TELUGU", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM")):
        last = name.rpartition(" ")[2].lower()
        return "" if "SIGN VIRAMA" in name or "SIGN NUKTA" in name else last.rstrip("a") if len(last) > 1 else last
    bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    if bare != letter and bare:
        table = library.romanization()
        return "".join(table.get(c, c) for c in bare)
    return "" if unicodedata.combining(letter) else letter


def unleet(word: str) -> str:
    """A word in which digits stand for letters, with the letters: ``sech1n`` is ``sechin``."""
    if word.isalpha() or word.isdigit() or sum(c.isalpha() for c in word) < 3:
        return word
    return word.translate(_LEET)


_SOUNDS = (
    *(("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("sz", "s"), ("dzh", "j"), ("dj", "j"), ("ch", "c")),
    *(
        ("cz", "c"),
        ("ph", "f"),
        ("kh", "h"),
        ("gh", "h"),
        ("th", "t"),
        ("dh", "t"),
        ("zh", "j"),
        ("ck", "k"),
        ("q", "k"),
    ),
    *(("ca", "ka"), ("co", "ko"), ("cu", "ku"), ("cr", "kr"), ("cl", "kl"), ("ts", "z"), ("tz", "z"), ("x", "ks")),
    *(
        ("w", "v"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ie", "i"),
        ("iy", "i"),
        ("yi", "i"),
        ("ei", "i"),
        ("ey", "i"),
    ),
    *(("ij", "i"), ("y", "i")),
)
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=500_000)
def sound(word: str) -> str:
    """A key that spellings of one sound share across the usual ways to romanize; rules, in order, on a folded word.

    >>> sound("mohammed"), sound("philipp"), sound("filip")
    ('mohamed', 'filip', 'filip')
    """
    if word.startswith("mc"):
        word = "mak" + word[2:]
    if word.endswith("ff"):
        word = word[:-2] + "v"
    for written, heard in _SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word)
