"""One item of one company over the years: signs that turn, jumps that are undone, years that are copies, shells."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from guanzi.base.core import Message
from guanzi.intake.conflicts.finding import Conflict, conflict
from guanzi.intake.conflicts.items import POSITIVE, SMOOTH, STATEMENT
from guanzi.intake.conflicts.ratios import BANDS
from guanzi.intake.conflicts.readings import SourceReading

#: A jump that is undone a year later: of items that move slowly, and of those that do not.
_JUMP, _WILD_JUMP = 8.0, 50.0
#: How far the years around a jump may lie from one another.
_NEIGHBOURS = 3.0
#: How far the first or last year of a series may lie from its neighbour; what young companies sell may grow faster.
_DETACHED = 100.0
_STEEP = frozenset({"revenue", "deliveries", "cost_of_goods_sold"})
_SIGNIFICANT_DIGITS = 3
#: A blank-check company had to keep net tangible assets of 5,000,001 dollars (17 CFR 240.3a51-1), and until 2021 filed
#: exactly that as equity, the rest of its shares being redeemable.
_SHELL_EQUITY = (5_000_000.5, 5_000_020.0)
_ROUNDED_EQUITY = (4_990_000.0, 5_010_000.0)
#: A shell holds its money in a trust, which is no current asset: many times its equity, and nearly all that it has.
_TRUST, _CURRENT_OF_SHELL, _CURRENT_OF_COMPANY = 10.0, 0.02, 0.1
_OPENING = 20.0


def wrong_signs(readings: Sequence[SourceReading]) -> Iterator[Conflict]:
    """Negative amounts that cannot be, losses that are gains by their sign, items signed against all others."""
    negative = _grouped(r for r in readings if r.item.base in POSITIVE and r.value < 0)
    for (company, item, _), group in negative.items():
        yield conflict("sign", Message.of("conflicts.sign.negative", company=company, item=item), *group)
    losses = _grouped(r for r in readings if r.item.sign < 0 and r.figure.startswith("-") and _is_loss(r))
    for (company, _, _), group in losses.items():
        cause = Message.of("conflicts.sign.loss", company=company, item=group[0].item.name)
        yield conflict("sign", cause, *group, mild=True)
    spent = [r for r in readings if r.item.base == "capex" and r.value]
    minus = sum(r.value < 0 for r in spent)
    if 0 < minus < len(spent) and 2 * minus != len(spent):
        usual = -1 if 2 * minus > len(spent) else 1
        for (company, item, _), group in _grouped(r for r in spent if r.value * usual < 0).items():
            yield conflict("sign", Message.of("conflicts.sign.against", company=company, item=item), *group)


def mixed_currencies(readings: Sequence[SourceReading]) -> Iterator[Conflict]:
    """Amounts of a company in another currency than most of its amounts."""
    by_company: dict[str, list[SourceReading]] = {}
    for reading in readings:
        if reading.currency and reading.item.base in STATEMENT:
            by_company.setdefault(reading.company, []).append(reading)
    for company, group in by_company.items():
        counts = Counter(reading.currency for reading in group)
        usual = counts.most_common(1)[0][0]
        others = [reading for reading in group if reading.currency != usual]
        if others:
            currencies = tuple(sorted({reading.currency for reading in others}))
            cause = Message.of("conflicts.currency.mixed", company=company, usual=usual, others=currencies)
            yield conflict("currency", cause, *others)


def odd_years(company: str, item: str, years: Mapping[int, SourceReading]) -> Iterator[Conflict]:
    """Years of a series that are copies of the year before, or far from both their neighbours."""
    ordered = [years[year] for year in sorted(years)]
    for before, now in pairwise(ordered):
        copied = now.value == before.value != 0 and now.digits >= _SIGNIFICANT_DIGITS + (not now.currency)
        if copied and now.year - before.year == 1 and now.currency == before.currency:
            params = {"company": company, "item": item, "before": before.period, "period": now.period}
            yield conflict("stale", Message.of("conflicts.year.copied", **params), before, now)
    if item in SMOOTH - _STEEP and len(ordered) > 2:
        for end, next_to in ((ordered[0], ordered[1]), (ordered[-1], ordered[-2])):
            yield from _detached(company, item, end, next_to)
    for before, now, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
        if after.year - before.year == 2 and len({before.currency, now.currency, after.currency}) == 1:
            yield from _undone(company, item, before, now, after)


def shell_years(company: str, items: Mapping[str, Mapping[int, SourceReading]]) -> Iterator[Conflict]:
    """Years in which a company was still the blank-check shell that it later merged with."""
    for year, equity in items.get("shareholders_equity", {}).items():
        if equity.currency == "USD" and _SHELL_EQUITY[0] <= equity.value <= _SHELL_EQUITY[1]:
            yield conflict("shell", Message.of("conflicts.shell.equity", company=company, period=str(year)), equity)
        elif equity.currency == "USD" and _ROUNDED_EQUITY[0] <= equity.value <= _ROUNDED_EQUITY[1]:
            assets = items.get("total_assets", {}).get(year)
            if assets is not None and assets.value > _TRUST * equity.value:
                cause = Message.of("conflicts.shell.equity", company=company, period=str(year))
                yield conflict("shell", cause, equity, assets)
    yield from _trusts(company, items)
    research, selling = items.get("r_and_d", {}), items.get("sga", {})
    for year, spent in selling.items():
        following = selling.get(year + 1)
        none_yet = year not in research or research[year].value == 0
        if following is None or not spent.value or not none_yet or not research.get(year + 1):
            continue
        if following.value / spent.value >= _OPENING and following.currency == spent.currency:
            cause = Message.of("conflicts.shell.opening", company=company, period=spent.period, after=following.period)
            yield conflict("shell", cause, spent, following, mild=True)


def _trusts(company: str, items: Mapping[str, Mapping[int, SourceReading]]) -> Iterator[Conflict]:
    """Years in which next to nothing is a current asset, before a year in which much is."""
    current, total = items.get("current_assets", {}), items.get("total_assets", {})
    sold = items.get("revenue", {})
    shares = {
        year: current[year].value / total[year].value
        for year in current.keys() & total.keys()
        if total[year].value and current[year].currency == total[year].currency
    }
    for year, share in shares.items():
        without_sales = year not in sold or sold[year].value == 0
        if without_sales and share < _CURRENT_OF_SHELL and shares.get(year + 1, 0.0) > _CURRENT_OF_COMPANY:
            cause = Message.of("conflicts.shell.trust", company=company, period=current[year].period)
            yield conflict("shell", cause, current[year], total[year], mild=True)


def _undone(
    company: str, item: str, before: SourceReading, now: SourceReading, after: SourceReading
) -> Iterator[Conflict]:
    if not before.value * now.value > 0 or not now.value * after.value > 0:
        return
    up, down = abs(now.value / before.value), abs(now.value / after.value)
    apart = max(up / down, down / up)
    if apart > _NEIGHBOURS or (up > 1) != (down > 1):
        return
    jump = math.sqrt(up * down)
    size = max(jump, 1 / jump)
    params = {"company": company, "item": item, "period": now.period}
    low, high = BANDS["CNY"]
    around = math.sqrt(apart)
    if item in SMOOTH and apart < 2 and low / around <= size <= high * around:
        cause = Message.of("conflicts.jump.currency", **params, currency="CNY")
        yield conflict("currency", cause, before, now, after)
        return
    power = round(math.log10(size))
    if power >= 3 and size / 10**power < _NEIGHBOURS and 10**power / size < _NEIGHBOURS:
        yield conflict("scale", Message.of("conflicts.jump.scale", **params, power=power), before, now, after)
    elif size >= (_JUMP if item in SMOOTH else _WILD_JUMP):
        cause = Message.of("conflicts.jump.other", **params, times=round(size, 1))
        yield conflict("jump", cause, before, now, after)


def _detached(company: str, item: str, end: SourceReading, next_to: SourceReading) -> Iterator[Conflict]:
    """The first or last year of a series, when it is a hundred times more or less than the year beside it."""
    if abs(end.year - next_to.year) != 1 or end.currency != next_to.currency or not end.value * next_to.value > 0:
        return
    size = max(end.value / next_to.value, next_to.value / end.value)
    if size >= _DETACHED:
        power = round(math.log10(size))
        cause = Message.of("conflicts.jump.end", company=company, item=item, period=end.period, power=power)
        yield conflict("scale", cause, end, next_to)


def _is_loss(reading: SourceReading) -> bool:
    return reading.item.base in {"net_income", "operating_income"}


def _grouped(readings: Iterator[SourceReading]) -> dict[tuple[str, str, str], list[SourceReading]]:
    groups: dict[tuple[str, str, str], list[SourceReading]] = {}
    for reading in readings:
        groups.setdefault((reading.company, reading.item.base, reading.source), []).append(reading)
    return groups
