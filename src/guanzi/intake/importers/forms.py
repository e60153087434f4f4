"""Forms of statements, each with what reads it: those that are shipped, and those of extensions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import Seam
from guanzi.intake.importers.drafts import ImportDraft
from guanzi.intake.importers.edgar import read_edgar
from guanzi.intake.importers.statements import Terms, read_statements


@dataclass(frozen=True, slots=True)
class TaggedForm:
    """A form that says who published its figures and when.

    Attributes:
        form: Its name, as ``--format`` takes it.
        read: Of the file, how places call it, and whether quarters are taken too.
    """

    form: str
    read: Callable[[Path, str, bool], ImportDraft]


@dataclass(frozen=True, slots=True)
class TableForm:
    """A form that does not: the file goes into the data room, and each fact names the row in which it stands.

    Attributes:
        form: Its name, as ``--format`` takes it.
        read: Of the file, how places call it, and what the table need not say.
    """

    form: str
    read: Callable[[Path, str, Terms], ImportDraft]


IMPORTERS: Seam[TaggedForm | TableForm] = Seam(
    "IMPORTERS",
    (
        TaggedForm("edgar", lambda path, name, quarters: read_edgar(path, name, quarters=quarters)),
        TableForm("cn", read_statements),
        TableForm("csv", read_statements),
    ),
    lambda one: one.form,
)
"""Name of a form to what reads it."""
