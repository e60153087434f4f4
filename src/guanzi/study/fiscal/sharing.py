"""Whose is a tax: the part of the nation, of the state or province and of the city.

A company that pays a hundred of value-added tax does not bring its city a hundred. The nation's part is law, and in
many countries that of states and municipalities is, too. How a Chinese province divides the rest with its cities is
often not published, and then the city's part is a range from nothing to the whole local part. It is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.record.playbooks import Source
from guanzi.study.fiscal.ranges import Range
from guanzi.study.fiscal.schema import Level, LocalRule, SharingRule, Tax, TaxSharing


@dataclass(frozen=True, slots=True)
class TaxSplit:
    """An amount of one tax by who receives it; in the unit of the amount.

    Attributes:
        tax: Id of the tax.
        amount: What the company pays.
        national: Part of the nation.
        local: Part of all local governments together; with ``national`` the whole amount.
        province, city: How the local part divides: what all states or provinces get, and all municipalities; both from
            nothing to all of it when that is not known.
        rule: The rule of the nation; None: no evidence, and every part is a range from nothing to the whole.
        local_rule: The rule of the province; None: not known, or the rule of the nation says it.
        sources: The documents.
        exceptions: Whom the rule of the nation does not hold for; None: no exception is known.
        message: What is known, in a sentence.
    """

    tax: str
    amount: Range
    national: Range
    local: Range
    province: Range
    city: Range
    rule: SharingRule | None
    local_rule: LocalRule | None
    sources: tuple[Source, ...]
    exceptions: Message | None
    message: Message

    def whole(self, level: Level) -> Range:
        """What all governments of a level get together."""
        return {"nation": self.national, "state": self.province, "local": self.city}[level]

    def of(self, level: Level) -> Range:
        """What one government of a level gets: that of the place where the tax arises."""
        whole = self.whole(level)
        low, high = (1.0, 1.0) if self.rule is None else self.rule.one.get(level, (1.0, 1.0))
        return Range(whole.low * low, whole.high * high)


def split_tax(
    sharing: TaxSharing, tax: str, amount: float | Range, on: date, as_of: date, region: str | None = None
) -> TaxSplit:
    """Divide an amount of a tax between the nation, the province and the city.

    Args:
        sharing: The division of taxes of the country.
        tax: Id, e.g. ``value_added_tax``.
        amount: What the company pays; a number or a range, from zero up.
        on: A day of the tax year; the rule that is in force then.
        as_of: Knowledge date: documents of a later day do not count.
        region: The province, as the data call it, e.g. ``Hunan``; None: not looked up.

    Raises:
        ValueError: The amount is negative (a refund is not a negative tax).
    """
    paid = Range.of(amount)
    if paid.low < 0:
        raise ValueError(f"the amount of {tax} is {paid.low}; a tax is not negative")
    rule, known = sharing.rule(tax, on, as_of), sharing.tax(tax)
    if known is not None and known.absent is not None:
        source = sharing.source(known.absent)
        nothing = Range.of(0.0)
        told = Message.of("fiscal.sharing.absent", tax=Message.of(known.name), document=source.title)
        return TaxSplit(tax, nothing, nothing, nothing, nothing, nothing, None, None, (source,), None, told)
    if rule is None or known is None:
        whole = Range(0.0, paid.high)
        message = Message.of("fiscal.sharing.unknown", tax=Message.of(known.name) if known else tax, year=on.year)
        return TaxSplit(tax, paid, whole, whole, whole, whole, None, None, (), None, message)
    exceptions = Message.of(known.exceptions) if known.exceptions else None
    national, local = paid.scaled(rule.national), paid.scaled(rule.local)
    if rule.state is not None:
        parts = paid.scaled(rule.state), paid.scaled(max(rule.local - rule.state, 0.0))
        sources, told = (sharing.source(rule.source),), _levels(sharing, known, rule, rule.state)
        return TaxSplit(tax, paid, national, local, *parts, rule, None, sources, exceptions, told)
    below = sharing.local_rule(region, tax, on, as_of)
    if below is None:
        open_part = Range(0.0, local.high)
        message = _sentence("fiscal.sharing.city_unknown", sharing, known, rule)
        sources = (sharing.source(rule.source),)
        return TaxSplit(tax, paid, national, local, open_part, open_part, rule, None, sources, exceptions, message)
    kept = min(below.province, rule.local)
    return TaxSplit(
        tax,
        paid,
        national,
        local,
        paid.scaled(kept),
        paid.scaled(rule.local - kept),
        rule,
        below,
        tuple(sharing.source(id) for id in dict.fromkeys((rule.source, below.source))),
        exceptions,
        _sentence("fiscal.sharing.known", sharing, known, rule, region=below.region, city=rule.local - kept),
    )


def _levels(sharing: TaxSharing, tax: Tax, rule: SharingRule, state: float) -> Message:
    """What the rule gives each level that gets anything."""
    parts = {"nation": rule.national, "state": state, "local": rule.local - state}
    held = tuple(
        Message.of(f"fiscal.sharing.level.{level}", part=parts[level]) for level in sharing.levels if parts[level] > 0
    )
    return _sentence("fiscal.sharing.levels", sharing, tax, rule, parts=held)


def _sentence(
    id: str, sharing: TaxSharing, tax: Tax, rule: SharingRule, **more: str | float | tuple[Message, ...]
) -> Message:
    return Message.of(
        id,
        tax=Message.of(tax.name),
        national=rule.national,
        local=rule.local,
        since=rule.since.isoformat(),
        document=sharing.source(rule.source).title,
        **more,
    )
