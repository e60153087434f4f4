"""Heads of columns: which period and unit the figures below have, and whether they are reported as they stand."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import pairwise

from guanzi.intake.reading.amounts import NamedUnit, is_unit, unit_left, unit_of
from guanzi.intake.reading.layout import PageRow, Piece, part_of
from guanzi.intake.reading.lexicon import closed, fold, groups
from guanzi.intake.reading.periods import TimeRef, read_head, read_title, times_in

NOT_READ = ("pro_forma", "before_restatement", "adjustment", "change", "share", "forecast", "parent", "convenience")
"""Groups of words of a head that keep its column from being read."""
_INDENT = 14
_BOXES = re.compile(r"[□√☑☐☒]")
"""Boxes to be ticked: a question of a form, and no head."""
_LEFT_OUT, _UNTIMED, _SHARED, _ALIGNED = 0.2, 0.35, 0.15, 0.25
"""What it costs to leave a column without a head, or without a period in a row of periods, to share one, and to share
one that ends where a column does, in distances between columns."""
_CENTRED = 0.3
"""How far from the middle of its columns a head over several of them stands at most, in distances between columns."""
_NEARER = 0.2
"""By how much heads have to stand nearer to other columns than to equally many, in distances between columns."""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column as it was read.

    Attributes:
        time: What it says of time; None where that contradicts itself.
        vague: ``end``, ``begin``, ``current`` or ``prior`` of the period of the table; empty for none.
        unit: The unit that it names.
        groups: The groups of words that stand in it.
        left: Words that are none of these.
        name: What stands beside its period and unit, as it is written: the name of what the figures below are.
    """

    time: TimeRef | None
    vague: str
    unit: NamedUnit | None
    groups: frozenset[str]
    left: str
    name: str = ""

    @property
    def is_timed(self) -> bool:
        """It says something of time."""
        return bool(self.vague) or self.time is None or self.time != TimeRef()

    @property
    def hindrance(self) -> str:
        """Why its column is not read, the name of ``reading.unread.…``; empty where it may be."""
        for name in NOT_READ:
            if name in self.groups:
                return name
        return "column" if self.left else ""


@lru_cache(maxsize=4096)
def head_of(text: str) -> ColumnHead:
    """A head by its words.

    >>> head_of("Year ended December 31, 2019 (Restated) RMB'000").hindrance, head_of("Pro forma 2019").hindrance
    ('', 'pro_forma')
    >>> head_of("汽车业务 2019年度").hindrance, head_of("期末余额").vague
    ('column', 'end')
    """
    plain = closed(fold(text))
    named: set[str] = set()
    for name, pattern in groups("heads"):
        if name != "said" and pattern.search(plain):
            named.add(name)
            plain = pattern.sub(" ", plain)
    vague = ""
    for name, pattern in groups("vague"):
        if pattern.search(plain):
            vague = vague or name
            plain = pattern.sub(" ", plain)
    time_words, plain = read_head(plain)
    plain = " ".join(plain.split())
    own = plain
    unit = unit_of(plain) if re.search(r"[^\W\d]|[$¥€£%]|'000", plain) else None
    for name, pattern in groups("heads"):
        if name == "said":
            plain = pattern.sub(" ", plain)
    left = "".join(re.findall(r"[^\W_]+", unit_left(plain)))
    return ColumnHead(time_words, vague, unit, frozenset(named), left, _without_last_unit(own) if left else "")


