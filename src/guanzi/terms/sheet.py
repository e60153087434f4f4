"""The term sheet as frozen data: what was agreed, by whom, and where it stands in the text.

A clause that is missing is absent. A clause that is known to exist, but not its value, is :class:`Unknown`; where the
simulation needs the value it uses the stated bracket, labelled as an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guanzi.core import Place
from guanzi.terms.conditions import Expression


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is known to exist but was not seen.

    Attributes:
        low, high: Bracket within which the simulation draws (uniform); None when no bracket is stated.
        note: Why it is unknown, and where the bracket comes from.
        assumed: The one value the simulation uses instead of drawing from the bracket, e.g. an equal part of a known
            total whose split was not seen; shown as an assumption.
    """

    place: Place
    low: float | None = None
    high: float | None = None
    note: str = ""
    assumed: float | None = None


type Value = float | Unknown


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as text and as a typed tree."""

    text: str
    tree: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the deal; role is ``issuer``, ``public`` or ``holder``. Limits are in the sheet's unit."""

    id: str
    role: str
    name: str
    place: Place
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tranche:
    """One instalment.

    Attributes:
        amounts: Payer to amount, in the sheet's unit of currency.
        due: First day on which it can be paid.
        condition: What must hold; None: calendar only.
        expires: Day after which it lapses; None: never.
    """

    id: str
    amounts: Mapping[str, Value]
    due: date
    place: Place
    condition: Condition | None = None
    expires: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What the partner puts in: cash by date, and assets in kind with the basis of their value."""

    party: str
    place: Place
    cash: tuple[tuple[date, Value], ...] = ()
    assets: Value | None = None
    basis: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Equity:
    """New shares of the issuer against instalments.

    Attributes:
        share: The public side's fully diluted share once all tranches are paid, as a ratio.
        holders: Holder to share.
    """

    id: str
    issuer: str
    share: Value
    holders: Mapping[str, Value]
    tranches: tuple[Tranche, ...]
    place: Place
    contributions: tuple[Contribution, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Put:
    """The holders' right to sell the stake back.

    Attributes:
        on: The equity instrument.
        obligors: Who must pay; None when unknown (the issuer is assumed, and the assumption is shown).
        rate: Annual return on what was paid.
        basis: ``compound``, ``simple`` or Unknown (then compound is assumed).
        when: The trigger.
    """

    id: str
    on: str
    holders: tuple[str, ...]
    obligors: tuple[str, ...] | None
    rate: Value
    basis: str | Unknown
    when: Condition
    place: Place
    source: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A party's right to buy part of the stake back.

    Attributes:
        portion: Fraction of ``of`` (a holder) that can be called.
        of: The holder whose stake can be called; None: all holders.
    """

    id: str
    on: str
    holder: str
    portion: float
    of: str | None
    rate: Value
    basis: str | Unknown
    when: Condition
    place: Place
    source: str = ""


@dataclass(frozen=True, slots=True)
class Loan:
    """Money lent to the issuer by a public party.

    Attributes:
        amount: In the sheet's unit; drawn in the first step at or after ``drawn`` at which the condition holds.
        rate: Interest a year, paid every step.
        repayment: ``bullet`` (all at the end) or ``amortising`` (level payments).
        years: From drawing to the last payment.
        rank: ``secured``, ``unsecured`` or ``subordinated``: when the issuer fails, secured loans are paid from their
            part of the assets, unsecured ones beside the other creditors, subordinated ones after them.
        security: Part of the issuer's assets that is pledged, as a ratio.
    """

    id: str
    lender: str
    borrower: str
    amount: Value
    drawn: date
    rate: Value
    years: float
    place: Place
    repayment: str = "bullet"
    rank: str = "unsecured"
    security: Value = 0.0
    condition: Condition | None = None
    expires: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Clawback:
    """What the company must give back of a grant.

    Attributes:
        when: The trigger; tested from the first payment on.
        recover: Part of what was paid that must be given back (severity).
        enforced: Probability that it is enforced; drawn once per path.
    """

    when: Condition
    recover: Value
    enforced: Value
    place: Place


