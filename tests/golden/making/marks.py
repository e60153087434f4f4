"""Figures marked in a text with the facts that they state, may state or must not be taken for.
A mark leaves the text as it is printed; what it says of the figure is kept beside it, so that a document can be set
by any tool and its key is made from what was set.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

START, MIDDLE, END, UP, DOWN = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
MARK = re.compile(f"{START}(\\d+){MIDDLE}(.*?){END}")
RAISED = re.compile(f"{UP}(.*?){DOWN}")

BALANCES = {
    "cash", "cash_and_short_term_investments", "current_assets", "total_assets", "current_liabilities",
    "total_liabilities", "equity", "retained_earnings", "accumulated_deficit", "total_debt", "customer_prepayments",
}  # fmt: skip
"""As at a day, and the day must be right."""
STANDINGS = {
    "headcount", "capacity", "patents", "orders", "fleet_orders", "shares_outstanding", "founder_share",
    "public_stake", "pledged_share", "cumulative_deliveries", "market_value", "usd_cny", "raised_to_date",
    "invested_to_date", "local_plant_capacity", "going_concern_doubt", "litigation_claims", "share_price",
    "ads_price", "site_area",
}  # fmt: skip
"""As at a day; the period that ends on it, or the day of the document, says the same."""
PLANS = {
    "plan_capacity", "plan_capacity_first_phase", "plan_investment", "plan_plant_investment", "plan_jobs",
    "plan_headcount", "plan_revenue", "plan_deliveries", "plan_production_start", "plan_start", "post_money",
    "anchor_investment", "equity_raised", "stake_hefei", "put_rate", "purchased_share", "convertible_notes_raised",
    "deal_valuation", "capital_increase", "public_equity", "co_investors", "placement_price", "credit_rating",
    "market_share", "retention_12m", "tax_local", "supply_contract_years", "put_obligor",
}  # fmt: skip
"""Said on a day of a time to come, or of an act: the day of the document is a period, too."""
POSITIVE = {
    "net_loss", "operating_loss", "accumulated_deficit", "net_loss_to_date", "parent_net_loss",
    "capex", "cost_of_revenue", "r_and_d", "sga",
}  # fmt: skip
"""Losses and costs: positive numbers, however they are printed."""
TO_DATE = {"revenue": "revenue_to_date", "net_loss": "net_loss_to_date", "deliveries": "deliveries_to_date"}

WIDE = str.maketrans("０１２３４５６７８９，．（）－％", "0123456789,.()-%")
NUMBER = re.compile(r"\d[\d,  ]*(?:\.\d+)?")


@dataclass(frozen=True)
class Tag:
    """What a figure is to a fact: ``must``, ``may`` or ``not``."""

    kind: str
    fact: str
    value: object
    unit: str
    periods: tuple[str, ...]
    also: tuple[str, ...] = ()
    why: str = ""


@dataclass
class Marks:
    """The figures of one document in the order in which they were marked."""

    known_on: str
    texts: list[str] = field(default_factory=list)
    tags: list[list[Tag]] = field(default_factory=list)

    def __call__(self, text: str, *said: str) -> str:
        """The text with a mark: each tag is ``[!?]fact period unit[*scale] [=value] [#why]``."""
        self.texts.append(text)
        self.tags.append([self._tag(text, one) for one in said])
        return f"{START}{len(self.texts) - 1}{MIDDLE}{text}{END}"

    def _tag(self, text: str, said: str) -> Tag:
        said, _, why = said.partition("#")
        said, _, given = said.partition("=")
        fact, period, unit = said.split(maxsplit=2)
        kind = {"!": "not", "?": "may"}.get(fact[0], "must")
        if kind == "not" and not why:
            raise ValueError(f"{said}: a figure that must not be found needs a reason")
        fact = fact.lstrip("!?")
        unit, _, scale = unit.strip().partition("*")
        value: object
        if given := given.strip():
            value = _given(given, Decimal(scale or 1))
        else:
            number = figure(text) * Decimal(scale or 1)
            value = abs(number) if fact in POSITIVE else number
        return Tag(kind, fact, value, unit, self._periods(fact, period), _also(fact, period), why.strip())

    def _periods(self, fact: str, period: str) -> tuple[str, ...]:
        first, *others = period.split("|")
        if fact in BALANCES:
            return (last_day(first),)
        if fact in STANDINGS:
            day = last_day(first)
            return tuple(dict.fromkeys([day, first, day[:7], *_ending(day), *others, self.known_on]))
        if fact in PLANS:
            return tuple(dict.fromkeys([first, last_day(first), *others, self.known_on, self.known_on[:7]]))
        if _also(fact, first):
            return (first, last_day(first), *others)
        return (first, *others)


def figure(text: str) -> Decimal:
    """The number that a text prints, negative behind a minus or in brackets."""
    plain = text.translate(WIDE)
    found = NUMBER.search(plain)
    if found is None:
        raise ValueError(f"no figure in {text!r}")
    number = Decimal(re.sub(r"[,  ]", "", found[0]))
    before = plain[: found.start()].rstrip("$¥€ ")
    return -number if before.endswith(("-", "−", "–", "(", "△")) else number


def last_day(period: str) -> str:
    """The last day of a period, itself where it is a day."""
    end = period.rpartition("/")[2]
    if match := re.fullmatch(r"(\d{4})(?:Q(\d)|H(\d)|-(\d\d))?", end):
        month = int(match[2] or 0) * 3 or int(match[3] or 0) * 6 or int(match[4] or 12)
        return f"{match[1]}-{month:02}-{monthrange(int(match[1]), month)[1]:02}"
    return date.fromisoformat(end).isoformat()


def day_before(period: str) -> str:
    """The last day before a period begins."""
    first = period.partition("/")[0]
    match = re.fullmatch(r"(\d{4})(?:Q(\d)|H(\d)|-(\d\d))?", first)
    if match is None:
        raise ValueError(f"{period} is no period")
    month = int(match[2] or 1) * 3 - 2 if match[2] else int(match[3]) * 6 - 5 if match[3] else int(match[4] or 1)
    return (date(int(match[1]), month, 1) - timedelta(days=1)).isoformat()


def _ending(day: str) -> list[str]:
    year, month = day[:4], int(day[5:7])
    return [
        *([year] if month == 12 else []),
        *([f"{year}Q{month // 3}"] if month % 3 == 0 else []),
        *([f"{year}H{month // 6}"] if month % 6 == 0 else []),
    ]


def _also(fact: str, period: str) -> tuple[str, ...]:
    """The name of the same figure where the period runs from the first of January and is no whole year."""
    runs = "Q1" in period or "H1" in period or re.match(r"\d{4}-01/", period)
    return (TO_DATE[fact],) if runs and fact in TO_DATE else ()


def _given(text: str, scale: Decimal) -> object:
    if text in ("true", "false"):
        return text == "true"
    if "~" in text:
        low, high = text.split("~")
        return {"low": Decimal(low) * scale, "high": Decimal(high) * scale}
    try:
        return Decimal(text) * scale
    except ArithmeticError:
        return text


def printed(text: str) -> str:
    """The text as it is printed, without marks."""
    return RAISED.sub(r"\1", MARK.sub(r"\2", text))


def raised(text: str) -> str:
    """A mark of a footnote beside a figure."""
    return f"{UP}{text}{DOWN}"
