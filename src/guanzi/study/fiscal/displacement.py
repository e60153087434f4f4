"""Displacement: what a newcomer gains at the expense of other firms of the same region.

Jobs that move from one local firm to another are jobs of the newcomer and no gain of the region. Gross and net are
two figures and are shown as two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.record.playbooks import Source
from guanzi.study.fiscal.butfor import Triangular
from guanzi.study.fiscal.ranges import Range
from guanzi.study.fiscal.schema import DisplacementData, Market


@dataclass(frozen=True, slots=True)
class Displacement:
    """Part of the gained activity that is taken from other local firms.

    Attributes:
        market: ``tradable`` or ``local``.
        share: The distribution; None: there was no evidence on the day.
        sources: The studies.
        message: Why these numbers; or the gap.
    """

    market: Market
    share: Triangular | None
    sources: tuple[Source, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class GrossNet:
    """Gained activity before and after displacement, in the unit of the gross figure.

    Attributes:
        gross: What the company itself brings.
        displaced: What other local firms lose by it, on average.
        displaced_interval: 90 % interval of that loss.
        net: What the region gains, on average.
        net_interval: 90 % interval of the net gain: 5 % quantile at the low gross, 95 % quantile at the high gross.
    """

    gross: Range
    displaced: Range
    displaced_interval: Range
    net: Range
    net_interval: Range


def displacement_in(data: DisplacementData, market: Market, as_of: date) -> Displacement:
    """The distribution of displacement for a kind of market.

    Args:
        data: What is known.
        market: ``tradable``: the company sells mostly beyond the region; ``local``: mostly within it.
        as_of: Knowledge date: studies of a later day do not count.
    """
    prior = data.prior(market, as_of)
    if prior is None:
        return Displacement(market, None, (), Message.of("fiscal.displacement.gap"))
    sources = tuple(source for source in data.sources if source.id in prior.sources)
    return Displacement(market, Triangular(prior.low, prior.mode, prior.high), sources, Message.of(prior.because))


def net_of_displacement(gross: float | Range, share: Triangular) -> GrossNet:
    """Take displacement off a gain, and keep both.

    Args:
        gross: Jobs, output or tax of the company that are due to the deal, from zero up.
        share: Distribution of the displaced part.

    Raises:
        ValueError: The gain is negative, or the distribution leaves the range from 0 to 1.

    >>> net_of_displacement(1000.0, Triangular(0.0, 0.0, 0.3)).net
    Range(low=900.0, high=900.0)
    """
    gain = Range.of(gross)
    if gain.low < 0:
        raise ValueError(f"the gain is {gain.low}; displacement takes a part of a gain")
    if share.low < 0 or share.high > 1:
        raise ValueError(f"the displaced part runs from {share.low} to {share.high}, not within 0 and 1")
    return GrossNet(
        gross=gain,
        displaced=gain.scaled(share.mean),
        displaced_interval=Range(gain.low * share.quantile(0.05), gain.high * share.quantile(0.95)),
        net=gain.scaled(1 - share.mean),
        net_interval=Range(gain.low * (1 - share.quantile(0.95)), gain.high * (1 - share.quantile(0.05))),
    )
