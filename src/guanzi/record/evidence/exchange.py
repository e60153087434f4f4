"""Rates of exchange of a view, and a view with its amounts told in one currency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from guanzi.base.core import money_form, rate_between
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.view import View

OWN_SUBJECTS = frozenset({"company", "region"})
"""Whose amounts are told in the currency of the case; those of others are compared with one another only."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency costs in another.

    Attributes:
        up, down: The rate is ``up / down``; two factors, so that a stated rate is applied as it was stated.
        facts: Ids of the facts that state it; none for one unit of a currency in itself.
    """

    up: Decimal
    down: Decimal
    facts: tuple[str, ...]

    @property
    def value(self) -> float:
        """The rate as one number."""
        return float(self.up / self.down)

    def of(self, amount: float) -> float:
        """An amount at this rate."""
        return float(Decimal(str(amount)) * self.up / self.down)


@dataclass(frozen=True, slots=True)
class ConvertedView:
    """A view whose amounts are told in one currency.

    Attributes:
        view: The view, in that currency; amounts for which no rate was held are not in it.
        rates: Id of a fact whose amount was changed to the ids of the rates that were used.
        without_rate: Facts of the company or the region that are left out because no rate was held.
    """

    view: View
    rates: Mapping[str, tuple[str, ...]]
    without_rate: tuple[Fact, ...]

    def parents(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """The facts with the rates behind them, each once."""
        return tuple(dict.fromkeys(id for fact in facts for id in (fact, *self.rates.get(fact, ()))))


def held_rate(view: View, base: str, quote: str) -> Rate | None:
    """The latest rate that the view holds: stated either way round, or across one other currency; None without one.

    Args:
        view: What was known.
        base: Currency that is priced.
        quote: Currency in which it is priced.
    """
    if base == quote:
        return Rate(Decimal(1), Decimal(1), ())
    direct = _stated(view, base, quote)
    if direct is not None:
        return direct
    for other in sorted(_priced(view) - {base, quote}):
        first, second = _stated(view, base, other), _stated(view, other, quote)
        if first is not None and second is not None:
            return Rate(first.up * second.up, first.down * second.down, (*first.facts, *second.facts))
    return None


def rate_name(base: str, quote: str) -> str:
    """The name of the fact that says what one unit of ``base`` costs in ``quote``.

    >>> rate_name("USD", "CNY")
    'usd_cny'
    """
    return f"{base}_{quote}".lower()


def rate_facts(view: View) -> tuple[Fact, ...]:
    """The facts of a view that state a rate of exchange, whatever their subject."""
    return tuple(f for f in view.facts if rate_between(f.name) is not None)


def _priced(view: View) -> set[str]:
    pairs = (rate_between(fact.name) for fact in rate_facts(view))
    return {code for pair in pairs if pair is not None for code in pair}


def _stated(view: View, base: str, quote: str) -> Rate | None:
    for one, other, turned in ((base, quote, False), (quote, base, True)):
        name = rate_name(one, other)
        subjects = sorted({f.subject for f in rate_facts(view) if f.name == name}, key=lambda s: (s != "fx", s))
        for subject in subjects:
            held = view.resolve(name, subject)
            if held is not None and held.value > 0:
                ids = (held.fact.id, *(other.id for other in held.others))
                price = Decimal(str(held.value))
                return Rate(Decimal(1), price, ids) if turned else Rate(price, Decimal(1), ids)
    return None


def converted_to(view: View, currency: str, *, judged: Mapping[str, float] | None = None) -> ConvertedView:
    """The view with the amounts of company and region in one currency, at the latest rates that it holds.

    Amounts of another company are told in the currency in which most of its own are stated, so that they can be
    compared with one another. Ids, periods and sources of facts stay.

    Args:
        view: What was known.
        currency: ISO 4217 code.
        judged: Rates of currencies (in any one money) that stand in where none is held, to see what would be used.
    """
    return view.once(_converted, currency) if judged is None else _converted(view, currency, judged)


def _converted(view: View, currency: str, judged: Mapping[str, float] | None = None) -> ConvertedView:
    facts: list[Fact] = []
    rates: dict[str, tuple[str, ...]] = {}
    without: list[Fact] = []
    known: dict[tuple[str, str], Rate | None] = {}
    homes = dict(_homes(view))
    for fact in view.facts:
        money = money_form(fact.unit)
        home = currency if fact.subject in OWN_SUBJECTS else homes.get(fact.subject, currency)
        if money is None or money[0] == home:
            facts.append(fact)
            continue
        pair = (money[0], home)
        if pair not in known:
            known[pair] = held_rate(view, *pair)
        rate = known[pair]
        if rate is None:
            if fact.subject in OWN_SUBJECTS:
                without.append(fact)
                if judged is None:
                    continue
                rate = Rate(Decimal(str(judged.get(money[0], 1.0))), Decimal(str(judged.get(home, 1.0))), ())
            else:
                continue
        rates[fact.id] = rate.facts
        facts.append(_at(fact, rate, home + money[1]))
    return ConvertedView(replace(view, currency=currency, facts=tuple(facts)), rates, tuple(without))


def _homes(view: View) -> Iterator[tuple[str, str]]:
    """Subject to the currency of most of its amounts, for those that are neither the company nor the region."""
    counts: dict[str, Counter[str]] = {}
    for fact in view.facts:
        money = money_form(fact.unit)
        if money is not None and fact.subject not in OWN_SUBJECTS:
            counts.setdefault(fact.subject, Counter())[money[0]] += 1
    for subject, count in counts.items():
        yield subject, min(count, key=lambda code: (-count[code], code))


def _at(fact: Fact, rate: Rate, unit: str) -> Fact:
    if isinstance(fact.value, str | bool):
        return fact
    if isinstance(fact.value, tuple):
        return replace(fact, value=(rate.of(fact.value[0]), rate.of(fact.value[1])), unit=unit)
    return replace(fact, value=rate.of(fact.value), unit=unit)
