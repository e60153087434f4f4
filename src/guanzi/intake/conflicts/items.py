"""Items of financial statements: which names mean one item, under which definition, and how they are signed."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Other names of an item; a minus means that its sign is the opposite.
_SAME = {
    "revenues": "revenue",
    "total_revenue": "revenue",
    "total_revenues": "revenue",
    "sales": "revenue",
    "net_loss": "-net_income",
    "net_profit": "net_income",
    "net_earnings": "net_income",
    "profit": "net_income",
    "operating_loss": "-operating_income",
    "operating_profit": "operating_income",
    "accumulated_deficit": "-retained_earnings",
    "equity": "shareholders_equity",
    "total_equity": "shareholders_equity",
    "stockholders_equity": "shareholders_equity",
    "cost_of_revenue": "cost_of_goods_sold",
    "cost_of_sales": "cost_of_goods_sold",
    "cogs": "cost_of_goods_sold",
    "cash_and_cash_equivalents": "cash",
    "cash_and_equivalents": "cash",
    "capital_expenditure": "capex",
    "capital_expenditures": "capex",
    "research_and_development": "r_and_d",
    "rd_expense": "r_and_d",
    "selling_general_and_administrative": "sga",
    "assets": "total_assets",
    "liabilities": "total_liabilities",
    "short_term_investment": "short_term_investments",
    "cash_from_operations": "operating_cash_flow",
    "net_cash_from_operating_activities": "operating_cash_flow",
    "营业收入": "revenue",
    "净利润": "net_income",
    "净亏损": "-net_income",
    "资产总计": "total_assets",
    "总资产": "total_assets",
    "负债合计": "total_liabilities",
    "总负债": "total_liabilities",
    "所有者权益合计": "shareholders_equity",
    "股东权益合计": "shareholders_equity",
    "营业成本": "cost_of_goods_sold",
    "毛利": "gross_profit",
    "货币资金": "cash",
}
_PRELIMINARY = re.compile(r"_(preliminary|unaudited|provisional|estimated?|as_first_filed|as_reported|original|flash)$")
_RESTATED = re.compile(r"_(restated|audited|final|revised|as_adjusted)$")
_DEFINED = re.compile(
    r"_(incl|including|excl|excluding|before|after|to|attributable|adjusted|non_gaap|gaap|continuing|discontinued|parent"
    r"|consolidated|net_of|ex)(_.*)?$"
)
#: Items that are amounts spent, owned or owed, and have no minus.
POSITIVE = frozenset(
    {
        *("revenue", "cost_of_goods_sold", "r_and_d", "sga", "cash", "short_term_investments", "current_assets"),
        *("total_assets", "current_liabilities", "total_liabilities", "deliveries", "inventory", "total_debt"),
    }
)
#: Items that move slowly enough for a jump that is undone a year later to be a slip.
SMOOTH = frozenset(
    {
        *("revenue", "cost_of_goods_sold", "r_and_d", "sga", "current_assets", "total_assets", "current_liabilities"),
        *("total_liabilities", "retained_earnings", "deliveries"),
    }
)
#: Items that a company states in the one currency of its accounts.
STATEMENT = (POSITIVE | SMOOTH) - {"deliveries"} | frozenset(
    {
        *("net_income", "gross_profit", "operating_income", "operating_cash_flow", "capex", "free_cash_flow"),
        "shareholders_equity",
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a statement.

    Attributes:
        name: As it is written.
        base: The item that it is, whatever its definition.
        status: ``preliminary``, ``restated``, or a definition such as ``incl_restricted``; empty when it says none.
        sign: -1 when the name turns the sign of the item round (a loss is a negative income).
    """

    name: str
    base: str
    status: str = ""
    sign: int = 1

    @property
    def variety(self) -> str:
        """What kind of difference the name declares: ``preliminary``, ``definition``, or none."""
        if self.status in ("", "preliminary", "restated"):
            return "preliminary" if self.status else ""
        return "definition"


def item_of(text: str) -> Item:
    """The item that a name means.

    >>> item_of("net_income_preliminary").status, item_of("Net loss").base, item_of("cash_incl_restricted").base
    ('preliminary', 'net_income', 'cash')
    """
    name = re.sub(r"[^\w]+", "_", text.strip().lower().replace("&", " and ")).strip("_")
    base, status = name, ""
    for pattern, word in ((_PRELIMINARY, "preliminary"), (_RESTATED, "restated")):
        if pattern.search(base):
            base, status = pattern.sub("", base), word
    if not status and (match := _DEFINED.search(base)) and base not in _SAME:
        base, status = base[: match.start()], match.group().strip("_")
    same = _SAME.get(base, base)
    sign = -1 if same.startswith("-") else 1
    return Item(text.strip(), same.lstrip("-"), status, sign)
