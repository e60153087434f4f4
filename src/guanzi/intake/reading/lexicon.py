"""The words by which documents say what their figures are: data of the library, compiled once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

from opencc import OpenCC

from guanzi.base.reading import Format, load_shipped
from guanzi.intake.importers import ImportItem, import_items, items_by_label, plain_label
from guanzi.record.evidence import FactName

_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff，。、；：（）])\s+|\s+(?=[\u3400-\u9fff，。、；：（）])")


class MeasuredRow(Format):
    """A row of a table beside the items of statements.

    Attributes:
        fact: Its fact.
        unit: A count, ``ratio`` or ``money``.
        kind: ``flow`` of a period, or ``stock`` as at a day.
        under: Pattern of the heading below which alone it means this.
        names: Its names, without marks and case.
    """

    fact: FactName
    unit: str
    kind: Literal["flow", "stock"]
    under: str = ""
    names: tuple[str, ...] = ()


class ReadingWords(Format):
    """``library/importers/reading.yaml``."""

    heads: dict[str, tuple[str, ...]]
    titles: dict[str, tuple[str, ...]]
    vague: dict[str, tuple[str, ...]]
    scales: dict[str, float]
    currencies: dict[str, str]
    counts: dict[str, tuple[str, float]]
    names: dict[FactName, tuple[str, ...]]
    rows: tuple[MeasuredRow, ...]
    minus: tuple[str, ...]
    weak: tuple[str, ...]
    never: tuple[str, ...]


@cache
def words() -> ReadingWords:
    """The words as they are shipped."""
    return load_shipped(ReadingWords, "importers", "reading.yaml")


def fold(text: str) -> str:
    """A text in half width, small letters and simplified Chinese, with one shape of dashes, quotes and spaces.

    >>> fold("２０１９年  1—9月"), fold("RMB’000")
    ('2019年 1-9月', "rmb'000")
    """
    return " ".join(shaped(text).casefold().split())


def shaped(text: str) -> str:
    """A text as :func:`fold` leaves it, with its capitals and all its spaces."""
    plain = unicodedata.normalize("NFKC", text)
    return plain if plain.isascii() else plain.translate(_LETTERS)


class _Letters(dict[int, str]):
    """What each letter is compared by, looked up once."""

    def __missing__(self, letter: int) -> str:
        shape = _SHAPES.get(chr(letter)) or str(_converter().convert(chr(letter)))
        self[letter] = shape if len(shape) == 1 else chr(letter)
        return self[letter]


_SHAPES = dict.fromkeys("‐‑‒–—―−﹣－─", "-") | dict.fromkeys("’‘", "'") | dict.fromkeys("“”", '"') | {"╱": "/"}
_LETTERS = _Letters()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def closed(text: str) -> str:
    """A folded text without the spaces beside Chinese characters, which mean nothing."""
    return _BETWEEN_HAN.sub("", text)


def one_of(alternatives: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first; Latin words are whole."""
    return "|".join(
        rf"(?<![a-z]){word}(?![a-z])" if re.search(r"[a-z]", word) else word
        for word in sorted(alternatives, key=len, reverse=True)
    )


_SPACE = re.compile(r"\(\?<[!=][^)]*\)| ")


def spaced_or_not(pattern: str) -> str:
    """A pattern in which spaces may be missing, as the recognition of pictures loses them; what looks behind stays.

    >>> spaced_or_not("(?<!not )net sales")
    '(?<!not )net ?sales'
    """
    return _SPACE.sub(lambda found: found[0] if len(found[0]) > 1 else " ?", pattern)


