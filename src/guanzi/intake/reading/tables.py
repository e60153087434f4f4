"""Figures in tables: the rows that are items of a statement, under the heads that say their period and unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from guanzi.base.core import Message, Period
from guanzi.intake.importers import ImportItem
from guanzi.intake.reading.amounts import NamedUnit, PrintedFigure, without_unit
from guanzi.intake.reading.blocks import FigureBlock, Figures, blocks_of, columns_of, with_commas
from guanzi.intake.reading.columntime import (
    ends_a_week,
    fiscal_shift,
    is_bare,
    is_bare_year,
    is_phrase,
    missing_time,
    period_of_table,
)
from guanzi.intake.reading.found import FoundFact, Spot, Unread, Value
from guanzi.intake.reading.heads import (
    ColumnHead,
    ColumnSpan,
    Headed,
    ends_month,
    head_of,
    heads_of,
    is_begun,
    same_columns,
    title_of,
)
from guanzi.intake.reading.layout import PageRow, Piece
from guanzi.intake.reading.lexicon import MeasuredRow, fold, is_minus, is_weak, item_of, without_second
from guanzi.intake.reading.periods import TimeRef
from guanzi.intake.reading.ranges import read_ranges
from guanzi.intake.reading.rowunits import counted, row_unit
from guanzi.intake.reading.scaling import scaled
from guanzi.intake.reading.shares import read_shares
from guanzi.record.evidence import PlacedPage

type Item = ImportItem | MeasuredRow

_SCALED = re.compile(r"(?<![a-z])(?:in)?(?:thousand|million|billion)|(?<![\d,.])000(?!\d)|[千万亿]元|百万")
_ACTUAL = re.compile(r"actual|historical|实际|历史")
_CONTINUES = re.compile(r"[的和及与或、(（]\||\|[a-z]")
"""The end of a line, or the beginning of the next, by which a name goes on."""
_PRODUCT = re.compile(r"产品|品种|车型|products?|models?")
_PART = re.compile(r"公司|工厂|基地|company|limited|ltd|inc|plant|factory")
_CONSOLIDATED = re.compile(r"consolidated|合并")
_MOST_LINES = 4
_ENOUGH = 2
"""So many names that mean one thing tell that others of their table mean it, too."""
_TOTAL = re.compile(r"(?:合计|总计|总数|小计|全部|(?:grand )?total)[:：]?")
_SURE, _LESS = 0.97, {"vague": 0.05, "title_period": 0.02, "carried": 0.07, "restated": 0.02, "recognised": 0.1,
                      "page_currency": 0.07, "document_currency": 0.1, "no_scale": 0.12, "reported": 0.12,
                      "year_alone": 0.04, "wrapped": 0.03}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables of a page gave, and the head that a following page may take over."""

    found: tuple[FoundFact, ...]
    unread: tuple[Unread, ...]
    headed: Headed | None


def read_tables(page: PlacedPage, rows: Sequence[PageRow], before: Headed | None, currency: str = "") -> TableReading:
    """The facts that stand in the tables of a page.

    Args:
        page: The page.
        rows: Its rows.
        before: The head of the last table of the page before.
        currency: The one currency that the page names, if it names one.
    """
    found: list[FoundFact] = []
    unread: list[Unread] = []
    headed: Headed | None = None
    for number, block in enumerate(blocks_of(rows, page.width)):
        columns = columns_of(block.held)
        if not columns:
            continue
        taken = before if before is not None and (number or before.page == page.number - 1) else None
        one = _Block(page, block, columns, currency, taken)
        shares = [
            *read_shares(page, block, columns, one.texts, one.title),
            *read_ranges(page, block, columns, one.texts, one.title),
        ]
        held = {(share.spot.box, share.spot.cell) for share in shares}
        found.extend((*one.found, *shares))
        unread.extend(left for left in one.unread if (left.spot.box, left.spot.cell) not in held)
        headed = one.headed or headed
        before = Headed(page.number, columns, one.heads, one.title)
    return TableReading(tuple(found), tuple(unread), headed)


