"""A table for people who program: rows by name, as a data frame of the library that they use, or shown as it is."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.notebook.refusals import refusing

BACKENDS = ("pandas", "polars", "pyarrow")
"""Libraries of data frames, in the order in which one is taken."""
MOST_SHOWN = 60
FIRST, BRIEF = 8, 32
"""Rows that a terminal shows, and characters of a value."""


class NamedRows(Sequence[Mapping[str, Any]]):
    """NamedRows with named columns; a row is found by its place or by its id."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self._columns = {name: tuple(values) for name, values in columns.items()}
        self._places = {id: n for n, id in enumerate(self._columns["id"])}

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return (self._row(n) for n in range(len(self)))

    def __getitem__(self, key: int | slice | str) -> Any:
        if isinstance(key, slice):
            return NamedRows({name: values[key] for name, values in self._columns.items()})
        if isinstance(key, str) and key not in self._places:
            raise KeyError(key)
        return self._row(self._places[key] if isinstance(key, str) else range(len(self))[key])

    def _row(self, n: int) -> Mapping[str, Any]:
        return {name: values[n] for name, values in self._columns.items()}

    @refusing
    def to_frame(self, backend: str = "") -> Any:
        """The rows as a data frame.

        Args:
            backend: ``pandas``, ``polars`` or ``pyarrow``; empty: the first of them that is installed.

        Raises:
            InvalidInput: There is no such library here.
        """
        import narwhals as nw

        chosen = backend or next(name for name in BACKENDS if find_spec(name) is not None)
        if chosen not in BACKENDS or find_spec(chosen) is None:
            installed = [name for name in BACKENDS if find_spec(name) is not None]
            cause = Message.of("notebook.no_backend", name=chosen)
            fix = Message.of("notebook.no_backend.mend", names=tuple(installed))
            raise InvalidInput(Problem(cause, Place("to_frame"), fix, excerpt=chosen))
        return nw.from_dict(self._columns, backend=import_module(chosen)).to_native()

    def __repr__(self) -> str:
        """The first rows and how many there are, for a terminal; a notebook shows a table."""
        head = f"NamedRows({len(self)} × {', '.join(self._columns)})"
        rows = ("  " + "  ".join(_brief(value) for value in row.values()) for row in self)
        left = [f"  … {len(self) - FIRST:,}"] if len(self) > FIRST else []
        return "\n".join([head, *islice(rows, FIRST), *left])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self._columns)
        body = ("".join(f"<td>{html.escape(_shown(value))}</td>" for value in row.values()) for row in self)
        shown = [f"<tr>{cells}</tr>" for _, cells in zip(range(MOST_SHOWN), body, strict=False)]
        left = f"<p>… {len(self) - MOST_SHOWN:,}</p>" if len(self) > MOST_SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(shown)}</tbody></table>{left}"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _brief(value: Any) -> str:
    text = _shown(value) or "–"
    return text if len(text) <= BRIEF else f"{text[: BRIEF - 1]}…"
