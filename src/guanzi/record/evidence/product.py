"""What the company of a case delivers, as its facts count it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.view import View

UNITS = "units"
"""Where no fact says what is delivered."""
COUNTS = ("deliveries", "plan_deliveries")


def product_unit(view: View) -> str:
    """The unit in which the company's deliveries are stated; ``units`` where none are held."""
    return product_of(view.facts, view.as_of)


def product_of(facts: Iterable[Fact], day: date) -> str:
    """The unit in which deliveries that were held on a day are stated, then that of planned ones; else ``units``."""
    held = [fact for fact in facts if fact.subject == "company" and fact.name in COUNTS and fact.known_on <= day]
    first = min(held, key=lambda fact: (COUNTS.index(fact.name), fact.id), default=None)
    return UNITS if first is None else first.unit
