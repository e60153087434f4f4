"""Pairs of names with the answer whether they name one bearer: the material on which name matching is measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import loose_rows, read_text

COLUMNS = ("schema", "name1", "name2", "is_match")
_YES, _NO = frozenset({"1", "1.0", "true", "yes"}), frozenset({"0", "0.0", "false", "no"})
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names and whether they name one bearer.

    Attributes:
        schema: Kind of bearer in FollowTheMoney's words, e.g. ``Person``.
        first: One name.
        second: The other.
        is_match: The answer.
        category: What kind of pair it is; may be empty.
        line: Line of the file at which it begins.
    """

    schema: str
    first: str
    second: str
    is_match: bool
    category: str
    line: int


def read_name_pairs(path: Path) -> tuple[NamePair, ...]:
    """Read labelled pairs from CSV with the columns ``schema,name1,name2,is_match`` and optionally ``category``.

    Columns may stand in any order among others; between them stand commas, semicolons or tabs. Empty lines are passed.

    Raises:
        InvalidInput: Columns are missing, a quotation mark is not closed, or lines have no names, no answer or more
            cells than the first line has columns; all at once.
    """
    file = read_text(path, str(path), legacy=True)
    separator = max(_SEPARATORS, key=(file.lines or ("",))[0].count)
    rows = loose_rows(file, separator, strict=True)
    _, heading = next(rows, (1, []))
    names = [name.strip().lower() for name in heading]
    lacking = tuple(name for name in COLUMNS if name not in names)
    if lacking:
        fix = Message.of("evidence.namepairs.columns.mend", columns=COLUMNS)
        raise InvalidInput(Problem(Message.of("evidence.namepairs.columns", columns=lacking), Place(str(path), 1), fix))
    found: list[NamePair] = []
    problems: list[Problem] = []
    for line, cells in rows:
        texts = [cell.strip() for cell in cells] + [""] * (len(names) - len(cells))
        schema, first, second, said = (texts[names.index(name)] for name in COLUMNS)
        place = Place(str(path), line)
        if any(texts[len(names) :]):
            cause = Message.of("evidence.namepairs.too_many", cells=len(texts), columns=len(names))
            problems.append(file.problem(cause, place, Message.of("evidence.namepairs.too_many.mend")))
        elif not first or not second:
            problems.append(file.problem(Message.of("evidence.namepairs.no_name"), place))
        elif said.lower() not in _YES | _NO:
            cause = Message.of("evidence.namepairs.no_answer", said=said)
            problems.append(file.problem(cause, place, Message.of("evidence.namepairs.no_answer.mend")))
        else:
            category = texts[names.index("category")] if "category" in names else ""
            found.append(NamePair(schema or "LegalEntity", first, second, said.lower() in _YES, category, line))
    if problems:
        raise InvalidInput(problems)
    if not found:
        raise InvalidInput(Problem(Message.of("evidence.namepairs.empty"), Place(str(path))))
    return tuple(found)
