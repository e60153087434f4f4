"""Readings of Chinese characters in Latin letters: Hanyu Pinyin with surname readings, and Wade-Giles."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import islice, product

from pypinyin.constants import PINYIN_DICT

from guanzi.study.screening import library

_MOST = 96
_UMLAUTS = ("u", "v", "yu")


@lru_cache(maxsize=40_000)
def syllables(character: str) -> tuple[str, ...]:
    """The readings of a character without tones, the usual one first; ü is kept.

    >>> syllables("长"), syllables("吕")
    (('zhang', 'chang'), ('lü',))
    """
    listed = PINYIN_DICT.get(ord(character), "")
    return tuple(dict.fromkeys(_toneless(reading) for reading in listed.split(",") if reading))


def _toneless(reading: str) -> str:
    bare = unicodedata.normalize("NFD", reading)
    kept = "".join(c for c in bare if not unicodedata.combining(c) or c == "\u0308")
    return unicodedata.normalize("NFC", kept)


def wade_giles(syllable: str) -> str:
    """A Pinyin syllable in Wade-Giles without marks, as passports and papers write it; itself when unknown.

    >>> wade_giles("xi"), wade_giles("jin"), wade_giles("ping")
    ('hsi', 'chin', 'ping')
    """
    return plain(library.wade_giles().get(syllable, syllable))


@cache
def pinyin_of_wade_giles() -> dict[str, frozenset[str]]:
    """Wade-Giles syllable without marks to the Pinyin syllables it may stand for."""
    table: dict[str, set[str]] = {}
    for pinyin in library.wade_giles():
        table.setdefault(wade_giles(pinyin), set()).add(plain(pinyin))
    return {spelt: frozenset(pinyin) for spelt, pinyin in table.items()}


def plain(syllable: str) -> str:
    """A syllable as passports write it, without dots."""
    return syllable.replace("ü", "u")


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name in simplified characters."""
    size = 2 if len(name) > 2 and name[:2] in library.compound_surnames() else 1
    return name[:size], name[size:]


def surname_readings(surname: str) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Readings of a surname with what a match on them is worth: as a surname 1, as a mere word 0.93.

    The second kind is kept because registers and translation programs misread these surnames every day.
    """
    if len(surname) == 2:
        usual = library.compound_surnames().get(surname) or tuple(syllables(c)[:1][0] for c in surname if syllables(c))
        return ((usual, 1.0),)
    usual_ones = library.surnames().get(surname, ())
    others = [reading for reading in syllables(surname) if reading not in usual_ones]
    worth = 0.93 if usual_ones else 1.0
    found = [((reading,), 1.0) for reading in usual_ones]
    found += [((reading,), worth if usual_ones or k == 0 else 0.93) for k, reading in enumerate(others)]
    return tuple(found)


@lru_cache(maxsize=100_000)
def person_keys(name: str) -> dict[str, float]:
    """All ways to write a Chinese personal name as one run of Latin letters, with what a match on each is worth.

    Surname first and last; every reading of surname and given name; ü as u, v and yu; Wade-Giles of the usual readings.
    """
    surname, given = split_surname(name)
    keys: dict[str, float] = {}
    choices = [syllables(c)[:3] or (c,) for c in given]
    given_readings = list(islice(product(*choices), _MOST))
    for (read, worth), chosen in product(surname_readings(surname), given_readings):
        usual = sum(one != options[0] for one, options in zip(chosen, choices, strict=True))
        value = worth * 0.96**usual
        before, after = "".join(read), "".join(chosen)
        for both in (before + after, after + before):
            for spelt in _spelt(both):
                keys[spelt] = max(keys.get(spelt, 0.0), value)
        if not usual:
            old = ["".join(wade_giles(s) for s in part) for part in (read, chosen)]
            for both in (old[0] + old[1], old[1] + old[0]):
                keys[both] = max(keys.get(both, 0.0), value * 0.95)
            for regional in library.regional_surnames().get(surname, ()):
                for both in (regional + old[1], regional + after, old[1] + regional, after + regional):
                    spelt = plain(both)
                    keys[spelt] = max(keys.get(spelt, 0.0), value * 0.92)
    return keys


def _spelt(word: str) -> tuple[str, ...]:
    return tuple(word.replace("ü", u) for u in _UMLAUTS) if "ü" in word else (word,)


@lru_cache(maxsize=100_000)
def word_keys(word: str) -> dict[str, int]:
    """All readings of a Chinese word as one run of Latin letters, with how many of its characters read unusually."""
    choices = [syllables(c)[:3] or (c.lower(),) for c in word]
    keys: dict[str, int] = {}
    for chosen in list(islice(product(*choices), _MOST)):
        usual = sum(one != options[0] for one, options in zip(chosen, choices, strict=True))
        for spelt in _spelt("".join(chosen)):
            keys.setdefault(spelt, usual)
    return keys


def initials(word: str) -> str:
    """First letters of the usual readings, as in 比亚迪, BYD."""
    return "".join((syllables(c) or (c.lower(),))[0][0] for c in word)


_CLASSES = {
    **dict.fromkeys("bp", "b"),
    **dict.fromkeys("dt", "d"),
    **dict.fromkeys("gkqj", "k"),
    **dict.fromkeys("lr", "l"),
    **dict.fromkeys("szcx", "s"),
    **dict.fromkeys("mn", "n"),
    **dict.fromkeys("fvw", "f"),
}


def consonants(word: str) -> str:
    """Classes of consonants that Chinese keeps when it writes a foreign name: p and b, l and r, m and n are one."""
    classes = "".join(
        _CLASSES.get(letter, "") for letter in word.replace("x", "ks").replace("sh", "s").replace("ng", "n")
    )
    return "".join(c for i, c in enumerate(classes) if i == 0 or classes[i - 1] != c)


def foreign_reading(word: str) -> str:
    """The usual readings of the characters as one run."""
    return "".join((syllables(c) or (c,))[0] for c in word)
