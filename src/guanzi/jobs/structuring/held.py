"""Several deals as they were known, each with its model, in one currency: what a portfolio and a budget begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.advice.structuring import Holding
from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem
from guanzi.jobs.shared.versions import Version, find_version, setting_of, warnings_of
from guanzi.record.evidence import View, held_rate
from guanzi.record.playbooks import load_playbook


@dataclass(frozen=True, slots=True)
class HeldDeals:
    """Deals in one currency: with what of their sheets no model computes, and their cases as they were known."""

    currency: str
    holdings: tuple[Holding, ...]
    warnings: tuple[Problem, ...]
    views: tuple[View, ...]


def held_deals(deals: Sequence[str], currency: str | None, as_of: date | None, playbook: str) -> HeldDeals:
    """Deals by their names, each with the model of its case.

    Args:
        deals: ``CASE``, ``CASE@DAY`` or ``CASE@NAME``.
        currency: Of the results; None: that of the first deal.
        as_of: Knowledge date of all; None: the decision date of each.
        playbook: Name or file of the playbook.

    Raises:
        InvalidInput: A deal has no case, or a case no rate of exchange.
    """
    method = load_playbook(playbook)
    versions = [find_version(text) for text in deals]
    views = [_view(version, as_of) for version in versions]
    home = currency or versions[0].sheet.currency
    holdings: list[Holding] = []
    warnings: list[Problem] = []
    for version, view in zip(versions, views, strict=True):
        rate, fact = _rate(version, view, home)
        held = [h.label for h in holdings]
        label = version.label if version.label not in held else f"{version.label} ({len(holdings)})"
        setting = setting_of(version, view, method)
        warnings += warnings_of(version, view)
        holdings.append(Holding(label, view.company.id, view.industry, view.region.id, setting, rate, fact))
    return HeldDeals(home, tuple(holdings), tuple(warnings), tuple(views))


def _view(version: Version, as_of: date | None) -> View:
    if version.case is None:
        cause, fix = Message.of("desk.portfolio.no_case"), Message.of("desk.portfolio.no_case.mend")
        raise InvalidInput(Problem(cause, Place(version.label), fix))
    return version.case.view(as_of or version.case.decision_date)


def _rate(version: Version, view: View, home: str) -> tuple[float, str]:
    """The rate that the case of the deal held on its day, with its fact; a fixed one is never assumed."""
    own = version.sheet.currency
    if own == home:
        return 1.0, ""
    held = held_rate(view, own, home)
    if held is not None:
        return held.value, held.facts[0]
    named: dict[str, Parameter] = {"deal": version.label, "own": own, "home": home, "day": view.as_of.isoformat()}
    fix = Message.of("desk.portfolio.no_rate.mend", name=f"{own}_{home}".lower())
    raise InvalidInput(Problem(Message.of("desk.portfolio.no_rate", **named), version.sheet.place, fix))
