"""The shipped lists on names: letters, words of names, surnames, places, trade names. Read once, when asked for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from guanzi.base.reading import shipped_yaml


@cache
def _load(name: str) -> Any:
    return shipped_yaml("screening", name).data


@cache
def words(list_name: str) -> frozenset[str]:
    """A list of words on Latin names, e.g. ``titles``."""
    return frozenset(str(word) for word in _load("latin.yaml")[list_name].split())


@cache
def numbers() -> dict[str, int]:
    """Numbers in words."""
    return dict(_load("latin.yaml")["numbers"])


@cache
def legal_forms() -> dict[tuple[str, ...], tuple[str, str]]:
    """Words of a legal form to its family (``limited``, ``stock``, …) and form."""
    return {
        tuple(str(wording).split()): (family, form)
        for family, forms in _load("latin.yaml")["legal_forms"].items()
        for form, wordings in forms.items()
        for wording in wordings
    }


@cache
def same_names() -> dict[str, tuple[int, ...]]:
    """Given name to the numbers of the groups in which it stands: one name in several languages, or its short forms."""
    groups: dict[str, list[int]] = {}
    number = 0
    for line in _load("latin.yaml")["same_name"]:
        for name in line.split():
            groups.setdefault(name, []).append(number)
        number += 1
    text = files("guanzi.library").joinpath("screening", "nicknames.csv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith(("#", "name,")):
            continue
        name, short_forms = line.split(",")
        for member in (name, *short_forms.split()):
            groups.setdefault(member, []).append(number)
        number += 1
    return {name: tuple(members) for name, members in groups.items()}


@cache
def same_words() -> dict[str, int]:
    """Word of a company name to the number of its group: plurals, spellings of other countries, usual short forms."""
    lines = _load("latin.yaml")["same_word"]
    return {word: number for number, line in enumerate(lines) for word in line.split()}


@cache
def romanization() -> dict[str, str]:
    """Letter of another alphabet to Latin letters."""
    return {letter: latin or "" for table in _load("romanization.yaml").values() for letter, latin in table.items()}


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """Surname of one character to its readings as a surname, the usual one first."""
    return {surname: tuple(readings.split()) for surname, readings in _load("han.yaml")["surnames"].items()}


@cache
def compound_surnames() -> dict[str, tuple[str, ...]]:
    """Surname of two characters to its two syllables."""
    return {surname: tuple(reading.split()) for surname, reading in _load("han.yaml")["compound_surnames"].items()}


@cache
def wade_giles() -> dict[str, str]:
    """Syllable of Hanyu Pinyin to its spelling in Wade-Giles, without apostrophes; ü is kept."""
    return dict(_load("han.yaml")["wade_giles"])


@cache
def regional_surnames() -> dict[str, frozenset[str]]:
    """Surname to its spellings in Hong Kong, Taiwan and overseas."""
    return {surname: frozenset(spelt.split()) for surname, spelt in _load("han.yaml")["regional_surnames"].items()}


@cache
def han_words(list_name: str) -> tuple[str, ...]:
    """A list of Chinese words, the longest first."""
    return tuple(sorted(_load("han.yaml")[list_name].split(), key=lambda word: (-len(word), word)))


@cache
def trades() -> dict[str, frozenset[str]]:
    """Chinese word of a trade to its English words."""
    return {trade: frozenset(english.split()) for trade, english in _load("han.yaml")["trades"].items()}


@cache
def regions() -> tuple[str, ...]:
    """Names of provinces, prefectures and county-level cities, the longest first."""
    names = {name for part in _load("regions.yaml").values() for name in part.split()}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def brands() -> dict[str, tuple[str, ...]]:
    """Chinese trade name to the names under which the company trades abroad; words joined by hyphens."""
    return {trade_name: tuple(abroad.split()) for trade_name, abroad in _load("brands.yaml")["brands"].items()}
