"""Reading an input-output table: which rows and columns are sectors, what the others are, and whether it balances."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.inputoutput.forms import IO_FORMS, Form, forms, guess, plain
from guanzi.intake.inputoutput.grid import PlacedGrid, read_grid
from guanzi.intake.inputoutput.table import IOTable, Matrix, Vector

TOLERANCE = 0.01
"""Part of a sector's output by which its row or column may miss the total, since publishers print discrepancies."""
ROUNDING = 1e-6
"""Part of all output by which any may miss it: the sum of many rounded cells misses the total of a small sector."""


def read_io_table(path: Path, name: str | None = None, form: str | None = None) -> IOTable:
    """Read a symmetric input-output table in one of the common formats, as CSV or as the first sheet of a workbook.

    The row and the column of the codes are looked for among the first, since publishers put titles above and names
    beside them. Which rows and columns are no sectors is told by their codes (``library/inputoutput/tableforms.yaml``).

    Args:
        path: The file.
        name: How problems should call it.
        form: Whose format it is, a key of ``IO_FORMS``; None: the one that knows most of its codes.

    Raises:
        InvalidInput: All that is wrong: no number, no sectors, no output, rows or columns that do not add up.
    """
    called = name or str(path)
    grid = read_grid(path, called)
    if form is not None and form not in IO_FORMS:
        near = nearest(form, IO_FORMS)
        fix = Message.of("chaintables.table.forms", forms=(near,) if near else IO_FORMS)
        raise InvalidInput(
            Problem(Message.of("chaintables.table.no_form", form=form), Place("--form"), fix, excerpt=form)
        )
    chosen = forms()[form] if form else guess([c for c, _ in grid.rows], [c for c, _ in grid.columns])
    return _Reader(grid, chosen).table()


