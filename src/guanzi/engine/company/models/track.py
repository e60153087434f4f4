"""The market of a track: a regime and a sector factor that all its companies share.

A track is *hot* or *cold*, and changes by chance (a two-state Markov chain, Hamilton 1989). In a hot quarter money for
young companies is easy and valuations are high (Gompers et al. 2008); in a capacity industry the product is short.
The sector factor is a shock of each quarter. Regime, factor and the parameters that govern them are drawn on the
track's own streams: two companies of one track, simulated with the same seed, live through the same market.

References:
    Hamilton: A new approach to the economic analysis of nonstationary time series and the business cycle.
        Econometrica 57 (1989).
    Gompers, Kovner, Lerner, Scharfstein: Venture capital investment cycles: the impact of public markets. Journal of
        Financial Economics 87 (2008).
"""

from __future__ import annotations

from guanzi.deal.program import Emitter
from guanzi.engine.company.models.streams import Streams
from guanzi.engine.company.parameters import FIRST_STREAM

REGIME_UNITS: dict[str, str] = {
    "hot_at_start": "ratio",
    "hot_ends": "ratio",
    "cold_ends": "ratio",
}
"""Parameters of the regime; ``hot_ends`` and ``cold_ends`` are probabilities per quarter."""

TRACK_PARAMETERS = (
    *REGIME_UNITS,
    "industry_decline",
    "glut_floor",
    "glut_speed",
    "shortage_cap",
    "price_shock",
    "cycle_at_start",
)
"""Parameters that belong to the track, not to the company; the place of a name is its number in their stream."""

SECTOR, SECOND, REGIME, START = range(4)
"""Streams of the track: its two factors and what moves the regime, a number each quarter; the regime at the start."""


def shared_streams(streams: Streams) -> dict[str, tuple[int, int]]:
    """Parameter of the track to the stream on which it is drawn, and its number there."""
    return {name: (streams.shared + FIRST_STREAM, i) for i, name in enumerate(TRACK_PARAMETERS)}


def declare_track(e: Emitter, streams: Streams) -> None:
    """Step 0: slots ``t.sector`` and ``t.second`` (factors), ``t.luck``, ``t.hot``, and the regime at the start."""
    for name in ("sector", "second", "luck"):
        e.number(f"t.{name}")
    e.truth("t.hot")
    e.do("GT", "t.hot", "p.hot_at_start", e("UNIFORM", k=(float(streams.shared + START), 0.0)))


def step_track(e: Emitter, streams: Streams, t: int) -> None:
    """Quarter t of the market: two new standard normal factors; the regime stays or changes, with chances a quarter."""
    for op, slot, stream in (("NORMAL", "sector", SECTOR), ("NORMAL", "second", SECOND), ("UNIFORM", "luck", REGIME)):
        e.do(op, f"t.{slot}", k=(float(streams.shared + stream), float(t)))
    stays = e("GT", "t.luck", "p.hot_ends")
    heats = e("GT", "p.cold_ends", "t.luck")
    e.do("COPYT", "t.hot", e.any(e("AND", "t.hot", stays), e("ANDN", heats, "t.hot")))


def declare_tilted(e: Emitter, name: str, amount: str, tilt: str) -> None:
    """Step 0: a quantity of both regimes, ``m.<name>.hot`` with the tilt and ``m.<name>.cold`` against it."""
    for regime, op in (("hot", "ADD"), ("cold", "SUB")):
        e.number(f"m.{name}.{regime}")
        e.do(op, f"m.{name}.{regime}", amount, tilt)


def tilted(e: Emitter, name: str) -> str:
    """The quantity in the regime of the step."""
    return e("SEL", "t.hot", f"m.{name}.hot", f"m.{name}.cold")
