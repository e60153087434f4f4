"""Changes of a case that must not change what is said of it, and what is compared before and after."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.truth.faults import Fault
from tests.truth.generation import (
    UNUSED,
    CaseData,
    Data,
    in_currency,
    renamed,
    shuffled,
    times,
    with_rate,
    with_unused,
)

from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.shared.run import Run

PATHS = 32
_MARK = re.compile(r"\bq[0-9a-f]{6}-|(?<=\blater-)\d+")
"""A mark before an id, and the number under which a source of a later day stands, which follows the order of ids."""
_OF_FILES = re.compile(r"sha256|^place$")
"""Hashes of files and places in them."""
NEW_NAMES = {"company": ("quux", "Quuxwerk", "夸克斯"), "region": ("yonder", "Yonderland", "远方")}
"""Id, name and Chinese name of another company and region; no other words of any case hold them."""
EXTENSIVE = (
    "vehicles", "vehicles/year", "vehicles/week", "aircraft", "aircraft/year", "units", "units/year",
    "wafers/month", "substrates/month", "GWh", "GWh/year", "people", "persons", "jobs",
)  # fmt: skip
"""Units of what a company ten times as large has ten times as much of, besides money."""
SCALE_FREE = ("ratio", "ratio points", "months", "years", "count", "year")
"""Units of figures that have no size."""


def appraised(data: CaseData) -> Data:
    """The content of ``appraisal.json`` of a case."""
    with TemporaryDirectory() as folder:
        data.write(Path(folder))
        return appraising.data(appraising.appraise(appraising.Request(folder, data.day, run=Run(PATHS, threads=1))))


# -- ids, order, names ---------------------------------------------------------------------------------------------


def with_other_ids(data: CaseData) -> CaseData:
    """Facts and sources under ids whose order is another: each old id with a mark before it."""
    return renamed(data, lambda id: f"q{sha256(id.encode()).hexdigest()[:6]}-{id}")


def unmarked(found: Data) -> Data:
    """An appraisal without marks of :func:`with_other_ids`, hashes and places; lists of ids and rows in one order."""
    told: Data = _in_order(json.loads(_MARK.sub("", json.dumps(found))))
    return told


def _in_order(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _in_order(value) for key, value in node.items() if not _OF_FILES.search(key)}
    if not isinstance(node, list):
        return node
    held = [_in_order(item) for item in node]
    if all(isinstance(item, str) for item in held):
        return sorted(held)
    rows = all(isinstance(item, dict) and "id" in item for item in held)
    return sorted(held, key=json.dumps) if rows else held


def new_names(data: CaseData) -> dict[str, tuple[str, str, str]]:
    """Ids and names in place of those of a case: that of the company begins as before, since publishers bear it."""
    id, name, name_zh = NEW_NAMES["company"]
    return {**NEW_NAMES, "company": (id, f"{data.header['company']['name']} {name}", name_zh)}


def with_other_names(data: CaseData, company_id: bool) -> CaseData:
    """The company and the region under other names, and ids in the case and its term sheets.

    Args:
        data: The case.
        company_id: The company has another id, too. It is the name of its random numbers, so that a simulation has
            others.
    """
    old = {data.header[of]["id"]: NEW_NAMES[of][0] for of in (("company", "region") if company_id else ("region",))}

    def moved(node: Any) -> Any:
        if isinstance(node, dict):
            return {old.get(key, key): moved(value) for key, value in node.items()}
        if isinstance(node, list):
            return [moved(item) for item in node]
        return old.get(node, node) if isinstance(node, str) else node

    header = dict(data.header)
    for of, (_, name, name_zh) in new_names(data).items():
        header[of] = {**header[of], "id": moved(header[of]["id"]), "name": name, "name_zh": name_zh}
    return data.step("other names", header=header, sheets={name: moved(sheet) for name, sheet in data.sheets.items()})


def with_names_of(found: Data, data: CaseData) -> Data:
    """An appraisal of :func:`with_other_names` with the names of the case put back."""
    told = json.dumps(found, ensure_ascii=False)
    for of, new in new_names(data).items():
        for key, name in zip(("id", "name", "name_zh"), new, strict=True):
            told = told.replace(name, data.header[of][key])
    back: Data = json.loads(told)
    return back


# -- size and currency ---------------------------------------------------------------------------------------------


def larger(data: CaseData, factor: float) -> CaseData:
    """Company and budget so many times larger: all money but prices of a piece, and everything that is counted."""
    grown = times(data, factor)
    facts = tuple(_more(fact, factor) if fact["unit"] in EXTENSIVE else fact for fact in grown.facts)
    return replace(grown, facts=facts)


def _more(fact: Data, factor: float) -> Data:
    value = fact["value"]
    if isinstance(value, dict):
        return {**fact, "value": {k: v * factor if k in ("low", "high") else v for k, v in value.items()}}
    return {**fact, "value": value * factor}


ADVICE = ("advice", "as signed")


def scale_free(found: Data, simulated: bool = True) -> dict[str, Any]:
    """What an appraisal says that has no size: advice, outcomes of the table, kinds of findings, ratios and times.

    Args:
        found: The appraisal.
        simulated: Also what comes from the simulation.
    """
    told: dict[str, Any] = dict(zip(ADVICE, (found["advice"], found["as_signed"]), strict=True))
    told |= {f"finding {one['id']}": (one["kind"], one["severity"]) for one in found["findings"]}
    figures = {id: one for id, one in found["figures"].items() if simulated or not _is_run(id, found["figures"])}
    rows = [row for row in found["rows"] if simulated or figures.keys() >= set(row["figures"])]
    told |= {f"row {row['id']}": row["outcome"] for row in rows}
    for id, figure in figures.items():
        if figure["unit"] in SCALE_FREE:
            told |= {f"figure {id}.{part}": figure[part] for part in ("value", "low", "high")}
    return told


def _is_run(id: str, figures: Mapping[str, Any]) -> bool:
    """Whether a figure or one of those that it comes from is simulated, or is a range that something simulated left."""
    figure = figures.get(id)
    left = id.startswith("range.")
    return figure is not None and (
        left or figure["kind"] == "simulated" or any(_is_run(p, figures) for p in figure["parents"])
    )


def differences(one: Mapping[str, Any], other: Mapping[str, Any], near: float = 1e-6) -> dict[str, tuple[Any, Any]]:
    """What differs, by its key; numbers differ by more than a part of themselves."""
    return {
        key: (one.get(key), other.get(key))
        for key in sorted({*one, *other})
        if not _same(one.get(key), other.get(key), near)
    }


def _same(one: object, other: object, near: float) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= near * max(abs(one), abs(other), 1e-3)
    return one == other


def all_but_hashes(found: Data) -> dict[str, Any]:
    """All plain values of an appraisal, by where they stand."""
    return dict(leaves(unmarked(found)))


def leaves(node: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """All plain values of data, each with where it stands; of a list its length, too."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{at}/{key}")
    elif isinstance(node, list):
        yield f"{at}#", len(node)
        for number, value in enumerate(node):
            yield from leaves(value, f"{at}/{number}")
    else:
        yield at, node


