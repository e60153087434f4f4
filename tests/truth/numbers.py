"""The numbers that a sentence says in English and in Chinese, so that the two can be compared."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from tests.truth.faults import Fault
from tests.truth.nouns import CITED, own_words
from tests.truth.reading import Reading, localised, within

from guanzi.advice.appraisal import Text
from guanzi.base.core import LANGUAGES, Message, catalogue

_MONTHS = {name: str(number) for number, name in enumerate(calendar.month_name) if name}
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
SIZES = {
    "en": {"trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "m": 1e6},
    "zh": {"万亿": 1e12, "亿": 1e8, "百万": 1e6, "万": 1e4},
}
_NUMBER = {
    "en": re.compile(r"(?<![\w.])Q?(\d[\d,]*(?:\.\d+)?)(?:\s?(trillion|tn|billion|bn|million|m)(?!\w))?"),
    "zh": re.compile(r"(?<![A-Za-z_.\d])Q?(\d[\d,]*(?:\.\d+)?)(?:\s?(万亿|亿|百万|万))?"),
}
_RANGE = {
    "en": re.compile(
        r"(?<![\d.,])(?!(?:19|20)\d\d )(\d[\d,.]*)( to −?| and −?|[–-])(\d[\d,.]*) (trillion|tn|billion|bn|million|m)\b"
    ),
    "zh": re.compile(r"(\d[\d,.]*)((?:至|和|与|[–-])−?)(\d[\d,.]*)(万亿|亿|百万|万)"),
}
_BEFORE = re.compile(
    r"(\d[\d,.]*) (trillion|tn|billion|bn|million|m)( [^.]*?)?(; 90 % between −?)([\d,.]+)( and −?)"
    r"(\d[\d,.]*+)(?! (?:trillion|tn|billion|bn|million|m)\b)"
)
"""An interval without a size, which is in that of the number before it."""
_SPACE = re.compile(r"[\s\u00a0\u202f]+")
_BESIDE = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")
_RATE = re.compile(r"(?<![\d.,])1(?=[^\d\s，。；、（）]{1,6}兑)")
"""The one unit of a currency for which a rate is said in Chinese."""
AUTHORED = ("playbooks.words",)
"""What the authors of a playbook wrote in both languages; its numbers are theirs, as are those of a case."""
NEAR = 0.06
"""Two digits are said of some amounts in English, and three in Chinese."""


def differing(reading: Reading) -> Iterator[Fault]:
    """Sentences whose numbers differ between the languages; what a template says in words is no number of the case."""
    known: dict[Message, tuple[str, ...]] = reading.kept.setdefault("languages", {})
    data = reading.data
    held = (data.header, data.facts, dict(data.sheets), data.sources, data.watched)
    alone = {(_plain(words), _plain(words)) for words in own_words(reading) if " " in words}
    pairs = {
        (en.rstrip("."), zh.rstrip("。")) for en, zh in alone | {*authored(held), *_populations(reading)}
    }  # told without its full stop
    own = sorted(pairs - {("", "")}, key=lambda pair: len(pair[0]), reverse=True)
    for piece in reading.pieces:
        words = piece.words
        if isinstance(words, Message) and words.id not in (*CITED, *AUTHORED):
            if words not in known:
                known[words] = tuple(_differ(words, own))
            yield from (Fault("languages", piece.document, piece.section, words, told) for told in known[words])


def _populations(reading: Reading) -> Iterator[tuple[str, str]]:
    """Names of populations of bets, as those who coded them wrote them in both languages."""
    alike = reading.appraisal.alike
    for cell in (cell for row in (alike.rows if alike is not None else ()) for cell in row):
        population = cell.params.get("population") if isinstance(cell, Text) else None
        if isinstance(population, dict):
            en, zh = population["params"]["text"]
            yield _plain(en), _plain(zh)


def _differ(words: Message, own: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What a sentence says in Chinese, with the numbers that one language alone has."""
    en, zh = (_plain(localised(words, lang)) for lang in LANGUAGES)
    for own_en, own_zh in own:
        if own_en in en and own_zh in zh:
            en, zh = en.replace(own_en, "…"), zh.replace(own_zh, "…")
    english, chinese = numbers(en, "en"), numbers(zh, "zh")
    only = without(english, chinese), without(chinese, english)
    if any(without(left, _of_templates(words, lang)) for left, lang in zip(only, LANGUAGES, strict=True)):
        yield f"“{zh[:240]}”: {only}"