class _Block:
    """One table while it is read."""

    def __init__(
        self,
        page: PlacedPage,
        block: FigureBlock,
        columns: tuple[ColumnSpan, ...],
        currency: str,
        before: Headed | None,
    ) -> None:
        self.page, self.block, self.columns, self.currency = page, block, columns, currency
        if page.recognised:
            block.held = list(with_commas(block.held))
        self.found: list[FoundFact] = []
        self.unread: list[Unread] = []
        names = sorted({one.name.left for one in block.held})
        texts, titles = heads_of(columns, block.above, names)
        self.heads = tuple(head_of(text) for text in texts)
        self.title = title_of(titles, page.label)
        if len(columns) > 1 and texts[0] == texts[1] and self._are_notes(0):
            texts = ("", *texts[1:])  # a period over its column goes on over that of the notes beside it
            self.heads = tuple(head_of(text) for text in texts)
        self.texts, self.carried = texts, False
        if before is not None and before.page == page.number:
            self.title = self.title if titles else before.title  # new heads within one table
        elif (
            before is not None
            and not any(head.is_timed for head in self.heads)
            and same_columns(columns, before.columns)
        ):
            self.heads, self.title, self.carried = before.heads, before.title, True
        timed = any(head.is_timed for head in self.heads)
        self.timeless = not timed
        self.in_weeks = any(ends_a_week(head.time, self.title.time) for head in self.heads)
        self.shift = fiscal_shift(texts, self.title.time)
        self.headed = Headed(page.number, columns, self.heads, self.title) if timed else None
        self.items = tuple(item_of(_bare(head.name)) for head in self.heads)
        self.notes = self._notes()
        signs = {figure.currency for values in self._values() for figure in values} - {""}
        self.sign = signs.pop() if len(signs) == 1 else ""
        self.convenience = self._convenience()
        self.double = self._double()
        self._read()

    def _notes(self) -> frozenset[int]:
        """Columns that number notes: small whole numbers to the left of figures, or so named."""
        notes: set[int] = set()
        for index, head in enumerate(self.heads):
            small = self._are_notes(index)
            unnamed = index == 0 and not head.is_timed and self.items[index] is None
            if "note" in head.groups or (small and unnamed and len(self.columns) > 1):
                notes.add(index)
        return frozenset(notes)

    def _are_notes(self, index: int) -> bool:
        return all(figure.plain and 0 < figure.value < 100 for figure in self._values()[index])

    def _values(self) -> list[list[PrintedFigure]]:
        values: list[list[PrintedFigure]] = [[] for _ in self.columns]
        for one in self.block.held:
            for piece in one.figures:
                if piece.figure is not None:
                    values[self._column(piece)].append(piece.figure)
        return values

    def _column(self, piece: Piece) -> int:
        return next(i for i, c in enumerate(self.columns) if c.left <= piece.left and piece.right <= c.right)

    def _currency(self, index: int) -> str:
        unit = self.heads[index].unit
        return unit.currency if unit is not None else ""

    def _convenience(self) -> frozenset[int]:
        """Columns that state in another currency what a column of the same period states in the usual one."""
        named = [self._currency(index) for index in range(len(self.columns))]
        usual = Counter(code for code in named if code).most_common(1)
        if not usual or len(set(named) - {""}) < 2:
            return frozenset()
        main = usual[0][0]
        years = {self._year(i) for i, code in enumerate(named) if code == main}
        return frozenset(i for i, code in enumerate(named) if code and code != main and self._year(i) in years)

    def _year(self, index: int) -> int | str | None:
        head = self.heads[index]
        return head.vague or (head.time.year if head.time is not None else None)

    def _double(self) -> frozenset[int]:
        """Columns that name the same period as another one: nobody can say which is meant."""
        side = self._sides()
        keys = [
            (head.time, head.vague, side[index], self.items[index])
            if index not in self.notes and not self._hindrance(index)
            else None
            for index, head in enumerate(self.heads)
        ]
        counts = Counter(key for key in keys if key is not None)
        return frozenset(i for i, key in enumerate(keys) if key is not None and counts[key] > 1)

    def _sides(self) -> list[int]:
        """For each column, how many names with figures stand to the left of its own ones in one row."""
        sides = [0] * len(self.columns)
        for before, one in pairwise(self.block.held):
            if before.row == one.row:
                for piece in one.figures:
                    if piece.figure is not None:
                        sides[self._column(piece)] = 1
        return sides

    def _hindrance(self, index: int, of_row: ColumnHead | None = None) -> str:
        """Why a column is not read; a row may say the period instead."""
        whole, head = self.title.hindrance, self.heads[index]
        is_own = self._is_own(index)
        if whole and not is_own:
            return whole
        if index in self.convenience:
            return "convenience"
        item = self.items[index]
        if item is not None:
            is_ratio = isinstance(item[0], MeasuredRow) and item[0].unit == "ratio"
            head = replace(head, left="", groups=head.groups - {"share"} if is_ratio else head.groups)
        is_timed = (of_row or head).is_timed or self.timeless or (is_own and self.title.time != TimeRef())
        return head.hindrance or ("" if is_timed else "no_period")

    def _is_own(self, index: int) -> bool:
        """Whether a column is of the company as reported in a table that is of something else."""
        said = {"pro_forma": _ACTUAL, "segment": _CONSOLIDATED}.get(self.title.hindrance)
        return said is not None and said.search(fold(self.texts[index])) is not None

    def _read(self) -> None:
        held = self.block.held
        known = [self._known(one) for one in held]
        known = without_second(known)
        meant = [(item, one) for item, one in zip(known, held, strict=True) if item is not None]
        of_columns = [item for item in self.items if item is not None]
        strong = sum(not self._is_weak(*item) for item in meant) + sum(not is_weak(name) for _, name in of_columns)
        if self.title.is_statement or (strong and all(item is not None for item in known)):
            strong += _ENOUGH
        for one, item in zip(held, known, strict=True):
            for piece in one.figures:
                if piece.figure is None and not piece.text.startswith("="):
                    continue
                if piece.figure is not None and self._column(piece) in self.notes:
                    continue
                spot = self._spot(one, piece)
                made = "formula" if piece.figure is None else self._made(item, one, piece, spot, strong)
                if isinstance(made, FoundFact):
                    self.found.append(made)
                else:
                    self.unread.append(Unread(spot, piece.text, made))

    def _made(
        self, item: tuple[Item, str] | None, one: Figures, piece: Piece, spot: Spot, strong: int
    ) -> FoundFact | str:
        """The fact that a figure states: by the name of its row, or by that of its column; or why it states none."""
        index = self._column(piece)
        of_column = self.items[index]
        if item is None and of_column is not None:
            of_row = head_of(one.name.text)
            is_period = of_row.is_timed and not of_row.hindrance
            if not is_period and not _TOTAL.fullmatch(fold(one.name.text)) and not self._is_only_row(of_column, one):
                return "no_item"
            return self._fact(of_column, one, piece, spot, of_row if is_period else None)
        if item is None:
            return "no_item"
        if of_column is not None:
            return "column"
        return "weak" if strong < _ENOUGH and self._is_weak(item, one) else self._fact(item, one, piece, spot)

    def _is_only_row(self, known: tuple[Item, str], one: Figures) -> bool:
        """Whether a count stands in the one row of its table, which is then its total, and of no other company."""
        counts = isinstance(known[0], MeasuredRow) and known[0].unit not in ("money", "ratio")
        above = " ".join(fold(row.text) for row in self.block.above)
        is_product = _PRODUCT.search(above) and not _PART.search(fold(one.name.text))
        return counts and len(self.block.held) == 1 and bool(is_product)

    def _is_weak(self, known: tuple[Item, str], one: Figures) -> bool:
        """Whether a name means its item beside others alone, and no unit of counts tells it either."""
        units = (row_unit(one), self.title.unit)
        counted = isinstance(known[0], MeasuredRow) and any(unit is not None and unit.count for unit in units)
        return is_weak(known[1]) and not counted

    def _known(self, one: Figures) -> tuple[Item, str] | None:
        """What a row means: by its name, or by a name that goes over two or three lines."""
        befores, after = self._begun(one.row), self._wrapped(one.row, 1)
        later = self._wrapped(one.row, 2) if after else ""
        before = befores[0] if befores else ""
        own = _bare(one.name.text)
        goes_on = re.match(r"[a-z(]", after) is not None
        continues = bool(before) and not before.endswith((":", "：")) and bool(_CONTINUES.search(f"{before}|{own}"))
        tries = [] if goes_on or continues else [own]
        tries += [] if goes_on else [f"{begun} {own}" for begun in befores]
        tries += [f"{own} {after}", *(f"{begun} {own} {after}" for begun in befores[:1])] if after else []
        tries += [f"{own} {after} {later}"] if later else []
        found = next((item for name in tries if (item := item_of(_bare(name))) is not None), None)
        if found is not None and isinstance(found[0], MeasuredRow) and found[0].under:
            return found if re.search(found[0].under, fold(self._heading(one.row))) else None
        return found

    def _heading(self, row: int) -> str:
        """The nearest row above that is a name alone."""
        held = {one.row for one in self.block.held}
        above = (self.block.rows[at] for at in range(row - 1, -1, -1) if at not in held)
        return next((r.text for r in (*above, *reversed(self.block.above)) if len(r.pieces) == 1), "")

    def _begun(self, row: int) -> list[str]:
        """How the name of a row may begin in the rows above it: the nearest, then it with the one above that."""
        begun: list[str] = []
        for step in range(1, _MOST_LINES):
            if not (line := self._wrapped(row, -step)):
                break
            begun.append(f"{line} {begun[-1]}" if begun else line)
        return begun

    def _wrapped(self, row: int, step: int) -> str:
        """The name alone in a row above or below, where a name may begin or go on."""
        above, rows, held = self.block.above, self.block.rows, self.block.held
        at = row + step
        if at >= len(rows) or -at > len(above) or any(one.row == at for one in held):
            return ""
        own, other = rows[row], rows[at] if at >= 0 else above[at]
        if len(other.pieces) != 1 or (at < 0 and not is_begun(other.pieces[0])):
            return ""
        piece = other.pieces[0]
        near = abs(own.top - other.top) < 1.9 * abs(step) * own.height and piece.left < self.columns[0].left
        return piece.text if near and own.pieces[0].words[0].box is not None else ""

    def _spot(self, one: Figures, piece: Piece) -> Spot:
        row = self.block.rows[one.row]
        return Spot(self.page.number, row.text, piece.box, self.page.label, piece.cell)

    def _fact(
        self, known: tuple[Item, str], one: Figures, piece: Piece, spot: Spot, of_row: ColumnHead | None = None
    ) -> FoundFact | str:
        item, name = known
        index = self._column(piece)
        if hindrance := self._hindrance(index, of_row):
            return hindrance
        if index in self.double:
            return "same_period"
        head = self.heads[index]
        if of_row is not None:
            head = replace(head, time=of_row.time, vague=of_row.vague)
        reasons = ["head"]
        period = self._period(item, head, reasons)
        lacks = self._lacks(item, head) if of_row is None else ""
        if not (head.is_timed or lacks or self._is_own(index)):
            return "no_period"
        if period is None and not lacks:
            return "no_period"
        if period is None:
            reasons.append("reported")
        if "restated" in head.groups:
            reasons.append("restated")
        if self.carried:
            reasons.append("carried")
        if self.page.recognised:
            reasons.append("recognised")
        stated = self._stated(item, name, one, piece, head, reasons)
        if isinstance(stated, str):
            return stated
        fact, value, unit = stated
        sure = round(max(_SURE - sum(_LESS.get(reason, 0.0) for reason in reasons), 0.5), 2)
        told = tuple(Message.of(f"reading.reason.{reason}") for reason in reasons)
        year = (
            period.end.year
            if period is not None and head.time is not None and is_bare_year(head.time.over(self.title.time))
            else None
        )
        return FoundFact(fact, value, unit, period, spot, sure, told, piece.text, lacks if period is None else "", year)

    def _lacks(self, item: Item, head: ColumnHead) -> str:
        """What the whole document may tell of a period that the table does not say: see ``FoundFact``."""
        if self.timeless and isinstance(item, MeasuredRow) and item.unit != "money":
            return item.kind
        return missing_time(item.kind, head.time if not head.vague else None, self.title.time)

    def _period(self, item: Item, head: ColumnHead, reasons: list[str]) -> Period | None:
        time_words, title = head.time, self.title.time
        if time_words is None:
            return None
        if head.vague:
            reasons.append("vague")
            return period_of_table(item.kind, head.vague, title)
        if is_bare(time_words) and any(is_phrase(head.time) for head in self.heads):
            return None  # the phrase over its neighbours may be meant for it, too
        if title.months is None and (item.kind == "flow" or not ends_month(title)):
            title = replace(title, end=None)  # a day that ends no period
        if self.shift is None or (self.in_weeks and item.kind == "flow"):
            return None
        if self.shift and time_words.year is not None:
            time_words = replace(time_words, year=time_words.year + self.shift)
        whole = time_words.over(title)
        if whole.year != time_words.year or (time_words.end, time_words.months, time_words.start) != (
            whole.end,
            whole.months,
            whole.start,
        ):
            reasons.append("title_period")
        if item.kind == "stock":
            return whole.stock()
        if time_words.months is None and not time_words.start and self.title.months_clash:
            return None
        if whole.months is None and whole.end is None:
            reasons.append("year_alone")
        return whole.flow()

    def _stated(
        self, item: Item, name: str, one: Figures, piece: Piece, head: ColumnHead, reasons: list[str]
    ) -> tuple[str, Value, str] | str:
        """Fact, value and base unit of a figure; or why it has none."""
        figure = piece.figure
        assert figure is not None
        own = figure.unit or row_unit(one)
        if own is None and head.left:  # its column names what its figures are
            own = NamedUnit(percent=True) if "share" in head.groups else head.unit
        if isinstance(item, MeasuredRow) and item.unit != "money":
            return counted(item, figure.value, own, figure.percent, self.title.unit)
        if figure.percent or (own is not None and (own.percent or own.count)):
            return "no_money"
        units = [unit for unit in (own, head.unit, self.title.unit) if unit is not None]
        if any(unit.count for unit in units[:1]):
            return "no_money"
        scale = next((unit.scale for unit in units if unit.scale is not None), None)
        currency = next((unit.currency for unit in units if unit.currency), "") or figure.currency or self.sign
        if not currency and any(unit.yuan for unit in units):
            currency = "CNY"
        if not currency and self.currency:
            currency = self.currency
            reasons.append("page_currency")
        if not currency and scale is None:
            return "no_unit"
        if not currency:
            reasons.append("document_currency")  # the unit stays empty until all pages are read
        if scale is None:
            if any(_SCALED.search(fold(row.text)) for row in (*self.block.above, *self.block.rows)):
                return "no_unit"
            scale = 1.0
            reasons.append("no_scale")
        amount = scaled(-abs(figure.value) if is_minus(name) else figure.value, scale)
        fact, value = (item.fact, amount) if isinstance(item, MeasuredRow) else item.fact_of(amount)
        return fact, value, currency


def _bare(name: str) -> str:
    return without_unit(name)[0]
