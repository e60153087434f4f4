"""What the public side does after a listing, and how it counts."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.deal.program import ExitPolicy
from guanzi.engine.company.effects import Effects


@dataclass(frozen=True, slots=True)
class Policy:
    """What the public side does and how it counts, from the playbook.

    Attributes:
        exit: How it leaves after a listing.
        hurdle: Annual rate at which the fund discounts.
        budget_rate: Annual rate at which the budget discounts.
        payers: The parties whose payments burden the budget under examination.
        effects: What is drawn for jobs and taxes of the region; None: they are not recorded.
    """

    exit: ExitPolicy
    hurdle: float
    budget_rate: float
    payers: tuple[str, ...]
    effects: Effects | None = None
