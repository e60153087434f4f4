"""How publishers call the rows and columns of their tables; the names are data, in ``library/inputoutput``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from guanzi.base.reading import shipped_yaml

IO_FORMS = ("guanzi", "nbs", "oecd", "eurostat", "bea")
"""Formats that are read: our own, China NBS, OECD, Eurostat, BEA."""
_SIGNS = re.compile(r"[\s\-_.]+")


@dataclass(frozen=True, slots=True)
class Form:
    """Names of one publisher.

    Attributes:
        id: Of the format.
        prefix: What rows and columns put before the code of a sector.
        rows: Plain code to role.
        columns: Plain code to role.
    """

    id: str
    prefix: tuple[str, ...]
    rows: Mapping[str, str]
    columns: Mapping[str, str]

    def sector(self, code: str) -> str:
        """The plain code of a sector, without what this publisher puts before it."""
        for prefix in self.prefix:
            if code.casefold().startswith(prefix.casefold()) and len(code) > len(prefix):
                return plain(code[len(prefix) :])
        return plain(code)


def plain(code: str) -> str:
    """A code as it is compared: without case, blanks and signs."""
    return _SIGNS.sub("", code).casefold()


@cache
def forms() -> Mapping[str, Form]:
    """The formats by their ids."""
    return {
        id: Form(
            id,
            tuple(entry["prefix"]),
            {plain(k): v for k, v in entry["rows"].items()},
            {plain(k): v for k, v in entry["columns"].items()},
        )
        for id, entry in shipped_yaml("inputoutput", "tableforms.yaml").data["forms"].items()
    }


def guess(rows: Iterable[str], columns: Iterable[str]) -> Form:
    """The format that knows most of the codes of a table."""
    down, across = {plain(r) for r in rows}, {plain(c) for c in columns}

    def known(form: Form) -> int:
        return len(down & form.rows.keys()) + len(across & form.columns.keys())

    return max(forms().values(), key=known)
