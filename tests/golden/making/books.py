"""Statements whose lines add up, for companies that do not exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from tests.golden.making.marks import Marks, day_before

type Lines = dict[str, list[Decimal]]
type Cell = str | tuple[str, int, int]
"""A text, or a text with the columns and rows that it spans."""
type Line = tuple[Any, ...]
"""A fact as for `rows`, a label, the values, and perhaps the number of a note."""


def books(
    seed: int,
    revenue: Sequence[float],
    margin: float,
    research: float = 0.07,
    selling: float = 0.06,
    digits: int = 0,
    minority: float = 0.05,
    assets: float = 1.6,
    order: str = "newest first",
) -> Lines:
    """Lines of income, balance and cash flow, one value for each revenue given, in the unit and digits of the revenue.
    Margin, research and selling are shares of revenue; the rest is drawn. A company that loses money pays no tax. A
    column opens with the cash with which the year before closed, unless the columns are ``apart`` in time.
    """
    chance, unit = Random(seed), Decimal(1).scaleb(-digits)
    lines: Lines = {}

    def share(part: float) -> Decimal:
        return Decimal(str(round(part * chance.uniform(0.85, 1.15), 5)))

    def put(name: str, value: Decimal) -> Decimal:
        lines.setdefault(name, []).append(value := value.quantize(unit, ROUND_HALF_UP))
        return value

    for given in revenue:
        of = put("revenue", Decimal(str(given)) + Decimal(chance.randrange(10**digits)).scaleb(-digits))
        cost = put("cost", of * (1 - share(margin)))
        gross = put("gross", of - cost)
        spent = [
            put(name, of * share(part))
            for name, part in (
                ("levies", 0.006),
                ("selling", selling),
                ("admin", 0.05),
                ("research", research),
                ("interest", 0.012),
            )
        ]
        aid = put("other_income", of * share(0.015))
        operating = put("operating", gross - sum(spent) + aid)
        before = put(
            "before_tax", operating + put("odd_income", of * share(0.002)) - put("odd_cost", of * share(0.001))
        )
        net = put("net", before - put("tax", max(before, Decimal(0)) * Decimal("0.15")))
        outside = put("minority_profit", net * Decimal(str(minority)))
        put("owners_profit", net - outside)
        put("per_share", net)

        size = of * share(assets)
        parts: tuple[tuple[str, float], ...] = (
            ("cash", 0.17),
            ("securities", 0.05),
            ("receivables", 0.14),
            ("stock", 0.12),
            ("other_current", 0.03),
        )
        current = put("current_assets", sum((put(name, size * share(part)) for name, part in parts), Decimal(0)))
        parts = (("plant", 0.31), ("building", 0.09), ("intangibles", 0.06), ("other_fixed", 0.04))
        fixed = put("fixed_assets", sum((put(name, size * share(part)) for name, part in parts), Decimal(0)))
        total = put("total_assets", current + fixed)
        parts = (("short_loans", 0.08), ("payables", 0.16), ("prepaid", 0.04), ("other_due", 0.05))
        due = put("current_liabilities", sum((put(name, total * share(part)) for name, part in parts), Decimal(0)))
        parts = (("long_loans", 0.11), ("leases", 0.03), ("grants", 0.02))
        late = put("late_liabilities", sum((put(name, total * share(part)) for name, part in parts), Decimal(0)))
        owed = put("total_liabilities", due + late)
        equity = put("equity", total - owed)
        others = put("minority_equity", equity * Decimal(str(minority)))
        owners = put("owners_equity", equity - others)
        kept = put("retained", net * share(2.2))
        capital = put("capital", total * share(0.12))
        put("reserves", owners - kept - capital)
        put("total_both", total)

        got, paid = put("from_customers", of * share(1.06)), put("to_suppliers", cost * share(0.93))
        staff, levied = put("to_staff", of * share(0.12)), put("to_state", of * share(0.03))
        flow = put("operating_flow", got - paid - staff - levied)
        bought, sold = put("capex", size * share(0.09)), put("sold_plant", size * share(0.004))
        invested = put("investing_flow", sold - bought)
        put("closing", lines["cash"][-1] * Decimal("0.96"))
        put("inner_flow", flow + invested)
        put("turnover", size * share(0.06))
    for column, (closing, inner, turnover) in enumerate(
        zip(*(lines[n] for n in ("closing", "inner_flow", "turnover")), strict=True)
    ):
        earlier = column + {"newest first": 1, "oldest first": -1, "apart": len(revenue)}[order]
        known = 0 <= earlier < len(revenue)
        opening = put("opening", lines["closing"][earlier] if known else closing * share(0.9))
        financed = put("financing_flow", put("change", closing - opening) - inner)
        put("borrowed", turnover + max(financed, Decimal(0)))
        put("repaid", turnover + max(-financed, Decimal(0)))
    return lines


def shown(number: Any, digits: int = 0, negative: str = "()", sign: str = "") -> str:
    """A number as statements print it: grouped by thousands; ``negative`` is ``()``, ``-`` or ``−``."""
    if isinstance(number, str):
        return number
    if not number:
        return "—"
    text = f"{sign}{abs(number):,.{digits}f}"
    if number >= 0:
        return text
    return f"({text})" if negative == "()" else f"{negative}{text}"


def rows(
    marks: Marks,
    columns: list[str],
    lines: Sequence[Line],
    unit: str,
    show: Callable[[Any], str] = shown,
) -> list[list[Cell]]:
    """Rows of a statement with their figures marked.

    A column is ``2023``, ``?2022`` (may be found), ``!2022 #why`` (must not), ``note`` (the line's note) or ``-`` (no
    fact); a line is a fact in the same way (``revenue``, ``!total_debt #why``, ``gross_margin@ratio*0.01`` or ``-``).
    """
    made: list[list[Cell]] = []
    for fact, label, values, *note in lines:
        cells: list[Cell] = [label]
        given = iter(values)
        for column in columns:
            if column == "note":
                cells.append(note[0] if note else "")
                continue
            value = next(given, "")
            text = show(value) if value != "" and value is not None else ""
            if not text or fact == "-" or column == "-" or not any(map(str.isdigit, text)):
                cells.append(text)
                continue
            cells.append(marks(text, *(_said(one, column, unit) for one in fact.split(";"))))
        made.append(cells)
    return made


def _said(fact: str, column: str, unit: str) -> str:
    name, _, why_line = fact.partition("#")
    period, _, why_column = column.partition("#")
    name, _, own = name.strip().partition("@")
    if name.endswith("_before"):
        name, period = name.removesuffix("_before"), day_before(period.strip().lstrip("!?"))
    kind = "!" if "!" in (name[0], period[0]) else "?" if "?" in (name[0], period[0]) else ""
    reason = why_line or why_column
    return f"{kind}{name.lstrip('!?')} {period.strip().lstrip('!?')} {own or unit}" + (f" #{reason}" if reason else "")
