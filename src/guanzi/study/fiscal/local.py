"""Local jobs and local tax: what the facts say, or a gap. Never a guess from headcount or revenue."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Message
from guanzi.record.evidence import View


@dataclass(frozen=True, slots=True)
class LocalEffect:
    """One local effect of the company before the deal, as far as facts allow.

    Attributes:
        name: ``jobs_local`` or ``tax_local``.
        value: Jobs, or CNY m a year; None: a gap.
        low, high: The interval of the fact, when it states one.
        facts: Ids of the facts.
        message: What is known, or what a real team must still find.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    facts: tuple[str, ...]
    message: Message


def local_effects(view: View) -> tuple[LocalEffect, LocalEffect]:
    """Local jobs and local tax of the company, in this order.

    Args:
        view: What was known at the as-of date.
    """
    return _effect(view, "jobs_local"), _effect(view, "tax_local")


def _effect(view: View, name: str) -> LocalEffect:
    resolution = view.resolve(name)
    if resolution is None:
        return LocalEffect(name, None, None, None, (), Message.of(f"fiscal.local.{name}.gap"))
    low, high = resolution.interval
    value = resolution.value
    facts = tuple(fact.id for fact in (resolution.fact, *resolution.others))
    message = Message.of_money(
        view.currency, f"fiscal.local.{name}.known", value=value, period=str(resolution.fact.period)
    )
    return LocalEffect(name, value, low, high, facts, message)
