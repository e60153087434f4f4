"""The three accounts of a public bet, kept apart.

A return to the fund, an effect on the budget and an effect on the cluster are different things to different people.
A gain in one never pays for a loss in another, so the accounts cannot be added to one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self


class AccountsMixed(TypeError):
    """Two different accounts were added."""

    def __init__(self, left: object, right: object) -> None:
        super().__init__(
            f"{type(left).__name__} and {type(right).__name__} are different accounts and are never added; "
            "show them side by side"
        )


@dataclass(frozen=True, slots=True)
class Account:
    """Base of the three accounts: entries in CNY m (jobs in people); None is a gap, never zero."""

    def __add__(self, other: object) -> Self:
        """The sum with another account of the same kind; what is a gap in one of them is a gap in the sum."""
        if type(other) is not type(self):
            raise AccountsMixed(self, other)
        mine = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return type(self)(*(None if a is None or b is None else a + b for a, b in mine))

    def __radd__(self, other: object) -> Self:
        raise AccountsMixed(other, self)

    def gaps(self) -> tuple[str, ...]:
        """Names of the entries for which there is no evidence."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) is None)


@dataclass(frozen=True, slots=True)
class FundAccount(Account):
    """Return to the fund, CNY m.

    Attributes:
        paid: Paid in by the fund's own parties.
        received: Dividends, sales, put and call receipts, recovery.
        stake: Value of what is still held at the end of the horizon, after the haircut of the playbook.
    """

    paid: float | None = None
    received: float | None = None
    stake: float | None = None

    @property
    def net(self) -> float | None:
        """What was received and is held, less what was paid."""
        if self.paid is None or self.received is None or self.stake is None:
            return None
        return self.received + self.stake - self.paid


@dataclass(frozen=True, slots=True)
class BudgetAccount(Account):
    """Effect on the public budget, CNY m.

    Attributes:
        paid: Money that the budget gives (to platforms, as grants, for land below market price).
        returned: What comes back to the budget from the platforms.
        tax: Local tax that would not be there without the deal.
    """

    paid: float | None = None
    returned: float | None = None
    tax: float | None = None

    @property
    def net(self) -> float | None:
        """What comes back, with tax, less what was paid."""
        if self.paid is None or self.returned is None or self.tax is None:
            return None
        return self.returned + self.tax - self.paid


@dataclass(frozen=True, slots=True)
class ClusterAccount(Account):
    """Effect on the cluster.

    Attributes:
        jobs: Local jobs that would not be there without the deal, people.
        output: Local output that would not be there without the deal, CNY m.
    """

    jobs: float | None = None
    output: float | None = None


def total[A: Account](accounts: Iterable[A]) -> A:
    """The sum of accounts of one kind. Raises :class:`AccountsMixed` for two kinds, ``ValueError`` for none."""
    result: A | None = None
    for account in accounts:
        result = account if result is None else result + account
    if result is None:
        raise ValueError("a total needs at least one account")
    return result
