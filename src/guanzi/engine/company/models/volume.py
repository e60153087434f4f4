"""Volume, price and unit cost of a maker: growth that reverts and follows the market, prices that drift, experience.

Business follows the shares: what the holders learn in a quarter shows in volume over the years after it. With n the
news that is not yet in the volume, ``n = n (1 - 1/8) + z``, growth is faster by ``growth_news n / 8``.

Growth rates of companies have heavier tails than a normal distribution. With h the tail, a shock is
``z (1 + h z^2) / sqrt(1 + 6 h + 15 h^2)``, which has mean nought and variance one.

References:
    Fama: Stock returns, expected returns, and real activity. J. Finance 45 (1990) (returns lead activity by years).
    Stanley et al.: Scaling behaviour in the growth of companies. Nature 379 (1996) (tails of growth rates).
    Wright: Factors affecting the cost of airplanes. J. Aeronautical Sciences 3 (1936).
    Chan, Karceski, Lakonishok: The level and persistence of growth rates. J. Finance 58 (2003).
"""

from __future__ import annotations

from guanzi.deal.program import Emitter
from guanzi.engine.company.models.track import declare_tilted, tilted

VOLUME_UNITS: dict[str, str] = {
    "growth": "log per quarter",
    "growth_long": "log per quarter",
    "growth_persistence": "ratio",
    "growth_shock": "log per quarter",
    "growth_tail": "ratio",
    "growth_news": "log per quarter",
    "regime_growth": "log per quarter",
    "units_noise": "log",
    "price": "CNY m",
    "price_drift": "log per quarter",
    "margin": "ratio",
    "margin_cap": "ratio",
    "learning": "ratio",
}
"""Parameters of a maker's volume, price and cost."""

NEWS_QUARTERS = 8.0
"""Quarters over which news becomes volume."""
LOG_2 = 0.6931471805599453


def declare_volume(e: Emitter) -> None:
    """Step 0: growth and price."""
    for name in ("growth", "price", "learning_power", "growth_scale", "news"):
        e.number(f"m.{name}")
    spread = e("SQRT", e("AFF", e("MUL", "p.growth_tail", e("AFF", "p.growth_tail", k=(15.0, 6.0))), k=(1.0, 1.0)))
    e.do("DIV", "m.growth_scale", "p.growth_shock", spread)
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
    tail = e("MADD", "p.growth_tail", e("MUL", "luck.business", "luck.business"), e("SET", k=1.0))
    e.do("MADD", "m.growth", "m.growth_scale", e("MUL", "luck.business", tail), growth)
    e.do("COPY", "m.price", e("MUL", "m.price", e("EXP", "p.price_drift")))


def followed(e: Emitter) -> str:
    """Growth of a step with what earlier news of the shares adds to it."""
    e.do("COPY", "m.news", e("MADD", "m.news", e("SET", k=1.0 - 1.0 / NEWS_QUARTERS), "m.z"))
    return e("MADD", "p.growth_news", e("MULK", "m.news", k=1.0 / NEWS_QUARTERS), "m.growth")


def unit_margin(e: Emitter, cost: str, made: str, made_before: str) -> str:
    """Margin at the unit cost after all that was made; never above the cap."""
    experience = e("LOG", e("DIV", made, e("MAXK", made_before, k=1.0)))
    unit_cost = e("MUL", cost, e("EXP", e("MUL", "m.learning_power", experience)))
    margin = e("RSUBK", e("DIV", unit_cost, "m.price"), k=1.0)
    return e("MIN", margin, "p.margin_cap")
