"""Formulas as they are written: which cells they name, and which of them ask for something outside; none is computed."""  # noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass

from guanzi.base.reading import formula_tokens

_REFERENCE = re.compile(r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]]+)!)?(?P<area>.+)")
_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?")
_OUTSIDE = frozenset({"WEBSERVICE", "FILTERXML", "RTD", "CALL", "REGISTER.ID", "EXEC", "HYPERLINK", "IMAGE", "STOCKHISTORY",  # noqa: E501
                      "CUBEVALUE", "CUBEMEMBER", "SQL.REQUEST"})  # fmt: skip
_PROGRAM = re.compile(r"=\s*([A-Za-z.]+)\s*\|")
"""Another program is asked, as in ``=cmd|'/c calc'!A1``."""
_COMPUTED = frozenset({"INDIRECT", "OFFSET"})
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST = 8_192
"""Characters of a formula, as the format allows."""


def column_letters(number: int) -> str:
    """The letters of a column.

    >>> column_letters(28), column_number("AB")
    ('AB', 28)
    """
    letters = ""
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True)
class CellArea:
    """Cells that a formula names: a sheet with first and last row and column, both from 1."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def __str__(self) -> str:
        first, last = (f"{column_letters(c)}{r}" for c, r in ((self.left, self.top), (self.right, self.bottom)))
        return f"{self.sheet}!{first}" if first == last else f"{self.sheet}!{first}:{last}"


@dataclass(frozen=True, slots=True)
class FormulaParts:
    """What a formula names.

    Attributes:
        areas: Cells of the workbook.
        names: Defined names, and whatever else is no area.
        outside: What it asks for outside of the workbook: functions, other files, programs.
        computed: Functions that compute which cells they read, so that nobody can say which.
        broken: It cannot be read as a formula.
    """

    areas: tuple[CellArea, ...] = ()
    names: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    broken: bool = False


def parts_of(formula: str, sheet: str) -> FormulaParts:
    """What a formula names, as seen from its sheet.

    >>> [str(area) for area in parts_of("=SUM(B2:B4)*Inputs!$C$1", "Plan").areas]
    ['Plan!B2:B4', 'Inputs!C1']
    >>> parts_of('=WEBSERVICE("http://example.org/"&A1)', "Plan").outside, parts_of("='[old.xlsx]P'!A1", "P").outside
    (('WEBSERVICE',), ('[old.xlsx]P!A1',))
    """
    if len(formula) > LONGEST:
        return FormulaParts(broken=True)
    if (program := _PROGRAM.match(formula)) is not None:
        return FormulaParts(outside=(program[1],), broken=True)
    tokens = formula_tokens(formula)
    if tokens is None:
        return FormulaParts(broken=True)
    areas: list[CellArea] = []
    names: list[str] = []
    outside: list[str] = []
    computed: list[str] = []
    for kind, part, value in tokens:
        if kind == "FUNC" and part == "OPEN":
            name = value.rstrip("(").upper().removeprefix("_XLFN.").removeprefix("_XLWS.")
            outside += [name] if name in _OUTSIDE else []
            computed += [name] if name in _COMPUTED else []
        elif kind == "OPERAND" and part == "RANGE":
            if "[" in value and "]" in value.partition("!")[0]:
                outside.append(value.replace("'", ""))
            elif (area := _area(value, sheet)) is not None:
                areas.append(area)
            else:
                names.append(value)
    unique = (tuple(dict.fromkeys(found)) for found in (areas, names, outside, computed))
    return FormulaParts(*unique)  # type: ignore[arg-type]


def _area(text: str, sheet: str) -> CellArea | None:
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    of = (found["sheet"] or sheet).strip("'").replace("''", "'")
    area = _AREA.fullmatch(found["area"].upper())
    if area is None or not any(area.groups()):
        return None
    first_column, first_row, last_column, last_row = area.groups()
    if ":" not in found["area"] and not (first_column and first_row):
        return None
    if ":" not in found["area"]:
        last_column, last_row = first_column, first_row
    columns = [column_number(c) if c else default for c, default in ((first_column, 1), (last_column, LAST_COLUMN))]
    rows = [int(r) if r else default for r, default in ((first_row, 1), (last_row, LAST_ROW))]
    if max(columns) > LAST_COLUMN or not 1 <= min(rows) <= max(rows) <= LAST_ROW:
        return None
    return CellArea(of, min(rows), min(columns), max(rows), max(columns))


def shifted(formula: str, row: int, column: int) -> str:
    """A formula with its cells as distances from where it stands, so that copies of one formula are equal.

    >>> shifted("=B2*$C$1", 2, 3) == shifted("=C2*$C$1", 2, 4), shifted("=B2*2", 2, 3) == shifted("=C2*3", 2, 4)
    (True, False)
    """

    def moved(found: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = found.groups()
        across = letters if fixed_column else f"C[{column_number(letters) - column}]"
        return f"{across}{digits if fixed_row else f'R[{int(digits) - row}]'}"

    return re.sub(r"(?<![\w.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(])", moved, formula)
