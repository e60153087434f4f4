"""Tables and bills of materials that come with Guanzi, found by name; anything else is a path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.inputoutput.bills import Bill, read_bill
from guanzi.intake.inputoutput.reading import read_io_table
from guanzi.intake.inputoutput.table import IOTable


def table_names() -> tuple[str, ...]:
    """Names of the shipped tables; all of them are invented, to try things."""
    return _names("tables", ".csv")


def find_table(text: str, form: str | None = None) -> IOTable:
    """A table by the path of its file, or a shipped one by its name. See :func:`read_io_table`."""
    path = Path(text)
    if path.exists():
        return read_io_table(path, text, form)
    with _shipped("tables", text, ".csv", "table") as found:
        return read_io_table(found, f"{text}.csv", form, invented=True)


def find_bill(text: str, as_of: date | None = None) -> Bill:
    """A bill of materials by the path of its file, or a shipped one by its name. See :func:`read_bill`."""
    path = Path(text)
    if path.exists():
        return read_bill(path, text, as_of)
    with _shipped("bills", text, ".yaml", "bill") as found:
        return read_bill(found, f"{text}.yaml", as_of)


def _names(folder: str, ending: str) -> tuple[str, ...]:
    entries = files("guanzi.library").joinpath("inputoutput", folder).iterdir()
    return tuple(sorted(entry.name.removesuffix(ending) for entry in entries if entry.name.endswith(ending)))


@contextmanager
def _shipped(folder: str, name: str, ending: str, kind: str) -> Iterator[Path]:
    names = _names(folder, ending)
    if name not in names:
        near = nearest(name, names)
        mend = Message.of(f"chaintables.{kind}.unknown.mend", names=(near,) if near else names)
        cause = Message.of(f"chaintables.{kind}.unknown", name=name)
        raise InvalidInput(Problem(cause, Place(name), mend, excerpt=name))
    with as_file(files("guanzi.library").joinpath("inputoutput", folder, name + ending)) as path:
        yield path
