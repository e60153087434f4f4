"""What registers of filings state of a company by a day: figures that it tagged, or documents that it disclosed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, read_input
from guanzi.intake.importers import (
    IMPORTERS,
    Announcement,
    DraftFact,
    ImportDraft,
    TaggedForm,
    fact_id,
    read_announcements,
)
from guanzi.intake.industries import official
from guanzi.intake.reading import FoundFact, read_document
from guanzi.jobs.evidence.proposals import stated_unit
from guanzi.record.evidence import read_placed

_FACTS = "https://data.sec.gov/api/xbrl/companyfacts/{name}"
_FILINGS = "https://data.sec.gov/submissions/{name}"
_DOCUMENT = "http://static.cninfo.com.cn/{file}"
_MOST_BYTES = 100_000_000
_SAME = 5e-4
"""Share of a value within which a later document states the same, less rounded or more."""


@dataclass(frozen=True, slots=True)
class Filing:
    """A document that was filed: its number, its form or title, its day, and the day on which its period ends."""

    number: str
    form: str
    filed: date
    reports: date | None


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What a register states.

    Attributes:
        company: Name of the company.
        draft: Its facts; those of documents that are read here only as far as they were disclosed by the day.
        filings: All documents that are listed, the newest first.
    """

    company: str
    draft: ImportDraft
    filings: tuple[Filing, ...]


def read_edgar(number: str, recorded: Path | None, as_of: date) -> RegisterReading:
    """What a company tagged in its filings at the SEC, whenever it filed them.

    Args:
        number: Its number there.
        recorded: Folder with the files of the register, named as it names them; None: they are fetched.
        as_of: Not needed: each figure says when it was filed.

    Raises:
        InvalidInput: A file cannot be had or read.
    """
    company = f"CIK{int(number):010d}"
    path = _file(recorded, f"{company}.json", _FACTS)
    reader = IMPORTERS["edgar"]
    assert isinstance(reader, TaggedForm)
    draft = reader.read(path, path.name, True)
    name = str(json.loads(read_input(path, path.name, 300_000_000)).get("entityName", ""))
    return RegisterReading(name, draft, tuple(_filings(recorded, company)))


def _file(recorded: Path | None, name: str, address: str) -> Path:
    """A file of the register: from the folder of recorded ones, else fetched and kept."""
    if recorded is None:
        folder = official.cache_folder().with_name("filings")
        return official.fetch(address.format(name=name), folder, name).path
    path = recorded / name
    if not path.is_file():
        cause = Message.of("desk.fill.recorded", file=name)
        raise InvalidInput(Problem(cause, Place(str(recorded)), Message.of("desk.fill.recorded.mend")))
    return path


def _filings(recorded: Path | None, company: str) -> Iterator[Filing]:
    """The documents that a company filed, as far as the register lists them; none where no list was recorded."""
    name = f"submissions-{company}.json"
    if recorded is not None and not (recorded / name).is_file():
        return
    path = _file(recorded, name, _FILINGS.replace("{name}", f"{company}.json"))
    try:
        recent = json.loads(read_input(path, path.name, _MOST_BYTES))["filings"]["recent"]
        rows = list(
            zip(recent["accessionNumber"], recent["form"], recent["filingDate"], recent["reportDate"], strict=True)
        )
        listed = [
            Filing(str(number), str(form), date.fromisoformat(filed), date.fromisoformat(end) if end else None)
            for number, form, filed, end in rows
        ]
    except (ValueError, KeyError, TypeError) as error:
        cause, fix = Message.of("desk.fill.list"), Message.of("desk.fill.list.mend")
        raise InvalidInput(Problem(cause, Place(str(path)), fix)) from error
    yield from sorted(listed, key=lambda one: (one.filed, one.number), reverse=True)


def read_cninfo(number: str, recorded: Path | None, as_of: date) -> RegisterReading:
    """What documents state that a company disclosed by a day; what it disclosed later is listed and not opened.

    Args:
        number: Code of its share.
        recorded: Folder with the lists of announcements, ``announcements-CODE….json``, and with the documents under the
            names that the lists give them.
        as_of: The last day whose documents are read.

    Raises:
        InvalidInput: There is no folder or list, or a list is of another form.
    """
    if recorded is None:
        cause, fix = Message.of("desk.fill.cninfo"), Message.of("desk.fill.cninfo.mend", code=number)
        raise InvalidInput(Problem(cause, Place("--recorded"), fix))
    lists = sorted(recorded.glob(f"announcements-{number}*.json"))
    if not lists:
        cause = Message.of("desk.fill.recorded", file=f"announcements-{number}.json")
        raise InvalidInput(Problem(cause, Place(str(recorded)), Message.of("desk.fill.cninfo.mend", code=number)))
    listed = {one.number: one for path in lists for one in read_announcements(path, path.name)}
    ours = sorted((one for one in listed.values() if one.code == number), key=lambda one: (one.day, one.number))
    draft = ImportDraft()
    left = Counter(others=len(listed) - len(ours))
    for one in ours:
        path = recorded / Path(one.file).name if one.file else None
        if one.day > as_of:
            continue
        if path is None or not path.is_file():
            left["unsaved"] += 1
        else:
            _add(draft, one, path, left)
    draft.remarks += [Message.of(f"importers.cninfo.{why}", n=n) for why, n in sorted(left.items()) if n]
    filings = tuple(Filing(one.number, one.title, one.day, None) for one in reversed(ours))
    return RegisterReading(ours[-1].company if ours else number, draft, filings)


def _add(draft: ImportDraft, announcement: Announcement, path: Path, left: Counter[str]) -> None:
    """The facts of a document, each once; a later document that states otherwise corrects it."""
    try:
        found = read_document(read_placed(path, path.name, 1, None)).found
    except InvalidInput:
        left["refused"] += 1
        return
    values: dict[tuple[str, str, str], dict[float, FoundFact]] = {}
    for one in found:
        if isinstance(one.value, float | int) and not isinstance(one.value, bool):
            unit, factor = stated_unit(one.fact, one.unit)
            amount = float(f"{one.value * factor:.12g}")
            values.setdefault((one.fact, str(one.period), unit), {}).setdefault(amount, one)
    for (name, period, unit), stated in values.items():
        if len(stated) > 1:
            left["two_values"] += 1
            continue
        ((value, one),) = stated.items()
        before = [f for f in draft.facts if (f.name, f.period, f.unit) == (name, period, unit)]
        if before and abs(before[-1].value - value) <= _SAME * abs(value):
            continue
        id = fact_id("cninfo", name, period) + (f"-{announcement.number}" if before else "")
        source = _source(draft, announcement)
        note = f"{announcement.title}, p. {one.spot.page}: {one.figure}"
        corrects = before[-1].id if before else None
        draft.facts.append(
            DraftFact(id, name, value, unit, period, announcement.day, source, note, supersedes=corrects)
        )


def _source(draft: ImportDraft, announcement: Announcement) -> str:
    id = f"cninfo-{announcement.number}"
    source: dict[str, Any] = {
        "publisher": "巨潮资讯网 (CNINFO)",
        "title": f"{announcement.company}: {announcement.title}",
        "date": announcement.day,
        "grade": "A",
        "address": _DOCUMENT.format(file=announcement.file),
    }
    draft.sources.setdefault(id, source)
    return id


REGISTERS: Mapping[str, Callable[[str, Path | None, date], RegisterReading]] = {
    "edgar": read_edgar,
    "cninfo": read_cninfo,
}
"""Name of a register to what reads it."""
