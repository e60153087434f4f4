"""Hold proposals to the keys of the golden documents: ``python -m tests.golden.score PROPOSALS.json``.
Proposals are the list that ``guanzi evidence read DOC… --json`` prints. One is *right* where a fact that must or may
be found has its name, value, unit and period; *forbidden* where it takes a figure for a fact that its key names as
false; else *wrong*. Words (facts with the unit ``text``) are counted and not judged. Of those that are right, the
page, the box (or sheet and cell) and the day are held to the key, too. A loss says the same as a negative profit,
``CNY m`` the same as a million times ``CNY``, and a span that is a quarter the same as the quarter.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from typing import Any, Literal

from guanzi.base.core import GuanziError, Period

HERE = Path(__file__).resolve().parent
FOLDERS = {"open": HERE / "keys", "locked": HERE / "locked" / "keys"}
TURNED = {
    "net_loss": "net_profit",
    "net_loss_to_date": "net_profit_to_date",
    "operating_loss": "operating_profit",
    "accumulated_deficit": "retained_earnings",
}
"""A fact and the one that says the same with the other sign."""
SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9}
ENERGY = {"kWh": 1.0, "MWh": 1e3, "GWh": 1e6}
ENOUGH = 0.6
"""So much of a figure lies in a box that holds it, two points of margin granted."""
MARGIN = 2.0
LARGEST = 595 * 842 / 16
"""A sixteenth of a page of A4, in square points: a larger box points at nothing."""

type Verdict = Literal["right", "wrong", "forbidden", "words"]


@dataclass(frozen=True)
class Judged:
    """A proposal and what is said of it; None where a document has no pages, boxes or day to be held to."""

    proposal: dict[str, Any]
    verdict: Verdict
    scanned: bool
    page: bool | None = None
    box: bool | None = None
    day: bool | None = None
    why: str = ""


@dataclass(frozen=True)
class Wanted:
    """A fact that must be found, at one place or more, and whether it was."""

    entry: dict[str, Any]
    scanned: bool
    found: bool


@dataclass(frozen=True)
class Reading:
    """One document, its key, and what was read of it."""

    key: dict[str, Any]
    part: str
    wanted: list[Wanted]
    judged: list[Judged]


@dataclass
class Count:
    """Sums of several readings; shares are None where there is nothing to share."""

    documents: int = 0
    pages: int = 0
    wanted: int = 0
    found: int = 0
    verdicts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("right", "wrong", "forbidden", "words"), 0))
    held: dict[str, list[bool]] = field(default_factory=lambda: {"page": [], "box": [], "day": []})

    @property
    def recall(self) -> float | None:
        """Share of the facts that must be found."""
        return self.found / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """Share of the proposals that are right, words left out."""
        told = sum(self.verdicts[verdict] for verdict in ("right", "wrong", "forbidden"))
        return self.verdicts["right"] / told if told else None

    def share(self, of: str) -> float | None:
        """Share of the right proposals whose ``page``, ``box`` or ``day`` is right."""
        return sum(self.held[of]) / len(self.held[of]) if self.held[of] else None


def keys() -> list[tuple[str, dict[str, Any]]]:
    """Part and key of every golden document."""
    return [
        (part, json.loads(path.read_text("utf-8")))
        for part, folder in FOLDERS.items()
        for path in sorted(folder.glob("*.json"))
    ]


def judge(part: str, key: dict[str, Any], proposals: Iterable[dict[str, Any]]) -> Reading:
    """What of a document was found, and which of the proposals about it are right."""
    true, false = [*key["must"], *key["may"]], key["not"]
    judged, reached = [], set()
    for proposal in proposals:
        scanned = proposal.get("page") in key["scanned"]
        if proposal.get("unit") == "text":
            judged.append(Judged(proposal, "words", scanned))
            continue
        said = [entry for entry in true if _same(entry, proposal) and _when(entry, proposal)]
        if said:
            reached |= {_identity(entry) for entry in said}
            judged.append(_held(key, proposal, said, scanned))
        else:
            why = next((entry["why"] for entry in false if _same(entry, proposal)), None)
            judged.append(Judged(proposal, "wrong" if why is None else "forbidden", scanned, why=why or ""))
    places: dict[Any, list[dict[str, Any]]] = {}
    for entry in key["must"]:
        places.setdefault(_identity(entry), []).append(entry)
    wanted = [
        Wanted(entries[0], all(entry.get("page") in key["scanned"] for entry in entries), identity in reached)
        for identity, entries in places.items()
    ]
    return Reading(key, part, wanted, judged)


def _held(key: dict[str, Any], proposal: dict[str, Any], said: list[dict[str, Any]], scanned: bool) -> Judged:
    day = proposal.get("known_on") == key["known_on"]
    if key["document"].endswith(".xlsx"):
        cells = {(entry["sheet"], entry["cell"]) for entry in said}
        page = proposal.get("sheet") in {sheet for sheet, _ in cells}
        return Judged(proposal, "right", scanned, page, (proposal.get("sheet"), proposal.get("cell")) in cells, day)
    if not key["document"].endswith(".pdf"):
        return Judged(proposal, "right", scanned, day=day)
    here = [entry for entry in said if entry["page"] == proposal.get("page")]
    box = any(holds(proposal.get("box"), entry["box"]) for entry in here)
    return Judged(proposal, "right", scanned, bool(here), box, day)


def holds(box: Sequence[float] | None, figure: Sequence[float]) -> bool:
    """Whether a box, small enough to point at something, holds a figure."""
    if box is None or (box[2] - box[0]) * (box[3] - box[1]) > LARGEST:
        return False
    across = min(box[2] + MARGIN, figure[2]) - max(box[0] - MARGIN, figure[0])
    down = min(box[3] + MARGIN, figure[3]) - max(box[1] - MARGIN, figure[1])
    area = (figure[2] - figure[0]) * (figure[3] - figure[1])
    return across > 0 and down > 0 and across * down >= ENOUGH * area


def _same(entry: dict[str, Any], proposal: dict[str, Any]) -> bool:
    """Whether a proposal says the fact of an entry with its value and unit."""
    told = _stated(str(proposal.get("fact")), proposal.get("value"), str(proposal.get("unit")))
    names = (entry["fact"], *entry.get("also", ()))
    return any(_equal(told, _stated(name, entry["value"], entry["unit"])) for name in names)


def _stated(fact: str, value: Any, unit: str) -> tuple[str, tuple[float, ...] | bool, str]:
    """A fact in the form in which two that say the same are equal: profits, base units, ends of an interval."""
    if isinstance(value, bool):
        return fact, value, "flag"
    ends = [value["low"], value["high"]] if isinstance(value, dict) else value if isinstance(value, list) else [value]
    factor, base = _unit(unit)
    sign = -1 if fact in TURNED else 1
    try:
        numbers = tuple(sorted(sign * factor * float(end) for end in ends))
    except (TypeError, ValueError):
        numbers = ()
    return TURNED.get(fact, fact), numbers, base


def _unit(unit: str) -> tuple[float, str]:
    if unit in ("%", "percent"):
        return 0.01, "ratio"
    if unit == "million shares":
        return 1e6, "shares"
    energy, stroke, each = unit.partition("/")
    if energy in ENERGY:
        return ENERGY[energy], f"kWh{stroke}{each}"
    name, _, scale = unit.replace("RMB", "CNY").partition(" ")
    if scale in SCALES:
        return SCALES[scale], name
    return 1.0, unit.replace("RMB", "CNY").replace("vehicles", "units").replace("aircraft", "units").replace(
        "jobs", "people"
    )


def _equal(one: tuple[str, Any, str], other: tuple[str, Any, str]) -> bool:
    if one[0] != other[0] or one[2] != other[2]:
        return False
    if isinstance(one[1], bool) or isinstance(other[1], bool):
        return one[1] is other[1]
    return len(one[1]) == len(other[1]) and all(map(_near, one[1], other[1]))


def _near(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-6)


def _when(entry: dict[str, Any], proposal: dict[str, Any]) -> bool:
    return _period(proposal.get("period")) in {_period(period) for period in entry.get("periods", [entry["period"]])}


def _period(text: Any) -> str:
    try:
        return str(Period.parse(str(text)))
    except GuanziError:
        return str(text)


def _identity(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (*_stated(entry["fact"], entry["value"], entry["unit"]), _period(entry["period"]))


def counted(readings: Iterable[Reading], scanned: bool | None = None) -> Count:
    """Sums over readings, of scanned or of digital pages alone if asked."""
    count = Count()
    for reading in readings:
        pictures = len(reading.key["scanned"])
        pages = {None: reading.key["pages"], True: pictures, False: reading.key["pages"] - pictures}[scanned]
        count.documents += pages > 0
        count.pages += pages
        for fact in reading.wanted:
            if scanned in (None, fact.scanned):
                count.wanted += 1
                count.found += fact.found
        for told in reading.judged:
            if scanned in (None, told.scanned):
                count.verdicts[told.verdict] += 1
                for of in count.held:
                    if (right := getattr(told, of)) is not None:
                        count.held[of].append(right)
    return count


HEAD = (
    "| documents | n | pages | must be found | found | recall | proposed | precision | page | box | day "
    "| must not, found | words |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def table(readings: list[Reading]) -> str:
    """Recall, precision and places as a table: all, digital and scanned, open and locked, by language."""
    groups: list[tuple[str, set[str], bool | None]] = [("all", {"open", "locked"}, None)]
    for part in ("open", "locked"):
        groups += [(f"{part}, digital", {part}, False), (f"{part}, scanned", {part}, True)]
    groups += [("Chinese", {"zh"}, None), ("English", {"en"}, None)]
    lines = [HEAD]
    for name, chosen, scanned in groups:
        lines.append(row(name, counted((r for r in readings if chosen & {r.part, r.key["language"]}), scanned)))
    return "\n".join(lines)


def row(name: str, count: Count) -> str:
    """Sums of several readings as a row of the table."""
    told = sum(count.verdicts.values()) - count.verdicts["words"]
    shares = [_share(value) for value in (count.precision, *map(count.share, ("page", "box", "day")))]
    cells = [name, count.documents, count.pages, count.wanted, count.found, _share(count.recall), told, *shares]
    return f"| {' | '.join(map(str, cells))} | {count.verdicts['forbidden']} | {count.verdicts['words']} |"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def faults(readings: Iterable[Reading]) -> list[str]:
    """What was missed, and what was told that is wrong, of the documents that are open; of locked ones nothing."""
    lines = []
    for reading in readings:
        if reading.part == "locked":
            continue
        name = reading.key["document"]
        for fact in reading.wanted:
            if not fact.found:
                entry = fact.entry
                where = entry.get("cell") or f"page {entry['page']}"
                lines.append(
                    f"{name}, {where}: missed {entry['fact']} {entry['period']} = {entry['value']} {entry['unit']}"
                )
        for told in reading.judged:
            said = told.proposal
            what = f"{said.get('fact')} {said.get('period')} = {said.get('value')} {said.get('unit')}"
            where = said.get("cell") or f"page {said.get('page')}"
            if told.verdict in ("wrong", "forbidden"):
                lines.append(f"{name}, {where}: {told.verdict} {what}" + (f" ({told.why})" if told.why else ""))
            elif told.page is False or told.box is False:
                lines.append(f"{name}, {where}: {'page' if told.page is False else 'box'} of {what}")
    return lines


def score(proposals: Iterable[dict[str, Any]]) -> list[Reading]:
    """A reading of every golden document; a proposal names its document by the name of the file."""
    of: dict[str, list[dict[str, Any]]] = {}
    for proposal in proposals:
        of.setdefault(Path(str(proposal.get("document"))).name, []).append(proposal)
    found = [judge(part, key, of.pop(key["document"], ())) for part, key in keys()]
    if of:
        raise ValueError(f"no key for {', '.join(of)}")
    return found


def main() -> None:
    """Print the table and the faults of the open part."""
    readings = score(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    print(table(readings))
    print("\n".join(faults(readings)))


if __name__ == "__main__":
    main()