def _without_last_unit(name: str) -> str:
    """A name without the unit that is its last words."""
    parts = name.split(" ")
    at = next((n for n in range(1, len(parts)) if is_unit(" ".join(parts[n:]))), len(parts))
    return " ".join(parts[:at])


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above a table and holds for all of it.

    Attributes:
        time: What it says of time.
        months_clash: It names several lengths of periods.
        unit: The unit that it names.
        hindrance: Why the whole table is not read; empty where it may be.
        is_statement: It is named as a statement of accounts.
    """

    time: TimeRef
    months_clash: bool
    unit: NamedUnit | None
    hindrance: str
    is_statement: bool = False


_LONGEST_TITLE, _LONGEST_NAME = 160, 90
_MOST_TIMED = 2
"""A row with more pieces that say a time is the head of columns, and says nothing of all of them."""
_STATEMENT = re.compile(
    r"balance ?sheets?|(?:income|cash[ -]?flow) ?statements?|(?:资产负债|利润|损益|收益|现金流量|财务状况)表"
    r"|statements? ?of ?(?:consolidated ?)?(?:financial ?position|profit|income|operations|comprehensive|cash ?flows?)"
)
_DATED = re.compile(r"(?<![a-z])date|日期|公告|(?<![a-z])filed|发布|披露")
_DECLARES = re.compile(
    r"(?:单位|(?<![a-z])(?:unit|currency) ?)[:：为]|币种[:：为]|元(?:为单位|列示)|^[\u4e00-\u9fff]{2,10}:."
    r"|^\(?(?:all )?(?:in|amounts?(?! ?(?:for|of|at) )(?= ?[a-z(])|expressed|stated|figures)(?![a-z])"
)


def ends_month(time_words: TimeRef) -> bool:
    """Whether a day is the last of a month, as those of periods and balances are."""
    return time_words.end is not None and time_words.end[1] >= monthrange(2023, time_words.end[0])[1]


def title_of(rows: Sequence[PageRow], sheet: str = "") -> Title:
    """What the rows above a table say of it, the nearest first; and the name of its sheet."""
    time_words, clash, unit = TimeRef(), False, None
    hindrance = "forecast" if "forecast" in head_of(sheet).groups else ""
    for row in reversed(rows):
        text = closed(fold(row.text))
        for name, pattern in groups("titles"):
            if not hindrance and (name != "others" or len(text) <= _LONGEST_NAME) and pattern.search(text):
                hindrance = name
        if len(text) > _LONGEST_TITLE:
            continue
        many = _REMARK.match(text) or sum(head_of(piece.text).is_timed for piece in row.pieces) > _MOST_TIMED
        above, months_clash = (TimeRef(), False) if many or _DATED.search(text) else read_title(text)
        if above.end is None or ends_month(above):  # else a day that ends no period
            time_words = time_words.over(above)
        clash |= months_clash
        found = _stated_unit(text)
        if found is not None:
            unit = found if unit is None else unit.beside(found)
    is_statement = not hindrance and any(
        len(text := closed(fold(row.text))) <= _LONGEST_TITLE and _STATEMENT.search(text) for row in rows
    )
    return Title(time_words, clash, unit, hindrance, is_statement)


_REMARK = re.compile(r"(?:注|备注|notes?)\d{0,2}[:：]")
_PARTS = re.compile(r"[,;](?!\d)")
_STATED = re.compile(
    r"(?:(?:monetary )?unit(?= ?[:(])|currency(?= ?[:(])|单位|金额单位|货币单位|币种"
    r"|除[^,，。]{0,20}外[,，]?[^,，。]{0,16}(?:以|为)"
    r"|expressed in|amounts? (?:are )?in|stated in|\bin)"
    r"(?:(?!币种)[^|;；。]){0,40}"
)


def _stated_unit(text: str) -> NamedUnit | None:
    """The unit that a line above a table states: after a word for it, in brackets, or as all that the line says."""
    found: list[NamedUnit] = []
    parts = [*(m[0] for m in _STATED.finditer(text)), *re.findall(r"\(([^()]{1,80})\)", text)]
    for part in [*parts, *(part for part in _PARTS.split(text) if not unit_left(part))]:
        unit = unit_of(part)
        if (
            unit is not None
            and not (unit.percent or (unit.count and unit_left(part)))
            and (unit.scale is not None or unit.currency)
        ):
            found.append(unit)
    if not found:
        return None
    return reduce(NamedUnit.beside, found)


@dataclass(frozen=True, slots=True)
class ColumnSpan:
    """A column: its left and right edge."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Headed:
    """Columns with their heads and the title of a table, as a page without a head of its own takes them over."""

    page: int
    columns: tuple[ColumnSpan, ...]
    heads: tuple[ColumnHead, ...]
    title: Title


