"""EDGAR company facts: the JSON in which the SEC gives out all figures that a company has tagged in its filings.

Its form is public: ``facts`` → taxonomy → concept → ``units`` → unit → entries with ``start``, ``end``, ``val``,
``accn`` (number of the filing), ``fy``, ``fp``, ``form`` and ``filed``. An entry says what a filing said, so that a
figure that is restated stands there as often as it was filed: the first filing gives the fact, each later one that says
otherwise gives a fact that corrects it, known from its own filing date on.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from guanzi.base.core import CURRENCIES, InvalidInput, Message, Period, Place, Problem, read_input
from guanzi.intake.importers.drafts import DraftFact, ImportDraft, fact_id, in_millions
from guanzi.intake.importers.items import ImportItem, items_by_concept

MOST_BYTES = 300_000_000
_TAXONOMIES: tuple[Literal["us-gaap", "ifrs-full"], ...] = ("us-gaap", "ifrs-full")
_YEAR, _QUARTER = range(350, 381), range(80, 101)


@dataclass(frozen=True, slots=True)
class _Entry:
    item: ImportItem
    concept: str
    rank: int
    currency: str
    start: date | None
    end: date
    value: float
    filing: str
    form: str
    filed: date

    @property
    def key(self) -> tuple[str, date | None, date]:
        return self.item.fact, self.start, self.end


def read_edgar(path: Path, name: str, *, quarters: bool = False) -> ImportDraft:
    """The facts of a company-facts file.

    Args:
        path: The file.
        name: How places should call it.
        quarters: Also take the figures of quarters and the balances at their ends; otherwise only those of years.

    Raises:
        InvalidInput: The file is not of that form.
    """
    data = _load(path, name)
    draft = ImportDraft()
    entries = list(_entries(data["facts"], name, draft))
    usual = _reporting_currency(entries, draft)
    entries = [entry for entry in entries if entry.currency == usual]
    company = str(data.get("entityName") or name)
    cik = data.get("cik")
    year_ends = {e.end for e in entries if e.start is not None and _length(e) == "year"}
    left_out = 0
    for group in _by_period(entries).values():
        kind = _length(group[0])
        of_a_year = kind == "year" or (kind == "day" and group[0].end in year_ends)
        if kind == "other" or not (of_a_year or quarters):
            left_out += 1
            continue
        _add(draft, _chosen(group), company, cik if isinstance(cik, int | str) else None)
    if left_out:
        draft.remarks.append(Message.of("importers.edgar.periods", n=left_out))
    return draft


def _load(path: Path, name: str) -> dict[str, Any]:
    try:
        data = json.loads(read_input(path, name, MOST_BYTES).decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise _wrong(name, "not_json", line) from error
    if not isinstance(data, dict) or not isinstance(data.get("facts"), dict):
        raise _wrong(name, "form")
    if not any(taxonomy in data["facts"] for taxonomy in _TAXONOMIES):
        raise _wrong(name, "taxonomy")
    return data


def _no_number(text: str) -> float:
    raise ValueError(text)


def _wrong(name: str, what: str, line: int = 0) -> InvalidInput:
    cause, fix = Message.of(f"importers.edgar.{what}"), Message.of("importers.edgar.mend")
    return InvalidInput(Problem(cause, Place(name, line), fix))


def _entries(facts: Mapping[str, Any], name: str, draft: ImportDraft) -> Iterator[_Entry]:
    bad = 0
    foreign: set[str] = set()
    for taxonomy in _TAXONOMIES:
        concepts = facts.get(taxonomy)
        for concept, (rank, item) in items_by_concept(taxonomy).items():
            units = concepts.get(concept, {}).get("units", {}) if isinstance(concepts, dict) else {}
            for unit, rows in units.items() if isinstance(units, dict) else ():
                if unit not in CURRENCIES:
                    foreign.add(str(unit))
                    continue
                for row in rows if isinstance(rows, list) else ():
                    entry = _entry(row, item, f"{taxonomy}:{concept}", rank, unit)
                    if entry is None:
                        bad += 1
                    else:
                        yield entry
    if bad:
        draft.remarks.append(Message.of("importers.edgar.bad_rows", n=bad))
    if foreign:
        draft.remarks.append(Message.of("importers.edgar.units", units=tuple(sorted(foreign))))


def _entry(row: Any, item: ImportItem, concept: str, rank: int, unit: str) -> _Entry | None:
    """An entry; None when it lacks what an entry must have."""
    if not isinstance(row, dict):
        return None
    value, filing, form = row.get("val"), row.get("accn"), row.get("form")
    try:
        end, filed = date.fromisoformat(row.get("end", "")), date.fromisoformat(row.get("filed", ""))
        start = date.fromisoformat(row["start"]) if row.get("start") else None
    except (TypeError, ValueError):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if not isinstance(filing, str) or not isinstance(form, str) or (start is None) != (item.kind == "stock"):
        return None
    if filed < end or (start is not None and start > end):
        return None
    return _Entry(item, concept, rank, unit, start, end, float(value), filing, form, filed)


def _reporting_currency(entries: Iterable[_Entry], draft: ImportDraft) -> str:
    """The currency of the accounts: that of most figures. Others are translations for the convenience of readers."""
    counts = Counter(entry.currency for entry in entries)
    if not counts:
        return ""
    usual = min(counts, key=lambda currency: (-counts[currency], currency))
    others = tuple(sorted(set(counts) - {usual}))
    if others:
        dropped = sum(counts[currency] for currency in others)
        draft.remarks.append(Message.of("importers.edgar.translation", usual=usual, others=others, n=dropped))
    return usual


def _length(entry: _Entry) -> Literal["day", "year", "quarter", "other"]:
    if entry.start is None:
        return "day"
    days = (entry.end - entry.start).days + 1
    return "year" if days in _YEAR else "quarter" if days in _QUARTER else "other"


def _by_period(entries: Iterable[_Entry]) -> dict[tuple[str, date | None, date], list[_Entry]]:
    groups: dict[tuple[str, date | None, date], list[_Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.key, []).append(entry)
    return dict(sorted(groups.items(), key=lambda item: (item[0][0], item[0][2], item[0][1] or item[0][2])))


def _chosen(group: list[_Entry]) -> list[_Entry]:
    """The entries of the concept that was filed first (the preferred one of a filing), in the order of their filing."""
    first = min(group, key=lambda e: (e.filed, e.rank, e.filing))
    return sorted((e for e in group if e.concept == first.concept), key=lambda e: (e.filed, e.filing))


def _add(draft: ImportDraft, entries: list[_Entry], company: str, cik: int | str | None) -> None:
    before: DraftFact | None = None
    stated: float | None = None
    for entry in entries:
        if entry.value == stated:
            continue
        name, value = entry.item.fact_of(in_millions(entry.value))
        period = _period(entry)
        restated = before is not None
        id = fact_id("edgar", name, period) + (f"-{entry.filed.isoformat()}" if restated else "")
        if any(fact.id == id for fact in draft.facts):
            draft.remarks.append(Message.of("importers.edgar.two_values", id=id, filing=entry.filing))
            continue
        corrects = before.id if before is not None and before.name == name else None
        note = f"{entry.concept}, {entry.start.isoformat()}/" if entry.start else f"{entry.concept}, "
        note += f"{entry.end.isoformat()}, Form {entry.form}"
        fact = DraftFact(
            id, name, value, f"{entry.currency} m", period, entry.filed, _source(draft, entry, company, cik), note,
            supersedes=corrects,
        )  # fmt: skip
        draft.facts.append(fact)
        before, stated = fact, entry.value


def _period(entry: _Entry) -> str:
    """The calendar year or quarter in which most of the period lies; of a balance, its day."""
    if entry.start is None:
        return entry.end.isoformat()
    middle = entry.start + timedelta(days=(entry.end - entry.start).days // 2)
    return str(Period.of("year" if _length(entry) == "year" else "quarter", middle))


def _source(draft: ImportDraft, entry: _Entry, company: str, cik: int | str | None) -> str:
    id = "edgar-" + "".join(c if c.isalnum() else "-" for c in entry.filing.lower()).strip("-")
    source: dict[str, Any] = {
        "publisher": "U.S. Securities and Exchange Commission, EDGAR",
        "title": f"{company}: Form {entry.form}, {entry.filing}",
        "date": entry.filed,
        "grade": "A",
    }
    digits = str(cik).lstrip("0") if cik is not None else ""
    plain = entry.filing.replace("-", "")
    if digits.isdecimal() and plain.isdecimal():
        source["address"] = f"https://www.sec.gov/Archives/edgar/data/{digits}/{plain}/"
    draft.sources.setdefault(id, source)
    return id
