"""What the public side pays under a term sheet, added up from its YAML data by hand: the oracle of the sums of money.

It knows every type by its own keys and shares no code with the product. It is slow to extend on purpose: a new type
must be written down here once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

type Sum = tuple[str, str, str, float]
"""Payment, nature, payer and the most that it can be."""


def most(value: Any) -> float:
    """The most that a value can be: a number, a percentage, an amount per year, or the upper end of a bracket."""
    if isinstance(value, dict):
        return most(value["unknown"]["high"])
    text = str(value).removesuffix(" per year")
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def naive(data: dict[str, Any]) -> Iterator[Sum]:
    """All sums of the public parties, payment by payment; what one of them pays another is left out."""
    public = {id for id, party in data["parties"].items() if party["role"] == "public"}
    years, signed = int(data["horizon"].split()[0]), data["signed"]
    for section in ("instruments", "incentives"):
        for id, item in data[section].items():
            yield from (found for found in _of(id, item, data, years) if found[2] in public)
    for id, item in data["promises"].items():
        if most(item.get("cost", 0)):
            yield id, "works", item["from"], most(item["cost"])
        if most(item.get("penalty", 0)):
            due = item.get("due", signed)
            months = 12 * years - 12 * (due.year - signed.year) - (due.month - signed.month)
            months += {"quarter": 3, "month": 1}[data["step"]]
            yield f"{id}.delay", "contingent", item["from"], most(item["penalty"]) * months / 12


def _of(id: str, item: dict[str, Any], data: dict[str, Any], years: int) -> Iterator[Sum]:
    match item["type"]:
        case "equity":
            for part in item["tranches"]:
                yield from _tranche(part, item, data)
        case "loan" | "convertible_note":
            yield id, "lent", item["lender"], most(item["amount"])
        case "revenue_share":
            if most(item.get("amount", 0)):
                yield id, "invested", item["investor"], most(item["amount"])
        case "earn_out":
            if data["parties"][item["to"]]["role"] != "public":
                yield id, "contingent", item["from"], most(item["amount"])
        case "warrant":
            yield id, "contingent", item["holder"], most(item["share"]) * most(item["strike"])
        case "guarantee":  # of a public loan or note: its money is lent already, and counted there
            lender = data["instruments"][item["of"]]["lender"] if "of" in item else ""
            if data["parties"].get(lender, {"role": "holder"})["role"] != "public":
                yield id, "contingent", item["from"], most(item["limit"])
        case "grant" | "rebate" | "purchase":
            nature = {"grant": "given", "rebate": "forgone", "purchase": "bought"}[item["type"]]
            count = item.get("years", 1)
            for n in range(count):
                first = item.get("start", data["signed"]).year
                yield id if count == 1 else f"{id}.{first + n}", nature, item["from"], most(item["amount"])
        case "land":
            yield id, "discounted", item["from"], most(item["value"]) * most(item["discount"])
        case "park":
            yield id, "built", item["from"], most(item["cost"])
        case "call" | "put":
            assert not {item.get("holder"), *item.get("obligors", ())} & {"city", "province", "fund"}
        case "ratchet" | "clawback":
            return
        case other:
            raise AssertionError(f"nobody wrote down what a {other} costs")


def _tranche(part: dict[str, Any], equity: dict[str, Any], data: dict[str, Any]) -> Iterator[Sum]:
    amount = part["amount"]
    if isinstance(amount, dict) and "unknown" not in amount:
        for payer, value in amount.items():
            yield part["id"], "invested", payer, most(value)
    else:  # divided by the split: the whole is the same whatever the parts are
        public = [id for id, party in data["parties"].items() if party["role"] == "public"]
        yield part["id"], "invested", next(iter(equity.get("split", public))), most(amount)


def day_of(item: dict[str, Any], signed: date) -> date:
    """The first day of an incentive."""
    return item.get("start") or item.get("due") or signed
