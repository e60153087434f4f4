"""Pairs of names with the answer whether they name one bearer: the material on which name matching is measured."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from guanzi.core import InvalidInput, Message, Place, Problem
from guanzi.evidence.textfile import read_text

COLUMNS = ("schema", "name1", "name2", "is_match")
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names and whether they name one bearer.

    Attributes:
        schema: Kind of bearer in FollowTheMoney's words, e.g. ``Person``.
        first: One name.
        second: The other.
        is_match: The answer.
        category: What kind of pair it is; may be empty.
        line: Line of the file.
    """

    schema: str
    first: str
    second: str
    is_match: bool
    category: str
    line: int


def read_name_pairs(path: Path) -> tuple[NamePair, ...]:
    """Read labelled pairs from CSV with the columns ``schema,name1,name2,is_match`` and optionally ``category``.

    Raises:
        InvalidInput: Columns are missing, or lines that have no names or no answer; all at once.
    """
    file = read_text(path, str(path), legacy=True)
    reader = csv.DictReader(io.StringIO(file.text, newline=""), restval="")
    lacking = tuple(name for name in COLUMNS if name not in (reader.fieldnames or ()))
    if lacking:
        mend = Message.of("evidence.namepairs.columns.mend", columns=COLUMNS)
        raise InvalidInput(
            Problem(Message.of("evidence.namepairs.columns", columns=lacking), Place(str(path), 1), mend)
        )
    found: list[NamePair] = []
    problems: list[Problem] = []
    for row in reader:
        place = Place(str(path), reader.line_num)
        answer = row["is_match"].strip().lower()
        if not row["name1"].strip() or not row["name2"].strip():
            problems.append(file.problem(Message.of("evidence.namepairs.no_name"), place))
        elif answer not in _YES | _NO:
            cause = Message.of("evidence.namepairs.no_answer", said=row["is_match"])
            problems.append(file.problem(cause, place, Message.of("evidence.namepairs.no_answer.mend")))
        else:
            category = (row.get("category") or "").strip()
            schema = row["schema"].strip() or "LegalEntity"
            found.append(
                NamePair(schema, row["name1"].strip(), row["name2"].strip(), answer in _YES, category, reader.line_num)
            )
    if problems:
        raise InvalidInput(problems)
    if not found:
        raise InvalidInput(Problem(Message.of("evidence.namepairs.empty"), Place(str(path))))
    return tuple(found)
