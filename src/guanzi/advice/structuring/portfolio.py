"""Many deals on common factors: what the whole may bring, where its risk lies, and which limits it breaks.

Every deal is simulated on the same paths. A path is one history of each track; deals of one track live through the same
market, each company with its own luck (:class:`guanzi.engine.company.Streams`). So values of deals are added path by
path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from math import isfinite, nan
from typing import Any

import numpy as np

from guanzi.advice.structuring.measures import Estimate, Floats, tail
from guanzi.advice.structuring.risk import contributions, herfindahl, independent_bets
from guanzi.advice.structuring.setting import DealSetting
from guanzi.base.core import Message
from guanzi.engine.simulation import HERE, Cluster, Running, SharedProgramSampler

GROUPS = ("company", "track", "city")
"""By what money is concentrated, and can be limited."""
ACCOUNTS = ("fund", "public")
"""The values that are added up: of the investment, and of that with incentives deducted."""
OUTPUTS = ("fund.npv", "public.npv", "fund.paid")
GROUP = 10
"""Deals of one task on a cluster."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One deal of a portfolio.

    Attributes:
        label: How it is called.
        company, track, city: What it belongs to, as ids.
        setting: The deal with its model.
        rate: Units of the portfolio's currency for one of the sheet's.
        fact: Id of the fact that says so; empty where both are the same.
    """

    label: str
    company: str
    track: str
    city: str
    setting: DealSetting
    rate: float = 1.0
    fact: str = ""

    @property
    def scale(self) -> float:
        """Millions of the portfolio's currency for one unit of the sheet's amounts."""
        return self.setting.sheet.unit * self.rate / 1e6


@dataclass(frozen=True, slots=True)
class PortfolioPart:
    """One deal in an account of the whole; amounts in millions.

    Attributes:
        label: The deal.
        mean: Its expected value.
        alone: Its CVaR at 95 % by itself.
        contribution: Its marginal contribution to the CVaR of the whole: they add up to that.
        share: Contribution to CVaR; NaN where the whole loses nothing in its tail.
    """

    label: str
    mean: Estimate
    alone: Estimate
    contribution: Estimate
    share: float


@dataclass(frozen=True, slots=True)
class PortfolioAccount:
    """The value of the whole in one account; amounts in millions.

    Attributes:
        id: ``fund`` or ``public``.
        mean: Expected value.
        p5, p50, p95: Quantiles of the value.
        loss: Share of futures in which the whole loses.
        cvar: Mean loss in the worst 5 % of futures.
        alone: Sum of what the deals lose in the worst 5 % of their own futures.
        benefit: What diversification saves: ``alone`` less ``cvar``; never below zero but for rounding.
        bets: How many equal independent bets would spread as much.
        parts: The deals.
    """

    id: str
    mean: Estimate
    p5: float
    p50: float
    p95: float
    loss: float
    cvar: Estimate
    alone: float
    benefit: float
    bets: float
    parts: tuple[PortfolioPart, ...]


@dataclass(frozen=True, slots=True)
class Concentration:
    """Where the expected money goes: shares by group, greatest first, and the number of equal ones like it."""

    by: str
    shares: tuple[tuple[str, float], ...]
    herfindahl: float
    effective: float


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit on the share of a group, and one that is above it."""

    by: str
    name: str
    share: float
    limit: float


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a portfolio amounts to; amounts in millions of its currency.

    Attributes:
        money: Deal to its expected money: instalments, and incentives at present value, net of what is taken back.
        accounts: Value of the whole and of its parts.
        concentration: By company, track and city.
        limits: Group to the greatest share that it may have.
        exceeded: Limits that are broken.
        notes: What must be known to read this.
        paths, seed: What was run.
    """

    currency: str
    money: Mapping[str, float]
    accounts: tuple[PortfolioAccount, ...]
    concentration: tuple[Concentration, ...]
    limits: Mapping[str, float]
    exceeded: tuple[Exceeded, ...]
    notes: tuple[Message, ...]
    paths: int
    seed: int

    def data(self) -> dict[str, Any]:
        """Plain data for JSON; what is no number is None."""
        plain = asdict(replace(self, notes=()))
        return _plain(plain | {"notes": [note.as_dict() for note in self.notes]})  # type: ignore[no-any-return]


def _plain(x: Any) -> Any:
    if isinstance(x, dict):
        return {key: _plain(value) for key, value in x.items()}
    if isinstance(x, list | tuple):
        return [_plain(value) for value in x]
    return None if isinstance(x, float) and not isfinite(x) else x


def portfolio(
    holdings: Sequence[Holding],
    currency: str,
    *,
    limits: Mapping[str, float] | None = None,
    paths: int = 20_000,
    seed: int = 1,
    running: Running = HERE,
) -> Portfolio:
    """Simulate many deals on the same paths, and add them up.

    Args:
        holdings: The deals, at least one; labels differ.
        currency: Currency of the results.
        limits: ``company``, ``track`` or ``city`` to the greatest share of expected money.
        paths: Number of paths.
        seed: Key of the random numbers, the same for all deals.
        running: How it is run; a cluster takes a group of deals as a task. It does not change the result.

    Raises:
        InvalidInput: A sheet cannot be simulated, or the workers of the cluster are gone.
    """
    labels = tuple(holding.label for holding in holdings)
    values: Floats = np.empty((len(ACCOUNTS), len(holdings), paths))
    money: dict[str, float] = {}
    for at, (label, drawn) in enumerate(zip(labels, _drawn(holdings, paths, seed, running), strict=True)):
        fund, public, paid = drawn
        values[:, at] = fund, public
        money[label] = paid + max(float((fund - public).mean()), 0.0)
    accounts = tuple(account(name, labels, of) for name, of in zip(ACCOUNTS, values, strict=True))
    concentration = tuple(concentrated(by, holdings, money) for by in GROUPS)
    bounds = dict(limits or {})
    exceeded = tuple(
        Exceeded(c.by, name, share, bounds[c.by])
        for c in concentration
        for name, share in c.shares
        if c.by in bounds and share > bounds[c.by]
    )
    return Portfolio(
        currency, money, accounts, concentration, bounds, exceeded, _notes(holdings), paths, seed
    )  # fmt: skip


type Drawn = tuple[Floats, Floats, float]
"""Value of a deal to the fund and to the public side, path by path, and the mean of what is paid."""


def _drawn(holdings: Sequence[Holding], paths: int, seed: int, running: Running) -> Iterator[Drawn]:
    """The deals on the same paths, in their order."""
    if not isinstance(running.engine, Cluster):
        yield from _draw_all(holdings, paths, seed, running.threads, running.progress)
        return
    groups = [holdings[i : i + GROUP] for i in range(0, len(holdings), GROUP)]
    for group in running.engine.each(partial(_group, paths=paths, seed=seed), groups):
        if running.progress is not None:
            running.progress(paths * len(group))
        yield from group


def _group(holdings: Sequence[Holding], paths: int, seed: int) -> list[Drawn]:
    return list(_draw_all(holdings, paths, seed, 1, None))


def _draw_all(
    holdings: Sequence[Holding], paths: int, seed: int, threads: int | None, progress: Callable[[int], None] | None
) -> Iterator[Drawn]:
    """Draw deals on the same paths, one after the other; amounts in millions of the portfolio's currency."""
    sampler = SharedProgramSampler(OUTPUTS, paths=paths, seed=seed, threads=threads)
    for holding in holdings:
        draws = sampler.draw(holding.setting.sheet, holding.setting.model, holding.setting.policy, progress)
        fund, public, paid = (draws[name] * holding.scale for name in OUTPUTS)
        yield fund, public, float(paid.mean())


