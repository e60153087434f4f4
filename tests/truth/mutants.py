"""Mutants of a case: one to four changes drawn from a seed; bad and good news to add."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.truth.generation import (
    CaseData,
    Data,
    as_of,
    days_of,
    in_currency,
    shifted,
    times,
    with_facts,
    with_rate,
    without,
    without_names,
)


def mutated(data: CaseData, seed: int) -> CaseData:
    """The case with one to four changes drawn from a seed; what it says is still possible."""
    draw = random.Random(f"{data.label} {seed}")
    changed = data
    for _ in range(draw.randint(1, 4)):
        changed = draw.choice(_CHANGES)(changed, draw)
    return replace(changed, seed=seed)


def _drop_some(data: CaseData, draw: random.Random) -> CaseData:
    ids = [fact["id"] for fact in data.facts]
    return without(data, *draw.sample(ids, min(len(ids) - 1, draw.randint(1, 5)))) if len(ids) > 1 else data


def _drop_name(data: CaseData, draw: random.Random) -> CaseData:
    names = sorted({fact["name"] for fact in data.facts})
    return without_names(data, draw.choice(names)) if len(names) > 1 else data


def _drop_sheet(data: CaseData, draw: random.Random) -> CaseData:
    return data.step("without term sheet", sheets={}) if draw.random() < 0.3 else data


def _shift(data: CaseData, draw: random.Random) -> CaseData:
    last = data.header["decision_date"].year
    return shifted(data, draw.choice([years for years in (-2, -1, 1, 2) if 2005 <= last + years <= 2025]))


def _earlier(data: CaseData, draw: random.Random) -> CaseData:
    days = days_of(data)
    return as_of(data, draw.choice(days)) if days and data.day is None else data


def _rescale(data: CaseData, draw: random.Random) -> CaseData:
    return times(data, draw.choice((0.1, 0.5, 2.0, 10.0)))


def _exchange(data: CaseData, draw: random.Random) -> CaseData:
    rates = {"CNY": {"USD": 7.0, "EUR": 7.8}, "USD": {"CNY": 1 / 7.0}, "EUR": {"CNY": 1 / 7.8}, "GBP": {"CNY": 1 / 8.9}}
    known = rates.get(data.currency)
    if not known:
        return data
    code = draw.choice(sorted(known))
    return in_currency(with_rate(data, code, known[code]), code, known[code])


def _bad_news(data: CaseData, draw: random.Random) -> CaseData:
    return _added(data, draw, BAD)


def _good_news(data: CaseData, draw: random.Random) -> CaseData:
    return _added(data, draw, GOOD)


def _added(data: CaseData, draw: random.Random, kinds: tuple[Data, ...]) -> CaseData:
    fact = dict(draw.choice(kinds))
    day = data.day or data.header["decision_date"]
    fact["unit"] = fact["unit"].replace("¤", data.currency)
    fact["period"] = day.year - 1 if fact.pop("yearly", False) else day
    return with_facts(data, fact)


BAD: tuple[Data, ...] = (
    {"name": "insolvency_opened", "value": True, "unit": "flag"},
    {"name": "operations_suspended", "value": True, "unit": "flag"},
    {"name": "going_concern_doubt", "value": True, "unit": "flag"},
    {"name": "judgment_debtor", "value": True, "unit": "flag"},
    {"name": "pay_arrears", "value": {"en": "three months of wages unpaid", "zh": "拖欠工资三个月"}, "unit": "text"},
    {"name": "net_loss", "value": 4000, "unit": "¤ m", "yearly": True},
    {"name": "gross_margin", "value": -0.2, "unit": "ratio", "yearly": True},
    {"name": "largest_customer_share", "value": 0.85, "unit": "ratio", "yearly": True},
    {"name": "founder_lawsuits", "value": 6, "unit": "count"},
    {"name": "plant_pledged_share", "value": 0.9, "unit": "ratio"},
    {"name": "frozen_share", "value": 0.5, "unit": "ratio"},
    {"name": "failed_public_deals", "value": 2, "unit": "count"},
)
"""Facts that are bad news of a company, as ``with_facts`` takes them; ``¤`` stands for the currency of the case."""
GOOD: tuple[Data, ...] = (
    {"name": "cash", "value": 9000, "unit": "¤ m"},
    {"name": "gross_margin", "value": 0.25, "unit": "ratio", "yearly": True},
    {"name": "equity_raised", "value": 5000, "unit": "¤ m"},
    {"name": "second_source", "value": True, "unit": "flag"},
    {"name": "freedom_to_operate", "value": True, "unit": "flag"},
    {"name": "team_complete", "value": True, "unit": "flag"},
    {"name": "ip_in_company", "value": True, "unit": "flag"},
)
"""Facts that are good news."""
_CHANGES: tuple[Callable[[CaseData, random.Random], CaseData], ...] = (
    _drop_some,
    _drop_some,
    _drop_name,
    _drop_name,
    _drop_sheet,
    _shift,
    _earlier,
    _rescale,
    _exchange,
    _bad_news,
    _good_news,
)
