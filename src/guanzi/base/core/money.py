"""Money: an exact amount with its currency and the year of its prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from guanzi.base.core.errors import GuanziError, InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

type Scale = Literal["one", "m", "bn"]

_SCALES: dict[Scale, Decimal] = {"one": Decimal(1), "m": Decimal(10) ** 6, "bn": Decimal(10) ** 9}


class CurrencyMismatch(GuanziError):
    """Amounts in different currencies were added or compared, or a rate does not fit an amount."""


class PriceYearMismatch(GuanziError):
    """Amounts in prices of different years were added or compared."""


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """A dated fact: one unit of ``base`` costs ``rate`` units of ``quote``.

    Attributes:
        base: Currency that is priced, e.g. ``USD``.
        quote: Currency in which it is priced, e.g. ``CNY``.
        rate: Units of ``quote`` per unit of ``base``; positive.
        on: Day of the rate.
    """

    base: str
    quote: str
    rate: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency.

    Attributes:
        amount: In single units of the currency (yuan, not millions).
        currency: ISO 4217 code.
        price_year: Year whose prices are meant; None for current prices (nominal).

    >>> Money.of("3.5", "CNY", "bn") + Money.of(500, "CNY", "m")
    Money(amount=Decimal('4000000000.0'), currency='CNY', price_year=None)
    """

    amount: Decimal
    currency: str
    price_year: int | None = None

    @classmethod
    def of(
        cls, amount: str | int | float | Decimal, currency: str, scale: Scale = "one", price_year: int | None = None
    ) -> Money:
        """Make money from an amount in units, millions or billions of a currency.

        Raises:
            InvalidInput: The amount is not a finite number.
        """
        try:
            value = Decimal(str(amount))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise InvalidInput(Problem(Message.of("core.money.invalid", text=str(amount)), Place("")))
        return cls(value * _SCALES[scale], currency, price_year)

    def to(self, currency: str, rate: ExchangeRate) -> Money:
        """The amount in another currency, by a dated rate.

        Raises:
            CurrencyMismatch: The rate is not one between the two currencies.
        """
        if (self.currency, currency) == (rate.base, rate.quote):
            return Money(self.amount * rate.rate, currency, self.price_year)
        if (self.currency, currency) == (rate.quote, rate.base):
            return Money(self.amount / rate.rate, currency, self.price_year)
        raise CurrencyMismatch(
            Problem(
                Message.of(
                    "core.money.rate_mismatch",
                    base=rate.base,
                    quote=rate.quote,
                    currency=self.currency,
                    target=currency,
                ),
                Place(""),
            )
        )

    def __add__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.amount + other.amount, self.currency, self.price_year)

    def __sub__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.amount - other.amount, self.currency, self.price_year)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency, self.price_year)

    def __mul__(self, factor: int | Decimal) -> Money:
        return Money(self.amount * factor, self.currency, self.price_year)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        self._must_match(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._must_match(other)
        return self.amount <= other.amount

    def _must_match(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(
                Problem(
                    Message.of("core.money.currency_mismatch", left=self.currency, right=other.currency),
                    Place(""),
                    Message.of("core.money.currency_mismatch.mend"),
                )
            )
        if self.price_year != other.price_year:
            raise PriceYearMismatch(
                Problem(
                    Message.of("core.money.price_year_mismatch", left=self.price_year, right=other.price_year),
                    Place(""),
                    Message.of("core.money.price_year_mismatch.mend"),
                )
            )
