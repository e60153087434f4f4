"""Held to the two appraisals: what is told of the difference between them, and because of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.truth.answers import NoClaim
from tests.truth.denials import entry_of
from tests.truth.faults import Fault
from tests.truth.reading import Piece, Reading, params, within

from guanzi.base.core import LANGUAGES, Message, render
from guanzi.render import Measurement
from guanzi.render.localised import localise_value

_SIMULATED = re.compile(r"\bpaths?\b|standard error|路径|标准误")


def altered(reading: Reading) -> Iterator[Fault]:
    """What the page of changes tells that its two ends do not bear out."""
    if "changes" not in reading.documents:
        return
    published = reading.published["changes"]
    ends = published["ends"]
    yield from _equal(reading)
    yield from _labelled(reading, published)
    yield from _as_published(reading, published)
    yield from _moved(published)
    yield from _held_before(published)
    yield from _counted(reading, published)
    yield from _as_entered(reading, published)
    yield from _named(reading)
    yield from _answered(reading, published)
    yield from _untold(reading, published)
    yield from _outside(reading)
    yield from _apart(reading)
    if not any(end["versions"]["paths"] for end in ends):
        yield from (
            _fault("simulated", words, "nothing was simulated")
            for words in _words(reading)
            if any(_SIMULATED.search(render(words, lang)) for lang in LANGUAGES)
        )


def _equal(reading: Reading) -> Iterator[Fault]:
    """A figure that is told to have moved, and reads the same then and now; one figure told in two ways."""
    told: dict[str, tuple[str, ...]] = {}
    for table in reading.documents["changes"].tables():
        for row in table.rows if table.id in ("figures", "all") else ():
            then, now = (localise_value(cell, "en") for cell in row.cells[:2])
            gaps = [cell.value for cell in row.cells[:2]] == [None, None]
            if gaps or (then == now and "between" not in then and localise_value(row.cells[2], "en") == "changed"):
                yield _fault(table.id, row.id, f"then and now: {then}")
            whole = [cell.value for cell in row.cells[:2]]
            ranges = tuple(str(x) if x is not None and getattr(x, "bounds", False) else "" for x in whole)
            if told.setdefault(row.id, ranges) != ranges:
                yield _fault(table.id, row.id, "a range in one table is one number in another")


def _labelled(reading: Reading, published: Mapping[str, Any]) -> Iterator[Fault]:
    """A figure from a right that is told to be from another one."""
    held = {id: str(figure["label"]) for end in published["ends"] for id, figure in end["figures"].items()}
    for table in reading.documents["changes"].tables():
        for row in table.rows:
            label = held.get(row.id.removeprefix("figure:"), "")
            for one in within(row.head.value):
                if label and one.id.startswith("appraisal.figure.from.") and one.id not in label:
                    yield _fault(table.id, one, f"{row.id} is not from that")


def _as_published(reading: Reading, published: Mapping[str, Any]) -> Iterator[Fault]:
    """A figure then or now that is not the one of its day, or has an interval that this one has not."""
    for table in reading.documents["changes"].tables():
        for row in table.rows if table.id in ("figures", "all") else ():
            for end, cell in zip(published["ends"], row.cells[:2], strict=True):
                if not isinstance(cell.value, Measurement):
                    continue
                held = end["figures"].get(row.id.removeprefix("figure:")) or {"value": None, "low": None, "high": None}
                told = (cell.value.low, cell.value.high)
                bare = table.id == "figures" and told == (None, None)  # what stands first is told without its interval
                ends = ("value",) if bare else ("value", "low", "high")
                if not all(_near(getattr(cell.value, name), held[name]) for name in ends):
                    yield _fault(table.id, row.id, f"{[getattr(cell.value, name) for name in ends]} is not of that day")


def _moved(published: Mapping[str, Any]) -> Iterator[Fault]:
    """A change that is told to move a figure, which reads the same before and after it."""
    for one in published["differences"]:
        for shift in one["shifts"] if one["kind"] == "figure" else ():
            before, after = (x or {"value": None, "low": None, "high": None} for x in (shift["before"], shift["after"]))
            keys = ("value", "low", "high")
            if all(_near(before[key], after[key]) for key in keys):
                yield _fault("causes", f"{shift['cause']}: {one['id']}", "it does not move")


def _held_before(published: Mapping[str, Any]) -> Iterator[Fault]:
    """What was held before and no rate told then, told as new by itself; an advice laid to what it does not need."""
    causes = {cause["id"]: cause for cause in published["causes"]}
    for cause in causes.values():
        if not cause["joined"] and {fact["id"] for fact in cause["after"]} & {*published["untold"]}:
            yield _fault("causes", cause["id"], "held before, and told as new")
    for one in published["differences"]:
        if (one["kind"], one["id"]) == ("advice", "advice"):
            yield from _advised(one, causes)


def _advised(one: Mapping[str, Any], causes: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """An advice laid to a change without which it is the same, or to fewer changes than alone give it."""
    needed = {id for id, cause in causes.items() if cause["advice_without"] is not None}
    alone = {id for id, cause in causes.items() if cause["advice_alone"] == one["after"]}
    told = {*one["because"]["causes"]} & {*causes}
    if needed and not told <= needed:
        yield _fault(
            "advice", str(sorted(told)), f"without it the advice is the same, and not without {sorted(needed)}"
        )
    if not needed and alone and (told != alone or (one["because"]["bond"] == "each") != (len(alone) > 1)):
        yield _fault("advice", str(sorted(told)), f"each of {sorted(alone)} alone gives it")


def _counted(reading: Reading, published: Mapping[str, Any]) -> Iterator[Fault]:
    """Findings counted beside the changes that are not those of the table; paths that an appraisal does not rest on."""
    tables = {table.id: table for table in reading.documents["changes"].tables()}
    if "causes" in tables:
        laid = [cause for d in published["differences"] if d["kind"] == "finding" for cause in d["because"]["causes"]]
        counted = 0
        for row in tables["causes"].rows:
            figures, findings, others = (int(localise_value(cell, "en").replace(",", "")) for cell in row.cells[1:4])
            counted += findings
            stays = getattr(row.cells[4].value, "id", "") == "reports.changes.advice_stays"
            if not figures + findings + others and stays:
                yield _fault("causes", localise_value(row.head, "en"), "told to affect something, and affects nothing")
        if counted != len(laid):
            yield _fault("causes", str(counted), f"findings are laid to changes {len(laid)} times")
    for words in _words(reading):
        if words.id == "reports.changes.how.paths":
            more = [end for end in published["ends"] if end["versions"]["paths"] > params(words)["paths"]]
            if len(more) != params(words)["n"]:
                yield _fault("how", words, f"{len(more)} rest on more paths")


def _near(a: float | None, b: float | None) -> bool:
    return a == b if a is None or b is None else abs(a - b) <= 1e-12 * max(abs(a), abs(b))


def _as_entered(reading: Reading, published: Mapping[str, Any]) -> Iterator[Fault]:
    """A number of a fact that stands in the words of no cause with all its digits."""
    said = "\n".join(render(words, "en") for words in _words(reading))
    for cause in published["causes"]:
        for fact in cause["after"]:
            if isinstance(fact["value"], float) and fact["unit"] not in ("flag", "ratio"):
                digits = f"{fact['value']:,.10f}".rstrip("0").rstrip(".").replace("-", "−")
                if digits not in said:
                    yield _fault("causes", cause["id"], f"{digits} is not told as entered")


def _named(reading: Reading) -> Iterator[Fault]:
    """The name of a file in place of the title of a term sheet."""
    files = {sheet.name for sheet in reading.view.sheets}
    for words in _words(reading):
        if any(name in render(words, "en") for name in files):
            yield _fault("causes", words, "the name of a file")


def _answered(reading: Reading, published: Mapping[str, Any]) -> Iterator[Fault]:
    """A question that a new fact answers, and that is told to be gone because of something else."""
    before, causes = published["ends"][0], {cause["id"]: cause for cause in published["causes"]}
    texts = {finding["id"]: finding["text"] for finding in before["findings"] if finding["kind"] == "gap"}
    for one in published["differences"]:
        if one["kind"] != "finding" or one["after"] is not None or one["id"] not in texts:
            continue
        denial = Message.from_dict(texts[one["id"]])
        entry = entry_of(denial.id)
        if entry is None or isinstance(entry, NoClaim):
            continue
        answers = set(entry(reading.view, denial, Piece("changes", "findings", "", "")))
        new = {fact["id"] for cause in causes.values() for fact in cause["after"]} & answers
        last = causes.get(one["shifts"][-1]["cause"])
        if new and last is not None and not {fact["id"] for fact in last["after"]} & new:
            yield _fault("findings", one["id"], f"gone because of {last['id']}, and {sorted(new)} answer it")


def _untold(reading: Reading, published: Mapping[str, Any]) -> Iterator[Fault]:
    """A denial of the earlier day that a fact answers which was held then and which no rate told, without a word."""
    texts = {finding["id"]: finding["text"] for finding in published["ends"][0]["findings"]}
    for table in reading.documents["changes"].tables():
        for row in table.rows if table.id == "findings" and published["untold"] else ():
            id = row.id.removeprefix("finding:")
            denial = Message.from_dict(texts[id]) if id in texts else None
            entry = None if denial is None or row.head.value != denial else entry_of(denial.id)
            if denial is None or entry is None or isinstance(entry, NoClaim):
                continue
            answers = set(entry(reading.view, denial, Piece("changes", "findings", "", ""))) & {*published["untold"]}
            if answers and "reports.changes.without.statement" not in {note.words.id for note in row.head.notes}:
                yield _fault("findings", denial, f"held then: {sorted(answers)}")


def _outside(reading: Reading) -> Iterator[Fault]:
    """A mean outside its interval without the reason."""
    for table in reading.documents["changes"].tables():
        for row in table.rows if table.id in ("figures", "all") else ():
            for cell in row.cells[:2]:
                ends = [getattr(cell.value, name, None) for name in ("low", "value", "high")]
                said = any("few_futures" in note.words.id for note in cell.notes)
                known = [end for end in ends if isinstance(end, float)]
                low, middle, high = known if len(known) == len(ends) else (0.0, 0.0, 0.0)
                if not (low <= middle <= high or _near(middle, low) or _near(middle, high) or said):
                    yield _fault(table.id, row.id, f"a mean outside its interval: {ends}")


def _apart(reading: Reading) -> Iterator[Fault]:
    """A figure whose changes are told to act together, and that add up where each is made alone; gaps in that table."""
    tables = {table.id: table for table in reading.documents["changes"].tables()}
    if "parts" not in tables:
        return
    alone: dict[str, list[tuple[float, float]]] = {}
    for row in tables["parts"].rows:
        if None in [cell.value for cell in row.cells]:
            yield _fault("parts", localise_value(row.head, "en"), "told as no evidence")
        part, by_itself = (getattr(cell.value, "value", None) for cell in row.cells[1:3])
        if isinstance(part, float):
            pair = (part, by_itself if isinstance(by_itself, float) else part)
            alone.setdefault(localise_value(row.head, "en"), []).append(pair)
    off = [name for name, pairs in alone.items() if not _near(sum(p for p, _ in pairs), sum(a for _, a in pairs))]
    together = [words for words in _words(reading) if words.id == "reports.changes.together"]
    for words in together:
        if params(words)["n"] > len(off):
            yield _fault("parts", words, f"{len(off)} figures differ from the sum of what each change does alone")


def _words(reading: Reading) -> Iterator[Message]:
    """Whole messages of the page."""
    for piece in reading.pieces:
        if piece.document == "changes" and isinstance(piece.words, Message):
            yield piece.words


def _fault(section: str, said: Message | str, found: str) -> Fault:
    return Fault("changes", "changes", section, said, found)
