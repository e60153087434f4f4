"""Numbers in words: where they stand in a text, and what they are as figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONES = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
         "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join(sorted((*_ONES, *_TENS, *_LARGE, "hundred"), key=len, reverse=True))
_WORDS = re.compile(rf"(?<![a-z\d-])(?:{_WORD})(?:(?: and |[ -])(?:{_WORD}))+(?![a-z-])")
_HAN = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1_000}
_CAPITALS = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*[拾佰仟万亿](?=元|圆|人民币|美元|港元|欧元|股|人)"
)


def numbers_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where numbers in words begin and end in a folded text, in its order, and the figure of each.

    >>> list(numbers_in("employed two hundred and forty people")), list(numbers_in("人民币壹亿贰仟万元"))
    ([(9, 30, '240')], [(3, 8, '120000000')])
    """
    found = [(one, _english(one[0])) for one in _WORDS.finditer(text)]
    found += [(one, _han(one[0])) for one in _CAPITALS.finditer(text)]
    for one, value in sorted(found, key=lambda pair: pair[0].start()):
        if value >= 100:
            yield *one.span(), str(value)


def _english(text: str) -> int:
    total = part = 0
    for word in re.findall(r"[a-z]+", text):
        if word in _LARGE:
            total, part = total + max(part, 1) * _LARGE[word], 0
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word != "and":
            part += _ONES.get(word, _TENS.get(word, 0))
    return total + part


def _han(text: str) -> int:
    total = section = digit = 0
    for character in text:
        if character in _HAN:
            digit = _HAN[character]
        elif character in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[character], 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    return total + section + digit