def account(id: str, labels: tuple[str, ...], values: Floats) -> PortfolioAccount:
    """The whole and its parts: values of the deals path by path, (deals, paths)."""
    whole = values.sum(axis=0)
    cvar = Estimate.of(tail(-whole))
    alone = tuple(Estimate.of(tail(-x)) for x in values)
    added = contributions(-values)
    total = sum(x.mean for x in alone)
    p5, p50, p95 = (float(x) for x in np.quantile(whole, (0.05, 0.5, 0.95), method="inverted_cdf"))
    return PortfolioAccount(
        id=id,
        mean=Estimate.of(whole),
        p5=p5,
        p50=p50,
        p95=p95,
        loss=float((whole < 0.0).mean()),
        cvar=cvar,
        alone=total,
        benefit=total - cvar.mean,
        bets=independent_bets(values),
        parts=tuple(
            PortfolioPart(label, Estimate.of(x), own, more, more.mean / cvar.mean if cvar.mean > 0.0 else nan)
            for label, x, own, more in zip(labels, values, alone, added, strict=True)
        ),
    )


def concentrated(by: str, holdings: Sequence[Holding], money: Mapping[str, float]) -> Concentration:
    """Shares of the expected money by company, track or city."""
    sums: dict[str, float] = {}
    for holding in holdings:
        name = str(getattr(holding, by))
        sums[name] = sums.get(name, 0.0) + money[holding.label]
    total = sum(sums.values())
    found = sorted(((name, x / total) for name, x in sums.items()), key=lambda s: (-s[1], s[0])) if total > 0.0 else []
    index = herfindahl(tuple(share for _, share in found))
    return Concentration(by, tuple(found), index, 1.0 / index)


def _notes(holdings: Sequence[Holding]) -> tuple[Message, ...]:
    """What the common paths do not say."""
    days = sorted(holding.setting.sheet.signed for holding in holdings)
    horizons = sorted(holding.setting.sheet.horizon for holding in holdings)
    tracks = {holding.track for holding in holdings}
    found = []
    if len(tracks) > 1:
        found.append(Message.of("structuring.portfolio.note.tracks", tracks=len(tracks)))
    if days[0] != days[-1]:
        found.append(
            Message.of("structuring.portfolio.note.signed", first=days[0].isoformat(), last=days[-1].isoformat())
        )
    if horizons[0] != horizons[-1]:
        found.append(Message.of("structuring.portfolio.note.horizon", least=horizons[0], most=horizons[-1]))
    for holding in holdings:
        if holding.fact:
            deal, rate = holding.label, holding.rate
            found.append(Message.of("structuring.portfolio.note.rate", deal=deal, rate=rate, fact=holding.fact))
    return tuple(found)
