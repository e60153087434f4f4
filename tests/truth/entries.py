"""A row says what its entry in the data says: its days, its numbers and its verdict, not those of another row."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from tests.truth.faults import Fault
from tests.truth.pool import Pool, canonical, is_day, pool_of
from tests.truth.reading import Reading, within

from guanzi.advice.appraisal import Appraisal, commitments
from guanzi.base.core import Message, catalogue
from guanzi.deal.terms import Guarantee
from guanzi.render import Cell, Document, Measurement

type Entries = Callable[[Reading, str, str], Sequence[Any] | None]
"""By a reading, a document and the id of a table: what its rows say, in their order; None: it is not known."""


def _study(found: Callable[[Appraisal], Sequence[Any] | None]) -> Entries:
    return lambda reading, name, id: found(reading.appraisal)


def _account(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    held = getattr(reading.appraisal.accounts, id.removeprefix("figures-"), None)
    return held if isinstance(held, tuple) else None


def _fiscal(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    return next((one.rows for one in reading.appraisal.fiscal if f"table-{one.id}" == id), None)


def _listed(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    held = reading.published[name].get(id) if name in reading.published else None
    return held if isinstance(held, list | tuple) else None


def _of_deals(part: str) -> Entries:
    return lambda reading, name, id: [one for deal in reading.published[name]["deals"] for one in deal[part]]


def _shares(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    by = id.removeprefix("shares-")
    found = next((one["shares"] for one in reading.published[name]["shares"] if one["by"] == by), None)
    whole = sum(deal["planned"] for deal in reading.published[name]["deals"])
    return None if found is None else [{"share": share, "planned": share * whole} for _, share in found]


def _headroom(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    told = reading.published[name]
    rooms = [room for kind in ("covenants", "rights") for one in told[kind] for room in one["headroom"]]
    n = int(id.rpartition("-")[2]) - 1
    return [{**step, "limit": rooms[n]["limit"]} for step in rooms[n]["steps"]] if n < len(rooms) else None


def _fan(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    """Ends and bands of a forecast, over the steps or by year."""
    steps = id.removeprefix("fan-").removesuffix("-table")
    years = id.removesuffix("-by-year")
    fan = reading.appraisal.yearly.get(years) if years != id else reading.appraisal.fans.get(steps)
    names = ("p5", "p25", "p50", "p75", "p95")
    if fan is None:
        return None
    bands = (getattr(fan, band) for band in names)
    return [
        {"day": day, "year": day.year, **dict(zip(names, row, strict=True))}
        for day, *row in zip(fan.dates, *bands, strict=True)
    ]


def _position(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    data = reading.published[name]
    told = (data["followed"] or data)["position"] or {}
    keys = POSITION if told.get("share") != 0.0 else [key for key in POSITION if key not in OF_STAKE]
    came = REALISED if told.get("dpi") is not None else ()
    return [*({"held": told.get(key)} for key in (*keys, *came)), *_answered(reading, name)]


def _answered(reading: Reading, name: str) -> Iterator[dict[str, float | None]]:
    """The most that each guarantee pays which is in force on the day; of a public loan, the loan stands for it."""
    view, sheet = reading.view_of(name), reading.sheet
    for one in () if sheet is None else sheet.of(Guarantee):
        if not one.debt and sheet.signed <= view.as_of and (one.until is None or view.as_of <= one.until):
            yield {"held": one.limit * sheet.unit / 1e6 if isinstance(one.limit, float) else None}


POSITION = (
    "paid", "returned", "outstanding", "proceeds", "break_even", "left", "recycled", "share", "recovering",
)  # fmt: skip
"""What a monitor tells of the position of the public side."""
REALISED = ("dpi", "tvpi", "xirr", "xirr_held")
"""What it tells of money that was paid and came back."""
OF_STAKE = ("proceeds", "break_even", "left", "share", "recovering")
"""What it tells only of a side that holds a stake: who holds none has nothing to sell."""


def _outcomes(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    """Whether what came of a period lies above or below what would have come without the deal, by the cells."""
    table = next(table for table in reading.documents[name].tables() if table.id == id)
    return [
        _claim(dict(zip((c.id for c in table.columns), (row.head, *row.cells), strict=False))) for row in table.rows
    ]


def _claim(cells: Mapping[str, Cell]) -> dict[str, str]:
    came, without = cells["came"].value, cells["without"].value
    told = came.value if isinstance(came, Measurement) else came
    if not isinstance(told, int | float) or not isinstance(without, Message):
        return {}
    ends = {key: value.value if isinstance(value, Measurement) else value for key, value in without.params}
    low, high = ends.get("low"), ends.get("high")
    if low is None or high is None:
        return {}
    return {"claim": "above" if told > high else "below" if told < low else "within"}


def _changed(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    """The differences that rows name, and one for each difference that no row names."""
    kinds = {"findings": ("finding",), "rows": ("row",), "others": ("reason", "demand")}.get(id, ("figure",))
    table = next(table for table in reading.documents[name].tables() if table.id == id)
    held = {one["id"]: one for one in reading.published[name]["differences"] if one["kind"] in kinds}
    for finding in (one for end in reading.published[name]["ends"] for one in end["findings"] if id == "findings"):
        if finding["id"] in held:  # its words are told, of which one may be that of a state
            told = (*held[finding["id"]].get("told", ()), finding["text"])
            held[finding["id"]] = {**held[finding["id"]], "told": told}
    after = {one["id"].partition(".")[0] for one in reading.published[name]["ends"][1]["findings"]}
    for finding, one in held.items():  # what misses facts is no longer asked for where its check says nothing more
        if finding.endswith(".no-facts") and one["state"] == "gone" and finding.partition(".")[0] not in after:
            held[finding] = {**one, "state": "unasked"}
    rows = [row.id.partition(":")[2] for row in table.rows]
    left = sorted(held.keys() - set(rows)) if id != "figures" else ()
    return [*(held.get(row, {}) for row in rows), *(held[one] for one in left)]


def _compared(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    """What playbooks would have of each figure in which they differ: for the draft, and for a deal of their own."""
    columns = reading.published[name]["columns"]
    deals = [one[deal]["figures"] for one in columns for deal in ("draft", "own") if one[deal]]
    alone = all(deal == deals[0] for deal in deals)
    entries = []
    for figure in reading.published[name]["shown"]:
        held = [deal.get(figure) or {} for deal in deals]
        for label in dict.fromkeys(repr(one["label"]) for one in held if one.get("value") is not None):
            told = {tuple(one.get(key) for key in ("value", "low", "high")) for one in held}
            if alone or len(told) > 1 or any(repr(one.get("label", "")) != label for one in held):
                entries.append({"id": figure, "held": held})
    return entries


def _called(reading: Reading, name: str, id: str) -> Sequence[Any] | None:
    held = {paid.id: paid for paid in commitments(reading.sheet)} if reading.sheet is not None else {}
    table = next(table for table in reading.documents[name].tables() if table.id == id)
    told = [held.get(row.id.partition(":")[2]) for row in table.rows]
    return [{"due": paid.due} if paid is not None else {} for paid in told]


LEADING = 12
"""Assumptions that stand in full sight."""
VERSIONS = ("guanzi", "schema", "view", "method", "playbook", "seed", "paths", "steps")
"""What a dossier tells of how it was made."""
ENTRIES: Mapping[str, Entries] = {
    "dossier cash-by-year": _study(lambda a: a.accounts.years),
    "dossier figures-all": _study(lambda a: tuple(a.figures)),
    "dossier figures-ratios": _study(lambda a: a.ratios),
    "dossier parameters": _study(lambda a: a.parameters),
    "dossier decisions": _study(lambda a: a.rows),
    "dossier plan": _study(lambda a: a.plan.streams),
    "dossier plan-questions": _study(lambda a: a.plan.questions),
    "dossier streams": _study(lambda a: a.streams),
    "dossier facts": _study(lambda a: a.facts),
    "dossier assumptions": _study(lambda a: a.sensitivity.swings if a.sensitivity is not None else None),
    "dossier tiers": _study(lambda a: a.exposure.tiers if a.exposure is not None else None),
    "dossier table-*": _fiscal,
    "dossier fan-*-table": _fan,
    "dossier *-by-year": _fan,
    "dossier hashes": _study(lambda a: VERSIONS if a.versions.paths else VERSIONS[:5]),
    "dossier figures-*": _account,
    "memorandum money": _study(lambda a: a.accounts.years),
    "memorandum figures-summary": _study(lambda a: a.summary.figures),
    "memorandum figures-*": _account,
    "memorandum sources": _study(lambda a: tuple(source for source in a.sources if not source.withheld)),
    "money payments": _called,
    **{f"changes {id}": _changed for id in ("figures", "all", "findings", "rows", "others")},
    "comparison overview": lambda reading, name, id: [
        {"id": one["id"], "advice": one["draft"]["advice"], "form": one["form"]}
        for one in reading.published[name]["columns"]
    ],
    "comparison playbooks": lambda reading, name, id: [
        {"id": one["id"], "made_on": one["made_on"]} for one in reading.published[name]["columns"]
    ],
    "comparison risk": _compared,
    "sensitivity assumptions": lambda reading, name, id: reading.published[name]["sensitivity"]["swings"],
    "sensitivity leading": lambda reading, name, id: reading.published[name]["sensitivity"]["swings"][:LEADING],
    "gaps links": lambda reading, name, id: [
        {"id": gap["component"], **gap} for gap in reading.published[name]["gaps"]
    ],
    "window window-*": lambda reading, name, id: reading.published[name]["signals"],
    "fund* deals": _listed,
    "fund* payments": _of_deals("payments"),
    "fund* tiers": _of_deals("tiers"),
    "fund* calls": _listed,
    "fund* proceeds": lambda reading, name, id: reading.published[name]["deals"],
    "fund* shares-*": _shares,
    "monitor* headroom-*": _headroom,
    "monitor* position": _position,
    "monitor* outcome": _outcomes,
    **{f"monitor* {id}": _listed for id in ("covenants", "rights", "milestones", "signs", "calendar", "tiers")},
}
"""By document and table."""
FREE = re.compile(
    r"^(?:assumptions\.(?:total|first)|calls\.place|tiers\.leaving|plan-questions\.facts|deals\.number"
    r"|payments\.(?:number|tied)|facts\.value|headroom-\d+\.room_part|parameters\.distribution|decisions\.rests_on"
    r"|cash-by-year\.share_of_budget|money\.share|playbooks\.(?:sourced|judged|open)"
    r"|leading\.total|causes\.figures|overview\.own)$"
)
"""Columns that no entry holds: they are computed, or told in words; other properties hold them."""
MANY = 14
"""Messages that begin alike are words for one thing where there are fewer."""
OF_OTHERS = (
    "reports.monitor.milestone.implied", "reports.changes.cause.day", "reports.changes.cause.sheet",
    "appraisal.figure.expected",
)  # fmt: skip
"""What tells days of another entry, of the two ends of a change, or on which a figure of later was told."""
SAME = {"stated": "paid"}
"""A word of a page for a word of the data: what the term sheet says was paid is told as stated."""
TRUTH = {True: "yes", False: "no", None: "unknown"}


def misrowed(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Rows that are missing or too many, and cells that say what their entry does not hold."""
    for table in document.tables():
        entries = _entries(reading, name, table.id)
        if entries is None:
            continue
        if len(entries) != len(table.rows):
            said = f"{len(table.rows)} rows"
            yield Fault("grounded", name, table.id, said, f"there are {len(entries)}", f"rows:{table.id}")
            continue
        columns = [column.id for column in table.columns]
        named = {str(entry["id"]).removeprefix("parameter."): (entry, pool) for entry, pool in entries if "id" in entry}
        for row, held in zip(table.rows, entries, strict=True):
            entry, pool = named.get(row.id.partition(":")[2], held)
            for column, cell in zip(columns, (row.head, *row.cells), strict=False):
                if not FREE.match(f"{table.id}.{column}"):
                    for against in _wrong(cell, entry, pool):
                        said = f"{row.id} {column} = {cell.value}"
                        yield Fault("grounded", name, table.id, said, against, f"entry:{table.id}.{column}")