def heads_of(
    columns: Sequence[ColumnSpan], rows: Sequence[PageRow], names: Sequence[float]
) -> tuple[tuple[str, ...], list[PageRow]]:
    """The text above each column, from top to bottom, and the rows that are titles instead.

    Args:
        columns: From left to right.
        rows: The rows above the first figure.
        names: Left edges of the names of the rows.
    """
    texts: list[list[str]] = [[] for _ in columns]
    titles: list[PageRow] = []
    left, right = columns[0].left, columns[-1].right
    is_above = False
    ending = _endings(rows)
    for number, row in reversed(tuple(enumerate(rows))):
        pieces = [
            p
            for whole in row.pieces
            for p in _parted(whole)
            if _middle(p) > left - 0.3 * (left - min(names)) and p.left < right + 60 and not _is_name(p, columns, names)
        ]
        complete = all(any(head_of(t).is_timed or "note" in head_of(t).groups for t in text) for text in texts)
        head = head_of(pieces[0].text) if len(pieces) == len(row.pieces) == 1 and len(columns) > 1 else None
        # what stands alone above later columns is a part of their heads, and no title
        alone = len(pieces) == len(row.pieces) == 1 and not _is_over_all(columns, pieces[0])
        passed = sum(c.right < pieces[0].left for c in columns[:-1]) if alone else 0
        is_title = (
            head is not None
            and (complete or not passed)
            and (complete or bool(head.left) or not (head.is_timed or head.groups))
        )
        declaring = [p for p in row.pieces if _DECLARES.search(closed(fold(p.text)))]
        told = sum(head_of(p.text).is_timed for p in pieces if p not in declaring)
        is_text = any(_BOXES.search(p.text) for p in row.pieces)
        is_title |= is_text
        declares = number in ending or (bool(declaring) and told < 2)
        if is_above or is_title or declares or not pieces:
            titles.append(row)
            is_above |= is_text or (is_title and bool(head and head.left) and any(texts))
            continue
        titles.extend(PageRow((p,), row.table) for p in row.pieces if p.right < left and _tells(p))
        for index, piece in enumerate(_assigned(columns[passed:], pieces), start=passed):
            if piece is not None:
                texts[index].append(piece.text)
    return tuple(" ".join(reversed(text)) for text in texts), titles[::-1]


def _tells(piece: Piece) -> bool:
    """Whether the cell above the names says something of the whole table: its unit, or whose it is."""
    text = closed(fold(piece.text))
    return any(is_unit(part) for part in _PARTS.split(text)) or any(p.search(text) for _, p in groups("titles"))


def _endings(rows: Sequence[PageRow]) -> frozenset[int]:
    """Rows that close the bracket of what the row above declares of the table."""
    return frozenset(
        number
        for number, (before, row) in enumerate(pairwise(rows), start=1)
        if len(before.pieces) == len(row.pieces) == 1
        and _DECLARES.search(above := closed(fold(before.text)))
        and above.count("(") > above.count(")")
        and fold(row.text).endswith(")")
    )


def _parted(piece: Piece) -> Iterator[Piece]:
    """The heads of which a piece is made where they stand close: each a period of its own."""
    start = 0
    for at in range(1, len(piece.words)):
        before, after = part_of(piece, start, at), part_of(piece, at, len(piece.words))
        gap = after.left - before.right
        if gap > 0.4 * (after.place[3] - after.place[1]) and _is_whole(before.text) and _is_whole(after.text):
            yield before
            start = at
    yield part_of(piece, start, len(piece.words)) if start else piece


def _is_whole(text: str) -> bool:
    """Whether a text is a unit, or begins with a period and says it whole."""
    if is_unit(text):
        return True
    times = sorted(times_in(closed(fold(text))), key=lambda time: time[0])
    return bool(times) and times[0][0] == 0 and (times[0][2].months is not None or times[0][2].day is not None)


_REMARKS = frozenset({"change", "share", "note", "restated", "before_restatement", "adjustment"})


def _spans(piece: Piece) -> bool:
    """Whether a head may stand over several columns; a remark on one of them does not."""
    head = head_of(piece.text)
    return head.is_timed or bool(head.unit or head.left) or head.groups.isdisjoint(_REMARKS)


def _head_of(piece: Piece) -> ColumnHead:
    return head_of(piece.text)


def _is_name(piece: Piece, columns: Sequence[ColumnSpan], names: Sequence[float]) -> bool:
    """Whether a piece stands where names stand, and above no column."""
    return any(abs(piece.left - left) < _INDENT for left in names) and not any(
        piece.left < column.right and piece.right > column.left for column in columns
    )


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2


def _assigned(columns: Sequence[ColumnSpan], pieces: Sequence[Piece]) -> list[Piece | None]:
    """The piece above each column; one that stands over several belongs to all of them."""
    if any(piece.words[0].box is None for piece in pieces):
        return _by_cells(columns, pieces)
    return _by_middles(columns, pieces)


def _by_cells(columns: Sequence[ColumnSpan], pieces: Sequence[Piece]) -> list[Piece | None]:
    """By the cells that they span; a workbook does not say how far a head goes, so it goes as far as the next one."""
    held: list[Piece | None] = []
    for column in columns:
        over = [p for p in pieces if p.left < column.right and p.right > column.left]
        if not over and pieces[0].cell and len(pieces) < len(columns):
            over = [p for p in pieces if p.left < column.left][-1:]
        held.append(over[0] if over else None)
    return held


