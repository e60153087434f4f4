"""Cases as plain data: read from a folder, changed, written as a folder that the product reads.

A :class:`CaseData` is a real case before it is a file: ``CaseData.read(folder)`` takes one from the library,
:mod:`tests.truth.invented` makes one from a seed, the functions here change one, and ``load(data, folder)`` writes it
and reads it as the product does. Every function returns a new case and leaves the old one as it was.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from guanzi.base.core import money_form, rate_between
from guanzi.base.reading import read_yaml, yaml_text
from guanzi.record.evidence import Case, builtin_cases, find_case, load_case

type Data = dict[str, Any]

_KEPT = ("entities.ftm.json",)
"""Files of a case that are carried as they are."""
_DAY = re.compile(r"\b(19|20)\d\d(?=-\d\d-\d\d\b)")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?=\b|Q|H|-)")
_HIDDEN = ("title", "title_zh", "question", "question_zh", "text", "name", "what", "proof", "note", "basis")
"""Words of a case, which no shift of days touches."""


@dataclass(frozen=True)
class CaseData:
    """A case as plain data.

    Attributes:
        header: ``case.yaml``.
        sources: Sources of its facts, id to entry.
        facts: Its facts, each as a facts file has it.
        sheets: Versions of the term sheet, file name without ending to content.
        watched: What became known after signing: ``sources`` and ``facts``; empty: nothing.
        others: Further files, by their path in the folder.
        made: How it came about, one step after the other, so that a fault can be found again.
        seed: Of the generator; None: it was not invented.
        day: Day as of which it is to be appraised; None: that of its decision.
    """

    header: Data
    sources: Data
    facts: tuple[Data, ...]
    sheets: Mapping[str, Data]
    watched: Data = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    seed: int | None = None
    day: date | None = None

    @classmethod
    def read(cls, folder: Path) -> CaseData:
        """The case of a folder; its outcome is left out."""
        sources, facts = _facts_in(folder / "facts")
        watched: Data = {}
        if (folder / "monitoring").is_dir():
            later, known = _facts_in(folder / "monitoring")
            watched = {"sources": later, "facts": list(known)}
        return cls(
            header=deepcopy(read_yaml(folder / "case.yaml").data),
            sources=sources,
            facts=facts,
            sheets={path.stem: deepcopy(read_yaml(path).data) for path in sorted((folder / "terms").glob("*.yaml"))},
            watched=watched,
            others={name: (folder / name).read_text("utf-8") for name in _KEPT if (folder / name).is_file()},
            made=(folder.name,),
        )

    @property
    def currency(self) -> str:
        """Its currency (ISO 4217)."""
        return str(self.header["currency"])

    @property
    def label(self) -> str:
        """How it came about, in a line."""
        return " · ".join(self.made)

    def step(self, told: str, **changed: Any) -> CaseData:
        """A changed case that says what was changed."""
        return replace(self, made=(*self.made, told), **changed)

    def fact(self, id: str) -> Data:
        """A fact by its id; StopIteration when there is none."""
        return next(fact for fact in self.facts if fact["id"] == id)

    def write(self, folder: Path) -> Path:
        """The folder, written."""
        files = {"case.yaml": self.header, "facts/facts.yaml": {"sources": self.sources, "facts": list(self.facts)}}
        files |= {f"terms/{name}.yaml": sheet for name, sheet in self.sheets.items()}
        if self.watched:
            files["monitoring/figures.yaml"] = self.watched
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(yaml_text(data), "utf-8")
        for name, text in self.others.items():
            (folder / name).write_text(text, "utf-8")
        return folder


def load(data: CaseData, folder: Path) -> Case:
    """The case as the product reads it from its folder."""
    return load_case(data.write(folder))


def library() -> Iterator[CaseData]:
    """The cases that come with the product."""
    for name in builtin_cases():
        yield CaseData.read(find_case(name))


def notes(folder: Path, made: Path) -> Iterator[CaseData]:
    """The cases of research notes, imported as a user would import them.

    Args:
        folder: Where the notes lie, or one file of them.
        made: An empty folder for the cases.
    """
    from guanzi.intake.notes import import_notes

    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else (folder,):
        imported = import_notes(path, made / path.stem, "en", True, "It was public at the time.")
        yield replace(CaseData.read(imported.folder), made=(f"notes {path.stem}",))


def _facts_in(folder: Path) -> tuple[Data, tuple[Data, ...]]:
    sources: Data = {}
    facts: list[Data] = []
    for path in sorted(folder.glob("*.yaml")):
        data = deepcopy(read_yaml(path).data) or {}
        sources |= data.get("sources") or {}
        facts += data.get("facts") or []
        sure = {id for entry in data.get("confirmed") or () if entry.get("because") for id in entry["facts"]}
        for fact in facts:
            if fact["id"] in sure:
                fact.pop("availability", None)
    return sources, tuple(facts)


# -- facts ---------------------------------------------------------------------------------------------------------


def without(data: CaseData, *ids: str) -> CaseData:
    """Without some facts; what corrected one of them stands by itself."""
    kept = [fact for fact in data.facts if fact["id"] not in ids]
    freed = tuple({k: v for k, v in fact.items() if k != "supersedes" or v not in ids} for fact in kept)
    return data.step(f"without {', '.join(ids)}", facts=freed)


def without_names(data: CaseData, *names: str) -> CaseData:
    """Without every fact of some names."""
    return without(data, *(fact["id"] for fact in data.facts if fact["name"] in names))


def with_facts(data: CaseData, *facts: Data) -> CaseData:
    """With further facts; each cites the first source of the case unless it names one, and is held on the last day.

    Needs ``name``, ``value``, ``unit`` and ``period``.
    """
    source = next(iter(data.sources))
    day = data.day or data.header["decision_date"]
    because = {"en": "Held by the team on that day.", "zh": "团队当日已掌握。"}
    usual = {"known_on": day, "source": source, "held_because": because}
    added: list[Data] = []
    for fact in facts:
        taken = {one["id"] for one in (*data.facts, *added)}
        ids = (f"added-{fact['name'].replace('_', '-')}-{number}" for number in count(len(taken)))
        id = next(id for id in ids if id not in taken)
        added.append({"id": id, **usual, **fact})
    told = ", ".join(f"{fact['name']} {fact['period']} = {fact['value']}" for fact in facts)
    return data.step(f"with {told}", facts=(*data.facts, *added))


def with_value(data: CaseData, id: str, value: Any) -> CaseData:
    """With another value of a fact."""
    changed = tuple({**fact, "value": value} if fact["id"] == id else fact for fact in data.facts)
    return data.step(f"{id} = {value}", facts=changed)


UNUSED = {"name": "unheard_of_figure", "value": 7.25, "unit": "count", "id": "unused-fact"}
"""A fact that nothing reads."""


def with_unused(data: CaseData) -> CaseData:
    """With a fact that nothing reads."""
    return with_facts(data, {**UNUSED, "period": data.day or data.header["decision_date"]})


def shuffled(data: CaseData, seed: int) -> CaseData:
    """The same facts and sources in another order."""
    draw = random.Random(seed)
    facts, sources = list(data.facts), list(data.sources.items())
    draw.shuffle(facts)
    draw.shuffle(sources)
    return data.step(f"shuffled {seed}", facts=tuple(facts), sources=dict(sources))


def renamed(data: CaseData, mark: Callable[[str], str]) -> CaseData:
    """The same facts and sources under other ids."""

    def at(sources: Data, facts: Iterable[Data]) -> tuple[Data, list[Data]]:
        changed = []
        for fact in facts:
            new = {**fact, "id": mark(fact["id"]), "source": mark(fact["source"])}
            if fact.get("supersedes"):
                new["supersedes"] = mark(fact["supersedes"])
            changed.append(new)
        return {mark(id): entry for id, entry in sources.items()}, changed

    def cited(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                k: mark(v) if k == "source" and isinstance(v, str) and v in data.sources else cited(v)
                for k, v in node.items()
            }
        return [cited(item) for item in node] if isinstance(node, list) else node

    sources, facts = at(data.sources, data.facts)
    watched = data.watched
    if watched:
        later, known = at(watched["sources"], watched["facts"])
        watched = {"sources": later, "facts": known}
    sheets = {name: cited(sheet) for name, sheet in data.sheets.items()}
    others = {
        name: "".join(f"{json.dumps(cited(json.loads(line)), ensure_ascii=False)}\n" for line in text.splitlines())
        for name, text in data.others.items()
    }
    return data.step("renamed", sources=sources, facts=tuple(facts), sheets=sheets, watched=watched, others=others)


# -- days ----------------------------------------------------------------------------------------------------------


def shifted(data: CaseData, years: int) -> CaseData:
    """Everything so many years later, but for words and exchange rates' names."""

    def day(value: date) -> date:
        leap = (value.month, value.day) == (2, 29)
        return value.replace(year=value.year + years, day=28 if leap else value.day)

    def year(found: re.Match[str]) -> str:
        return str(int(found[0]) + years)

    def moved(node: Any, key: str = "") -> Any:
        if key in _HIDDEN or key == "address":
            return node
        if isinstance(node, date):
            return day(node)
        if isinstance(node, dict):
            return {k: moved(v, str(k)) for k, v in node.items()}
        if isinstance(node, list):
            return [moved(item, key) for item in node]
        if key == "period":
            return node + years if isinstance(node, int) else _YEAR.sub(year, node)
        return _DAY.sub(year, node) if isinstance(node, str) else node

    return data.step(
        f"shifted {years} years",
        header=moved(data.header),
        sources=moved(data.sources),
        facts=tuple(moved(fact) for fact in data.facts),
        sheets={_DAY.sub(year, name): moved(sheet) for name, sheet in data.sheets.items()},
        watched=moved(data.watched),
        others={name: _DAY.sub(year, text) for name, text in data.others.items()},
        day=day(data.day) if data.day else None,
    )