@dataclass(frozen=True, slots=True)
class Grant:
    """Money given to the company: a grant, a subsidy, or a tax rebate of a stated amount.

    Attributes:
        payer: The public party.
        kind: ``grant`` or ``rebate`` (revenue forgone).
        amount: Once, or per year.
        start: Day of the first payment.
        years: Number of yearly payments; 1: once.
        condition: What must hold at each payment.
        undated: No first day is stated; ``start`` is the day of signing by assumption.
    """

    id: str
    payer: str
    amount: Value
    start: date
    years: int
    place: Place
    kind: str = "grant"
    condition: Condition | None = None
    clawback: Clawback | None = None
    source: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Land:
    """Land below its market price.

    Attributes:
        payer: The public party that gives it.
        value: Market value; the discount on it is what the public side gives.
        discount: As a ratio.
        due: Day of the transfer.
        hectares: Area; None: not stated.
        buy_back: Part of the discount that comes back through the right to buy the land back when the company fails.
        undated: No day is stated; ``due`` is the day of signing by assumption.
    """

    id: str
    payer: str
    value: Value
    discount: Value
    due: date
    place: Place
    hectares: float | None = None
    buy_back: Value = 0.0
    source: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The public side stands behind the company's debt.

    Attributes:
        guarantor: The public party.
        share: Part of the creditors' loss that it makes good.
        limit: The most it pays.
        until: Day on which it ends; None: the horizon.
    """

    id: str
    guarantor: str
    share: Value
    limit: Value
    place: Place
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What the public side promises; it can be late or broken. Conditions ask for it by ``event('<id>')``.

    Attributes:
        party: The public party.
        what: In words.
        due: Day on which it is due.
        probability: Chance that it is kept on time, and then in each later step.
        cost: What keeping it costs the public party, on top of the instruments.
        undated: No day is stated; ``due`` is the day of signing by assumption.
    """

    id: str
    party: str
    what: str
    due: date
    probability: Value
    place: Place
    cost: Value = 0.0
    source: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Covenant:
    """A promise of the company.

    Attributes:
        require: What must hold; None when its text is unknown.
        start: Day from which it is tested.
        until: It ends once this holds.
        remedy: Id of the right that a breach opens; None: no remedy; Unknown: not seen.
    """

    id: str
    require: Condition | None
    place: Place
    start: date | None = None
    until: Condition | None = None
    remedy: str | Unknown | None = None
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LeavingCosts:
    """What leaving would cost the company once a tier is in force: an interval and where it comes from."""

    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of binding, as the analyst sees it; ``baseline`` tiers are in force at signing."""

    id: str
    when: Condition
    place: Place
    proof: str = ""
    leaving_costs: LeavingCosts | None = None
    baseline: bool = False
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that someone must bring about: it happens in the step of ``due``, or each later step.

    Attributes:
        probability: Chance that it happens on time, and then in each later step; with its origin.
    """

    id: str
    due: date
    probability: Value
    place: Place
    by: str = ""
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnknownClause:
    """A clause that is known to exist and whose text was not seen."""

    id: str
    text: str
    place: Place
    source: str = ""


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A deal.

    Attributes:
        status: ``framework`` (not binding) or ``definitive``.
        currency: ISO 4217 code.
        unit: Amounts are in this many units of the currency (1e6: millions).
        known_on: Day from which the deal team held this version.
        signed: Day of signing; step 0 is its quarter.
        horizon: Years simulated.
        step: ``quarter`` or ``month``: months per step, 3 or 1.
    """

    deal: str
    status: str
    currency: str
    unit: float
    known_on: date
    signed: date
    horizon: int
    step: int
    parties: tuple[Party, ...]
    equities: tuple[Equity, ...]
    puts: tuple[Put, ...]
    calls: tuple[Call, ...]
    covenants: tuple[Covenant, ...]
    tiers: tuple[Tier, ...]
    events: tuple[Event, ...]
    unknown: tuple[UnknownClause, ...]
    place: Place
    title: str = ""
    source: str = ""
    loans: tuple[Loan, ...] = ()
    grants: tuple[Grant, ...] = ()
    lands: tuple[Land, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def moves_money(self) -> bool:
        """Whether any clause pays, lends, gives or guarantees something, so that there is a deal to simulate."""
        tranches = any(equity.tranches for equity in self.equities)
        return bool(tranches or self.loans or self.grants or self.lands or self.guarantees)

    @property
    def public(self) -> tuple[str, ...]:
        """Ids of the public parties, in the order of the text."""
        return tuple(p.id for p in self.parties if p.role == "public")