class _Reader:
    """Reads one grid by the names of one publisher."""

    def __init__(self, grid: PlacedGrid, form: Form) -> None:
        self.grid, self.form = grid, form
        self.problems: list[Problem] = []
        self.remarks: list[Message] = []
        across = {form.sector(c): i for c, i in grid.columns if plain(c) not in form.columns}
        down = {form.sector(c): (c, i) for c, i in grid.rows if plain(c) not in form.rows}
        both = [code for code in down if code in across]
        if len(both) < 2:
            fix = Message.of("chaintables.table.no_sectors.mend", form=form.id, forms=IO_FORMS)
            raise InvalidInput(Problem(Message.of("chaintables.table.no_sectors"), Place(grid.file, 1), fix))
        self.codes = tuple(down[code][0] for code in both)
        self.rows = [down[code][1] for code in both]
        self.columns = [across[code] for code in both]
        self.lone_rows = [(c, i) for code, (c, i) in down.items() if code not in across]
        self.lone_columns = [
            (c, i) for c, i in grid.columns if plain(c) not in form.columns and form.sector(c) not in down
        ]

    def table(self) -> IOTable:
        flows = self._matrix()
        primary, final = self._primary(), self._final()
        output, supply = self._output(primary)
        if self.problems:
            raise InvalidInput(self.problems)
        imports, domestic = self._imports(flows, primary, final, output)
        value_added = primary.pop("value_added", None)
        employment = primary.pop("employment", None)
        parts = [primary[k] for k in ("wages", "production_taxes", "depreciation", "surplus") if k in primary]
        costs = flows.sum(axis=0) + sum(
            (primary[k] for k in ("product_taxes", "imports", "other") if k in primary), np.zeros(len(output))
        )
        if value_added is None:
            value_added = sum(parts, np.zeros(len(output))) if len(parts) >= 3 else output - costs
            if len(parts) < 3:
                self.remarks.append(Message.of("chaintables.table.residual"))
        self._balance("column", costs + value_added, output, self.rows)
        if final:
            uses = flows.sum(axis=1) + sum(final.values(), np.zeros(len(output))) - imports
            self._balance("row", uses, supply, self.rows)
        else:
            self.remarks.append(Message.of("chaintables.table.no_final"))
        if self.problems:
            raise InvalidInput(self.problems)
        labels = tuple(self.grid.labels[code] for code in self.codes)
        return IOTable(
            self.grid.file,
            self.form.id,
            self.codes,
            labels,
            flows,
            output,
            final,
            primary,
            value_added,
            imports,
            domestic,
            employment,
            tuple(self.remarks),
        )

    def _vector(self, row: int | None = None, column: int | None = None) -> Vector:
        if row is not None:
            return np.array([self.grid.number(row, c, self.problems) for c in self.columns])
        return np.array([self.grid.number(r, column or 0, self.problems) for r in self.rows])

    def _matrix(self) -> Matrix:
        rows, columns = self.rows, self.columns
        return np.array([[self.grid.number(r, c, self.problems) for c in columns] for r in rows])

    def _primary(self) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        for code, i in self.grid.rows:
            role = self.form.rows.get(plain(code))
            if role in (None, "skip"):
                continue
            # of taxes that stand apart by the origin of what was bought, both are taxes on products
            kind = "product_taxes" if role == "imports_taxes" else str(role)
            found[kind] = found.get(kind, 0.0) + self._vector(row=i)
        for code, i in self.lone_rows:
            found["other"] = found.get("other", 0.0) + self._vector(row=i)
            self.remarks.append(Message.of("chaintables.table.lone_row", code=code))
        return found

    def _final(self) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        for code, i in self.grid.columns:
            role = self.form.columns.get(plain(code))
            if role in (None, "skip", "output", "commodity_output"):
                continue
            # what a province sells to and buys from others crosses its border, as what goes abroad does
            kind = {"outflows": "exports", "inflows": "imports"}.get(str(role), str(role))
            if role == "inflows":
                self.remarks.append(Message.of("chaintables.table.inflows"))
            found[kind] = found.get(kind, 0.0) + self._vector(column=i)
        for code, i in self.lone_columns:
            found["other"] = found.get("other", 0.0) + self._vector(column=i)
            self.remarks.append(Message.of("chaintables.table.lone_column", code=code))
        return found

    def _output(self, primary: dict[str, Vector]) -> tuple[Vector, Vector]:
        """Output of sectors by the last row, and of products by the last column; either stands for the other."""
        by_column = {self.form.columns.get(plain(code)): i for code, i in self.grid.columns}
        last = by_column.get("commodity_output", by_column.get("output"))
        of_products = None if last is None else self._vector(column=last)
        of_sectors = primary.pop("output", None)
        output = of_sectors if of_sectors is not None else of_products
        if output is None:
            fix = Message.of("chaintables.table.no_output.mend")
            self.problems.append(Problem(Message.of("chaintables.table.no_output"), Place(self.grid.file), fix))
            return np.ones(len(self.codes)), np.ones(len(self.codes))
        for code, row, value in zip(self.codes, self.rows, output, strict=True):
            if value < 0.0:
                cause = Message.of("chaintables.table.negative_output", code=code, value=float(value))
                fix = Message.of("chaintables.table.negative_output.mend")
                self.problems.append(Problem(cause, self.grid.places[row][0], fix, excerpt=code))
        if (
            "commodity_output" in by_column
            and of_products is not None
            and not np.allclose(output, of_products, rtol=1e-9)
        ):
            self.remarks.append(Message.of("chaintables.table.secondary"))
        return output, of_products if of_products is not None else output

    def _imports(
        self, flows: Matrix, primary: dict[str, Vector], final: dict[str, Vector], output: Vector
    ) -> tuple[Vector, bool]:
        """Imports by product, and whether flows are of domestic products alone.

        A row of imports is a cost where columns only add up with it; where they add up without, it says how much of
        each product was imported, as in tables of total use.
        """
        none = np.zeros(len(output))
        if "imports" in final:
            column = final.pop("imports")
            return (-column if column.sum() < 0 else column), False
        row = primary.get("imports")
        if row is None:
            return none, True
        added = primary.get("value_added")
        if added is None:
            return none, True
        costs = flows.sum(axis=0) + added + sum((primary[k] for k in ("product_taxes", "other") if k in primary), none)
        if np.abs(output - costs - row).sum() <= np.abs(output - costs).sum():
            return none, True
        del primary["imports"]
        return row, False

    def _balance(self, kind: str, found: Vector, stated: Vector, rows: list[int]) -> None:
        rounding = ROUNDING * float(np.abs(stated).sum())
        for code, row, got, want in zip(self.codes, rows, found, stated, strict=True):
            if abs(got - want) > max(TOLERANCE * want, rounding):
                cause = Message.of(
                    f"chaintables.table.unbalanced.{kind}", code=code, found=float(got), stated=float(want)
                )
                fix = Message.of("chaintables.table.unbalanced.mend", part=TOLERANCE)
                self.problems.append(Problem(cause, self.grid.places[row][0], fix, excerpt=code))