def as_of(data: CaseData, day: date) -> CaseData:
    """To be appraised as of another day."""
    return data.step(f"as of {day}", day=day)


def days_of(data: CaseData) -> tuple[date, ...]:
    """The days on which something became known, in their order."""
    known = {fact["known_on"] for fact in data.facts} | {sheet["known_on"] for sheet in data.sheets.values()}
    return tuple(sorted(day for day in known if day <= data.header["decision_date"]))


# -- money ---------------------------------------------------------------------------------------------------------


def times(data: CaseData, factor: float) -> CaseData:
    """All money so many times larger, counts and prices of a piece as they were."""
    return data.step(f"money × {factor}", facts=_money(data, str, factor), sheets=_units(data, factor))


def in_currency(data: CaseData, code: str, rate: float) -> CaseData:
    """The same case counted in another currency.

    Args:
        data: The case; it should hold the rate already, see :func:`with_rate`.
        code: The other currency.
        rate: Units of the case's currency for one unit of the other.
    """
    own = data.currency

    def other(unit: str) -> str:
        return re.sub(rf"\b{own}\b", code, unit)

    facts = _money(data, other, 1 / rate, own)
    sheets = {name: {**sheet, "currency": code} for name, sheet in _units(data, 1 / rate).items()}
    return data.step(f"in {code} at {rate}", header={**data.header, "currency": code}, facts=facts, sheets=sheets)


