"""Whether a city can run a playbook for a company: pillars, gaps and a development plan."""

from __future__ import annotations

from typing import Any

from guanzi.advice.backtest import Replicability, playbook_fits, replicability
from guanzi.jobs.playbooks.declared import CityRequest
from guanzi.record.evidence import CaseSource, builtin_precedents, load_city, open_case
from guanzi.record.playbooks import load_playbook

Request = CityRequest
FIVE = ("hefei", "hangzhou", "shanghai", "shenzhen", "xian")
"""The Chinese playbooks: they ask the same of a city, and other things of the way in which the money goes in."""


def judge_city(request: Request) -> Replicability:
    """Hold what a playbook asks of a city against what is held of it.

    Raises:
        InvalidInput: There is no such playbook, city or case.
    """
    city = load_city(request.city)
    decided = [p for p in builtin_precedents() if p.region == city.id]
    own = [p.case for p in decided if p.decided == request.as_of]
    meant: CaseSource | None = own[0] if request.case is None and len(own) == 1 else request.case
    held = None if meant is None else open_case(meant)
    city = city.joined(open_case(p.case) for p in decided)
    day = request.as_of or (None if held is None else held.decision_date)
    found = replicability(load_playbook(request.playbook), city, held, day)
    fits = () if held is None else playbook_fits(held, map(load_playbook, FIVE), day)
    return found.model_copy(update={"fits": fits})


def data(found: Replicability) -> dict[str, Any]:
    """The answer as plain data."""
    return found.model_dump(mode="json")
