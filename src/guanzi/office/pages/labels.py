"""Labels of columns in every cell of a table, which a narrow screen shows in place of the head."""

from __future__ import annotations

import re
from itertools import count

_TABLE = re.compile(r'<table class="data[^>]*>.*?</table>', re.S)
_HEAD = re.compile(r"<thead>.*?</thead>", re.S)
_HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
_TAG = re.compile(r"<[^>]+>")
_ROW = re.compile(r"<tr\b.*?</tr>", re.S)
_CELL = re.compile(r"<(td|th)(?![a-z])(?![^>]*data-label)")


def label_cells(page: str) -> str:
    """A page whose tables of class ``data`` have the heading of its column in every cell.

    >>> label_cells('<table class="data"><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>')
    '<table class="data"><thead><tr><th>A</th></tr></thead><tbody><tr><td data-label="A">1</td></tr></tbody></table>'
    """
    return _TABLE.sub(lambda table: _labelled(table.group()), page)


def _labelled(table: str) -> str:
    head = _HEAD.search(table)
    if head is None:
        return table
    names = [_TAG.sub("", name).strip().replace('"', "&quot;") for name in _HEADING.findall(head.group())]

    def row(found: re.Match[str]) -> str:
        column = count()

        def cell(tag: re.Match[str]) -> str:
            n = next(column)
            return f'{tag.group()} data-label="{names[n]}"' if n < len(names) else tag.group()

        return _CELL.sub(cell, found.group())

    return table[: head.end()] + _ROW.sub(row, table[head.end() :])