@cache
def groups(kind: Literal["heads", "titles", "vague"]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The groups of words of heads, titles or vague periods with their patterns, in the order of the file."""
    given: Mapping[str, tuple[str, ...]] = getattr(words(), kind)
    return tuple((name, re.compile(spaced_or_not(one_of(patterns)))) for name, patterns in given.items())


@cache
def row_items() -> Mapping[str, ImportItem | MeasuredRow]:
    """What rows of tables mean, by their names."""
    found: dict[str, ImportItem | MeasuredRow] = dict(items_by_label())
    for row in words().rows:
        found.update((plain_label(name), row) for name in row.names)
    return {label: item for label, item in found.items() if label not in words().never}


_MARKS = re.compile(
    r"\s*(?:\[[^\]]{0,3}\]|\((?:\d{1,2}|[a-z]|[ivx]{1,4}"
    r"|(?:notes?|as (?:of|at)|at(?: the)?|end of) [^)]*|截[至止][^)]*|[期年]末|附注[^)]*|注释?[^)]*)\)"
    r"|[*†‡①-⑳(\[]|注\d{0,2})\s*$"
)
_EITHER_TIME = re.compile(r"(year|年)/(?:period|期)|(?:period|期)/(?=year|年)")
_TWO_LANGUAGES = re.compile(r"([^a-z]*[\u4e00-\u9fff][^a-z]*)([a-z][^\u4e00-\u9fff]*)")
"""A name in Chinese with the same one in English after it."""
_EITHER = re.compile(
    r"\(?(?:loss|deficit)\)?\s*/\s*\(?|\s*/\s*\(?(?:loss|deficit|used in|losses)\)?"
    r"|\((?:loss|deficit|used in)\)\s*/?\s*"
    r"|\(?(?:毛损|亏损|亏绌|损)\)?\s*/|/\s*\(?(?:毛损|亏损|亏绌|损)\)?|\(亏[损绌]\)"
)


def item_of(label: str) -> tuple[ImportItem | MeasuredRow, str] | None:
    """What a row of this name means, with the name by which it is known.

    >>> found = item_of("(Loss)/profit for the year (note 5)")
    >>> found[0].fact, found[1]
    ('net_profit', 'profit for the year')
    """
    plain = _EITHER_TIME.sub(r"\1", closed(fold(label.lstrip("①②③④⑤⑥⑦⑧⑨⑩ "))).lstrip("-•·.、 "))
    while (bare := _MARKS.sub("", plain)) != plain:
        plain = bare
    if (parts := _TWO_LANGUAGES.fullmatch(plain)) is not None:
        one, other = (item_of(part) for part in parts.groups())
        if one is not None and other is not None and one[0] == other[0]:
            return one
    for name in (plain_label(plain), plain_label(_one_sided(plain))):
        glued = unspaced(name)
        if (known := _unspaced_names().get(glued)) is not None:
            return row_items()[known], known
        for pattern, item in _name_patterns():
            if name not in words().never and pattern.fullmatch(glued):
                return item, name
    return None


_SECOND = (
    (re.compile("(?:total)?operatingincome"), re.compile("operatingprofit.*")),
    (re.compile("(?:total)?shareholders'equity"), re.compile("(?:total)?netassets")),
)
"""Names that mean something else beside another: revenue in translated statements, and equity without minorities."""


def without_second[T](known: Sequence[tuple[T, str] | None]) -> list[tuple[T, str] | None]:
    """What rows of a table mean, with None for names that mean something else beside another name of the table."""
    names = [unspaced(item[1]) if item is not None else "" for item in known]
    doubtful = [name for name, beside in _SECOND if any(map(beside.fullmatch, names))]
    return [None if any(one.fullmatch(name) for one in doubtful) else item
            for name, item in zip(names, known, strict=True)]  # fmt: skip


def unspaced(name: str) -> str:
    """A name without its spaces, which the recognition of pictures loses."""
    return name.replace(" ", "")


@cache
def _minus() -> re.Pattern[str]:
    return re.compile("|".join(words().minus))


def is_minus(name: str) -> bool:
    """Whether a name says that a figure without a minus is one."""
    return _minus().search(name) is not None


@cache
def _weak() -> re.Pattern[str]:
    return re.compile("|".join(words().weak).replace(" ", ""))


def is_weak(name: str) -> bool:
    """Whether a name of a row, as :func:`item_of` gives it, means its item only beside others of a statement."""
    return _weak().fullmatch(unspaced(name)) is not None


@cache
def _unspaced_names() -> Mapping[str, str]:
    """Names of rows without their spaces, which the recognition of pictures loses, with the names."""
    return {unspaced(name): name for name in row_items()}


@cache
def _name_patterns() -> tuple[tuple[re.Pattern[str], ImportItem | MeasuredRow], ...]:
    """Patterns of names of rows without their spaces, with what they mean."""
    items: dict[str, ImportItem | MeasuredRow] = {item.fact: item for item in import_items()}
    items.update((row.fact, row) for row in words().rows)
    return tuple(
        (re.compile("|".join(patterns).replace(" ", "")), items[fact]) for fact, patterns in words().names.items()
    )


def _one_sided(label: str) -> str:
    """A name that leaves profit or loss to the sign of its figure, as the name of a profit.

    >>> _one_sided("(loss)/profit from operations"), _one_sided("net income/(loss)"), _one_sided("loss for the year")
    ('profit from operations', 'net income', 'loss for the year')
    """
    both = re.search(r"profit|income|earnings|equity|provided by|generated from|from|利|收益|权益", label)
    if not both or not re.search(r"loss|deficit|used in|亏|损|绌", label):
        return label
    return closed(" ".join(_EITHER.sub(" ", label).replace("( ", " ").split()))
