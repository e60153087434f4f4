"""Tables, bills of materials and sizes of provinces that come with Guanzi, found by name; anything else is a path."""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, nearest
from guanzi.base.reading import Format, load_shipped, read_table
from guanzi.intake.inputoutput.bills import Bill, read_bill
from guanzi.intake.inputoutput.reading import read_io_table
from guanzi.intake.inputoutput.regions import RegionFile
from guanzi.intake.inputoutput.table import IOTable, TableCard
from guanzi.record.evidence import LocalisedText

USUAL_TABLE = "china-2020"
"""The table that is taken where none is named."""


class RegionsCard(Format):
    """What is told of the sizes of the provinces' sectors."""

    file: str
    title: LocalisedText
    publisher: LocalisedText
    basis: LocalisedText
    sha256: str


class TogetherCard(RegionsCard):
    """What is told of the tables of all provinces; they count as held from the day on which they were read."""

    year: int
    seen: date


class TablesFormat(Format):
    """What is told of all shipped tables, by name."""

    format: Literal[1]
    tables: dict[str, TableCard]
    regions: RegionsCard
    together: TogetherCard
    groups: dict[str, str]
    counties: dict[str, str]


@cache
def table_cards() -> TablesFormat:
    """Publisher, year, money, basis of use and hash of each shipped table, and of the sizes of provinces."""
    return load_shipped(TablesFormat, "inputoutput", "tables.yaml")


def table_names() -> tuple[str, ...]:
    """Names of the shipped tables; one of them is invented, to try things."""
    return tuple(table_cards().tables)


def find_table(text: str, form: str | None = None) -> IOTable:
    """A table by the path of its file, or a shipped one by its name. See :func:`read_io_table`."""
    path = Path(text)
    if path.exists():
        return read_io_table(path, text, form)
    if text not in table_names():
        raise _unknown("table", text, table_names())
    with unpacked("tables", text) as found:
        return replace(read_io_table(found, f"{text}.csv", form), card=table_cards().tables[text])


def table_of_country(country: str) -> str | None:
    """Name of the shipped table of a nation (ISO 3166), the finest first; None where there is none."""
    cards = table_cards().tables
    return next((n for n, c in cards.items() if c.country == country and not c.province and not c.invented), None)


def bill_names() -> tuple[str, ...]:
    """Names of the shipped bills of materials."""
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in _bills().iterdir()))


def _bills() -> Traversable:
    return files("guanzi.library").joinpath("inputoutput", "bills")


def find_bill(text: str, as_of: date | None = None) -> Bill:
    """A bill of materials by the path of its file, or a shipped one by its name. See :func:`read_bill`."""
    path = Path(text)
    if path.exists():
        return read_bill(path, text, as_of)
    if text not in bill_names():
        raise _unknown("bill", text, bill_names())
    with as_file(_bills() / f"{text}.yaml") as found:
        return read_bill(found, f"{text}.yaml", as_of)


@cache
def provinces() -> Mapping[Bilingual, Mapping[str, float]]:
    """Gross output of the 42 sectors of each province of China in 2017, in 10,000 yuan."""
    with unpacked("regions", table_cards().regions.file) as path:
        table = read_table(path)
    codes = [cell.text for cell in table.columns if cell.text.isdigit()]
    return {
        Bilingual(row["name"].text, row["name_zh"].text): {c: float(row[c].text) if c in row else 0.0 for c in codes}
        for row in table.rows
    }


def find_province(text: str, table: IOTable) -> RegionFile | None:
    """The sectors of a province of China, by its name or a county of a case, in a table of the nation; else None.

    Each sector of a finer table has the part in the nation that its group of the 42 has.
    """
    held, cards, card = provinces(), table_cards(), table.card
    wanted = cards.counties.get(text.casefold(), text).casefold()
    name = next((p for p in held if wanted in (p.casefold(), p.localised("zh"))), None)
    if name is None or card is None or card.country != "CN" or card.province or card.invented:
        return None
    nation = {code: sum(of.get(code, 0.0) for of in held.values()) for code in held[name]}
    into = {code: cards.groups.get(code[:2], "") if len(code) > 2 else code for code in table.codes}
    part = {code: held[name].get(of, 0.0) / nation[of] if nation.get(of) else 0.0 for code, of in into.items()}
    sizes = {code: part[code] * float(out) for code, out in zip(table.codes, table.output, strict=True)}
    place = Place(f"{cards.regions.file}.csv")
    return RegionFile(name, sizes, {}, dict.fromkeys(sizes, place), "" if wanted == text.casefold() else text)


def _unknown(kind: str, name: str, names: tuple[str, ...]) -> InvalidInput:
    near = nearest(name, names)
    fix = Message.of(f"chaintables.{kind}.unknown.mend", names=(near,) if near else names)
    return InvalidInput(Problem(Message.of(f"chaintables.{kind}.unknown", name=name), Place(name), fix, excerpt=name))


@contextmanager
def unpacked(folder: str, name: str) -> Iterator[Path]:
    """A shipped table as a file of CSV, for as long as it is read."""
    packed = files("guanzi.library").joinpath("inputoutput", folder, f"{name}.csv.xz")
    with TemporaryDirectory() as there:
        path = Path(there) / f"{name}.csv"
        path.write_bytes(lzma.decompress(packed.read_bytes()))
        yield path