def authored(node: object) -> Iterator[tuple[str, str]]:
    """What the authors of a case wrote in both languages; its numbers are theirs."""
    if isinstance(node, dict) and node.keys() == {"en", "zh"}:
        yield _plain(str(node["en"])), _plain(str(node["zh"]))
    elif isinstance(node, dict | list | tuple):
        if isinstance(node, dict):
            pairs = ((node[key], node.get(f"{key}_zh")) for key in node)
            yield from ((_plain(en), _plain(zh)) for en, zh in pairs if isinstance(en, str) and isinstance(zh, str))
        for item in node.values() if isinstance(node, dict) else node:
            yield from authored(item)


def _plain(told: str) -> str:
    """Words with plain spaces, and none beside Chinese."""
    return _BESIDE.sub("", _SPACE.sub(" ", told))


def numbers(told: str, lang: str) -> list[float]:
    """The numbers of a sentence; months are numbers, and both ends of a range have its size.

    >>> numbers("2 to 3 m pounds on 4 May", "en"), numbers("200至300万英镑", "zh")
    ([2000000.0, 3000000.0, 4.0, 5.0], [2000000.0, 3000000.0])
    """
    told = _plain(told)
    if lang == "en":
        told = _MONTH.sub(lambda found: f" {_MONTHS[found[1]]}, ", told)
        told = _BEFORE.sub(r"\1 \2\3\4\5 \2\6\7 \2", told)
        told = _RANGE[lang].sub(r"\1 \4\2\3 \4", told)
    else:
        told = _RANGE[lang].sub(r"\1\4\2\3\4", _RATE.sub("", told))
    return [
        _told(number.rstrip(",").replace(",", ""), SIZES[lang].get(size, 1.0))
        for number, size in _NUMBER[lang].findall(told)
    ]


class Told(float):
    """A number as it was told; ``step`` is one of its last digit, where it was told in millions and the like."""

    step = 0.0


def _told(digits: str, size: float) -> Told:
    number = Told(float(digits) * size)
    number.step = size * 10.0 ** -len(digits.partition(".")[2]) if size > 1.0 else 0.0
    return number


def _rounded_alike(one: float, other: float) -> bool:
    """Whether two numbers of one sentence can be one value, each rounded to its last digit."""
    return abs(one - other) <= (getattr(one, "step", 0.0) + getattr(other, "step", 0.0)) / 2


def without(some: Sequence[float], others: Sequence[float], near: float = NEAR) -> list[float]:
    """Those of which no other is the same; large ones but for rounding."""
    free, left = list(others), []
    for one in sorted(some, key=lambda number: getattr(number, "step", 0.0)):  # the most exact chooses first
        same = [
            x
            for x in free
            if x == one
            or _rounded_alike(x, one)
            or (abs(x - one) <= near * abs(one) and (one > 3000 or one % 1 or x % 1))
        ]
        if same:
            free.remove(min(same, key=lambda x: abs(x - one)))
        else:
            left.append(one)
    return left


def _of_templates(words: Message, lang: str) -> list[float]:
    """Numbers that the words of a language hold whatever the case."""
    return [
        number
        for message in within(words)
        for number in numbers(re.sub(r"\{[^{}]*\}", "…", _template(message.id, lang)), lang)
    ]


def _template(id: str, lang: str) -> str:
    return catalogue(id.partition(".")[0], lang).get(id, "")