def _is_over_all(columns: Sequence[ColumnSpan], piece: Piece) -> bool:
    """Whether a period or a unit stands in the middle above all columns, three or more."""
    if len(columns) < 3 or piece.words[0].box is None or not (head_of(piece.text).is_timed or is_unit(piece.text)):
        return False
    pitch = (columns[-1].middle - columns[0].middle) / (len(columns) - 1)
    lefts = (columns[0].left, columns[0].right - pitch)
    return min(abs(_middle(piece) - (left + columns[-1].right) / 2) for left in lefts) < _CENTRED * pitch


def _equally(
    columns: Sequence[ColumnSpan], pieces: Sequence[Piece], pitch: float
) -> tuple[float, list[Piece | None]] | None:
    """Pieces of which each stands in the middle above equally many columns, two or more, and how far off they stand."""
    size = len(columns) // len(pieces)
    if len(pieces) < 2 or size < 2 or size * len(pieces) != len(columns) or not all(_spans(p) for p in pieces):
        return None
    off = 0.0
    for number, piece in enumerate(pieces):
        away = _away(piece, columns, number * size, (number + 1) * size, pitch)
        if away > _CENTRED * pitch:
            return None
        off += away
    return off, [piece for piece in pieces for _ in range(size)]


def _away(piece: Piece, columns: Sequence[ColumnSpan], start: int, end: int, pitch: float) -> float:
    """How far a piece stands from the middle of columns; figures stand at the right of their cells."""
    first, last = columns[start], columns[end - 1]
    before = columns[start - 1].right if start else first.right - pitch
    away = min(abs(_middle(piece) - (left + last.right) / 2) for left in (first.left, before))
    return min(away, abs(piece.right - last.right) + 0.01) if end == start + 1 else away


def _by_middles(columns: Sequence[ColumnSpan], pieces: Sequence[Piece]) -> list[Piece | None]:
    """By the middles of pieces and of the columns below them: the split into neighbours under which they agree best."""
    pitch = (columns[-1].middle - columns[0].middle) / max(len(columns) - 1, 1) or 50.0
    count = len(columns)
    left_out = (
        _UNTIMED if all(head.is_timed and not head.vague for head in map(_head_of, pieces)) else _LEFT_OUT
    ) * pitch
    best: dict[tuple[int, int], tuple[float, float, tuple[Piece | None, ...]]] = {}

    def solve(piece: int, column: int) -> tuple[float, float, tuple[Piece | None, ...]]:
        if column == count:
            left_over = (len(pieces) - piece) * 2 * pitch
            return left_over, left_over, ()
        if (known := best.get((piece, column))) is not None:
            return known
        cost, off, rest = solve(piece, column + 1)
        options = [(cost + left_out, off + left_out, (None, *rest))]
        if piece < len(pieces):
            cost, off, rest = solve(piece + 1, column)
            options.append((cost + 2 * pitch, off + 2 * pitch, rest))
            this = pieces[piece]
            for end in range(column + 1, (count if _spans(this) else column + 1) + 1):
                over = ColumnSpan(columns[column].left, columns[end - 1].right)
                if this.right < over.left - 0.5 * pitch or this.left > over.right + 0.5 * pitch:
                    continue
                away = _away(this, columns, column, end, pitch)
                shared = _ALIGNED if any(abs(this.right - c.right) < 1.5 for c in columns[column:end]) else _SHARED
                cost, off, rest = solve(piece + 1, end)
                cost += away + (end - column - 1) * shared * pitch
                options.append((cost, off + away, (*[this] * (end - column), *rest)))
        best[piece, column] = min(options, key=lambda option: option[0])
        return best[piece, column]

    equal, (_, off, split) = _equally(columns, pieces, pitch), solve(0, 0)
    return equal[1] if equal is not None and equal[0] < off + _NEARER * pitch else list(split)


def is_begun(piece: Piece) -> bool:
    """Whether what stands above the first figures may be the beginning of a name, and no head or unit."""
    head = head_of(piece.text)
    return bool(head.left) and not (head.is_timed or head.unit or head.groups or piece.text.endswith((":", "：")))


def same_columns(columns: Sequence[ColumnSpan], others: Sequence[ColumnSpan]) -> bool:
    """Whether two tables have their columns at the same places."""
    return len(columns) == len(others) and all(
        abs(one.right - other.right) < 8 for one, other in zip(columns, others, strict=True)
    )
