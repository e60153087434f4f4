"""Tables that sort and filter by what their address asks, and the same rows as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode

from guanzi.base.reading import new_workbook, plain_cell, safe_cell
from guanzi.office.actions.filters import FILTERS, ListPage

FORMATS = ("csv", "xlsx")
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class TableAsked:
    """What the address of a table asks.

    Attributes:
        kept: Filter -> what is asked, without those that are empty.
        sort: A column of ``sorts``, with a minus before it for the other direction; empty: the table's own order.
        sorts: Columns that it sorts by.
        page: Under which a person saves its filters; empty: he cannot.
    """

    kept: dict[str, str]
    sort: str
    sorts: tuple[str, ...]
    page: ListPage | Literal[""] = ""

    @property
    def query(self) -> str:
        """What keeps filters and order in another address of the table."""
        return urlencode(self.kept | ({"sort": self.sort} if self.sort else {}))

    @property
    def unsorted(self) -> str:
        """What keeps the filters alone."""
        return urlencode(self.kept)

    @property
    def column(self) -> str:
        """The column that it is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def down(self) -> bool:
        """Whether the greatest stands first."""
        return self.sort.startswith("-")

    def sorted[T](self, rows: Iterable[T], key: Callable[[T, str], Any]) -> list[T]:
        """Rows in the order that is asked; ``key(row, column)`` is None for what is not known, which stands last."""
        held = list(rows)
        if not self.sort:
            return held
        keys = {id(row): key(row, self.column) for row in held}
        known = [row for row in held if keys[id(row)] is not None]
        rest = [row for row in held if keys[id(row)] is None]
        return sorted(known, key=lambda row: keys[id(row)], reverse=self.down) + rest

    def ordered[M: Model](self, rows: QuerySet[M], *usual: str, **columns: str) -> QuerySet[M]:
        """A query in the order that is asked, else in the usual one; ``columns``: column -> field."""
        if not self.sort:
            return rows.order_by(*usual)
        return rows.order_by(("-" if self.down else "") + columns.get(self.column, self.column), *usual)


def table_asked(request: HttpRequest, filters: Sequence[str], sorts: Sequence[str]) -> TableAsked:
    """What a request asks of a table; a column that the table has not is no order."""
    given = {name: request.GET.get(name, "").replace("\0", "").strip()[:200] for name in filters}
    sort = request.GET.get("sort", "")
    return TableAsked(
        {name: value for name, value in given.items() if value},
        sort if sort.removeprefix("-") in sorts else "",
        tuple(sorts),
    )


def list_asked(request: HttpRequest, page: ListPage, sorts: Sequence[str]) -> TableAsked:
    """What a request asks of a list whose filters a person can save."""
    return replace(table_asked(request, FILTERS[page], sorts), page=page)


def file_asked(request: HttpRequest) -> str:
    """The format of the file that a request asks for; empty: the page."""
    asked = request.GET.get("format", "")
    return asked if asked in FORMATS else ""


def table_file(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Rows as a file.

    Args:
        kind: ``csv`` or ``xlsx``.
        name: Of the file, without its ending.
        heads: Headings of the columns.
        rows: A cell a column; None and a float that is no number: not known, an empty cell.
    """
    if kind == "csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(map(safe_cell, heads))
        writer.writerows([_plain(cell) for cell in row] for row in rows)
        answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(_book(heads, rows), content_type=_BOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    held = plain_cell(_as_localised(value))
    return "" if held is None else safe_cell(held) if isinstance(held, str) else held


def _as_localised(value: Any) -> Any:
    """Days and moments as they sort in any program, at the place of the office."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _book(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out, last = io.BytesIO(), 0
    with new_workbook(out) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
            sheet.set_column(column, column, max(12, min(40, 2 * len(head))))
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if (told := _as_localised(value)) is not None:
                    sheet.write(last, column, told)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, max(len(heads) - 1, 0))
    return out.getvalue()
