"""A workbook as a graph of formulas: what feeds a cell, what is typed in, and what stands alone among formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from guanzi.intake.spreadsheets.cells import WrittenCell
from guanzi.intake.spreadsheets.formulas import CellArea, FormulaParts, column_letters, parts_of, shifted

type Address = tuple[str, int, int]
"""Sheet, row and column of a cell."""
_MOST_STEPS = 2_000_000
"""Edges that are followed in all, from one cell to what feeds it."""
_LABELS = 30
"""Cells to the left, and above, in which the name of a cell is looked for."""


@dataclass(frozen=True)
class ModelGraph:
    """The cells of a workbook and what feeds them.

    Attributes:
        cells: By their addresses.
        parts: What each formula names.
    """

    cells: Mapping[Address, WrittenCell]
    parts: Mapping[Address, FormulaParts]
    _by_sheet: Mapping[str, Sequence[Address]] = field(repr=False, default_factory=dict)

    @classmethod
    def of(cls, cells: Iterable[WrittenCell]) -> ModelGraph:
        """The graph of the cells of a workbook."""
        held = {(cell.sheet, cell.row, cell.column): cell for cell in cells}
        parts = {at: parts_of(str(cell.value), cell.sheet) for at, cell in held.items() if cell.is_formula}
        sheets: dict[str, list[Address]] = {}
        for at in held:
            sheets.setdefault(at[0].lower(), []).append(at)
        return cls(held, parts, sheets)

    def named_by(self, at: Address) -> Iterator[Address]:
        """The filled cells that a formula names directly."""
        for area in self.parts[at].areas if at in self.parts else ():
            yield from self._in(area)

    def _in(self, area: CellArea) -> Iterator[Address]:
        filled = self._by_sheet.get(area.sheet.lower(), ())
        if area.size < len(filled):
            sheet = filled[0][0]
            inside = (
                (sheet, row, column)
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            )
            yield from (at for at in inside if at in self.cells)
        else:
            yield from (at for at in filled if area.holds(at[1], at[2]))

    def feeding(self, at: Address) -> tuple[tuple[Address, ...], bool]:
        """The typed numbers that feed a cell, through any number of formulas, and whether all of them were followed."""
        seen, queue, inputs, steps = {at}, [at], list[Address](), 0
        while queue and steps < _MOST_STEPS:
            for before in self.named_by(queue.pop()):
                steps += 1
                if before in seen:
                    continue
                seen.add(before)
                if before in self.parts:
                    queue.append(before)
                elif _is_number(self.cells[before]):
                    inputs.append(before)
        return tuple(sorted(inputs)), not queue

    @cached_property
    def used(self) -> frozenset[Address]:
        """All cells that some formula names."""
        return frozenset(before for at in self.parts for before in self.named_by(at))

    @cached_property
    def inputs(self) -> tuple[Address, ...]:
        """Typed numbers that a formula uses."""
        return tuple(at for at in self.cells if at in self.used and at not in self.parts and _is_number(self.cells[at]))

    @cached_property
    def results(self) -> tuple[Address, ...]:
        """Formulas that no other formula uses."""
        return tuple(at for at in self.parts if at not in self.used)

    @cached_property
    def typed_over(self) -> tuple[Address, ...]:
        """Typed numbers that stand between two formulas of the same form, in a row or a column: one was typed over."""
        return tuple(
            at
            for at, cell in self.cells.items()
            if at not in self.parts
            and _is_number(cell)
            and (self._alike(at, (0, -1), (0, 1)) or self._alike(at, (-1, 0), (1, 0)))
        )

    def _alike(self, at: Address, *ways: tuple[int, int]) -> bool:
        forms = []
        for down, across in ways:
            beside = (at[0], at[1] + down, at[2] + across)
            if beside not in self.parts:
                return False
            forms.append(shifted(str(self.cells[beside].value), beside[1], beside[2]))
        return forms[0] == forms[1]

    @cached_property
    def outside(self) -> tuple[Address, ...]:
        """Formulas that ask for something outside of the workbook."""
        return tuple(at for at, parts in self.parts.items() if parts.outside)

    @cached_property
    def unknowable(self) -> tuple[Address, ...]:
        """Formulas of which nobody can say what they use: they compute it, use a name, or cannot be read."""
        return tuple(at for at, parts in self.parts.items() if parts.computed or parts.names or parts.broken)

    def label(self, at: Address) -> str:
        """The words beside a cell: to its left and above it."""
        sheet, row, column = at
        left = self._words((sheet, row, c) for c in range(column - 1, max(0, column - _LABELS), -1))
        above = self._words((sheet, r, column) for r in range(row - 1, max(0, row - _LABELS), -1))
        return " · ".join(dict.fromkeys(word for word in (left, above) if word))

    def _words(self, places: Iterator[Address]) -> str:
        for at in places:
            cell = self.cells.get(at)
            if cell is not None and not cell.is_formula and isinstance(cell.value, str) and cell.value.strip():
                return " ".join(cell.value.split())
        return ""


def shown(at: Address) -> str:
    """An address as a person writes it.

    >>> shown(("Plan", 3, 28))
    'Plan!AB3'
    """
    return f"{at[0]}!{column_letters(at[2])}{at[1]}"


def _is_number(cell: WrittenCell) -> bool:
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


type CellChange = Literal["value", "formula", "typed_over", "added", "removed"]


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that differs between two versions of a workbook.

    Attributes:
        address: Where it stands.
        kind: ``value``, ``formula``, ``typed_over`` (a formula became a number), ``added`` or ``removed``.
        before: What was written; None: nothing.
        after: What is written; None: nothing.
    """

    address: Address
    kind: CellChange
    before: object
    after: object


def differences(before: ModelGraph, after: ModelGraph) -> tuple[CellDifference, ...]:
    """The cells that differ between two versions, place by place."""
    found = []
    for at in sorted(before.cells.keys() | after.cells.keys()):
        one, other = before.cells.get(at), after.cells.get(at)
        old, new = (cell.value if cell is not None else None for cell in (one, other))
        if old == new and type(old) is type(new):
            continue
        if one is None or other is None:
            kind: CellChange = "added" if one is None else "removed"
        elif one.is_formula and not other.is_formula:
            kind = "typed_over"
        else:
            kind = "formula" if other.is_formula or one.is_formula else "value"
        found.append(CellDifference(at, kind, old, new))
    return tuple(found)
