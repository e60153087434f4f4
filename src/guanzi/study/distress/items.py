"""Ratios from items of a statement, so that a firm's currency and unit do not matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Items = Callable[[str], Floats]

#: Items of a statement that the ratios are made of, all of one closing day and one unit.
ITEMS = (
    "current_assets",
    "cogs",
    "dep_amort",
    "ebitda",
    "inventory",
    "net_income",
    "receivables",
    "market_value",
    "net_sales",
    "total_assets",
    "lt_debt",
    "ebit",
    "gross_profit",
    "current_liabilities",
    "retained_earnings",
    "total_revenue",
    "total_liabilities",
    "total_opex",
)

#: Without these a table holds no statement that ratios could be made of.
NEEDED = ("total_assets", "total_liabilities")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of statement items.

    Attributes:
        name: E.g. ``liabilities_to_assets``.
        top: What stands above the line.
        bottom: What stands below it; a denominator that is not positive gives NaN.
    """

    name: str
    top: Callable[[Items], Floats]
    bottom: Callable[[Items], Floats]


def _plain(name: str, top: str, bottom: str) -> Ratio:
    return Ratio(name, lambda item: item(top), lambda item: item(bottom))


def _assets(item: Items) -> Floats:
    return item("total_assets")


#: The ratios that the literature on distress uses most: Altman 1968, Ohlson 1980, Zmijewski 1984, Shumway 2001,
#: Campbell, Hilscher and Szilagyi 2008.
RATIOS = (
    _plain("liabilities_to_assets", "total_liabilities", "total_assets"),
    _plain("market_value_to_liabilities", "market_value", "total_liabilities"),
    _plain("market_value_to_assets", "market_value", "total_assets"),
    Ratio("working_capital_to_assets", lambda i: i("current_assets") - i("current_liabilities"), _assets),
    _plain("retained_earnings_to_assets", "retained_earnings", "total_assets"),
    _plain("ebit_to_assets", "ebit", "total_assets"),
    _plain("ebitda_to_assets", "ebitda", "total_assets"),
    _plain("net_income_to_assets", "net_income", "total_assets"),
    _plain("sales_to_assets", "net_sales", "total_assets"),
    _plain("current_ratio", "current_assets", "current_liabilities"),
    Ratio("quick_ratio", lambda i: i("current_assets") - i("inventory"), lambda i: i("current_liabilities")),
    _plain("long_term_debt_to_assets", "lt_debt", "total_assets"),
    _plain("current_liabilities_to_assets", "current_liabilities", "total_assets"),
    _plain("current_assets_to_assets", "current_assets", "total_assets"),
    _plain("net_margin", "net_income", "net_sales"),
    _plain("gross_margin", "gross_profit", "net_sales"),
    _plain("operating_costs_to_sales", "total_opex", "net_sales"),
    _plain("inventory_to_sales", "inventory", "net_sales"),
    _plain("receivables_to_sales", "receivables", "net_sales"),
    _plain("depreciation_to_assets", "dep_amort", "total_assets"),
    Ratio("cash_like_to_assets", lambda i: i("current_assets") - i("inventory") - i("receivables"), _assets),
    _plain("ebitda_to_liabilities", "ebitda", "total_liabilities"),
    Ratio("charges_to_assets", lambda i: i("ebit") - i("net_income"), _assets),
    _plain("gross_profit_to_assets", "gross_profit", "total_assets"),
)


def statement_ratios(columns: Mapping[str, Floats], *, size: bool = True) -> dict[str, Floats]:
    """Replace statement items by ratios; other columns pass as they are.

    Args:
        columns: Column name to values; those named in ``ITEMS`` are items of one statement a row.
        size: Also the logarithms of total assets and market value. They depend on currency, unit and price level:
            right within one panel, wrong from one panel to another.

    Returns:
        Columns without items, if the table has total assets and total liabilities; the same columns otherwise.

    >>> made = statement_ratios({"total_assets": np.array([4.0]), "total_liabilities": np.array([3.0])})
    >>> made["liabilities_to_assets"]
    array([0.75])
    """
    if not all(name in columns for name in NEEDED):
        return dict(columns)
    nothing = np.full(len(columns[NEEDED[0]]), np.nan)

    def item(name: str) -> Floats:
        return columns.get(name, nothing)

    out = {name: values for name, values in columns.items() if name not in ITEMS}
    with np.errstate(all="ignore"):
        for ratio in RATIOS:
            bottom = ratio.bottom(item)
            out[ratio.name] = ratio.top(item) / np.where(bottom > 0, bottom, np.nan)
        for name in ("total_assets", "market_value") if size else ():
            value = item(name)
            out[f"log_{name}"] = np.log(np.where(value > 0, value, np.nan))
    return {name: values for name, values in out.items() if name not in columns or name not in ITEMS}
