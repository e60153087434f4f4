"""The shipped data of this package: how taxes are shared, and how much activity is displaced. Every number is sourced.

Data obey the as-of date as facts do. A rule in force is the latest that was known and has begun; nothing in the data
says when it will end unless its own text does, so a later reform never shines through into an earlier analysis.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from guanzi.base.core import sha256_of
from guanzi.base.reading import Data
from guanzi.record.playbooks import Source

type Market = Literal["tradable", "local"]
type Level = Literal["nation", "state", "local"]
type Base = Literal["value_added", "profit", "wages", "property"]


class SharingRule(Data):
    """How one tax is divided between the levels of government, from a day on.

    Attributes:
        since: First day on which the rule is in force.
        known_on: Day on which its text could first be held.
        national: Part of the nation, as a ratio; the rest is that of states and municipalities.
        state: Part of all states (Länder, provinces) together; None: the rule leaves open how the rest is divided.
        one: Level to the least and the greatest share of its part that one government of it gets; a level that is not
            named: the government of the place gets all.
        source: Id of the document.
    """

    since: date
    known_on: date
    national: float = Field(ge=0, le=1)
    state: float | None = Field(default=None, ge=0, le=1)
    one: Mapping[Level, tuple[float, float]] = Field(default_factory=dict)
    source: str

    @property
    def local(self) -> float:
        """Part of all local governments together."""
        return 1.0 - self.national


class TaxRate(Data):
    """What a tax takes of its base, from a day on: a triangular distribution, a point where the law leaves no room.

    Attributes:
        since: First day on which the rate is in force.
        known_on: Day on which it could first be held; None: a judgement, which has no day.
        state: ISO 3166-2 code of the state that it holds in, e.g. ``US-TX``; None: every other.
        low, mode, high: Of a unit of the base; of property: of its book value, a year.
        because: Message id of the reason.
        source: Id of the document; None: a judgement.
    """

    since: date
    known_on: date | None = None
    state: str | None = None
    low: float = Field(ge=0)
    mode: float = Field(ge=0)
    high: float = Field(ge=0)
    because: str
    source: str | None = None


class Tax(Data):
    """One tax and its rules in the order in which they came.

    Attributes:
        name: Message id.
        exceptions: Message id of whom the rules do not hold for; None: no exception is known.
        base: What of a company's activity it is computed on; None: it is not computed.
        absent: Id of the document that says that the country has no such tax; None: it has it.
        rates: What it takes of its base; none: a judgement says so, or nothing does.
    """

    id: str
    name: str
    exceptions: str | None = None
    base: Base | None = None
    absent: str | None = None
    rules: tuple[SharingRule, ...] = ()
    rates: tuple[TaxRate, ...] = ()


class LocalRule(Data):
    """How the local part is divided between a province and the city, as a part of the whole tax.

    Attributes:
        province: Part that the province keeps, as a ratio of the whole tax.
        until: Last day, when the document itself names it; None: it names none.
    """

    region: str
    tax: str
    since: date
    until: date | None = None
    known_on: date
    province: float = Field(ge=0, le=1)
    source: str


class TaxSharing(Data):
    """The division of taxes of one country.

    Attributes:
        country: ISO 3166 code.
        levels: Levels of government that have a part in taxes, from above.
        payer: Level of a public party that states none; None: any.
        local_rules: Divisions within a province; a province that is not listed is unknown.
    """

    format: Literal[1]
    id: str
    version: str
    country: str = Field(pattern="^[A-Z]{2}$")
    levels: tuple[Level, ...] = ("nation", "state", "local")
    payer: Level | None = None
    sources: tuple[Source, ...] = Field(min_length=1)
    taxes: tuple[Tax, ...] = Field(min_length=1)
    local_rules: tuple[LocalRule, ...] = ()

    @property
    def sha256(self) -> str:
        """Hash of the content, so that an appraisal can say which version it used."""
        return sha256_of(self.model_dump(mode="json"))

    def source(self, id: str) -> Source:
        """The source of that id; raises ``KeyError`` when there is none."""
        return {source.id: source for source in self.sources}[id]

    def tax(self, id: str) -> Tax | None:
        """The tax of that id; None when the data do not know it."""
        return next((tax for tax in self.taxes if tax.id == id), None)

    def rule(self, tax: str, on: date, as_of: date) -> SharingRule | None:
        """The rule of a tax on a day, as far as it was known on the as-of date."""
        found = self.tax(tax)
        held = [r for r in found.rules if r.since <= on and r.known_on <= as_of] if found else []
        return max(held, key=lambda r: r.since, default=None)

    def rate(self, tax: Tax, on: date, as_of: date, state: str) -> TaxRate | None:
        """The rate of a tax in a state on a day, as far as it was known on the as-of date."""
        begun = [r for r in tax.rates if r.since <= on and r.state in (state, None)]
        held = [r for r in begun if r.known_on is None or r.known_on <= as_of]
        return max(held, key=lambda r: (r.state is not None, r.since), default=None)

    def local_rule(self, region: str | None, tax: str, on: date, as_of: date) -> LocalRule | None:
        """The division within a province on a day, as far as it was known on the as-of date."""
        held = [
            r
            for r in self.local_rules
            if r.region == region and r.tax == tax and r.since <= on <= (r.until or date.max) and r.known_on <= as_of
        ]
        return max(held, key=lambda r: (r.since, r.known_on), default=None)


class DisplacementPrior(Data):
    """Part of the gained activity that is taken from other firms of the region: a triangular distribution.

    Attributes:
        market: ``tradable``: the company sells mostly beyond the region; ``local``: mostly within it.
        known_on: Day on which the evidence could first be held.
        because: Message id of the reasoning.
        sources: Ids of the studies.
    """

    market: Market
    low: float = Field(ge=0, le=1)
    mode: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    known_on: date
    because: str
    sources: tuple[str, ...] = Field(min_length=1)


class DisplacementData(Data):
    """What is known of displacement."""

    format: Literal[1]
    id: str
    version: str
    sources: tuple[Source, ...] = Field(min_length=1)
    priors: tuple[DisplacementPrior, ...] = Field(min_length=1)

    @property
    def sha256(self) -> str:
        """Hash of the content."""
        return sha256_of(self.model_dump(mode="json"))

    def prior(self, market: Market, as_of: date) -> DisplacementPrior | None:
        """The latest prior for a market that could be held on the as-of date; None: no evidence yet."""
        held = [p for p in self.priors if p.market == market and p.known_on <= as_of]
        return max(held, key=lambda p: p.known_on, default=None)


class WageLevel(Data):
    """Average wage of a year in a country.

    Attributes:
        country: ISO 3166 code.
        currency: ISO 4217 code.
        value: Of one person and year, in units of the currency.
        known_on: Day on which it could first be held.
        source: Id of the document.
    """

    country: str = Field(pattern="^[A-Z]{2}$")
    currency: str = Field(pattern="^[A-Z]{3}$")
    year: int
    value: float = Field(gt=0)
    known_on: date
    source: str


class Spread(Data):
    """A triangular distribution with its reason.

    Attributes:
        because: Message id of the reasoning.
        sources: Ids of the documents; without one it is a judgement alone.
    """

    low: float = Field(ge=0)
    mode: float = Field(ge=0)
    high: float = Field(ge=0)
    because: str
    sources: tuple[str, ...] = ()


class MultiplierPrior(Spread):
    """Jobs elsewhere in the region for each direct job.

    Attributes:
        country: Where it was measured for; None: everywhere that has no evidence of its own.
        known_on: Day on which the evidence could first be held.
    """

    country: str | None = None
    known_on: date


class EffectJudgement(Spread):
    """What turns activity into tax, or the average wage into that of a firm; a ratio.

    Attributes:
        country: Whose taxes it is about; None: everywhere.
    """

    id: str
    country: str | None = None


class EffectsData(Data):
    """What is known of wages, of jobs that follow, and of how much tax activity pays."""

    format: Literal[1]
    id: str
    version: str
    sources: tuple[Source, ...] = Field(min_length=1)
    wages: tuple[WageLevel, ...] = Field(min_length=1)
    multipliers: tuple[MultiplierPrior, ...] = Field(min_length=1)
    judgements: tuple[EffectJudgement, ...] = Field(min_length=1)

    @property
    def sha256(self) -> str:
        """Hash of the content."""
        return sha256_of(self.model_dump(mode="json"))

    def source(self, id: str) -> Source:
        """The source of that id; raises ``KeyError`` when there is none."""
        return {source.id: source for source in self.sources}[id]

    def wage(self, country: str, as_of: date) -> WageLevel | None:
        """The latest average wage of a country that could be held on the as-of date; None: a gap."""
        held = [w for w in self.wages if w.country == country and w.known_on <= as_of]
        return max(held, key=lambda w: w.year, default=None)

    def multiplier(self, country: str, as_of: date) -> MultiplierPrior | None:
        """The latest evidence for a country, else the latest general one; None: no study yet."""
        held = [m for m in self.multipliers if m.country in (country, None) and m.known_on <= as_of]
        return max(held, key=lambda m: (m.country is not None, m.known_on), default=None)

    def judgement(self, id: str, country: str) -> EffectJudgement | None:
        """A judgement that holds for a country, its own before the general one; None: there is none for it."""
        held = [j for j in self.judgements if j.id == id and j.country in (country, None)]
        return max(held, key=lambda j: j.country is not None, default=None)