# -- what differs after a change -----------------------------------------------------------------------------------

type Differences = dict[str, tuple[Any, Any]]
RATES = {"CNY": ("USD", 7.0), "USD": ("CNY", 1 / 7.0), "EUR": ("USD", 0.9), "GBP": ("USD", 0.8), "KRW": ("USD", 1300.0),
         "JPY": ("USD", 145.0)}  # fmt: skip
"""Another currency for each, and the price of one unit of it."""


def by_order(data: CaseData, found: Data) -> Differences:
    """After another order and other ids of facts and sources."""
    other = appraised(shuffled(with_other_ids(data), 3))
    return differences(all_but_hashes(found), all_but_hashes(other), near=0.0)


def by_names(data: CaseData, found: Data, company_id: bool = False) -> Differences:
    """After other names of company and region; see :func:`with_other_names`."""
    other = with_names_of(appraised(with_other_names(data, company_id)), data)
    return differences(all_but_hashes(found), all_but_hashes(other), near=0.0)


def by_currency(data: CaseData, _: Data) -> Differences:
    """When all is counted in another currency, of which the price is held before and after."""
    code, rate = RATES[data.currency]
    held = with_rate(data, code, rate)
    found = differences(scale_free(appraised(held)), scale_free(appraised(in_currency(held, code, rate))))
    return {key: pair for key, pair in found.items() if not (QUANTILE.search(key) and _same(*pair, BIN))}


QUANTILE, BIN = re.compile(r"_p\d"), 0.003
"""Names of figures that are counted in bins, and the part of a figure by which a bin is wide."""


def by_size(data: CaseData, one: Data) -> Differences:
    """When company and budget are ten times as large.

    A simulation has other ratios then, and is not compared: growth, failure and unit revenue come in classes of
    dollars, and a term sheet counts its conditions in pieces. Where one of the two is thereby implausible and not
    forecast, its advice has no figures to stand on, and only what was found without a simulation is compared; nor is
    advice compared that a simulated figure decides.
    """
    other = appraised(larger(data, 10.0))
    if bool(one["implausible"]) != bool(other["implausible"]):
        first, second = ({f["id"]: (f["kind"], f["severity"]) for f in told["findings"]} for told in (one, other))
        return differences(first, second)
    moved_alike = differences(scale_free(one, simulated=False), scale_free(other, simulated=False))
    if any(map(_run_decides, (one, other))):
        return {key: ends for key, ends in moved_alike.items() if key not in ADVICE}
    return moved_alike


def _run_decides(found: Data) -> bool:
    """Whether a row decides the advice that rests on the simulation."""
    decided = (row["figures"] for row in found["rows"] if row["decided"])
    return any(_is_run(id, found["figures"]) for ids in decided for id in ids)


def by_unused(data: CaseData, found: Data) -> Differences:
    """With a fact that nothing uses, its own row apart."""
    other = appraised(with_unused(data))
    other["facts"] = [row for row in other["facts"] if row["id"] != UNUSED["id"]]
    return differences(all_but_hashes(found), all_but_hashes(other), near=0.0)


CHANGES: Mapping[str, Callable[[CaseData, Data], Differences]] = {
    "order": by_order,
    "names": by_names,
    "currency": by_currency,
    "size": by_size,
    "unused": by_unused,
}
"""What must not matter, by name: of a case and its appraisal."""


def moved(data: CaseData) -> Iterator[Fault]:
    """What changes though it must not; regions of the library are known by their names, and keep them."""
    found = appraised(data)
    for name, differs in CHANGES.items():
        if name == "names" and not data.made[0].startswith("invented"):
            continue
        for at, (one, other) in differs(data, found).items():
            part = at.split("/")[1] if at.startswith("/") else at
            yield Fault("metamorphic", "appraisal", name, at, f"{one} is {other} then", f"{name}:{part}")
