"""What came after a day, planted in all that a use case may read: facts of a case, and what the library ships."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import Period
from guanzi.base.reading import yaml_text
from guanzi.deal.compliance import Packs, shipped_packs
from guanzi.intake.chains import load_chain
from guanzi.record.evidence import (
    Fact,
    Precedent,
    builtin_cases,
    builtin_precedents,
    find_case,
    load_case,
    load_city,
    load_track,
    priors,
)

LATER = date(2026, 11, 1)
"""Later than any day on which a use case is asked."""
TIMES = 7.0
"""So many times what was known is what becomes known later."""


def everywhere(monkeypatch: Any, original: Callable[..., Any], other: Callable[..., Any]) -> None:
    """Put another function in the place of one, under every name by which a module of the product calls it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("guanzi") and module is not None:
            for key, value in list(vars(module).items()):
                if value is original:
                    monkeypatch.setattr(module, key, other)


def later_facts(facts: Iterable[Fact], mark: str) -> tuple[Fact, ...]:
    """For each number a correction of the same time and a newer one, both known later."""
    found = []
    for fact in facts:
        if isinstance(fact.value, bool | str):
            continue
        pair = (fact.value[0] * TIMES, fact.value[1] * TIMES) if isinstance(fact.value, tuple) else None
        value = pair or fact.value * TIMES
        more = replace(fact, value=value, known_on=LATER, supersedes=None)
        found.append(replace(more, id=f"{mark}-{fact.id}-again", supersedes=fact.id))
        found.append(replace(more, id=f"{mark}-{fact.id}-newer", period=Period.of(fact.period.kind, LATER)
                             if fact.period.kind != "span" else fact.period))  # fmt: skip
    return tuple(found)


def case_with_later(name: str, target: Path) -> Path:
    """A copy of a shipped case with facts, rates of exchange and a term sheet that become known later."""
    assert name in builtin_cases()
    folder = target / name
    shutil.copytree(find_case(name), folder)
    case = load_case(folder)
    names = [fact for fact in case.facts if isinstance(fact.value, float | int) and not isinstance(fact.value, bool)]
    rows = [
        {
            "id": f"later-{n}", "subject": fact.subject, "name": fact.name,
            "value": fact.value * (0.5 if fact.unit == "ratio" else TIMES),
            "unit": fact.unit, "period": period, "known_on": LATER, "source": "later-news",
        }
        for n, fact in enumerate(names)
        for period in ([str(fact.period)] if n % 2 else ["2026-06-30"] if fact.period.kind == "day" else ["2025"])
    ]  # fmt: skip
    rows += [
        {
            "id": f"later-rate-{pair.replace('_', '-')}", "subject": "fx", "name": pair, "value": 99.0,
            "unit": f"{pair[4:].upper()} per {pair[:3].upper()}", "period": "2026-06-30", "known_on": LATER,
            "source": "later-news",
        }
        for pair in ("usd_cny", "cny_usd")
    ]  # fmt: skip
    folder.joinpath("monitoring").mkdir(exist_ok=True)
    source = {"publisher": "Later", "title": "Later news", "date": LATER, "grade": "A"}
    text = yaml_text({"sources": {"later-news": source}, "facts": rows})
    folder.joinpath("monitoring", "later.yaml").write_text(text, "utf-8")
    own = [{**row, "id": f"own-{row['id']}", "source": "own-later-news"} for row in rows]
    text = yaml_text({"sources": {"own-later-news": source}, "facts": own})
    folder.joinpath("facts", "later.yaml").write_text(text, "utf-8")
    newest = sorted(folder.joinpath("terms").glob("*.yaml"))[-1].read_text("utf-8").splitlines()
    sheet = [f"known_on: {LATER}" if line.startswith("known_on:") else line for line in newest]
    folder.joinpath("terms", f"{LATER}-later.yaml").write_text("\n".join(sheet) + "\n", "utf-8")
    return folder


def plant_library(monkeypatch: Any) -> None:
    """Precedents, base rates, figures of tracks and cities, chain statements and rules of law of a later day."""
    plant_precedents(monkeypatch)
    plant_priors(monkeypatch)
    plant_places(monkeypatch)
    plant_chains(monkeypatch)
    plant_rules(monkeypatch)


def plant_precedents(monkeypatch: Any) -> None:
    """A bet like each shipped one, decided as early and settled later, that came out the other way."""
    more = tuple(
        Precedent.model_validate(
            {**p.model_dump(), "case": f"later-{p.case}", "company": f"later-{p.company}",
             "region": f"later-{p.region}", "settled": LATER, "success": 1.0 - p.success}
        )
        for p in builtin_precedents()
    )  # fmt: skip
    whole = (*builtin_precedents(), *more)
    everywhere(monkeypatch, builtin_precedents, lambda: whole)


def plant_priors(monkeypatch: Any) -> None:
    """Every base rate again, published later, with other numbers in rows."""
    for id, prior in list(priors().items()):
        rows = {f"later-{label}": tuple(x * TIMES for x in row) for label, row in prior.rows.items()}
        value = {name: x * TIMES for name, x in prior.value.items()}
        later = prior.model_copy(update={"id": f"later-{id}", "known_on": LATER, "rows": rows, "value": value})
        monkeypatch.setitem(priors(), later.id, later)


def plant_places(monkeypatch: Any) -> None:
    """Figures of tracks and of cities that became known later."""
    for load in (load_track, load_city):

        def planted(name: str, load: Callable[[str], Any] = load) -> Any:
            found = load(name)
            return replace(found, facts=(*found.facts, *later_facts(found.facts, "later")))

        everywhere(monkeypatch, load, planted)


def plant_chains(monkeypatch: Any) -> None:
    """Every statement of a chain again, later and with another number; plants are closed."""

    def planted(name: str) -> Any:
        chain = load_chain(name)
        more = tuple(
            replace(
                s, id=f"later-{s.id}", known_on=LATER, low=None if s.low is None else s.low / TIMES,
                status="closed" if s.status else s.status, period="2026",
            )
            for s in chain.statements
        )  # fmt: skip
        return replace(chain, statements=(*chain.statements, *more))

    everywhere(monkeypatch, load_chain, planted)


def plant_rules(monkeypatch: Any) -> None:
    """Every rule of law again, in force later, in packs whose law was looked up later."""
    shipped = shipped_packs()
    packs = []
    for pack in shipped.packs:
        more = [
            rule.model_copy(update={"id": f"LATER-{rule.id}",
                                    "in_force": rule.in_force.model_copy(update={"since": LATER, "until": None})})
            for rule in pack.form.rules
        ]  # fmt: skip
        tests = {**pack.tests, **{f"LATER-{id}": test for id, test in pack.tests.items()}}
        form = pack.form.model_copy(update={"rules": (*pack.form.rules, *more)})
        packs.append(replace(pack, form=form, tests=tests))
    everywhere(monkeypatch, shipped_packs, lambda: Packs(tuple(packs), shipped.questions))
