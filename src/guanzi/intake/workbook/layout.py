"""The sheets of a workbook: their titles, columns and closed lists, in English and Chinese.

The wording lies in ``library/workbook/*.yaml``, so that a reader can change it without touching code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from guanzi.base.core import UNITS
from guanzi.base.reading import read_yaml
from guanzi.record.evidence import known_industries

#: What a cell of a column holds: ``id`` a short name; ``words`` text as it stands; ``list`` ids with commas;
#: ``date`` a day; ``number`` a number cell; ``percent`` a number or a percentage; ``value`` the value of a fact;
#: ``flag`` yes or no; ``choice`` one of a closed list; ``period`` a period; ``any`` text, number or percentage.
type ColumnKind = Literal[
    "id", "words", "list", "date", "number", "percent", "value", "flag", "choice", "period", "any"
]
type Bilingual = tuple[str, str]

_FOLDER = Path(str(files("guanzi"))) / "library" / "workbook"
_BRACKET: Mapping[str, ColumnKind | None] = {"low": None, "high": None, "why": "words"}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column (or, on a vertical sheet, a row).

    Attributes:
        key: Name of the field.
        title: Header in English and Chinese.
        kind: What its cells hold.
        comment: What a person should write there, in English and Chinese.
        required: Whether a workbook without it is refused; cells may still be empty.
        choices: Closed list: value to its name in Chinese.
        names: Whether the names of facts are offered.
        offered: Usual values; others are as good.
        width: In characters.
        of: Key of the column whose Chinese this one holds; empty for any other column.
    """

    key: str
    title: Bilingual
    kind: ColumnKind
    comment: Bilingual
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    names: bool = False
    offered: tuple[str, ...] = ()
    width: int = 16
    of: str = ""

    @property
    def units(self) -> bool:
        """Whether its list is that of the units of facts, of which money in any currency is one."""
        return set(self.choices) == set(UNITS)

    @property
    def header(self) -> str:
        """The header as it is written: both languages."""
        return " / ".join(dict.fromkeys(self.title))


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet: one header row and one row per thing, or (vertical) one row per field.

    Attributes:
        key: Name by which code refers to it.
        title: Name of the sheet in English, as it is written, and in Chinese.
        columns: Its columns.
        vertical: Whether fields stand below one another, as on the sheet Case.
        given: Rows that it begins with, by column key.
        required: Whether a workbook without it is refused.
    """

    key: str
    title: Bilingual
    columns: tuple[SheetColumn, ...]
    vertical: bool = False
    required: bool = False
    given: tuple[Mapping[str, str], ...] = ()

    @property
    def in_both(self) -> tuple[str, ...]:
        """Keys of the columns whose Chinese has a column of its own."""
        return tuple(column.of for column in self.columns if column.of)

    def column(self, key: str) -> SheetColumn:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)


@cache
def layouts(name: str) -> tuple[SheetLayout, ...]:
    """The sheets that a file of the library describes: ``case`` or ``terms``."""
    data = _read(name)
    return tuple(_sheet(entry, data) for entry in data["sheets"])


@cache
def ignored_sheets() -> tuple[Bilingual, ...]:
    """Titles of the sheets that are written for people and not read back."""
    return tuple((english, chinese) for english, chinese in _read("case")["ignored"])


@cache
def notes() -> tuple[Bilingual, ...]:
    """The lines of the sheet that explains the workbook."""
    return tuple((english, chinese) for english, chinese in _read("case")["notes"])


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(_FOLDER / f"{name}.yaml", f"{name}.yaml").data
    return data


def _sheet(entry: Mapping[str, Any], data: Mapping[str, Any]) -> SheetLayout:
    own = [c for item in entry["columns"] for c in _columns(item, data)]
    named = {*(column.key for column in own), *entry.get("without", ())}
    like = next((other for other in data["sheets"] if other["key"] == entry.get("as")), None)
    others = () if like is None else _sheet(like, data).columns
    own += [replace(column, required=False) for column in others if column.key not in named]
    columns = sorted(own, key=lambda column: bool(column.of))
    title = (entry["title"][0], entry["title"][1])
    given = tuple({**row, "asks": "\n".join(row["asks"])} for row in entry.get("rows", ()))
    required = entry.get("required", False)
    return SheetLayout(entry["key"], title, tuple(columns), entry.get("vertical", False), required, given)


def _columns(item: str | Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[SheetColumn]:
    entry: Mapping[str, Any] = data["common"][item] if isinstance(item, str) else item
    english, chinese = entry["title"]
    column = SheetColumn(
        entry["key"],
        (english, chinese),
        entry["kind"],
        (entry["comment"][0], entry["comment"][1]),
        entry.get("required", False),
        entry.get("choices", {}),
        entry.get("list") == "names",
        known_industries() if entry.get("list") == "industries" else tuple(entry.get("offered", ())),
        entry.get("width", 16),
    )
    yield column
    if entry.get("both"):
        yield _chinese(column.key, column.title, column.width, data)
    if entry.get("bracket"):
        for part, kind in _BRACKET.items():
            words = data["bracket"][part]
            title = (f"{english} {words['title'][0]}", f"{chinese}{words['title'][1]}")
            comment = (words["comment"][0], words["comment"][1])
            yield SheetColumn(f"{column.key}_{part}", title, kind or column.kind, comment, width=30 if kind else 14)
            if kind:
                yield _chinese(f"{column.key}_{part}", title, 30, data)


def _chinese(key: str, title: Bilingual, width: int, data: Mapping[str, Any]) -> SheetColumn:
    """The column that holds the Chinese of another one."""
    words = data["both"]
    comment = (words["comment"][0], words["comment"][1])
    own = (f"{title[0]} {words['title'][0]}", f"{title[1]}{words['title'][1]}")
    return SheetColumn(f"{key}_zh", own, "words", comment, width=width, of=key)
