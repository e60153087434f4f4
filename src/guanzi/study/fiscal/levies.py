"""What the taxes on one base take of it, and which part of that is the governments' that pay for a deal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.study.fiscal.ranges import Range
from guanzi.study.fiscal.schema import Base, Level, TaxRate, TaxSharing
from guanzi.study.fiscal.sharing import TaxSplit, split_tax


@dataclass(frozen=True, slots=True)
class Levy:
    """All taxes on one base together.

    Attributes:
        rate: Low, mode and high of what those take of it that the payers have a part in; None: not known, or no tax on
            the base is entered.
        part: Part of it that is the payers'; nothing where no tax on the base is entered.
        because: Why the rate is what it is.
        splits: How each of the taxes is divided.
    """

    rate: tuple[float, float, float] | None
    part: Range
    because: tuple[Message, ...]
    splits: tuple[TaxSplit, ...]


def levy_on(
    sharing: TaxSharing, base: Base, payers: Sequence[Level | None], on: date, as_of: date, state: str = ""
) -> Levy:
    """What the taxes on a base take, and whose it is.

    Args:
        sharing: The division of taxes of the country.
        base: What is taxed.
        payers: Level of each public party that pays; None: it may be of any.
        on: A day of the tax year.
        as_of: Knowledge date.
        state: ISO 3166-2 code of the state; empty: not known.
    """
    taxes = [tax for tax in sharing.taxes if tax.base == base]
    splits = tuple(split_tax(sharing, tax.id, 1.0, on, as_of) for tax in taxes)
    due = [
        (sharing.rate(tax, on, as_of, state), part)
        for tax, split in zip(taxes, splits, strict=True)
        if tax.absent is None and (part := part_of(split, payers, sharing.levels)).high > 0
    ]
    held = [(rate, part) for rate, part in due if rate is not None]
    if not taxes or len(held) < len(due):
        return Levy(None, _shared(due), (), splits)
    rates = [rate for rate, _ in held]
    whole = tuple(sum(getattr(rate, end) for rate in rates) for end in ("low", "mode", "high"))
    because = tuple(Message.of(rate.because) for rate in rates)
    return Levy((whole[0], whole[1], whole[2]), _shared(held), because, splits)


def part_of(split: TaxSplit, payers: Iterable[Level | None], levels: Sequence[Level]) -> Range:
    """Part of a tax of 1 that is that of all who pay together; a payer of an unknown level may be of any."""
    known = {level for level in payers if level is not None}
    total = sum((split.of(level) for level in sorted(known)), Range.of(0.0))
    others = [split.of(level) for level in levels if level not in known]
    if None in payers and others:
        least = 0.0 if known else min(other.low for other in others)
        total += Range(least, max(other.high for other in others))
    return Range(min(total.low, 1.0), min(total.high, 1.0))


def _shared(due: Sequence[tuple[TaxRate | None, Range]]) -> Range:
    """The payers' part of several taxes together, each by what it takes at the mean."""
    if not due:
        return Range.of(0.0)
    taken = [1.0 if rate is None else rate.low + rate.mode + rate.high for rate, _ in due]
    weights = taken if sum(taken) else [1.0 for _ in due]
    whole = sum(weights)
    shares = [part.scaled(weight / whole) for weight, (_, part) in zip(weights, due, strict=True)]
    return sum(shares, Range.of(0.0))
