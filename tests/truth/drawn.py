"""What invented cases are drawn from: kinds of company, places, parties, and a case while it is being drawn."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.truth.generation import Data


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of company: model and industry of the simulation, what it makes, in what capacity is counted.

    Attributes:
        price: Of a piece, in units of a dollar.
        size: Pieces of a good year.
    """

    model: str
    industry: str
    made: str
    capacity: str
    price: float
    size: int
    words: tuple[str, str]


KINDS = (
    Kind("scale-up-manufacturer", "battery-electric-vehicles", "vehicles", "vehicles/year", 30_000, 40_000,
         ("electric cars", "电动汽车")),
    Kind("scale-up-manufacturer", "passenger-cars", "vehicles", "vehicles/year", 18_000, 90_000,
         ("passenger cars", "乘用车")),
    Kind("scale-up-manufacturer", "electric-trucks", "vehicles", "vehicles/year", 160_000, 4_000,
         ("electric trucks", "电动卡车")),
    Kind("capacity-cycle-fab", "battery-cells", "", "GWh/year", 90_000_000, 16, ("battery cells", "电芯")),
    Kind("capacity-cycle-fab", "display-panels", "", "substrates/month", 900, 60_000, ("display panels", "显示面板")),
    Kind("capacity-cycle-fab", "memory-chips", "", "wafers/month", 1_800, 80_000, ("memory chips", "存储芯片")),
    Kind("capacity-cycle-fab", "thin-film-solar", "", "GWh/year", 250_000_000, 3, ("solar panels", "光伏组件")),
    Kind("pre-revenue-deep-tech", "evtol-aircraft", "aircraft", "aircraft/year", 2_000_000, 120,
         ("aircraft", "航空器")),
    Kind("scale-up-manufacturer", "hospital-equipment", "", "", 90_000, 3_000, ("hospital equipment", "医疗设备")),
    Kind("capacity-cycle-fab", "lithium-refining", "", "", 14_000, 30_000, ("lithium hydroxide", "氢氧化锂")),
)  # fmt: skip
STAGES = ("selling", "growing", "starting", "building", "in trouble", "insolvent")
PER_DOLLAR = {"CNY": 7.0, "USD": 1.0, "EUR": 0.9, "GBP": 0.8, "KRW": 1300.0, "JPY": 145.0}
REGIONS = (
    ("riverton", "Riverton", "临江市", "CN", "CNY"), ("northport", "Northport", "北港市", "CN", "CNY"),
    ("eastvale", "Eastvale", "东谷市", "CN", "CNY"), ("oakshire", "Oakshire", "橡树郡", "GB", "GBP"),
    ("lindental", "Lindental", "林登塔尔", "DE", "EUR"), ("seefeld", "Seefeld", "湖田", "AT", "EUR"),
    ("maple-county", "Maple County", "枫树县", "US", "USD"), ("hanseong", "Hanseong", "汉城郡", "KR", "KRW"),
    ("mizuno", "Mizuno", "水野市", "JP", "JPY"),
)  # fmt: skip
PARTIES = (
    ("city", "City of {}", "{}市政府"),
    ("land", "State around {}", "{}所在州"),
    ("federation", "Federal government", "联邦政府"),
    ("fund", "Development fund of {}", "{}产业发展基金"),
    ("bank", "Public bank of {}", "{}公营银行"),
)  # fmt: skip
COMPANIES = (
    ("aurora", "Aurora Works", "曙光制造"),
    ("borealis", "Borealis Technologies", "北光科技"),
    ("cobalt", "Cobalt Line", "钴线工业"),
    ("delta", "Delta Mobility", "三角出行"),
    ("ember", "Ember Systems", "余烬系统"),
    ("fjord", "Fjord Industries", "峡湾实业"),
)  # fmt: skip


@dataclass
class Drawn:
    """A case while it is being drawn.

    Attributes:
        k: Units of its currency for a dollar.
        decided: Day of the decision.
        facts: Facts so far.
    """

    draw: random.Random
    kind: Kind
    stage: str
    currency: str
    decided: date
    size: float
    facts: list[Data] = field(default_factory=list)

    @property
    def k(self) -> float:
        return PER_DOLLAR[self.currency]

    def amount(self, dollars: float) -> float:
        """Millions of dollars as millions of the currency, to three digits."""
        return float(f"{dollars * self.k:.3g}")

    def some(self, probability: float) -> bool:
        return self.draw.random() < probability

    def add(self, name: str, value: Any, unit: str, period: Any, known: date | None = None, **more: Any) -> None:
        """A fact, unless it is to be missing; what would be known after the decision is not known."""
        day = known or self.decided - timedelta(days=self.draw.randint(0, 60))
        if day > self.decided or self.some(0.22):
            return
        id = f"{name.replace('_', '-')}-{str(period).lower().replace('/', '-')}-{len(self.facts)}"
        fact = {
            "id": id,
            "name": name,
            "period": period,
            "value": value,
            "unit": unit,
            "known_on": day,
            "source": "report",
        }
        self.facts.append(fact | more)
