"""The workbook's example case, told in another currency at a stated rate."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import money_form
from guanzi.base.reading import read_yaml, yaml_text
from guanzi.record.evidence import Case, load_case

FORM = Path(__file__).parents[3] / "src/guanzi/library/workbook/form"
SHEET = "2026-03-31-draft.yaml"
RATE_SOURCE = {"publisher": "Central bank", "title": "Rates of the day", "date": date(2026, 3, 30), "grade": "A"}


@dataclass(frozen=True)
class Telling:
    """A way to tell the same case: the currency of the case and of its term sheet, that of its facts, and the rate.

    Attributes:
        case, facts: Currencies.
        per: Yuan for one unit of a currency.
        inverse: State the rate of the yuan in the other currency instead.
        stated: State the rates of these currencies.
        also: Other currencies whose rates are stated: a class of size counts in dollars.
    """

    case: str
    facts: str
    per: dict[str, float]
    inverse: bool = False
    stated: bool = True
    also: tuple[str, ...] = ()

    def in_yuan(self) -> "Telling":
        """The same case in yuan, with the same rates."""
        return Telling("CNY", "CNY", self.per, self.inverse, self.stated, (self.case, self.facts))

    def amount(self, value: float, currency: str) -> float:
        return value / self.per.get(currency, 1.0)


def tell(folder: Path, telling: Telling, more: tuple[dict[str, Any], ...] = (), without: tuple[str, ...] = ()) -> Case:
    """The example case with all its amounts told that way, written to a folder and read."""
    folder.mkdir(parents=True, exist_ok=True)
    header = read_yaml(FORM / "case.yaml").data | {"case": folder.name, "currency": telling.case}
    data = read_yaml(FORM / "facts/facts.yaml").data
    data["facts"] = [*(fact for fact in data["facts"] if fact["name"] not in without), *more]
    for fact in data["facts"]:
        if money_form(fact["unit"]) is not None and fact["unit"].startswith("CNY"):
            fact["unit"] = fact["unit"].replace("CNY", telling.facts)
            fact["value"] = telling.amount(fact["value"], telling.facts)
    if telling.stated:
        data["sources"]["rates"] = RATE_SOURCE
        for code in sorted({telling.case, telling.facts, *telling.also} - {"CNY"}):
            data["facts"].append(rate(code, telling.per[code], telling.inverse))
    sheet = read_yaml(FORM / "terms" / SHEET).data | {"currency": telling.case}
    for tranche in sheet["instruments"]["stake"]["tranches"]:
        tranche["amount"] = telling.amount(tranche["amount"], telling.case)
    for paid in sheet["instruments"]["stake"]["contribution"]["company"]["cash"]:
        paid["amount"] = telling.amount(paid["amount"], telling.case)
    for tier in sheet["tiers"]:
        for end in ("low", "high"):
            tier["leaving_costs"][end] = telling.amount(tier["leaving_costs"][end], telling.case)
    for name, content in (("case.yaml", header), ("facts/facts.yaml", data), (f"terms/{SHEET}", sheet)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(yaml_text(content), "utf-8")
    return load_case(folder)


def rate(code: str, value: float, inverse: bool = False) -> dict[str, Any]:
    """A fact that states what one unit of a currency costs in yuan, or a yuan in it."""
    name, unit = (f"cny_{code.lower()}", f"{code} per CNY") if inverse else (f"{code.lower()}_cny", f"CNY per {code}")
    value = 1 / value if inverse else value
    day = date(2026, 3, 30)
    about = {"subject": "fx", "name": name, "period": day, "known_on": day, "source": "rates"}
    return {"id": name.replace("_", "-"), "value": value, "unit": unit, **about}