def with_rate(data: CaseData, code: str, rate: float) -> CaseData:
    """With the exchange rate of a currency: units of the case's currency for one unit of it."""
    name = f"{code.lower()}_{data.currency.lower()}"
    without_it = replace(data, facts=tuple(fact for fact in data.facts if fact["name"] != name))
    day = data.day or data.header["decision_date"]
    fact = {"name": name, "subject": "fx", "value": rate, "unit": f"{data.currency} per {code}", "period": day}
    return with_facts(without_it, fact)


def _money(data: CaseData, change: Callable[[str], str], factor: float, own: str = "") -> tuple[Data, ...]:
    changed = []
    for fact in data.facts:
        form = None if rate_between(fact["name"]) else money_form(fact["unit"])
        if form is None or (own and form[0] != own):
            changed.append(fact)
            continue
        scale = factor if own or form[1] == " m" else 1.0
        changed.append({**fact, "unit": change(fact["unit"]), "value": _scaled(fact["value"], scale)})
    return tuple(changed)


def _scaled(value: Any, factor: float) -> Any:
    if isinstance(value, dict):
        return {k: _scaled(v, factor) if k in ("low", "high") else v for k, v in value.items()}
    return value * factor if isinstance(value, int | float) and not isinstance(value, bool) else value


_AMOUNTS = ("amount", "value", "limit", "total", "cost", "strike", "qualified", "leaving_costs", "penalty")
"""Fields of a term sheet that hold money; within them amounts, brackets, parts by party, and so much per year."""
_PER_YEAR = re.compile(r"([-+\d._]+)( per year)")


def _units(data: CaseData, factor: float) -> dict[str, Data]:
    """Term sheets with every amount so many times larger; a cap is money but for one on a preference."""

    def larger(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: node[key] if key in ("note", "basis", "source") else larger(node[key]) for key in node}
        if isinstance(node, str) and (found := _PER_YEAR.fullmatch(node)):
            return f"{float(found[1]) * factor!r}{found[2]}"
        if isinstance(node, list):
            return [larger(item) for item in node]
        return node * factor if isinstance(node, int | float) and not isinstance(node, bool) else node

    def walked(node: Any, within: str = "") -> Any:
        if isinstance(node, dict):
            return {
                key: larger(value)
                if key in _AMOUNTS or (key == "cap" and within != "preference")
                else value
                if key == "horizon"
                else walked(value, str(key))
                for key, value in node.items()
            }
        return [walked(item, within) for item in node] if isinstance(node, list) else node

    return {name: walked(sheet) for name, sheet in data.sheets.items()}