def _entries(reading: Reading, name: str, table: str) -> Sequence[tuple[dict[str, Any], Pool]] | None:
    key = f"entries {name} {table}"
    if key not in reading.kept:
        of = next((of for pattern, of in ENTRIES.items() if fnmatchcase(f"{name} {table}", pattern)), None)
        found = of(reading, name, table) if of is not None else None
        plain = None if found is None else [_plain(one) for one in found]
        reading.kept[key] = None if plain is None else [(one, pool_of(one)) for one in plain]
    held: Sequence[tuple[dict[str, Any], Pool]] | None = reading.kept[key]
    return held


def _plain(entry: Any) -> dict[str, Any]:
    if hasattr(entry, "model_dump"):
        return dict(entry.model_dump(mode="json", by_alias=True))
    if is_dataclass(entry) and not isinstance(entry, type):
        return asdict(entry)
    return entry if isinstance(entry, dict) else {"held": entry}


def _wrong(cell: Cell, entry: dict[str, Any], pool: Pool) -> Iterator[str]:
    value = cell.value
    if isinstance(value, date) and value.isoformat() not in pool.days:
        yield "its entry has no such day"
    if pool.numbers and not all(map(pool.has, numbers_of(value))):
        yield "its entry has no such number"
    if isinstance(value, Message):
        if canonical(value) in pool.sentences:  # told as it stands there: its id is no word of another column
            return
        held = {word for word in entry.values() if isinstance(word, str)}
        held |= {TRUTH[entry[key]] for key in ("holds", "in_force", "now") if key in entry and entry[key] in TRUTH}
        stem, _, end = value.id.rpartition(".")
        family = _family(stem)
        if len(family) < MANY and held & family and SAME.get(end, end) not in held:
            yield f"its entry says {', '.join(sorted(held & family))}"
        for key, told in value.params:
            if isinstance(told, Message) and isinstance(entry.get(key), str):
                stem, _, end = told.id.rpartition(".")
                if entry[key] in _family(stem) and end != entry[key]:
                    yield f"its entry says {entry[key]}"
        own = (m for m in within(value) if m.id not in OF_OTHERS)
        days = [x for m in own for _, x in m.params if isinstance(x, str) and is_day(x)]
        if pool.days and set(days) - pool.days:
            yield "its entry has no such day"


def numbers_of(value: Any) -> tuple[float, ...]:
    """The numbers of a cell: of a range its ends."""
    if isinstance(value, Measurement):
        if value.value is not None and value.low is not None and value.high is not None and value.bounds:
            middle = math.isclose(value.value, (value.low + value.high) / 2, rel_tol=1e-6, abs_tol=1e-9)
            return (value.low, value.high) if middle else (value.value,)
        value = value.value
    known = isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)
    return (float(value),) if known else ()


@cache
def _family(stem: str) -> frozenset[str]:
    """Ends of the messages that begin alike."""
    ids = (id.rpartition(".") for id in catalogue(stem.partition(".")[0]))
    return frozenset(end for other, _, end in ids if other == stem)
