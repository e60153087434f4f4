"""What an importer makes of a file: facts and sources, ready to be written into a case, and remarks on the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, publish, reason_of, scratch_directory
from guanzi.base.reading import yaml_text
from guanzi.record.evidence import load_case


@dataclass(frozen=True, slots=True)
class DraftFact:
    """A fact that was read: the fields of a facts file.

    Attributes:
        id: Its id.
        name: What it states.
        value: The value in its unit.
        unit: Its unit.
        period: The period or day.
        known_on: First day on which it could be held.
        source: Id of its source.
        note: What a reader should know.
        subject: Whom it is about.
        supersedes: Id of the fact that it corrects.
        document: Document of the room in which it stands.
        page: Page of the document.
        quote: Words of the page.
    """

    id: str
    name: str
    value: float
    unit: str
    period: str
    known_on: date
    source: str
    note: str = ""
    subject: str = "company"
    supersedes: str | None = None
    document: str | None = None
    page: int | None = None
    quote: str | None = None

    def content(self) -> dict[str, Any]:
        """The fact as an entry of a facts file; what it does not have is left out."""
        period: int | date | str = int(self.period) if self.period.isdecimal() else self.period
        if isinstance(period, str) and period.count("-") == 2:
            period = date.fromisoformat(period)
        entry: dict[str, Any] = {"id": self.id}
        if self.subject != "company":
            entry["subject"] = self.subject
        entry |= {"name": self.name, "period": period, "value": self.value, "unit": self.unit}
        entry |= {"known_on": self.known_on, "source": self.source}
        optional = {
            "supersedes": self.supersedes,
            "document": self.document,
            "page": self.page,
            "quote": self.quote,
            "note": self.note or None,
        }
        return entry | {key: value for key, value in optional.items() if value is not None}


@dataclass(slots=True)
class ImportDraft:
    """What was read of a file.

    Attributes:
        sources: The sources of the facts, by id, as entries of a facts file.
        facts: The facts.
        remarks: What was left out or decided, and why.
    """

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: list[DraftFact] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)


def in_millions(amount: float) -> float:
    """An amount in millions, without the dust that division leaves.

    >>> in_millions(7824904000.0)
    7824.904
    """
    return float(f"{amount / 1e6:.12g}")


def fact_id(prefix: str, name: str, period: str) -> str:
    """The id of an imported fact.

    >>> fact_id("edgar", "net_loss", "2019Q4")
    'edgar-net-loss-2019q4'
    """
    return f"{prefix}-{name.replace('_', '-')}-{period.lower()}"


def write_import(folder: Path, name: str, draft: ImportDraft) -> Path:
    """Write what was read as a facts file of a case; nothing stays when the case does not accept it.

    Args:
        folder: The folder of the case.
        name: Name of the file without ending.
        draft: What was read.

    Raises:
        InvalidInput: There is no fact, the file is there already, or the case refuses the facts.
    """
    if not draft.facts:
        raise InvalidInput(Problem(Message.of("importers.nothing"), Place(name), Message.of("importers.nothing.mend")))
    path = folder / "facts" / f"{name}.yaml"
    data = {"sources": draft.sources} if draft.sources else {}
    text = yaml_text({**data, "facts": [fact.content() for fact in draft.facts]})
    try:
        path.parent.mkdir(exist_ok=True)
        with scratch_directory(path.parent, ".import-") as work:
            (work / path.name).write_text(text, encoding="utf-8", newline="\n")
            publish(work / path.name, path)
    except FileExistsError as error:
        cause, fix = Message.of("importers.exists", file=f"facts/{path.name}"), Message.of("importers.exists.mend")
        raise InvalidInput(Problem(cause, Place(str(path)), fix)) from error
    except OSError as error:
        cause = Message.of("room.unwritable", reason=reason_of(error))
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("room.unwritable.mend"))) from error
    try:
        load_case(folder)
    except InvalidInput as error:
        path.unlink()
        raise InvalidInput(list(_errors(error.problems))) from error
    return path


def _errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.severity == "error")
