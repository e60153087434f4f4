"""Volume, price and unit cost of a maker: growth that reverts and follows the market, prices that drift, experience.

References:
    Wright: Factors affecting the cost of airplanes. J. Aeronautical Sciences 3 (1936).
    Chan, Karceski, Lakonishok: The level and persistence of growth rates. J. Finance 58 (2003).
"""

from __future__ import annotations

from guanzi.simulation.models.track import declare_tilted, tilted
from guanzi.terms import Emitter

VOLUME_UNITS: dict[str, str] = {
    "growth": "log per quarter",
    "growth_long": "log per quarter",
    "growth_persistence": "ratio",
    "growth_shock": "log per quarter",
    "regime_growth": "log per quarter",
    "units_noise": "log",
    "price": "CNY m",
    "price_drift": "log per quarter",
    "margin": "ratio",
    "margin_cap": "ratio",
    "learning": "ratio",
}
"""Parameters of a maker's volume, price and cost."""

LOG_2 = 0.6931471805599453


def declare_volume(e: Emitter) -> None:
    """Step 0: growth and price."""
    for name in ("growth", "price", "learning_power"):
        e.number(f"m.{name}")
    declare_tilted(e, "growth_long", "p.growth_long", "p.regime_growth")
    e.do("COPY", "m.growth", "p.growth")
    e.do("COPY", "m.price", "p.price")


def learning_power(e: Emitter) -> None:
    """Step 0: the exponent of Wright's law, log2(1 - learning)."""
    e.do("COPY", "m.learning_power", e("MULK", e("LOG", e("RSUBK", "p.learning", k=1.0)), k=1.0 / LOG_2))


def step_growth(e: Emitter) -> None:
    """A step of growth, which reverts to its long-run rate (higher in a hot market), and of the price."""
    long = tilted(e, "growth_long")
    growth = e("MADD", "p.growth_persistence", e("SUB", "m.growth", long), long)
    e.do("MADD", "m.growth", "p.growth_shock", "draw0.z0", growth)
    e.do("COPY", "m.price", e("MUL", "m.price", e("EXP", "p.price_drift")))


def unit_margin(e: Emitter, cost: str, made: str, made_before: str) -> str:
    """Margin at the unit cost after all that was made; never above the cap."""
    experience = e("LOG", e("DIV", made, e("MAXK", made_before, k=1.0)))
    unit_cost = e("MUL", cost, e("EXP", e("MUL", "m.learning_power", experience)))
    margin = e("RSUBK", e("DIV", unit_cost, "m.price"), k=1.0)
    return e("MIN", margin, "p.margin_cap")
