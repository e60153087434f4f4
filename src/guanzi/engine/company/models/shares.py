"""The shares of a company: what the market pays for them, how rounds are priced, and what happens when none clears.

The value of all shares starts at the price of the day and earns the required return, and it jumps in distress. The jump
is paid for in advance: whoever comes through a quarter in
which the holders could have lost the part L of their shares sees their value rise by 1 / (1 - L). So with r the
required return, of what is held at the start::

    E[value of the shares held at the start, at t] = value at the start * (1 + r) ^ t

whatever the company does in between, rounds and rescues included. The price counts on the cash that is expected: a path
that has more at the start is worth more by as much (a jump to default with its compensator; Duffie and
Singleton 1999). New money enters at a discount that grows with the size of the round and while the window is shut.
Operating figures move with the value, but do not follow from it::

    z      = sqrt(a) track + sqrt(b) growth + sqrt(1 - a - b) own
    liquid = cash less debt, from nothing to nine tenths of the value
    value  = liquid (1 + r) ^ (1/4) + (value - liquid) (1 + r) ^ (1/4) exp(s z - s^2 / 2)
    s      = s_A (1 + K / (value - liquid)),    K = debt beyond cash + money to be burnt beyond what is liquid

Cash in hand is worth itself; what it is burnt for is a bet. So the volatility is low while there is plenty, falls as a
company grows up, and rises as it nears the end of its money; s_A is such that the volatility at the start is that of
the day.

Lenders roll over as much of the debt that falls due as the shares stand behind, equity / (equity + debt); the rest is
paid from cash. A company that needs money within months must find it whatever the window. With q the need over the size
at which half of such rounds fail, smaller while the window is shut, and other causes at a small rate::

    P(no price clears) = q^3 / (1 + q^3)

Then an acquirer takes the company over, its creditors exchange debt for shares, or it is liquidated.

References:
    Duffie, Singleton: Modeling term structures of defaultable bonds. Review of Financial Studies 12 (1999).
    Merton: On the pricing of corporate debt. J. Finance 29 (1974); Christie: The stochastic behavior of common stock
        variances. J. Financial Economics 10 (1982) (leverage and volatility).
    Vuolteenaho: What drives firm-level stock returns? J. Finance 57 (2002) (news of cash flows, for the most part).
    DeAngelo, DeAngelo, Stulz: Seasoned equity offerings, market timing, and the corporate lifecycle. J. Financial
        Economics 95 (2010) (money is raised for need first, for its price second).
    Gilson: Transactions costs and capital structure choice. J. Finance 52 (1997) (exchanges, sales, liquidation).
"""

from __future__ import annotations

from guanzi.deal.program import CompanySlots, Emitter

SHARE_UNITS: dict[str, str] = {
    "equity": "CNY m",
    "required_return": "ratio",
    "volatility": "ratio",
    "burn_ahead": "quarters",
    "sector_part": "ratio",
    "growth_part": "ratio",
    "runway_target": "quarters",
    "raise_cap": "ratio",
    "round_discount": "ratio",
    "discount_slope": "ratio",
    "discount_shut": "ratio",
    "hot_issue": "ratio",
    "urgent_quarters": "quarters",
    "debt_due": "ratio",
    "round_half": "ratio",
    "round_shut": "ratio",
    "takeover": "ratio",
    "takeover_kept": "ratio",
    "exchange": "ratio",
    "exchange_kept": "ratio",
    "exchange_cut": "ratio",
    "other_failure": "ratio",
}
"""Parameters of the shares. Return and volatility are annual; ``debt_due`` and ``other_failure`` are for a quarter."""

DISTRESS = ("rescued", "taken_over", "restructured")
"""Truths of what became of a company in need that did not fail."""
QUARTER = 0.25
SURGE = 1.0
"""A quarter counts as one of rising prices when the value gains this many standard deviations."""
LEAST_START = 0.1
"""However little cash there turns out to be, shares are worth this part of their price."""
MOST_LIQUID = 0.9
"""However much cash there is, this part of the value at the most does not move with the news."""
WILDEST = 1.0
"""No quarter has a greater volatility than this."""
DEEPEST = 0.6
"""No round is priced further below the market than this."""
PLENTY = 2.0
"""Who holds this many times the runway raises nothing more."""
RESCUE = 1.0 / 3.0
"""A round that leaves the holders less than two thirds of their shares is a rescue."""
LEAST = 1e-6
"""A yuan: less money than this is none, and less value no divisor."""


def declare_value(e: Emitter) -> None:
    """Step 0: weights of the shocks, and the growth that the required return asks for."""
    for name in ("of_track", "of_growth", "of_own", "log_return", "z", "discounted"):
        e.number(f"m.{name}")
    e.truth("m.surge")
    e.do("SQRT", "m.of_track", "p.sector_part")
    e.do("SQRT", "m.of_growth", "p.growth_part")
    own = e("RSUBK", e("ADD", "p.sector_part", "p.growth_part"), k=1.0)
    e.do("SQRT", "m.of_own", e("MAXK", own, k=0.0))
    e.do("MULK", "m.log_return", e("LOG", e("ADDK", "p.required_return", k=1.0)), k=QUARTER)
    e.do("SET", "m.discounted", k=1.0)


def step_value(e: Emitter, growth_shock: str) -> None:
    """The news of a step for whoever holds the shares, and the discount to today."""
    own = e("MUL", "m.of_own", "luck.value")
    e.do("MADD", "m.z", "m.of_track", "t.sector", e("MADD", "m.of_growth", growth_shock, own))
    e.do("GTK", "m.surge", "m.z", k=SURGE)
    e.do("COPY", "m.discounted", e("MUL", "m.discounted", e("EXP", e("NEG", "m.log_return"))))


def declare_shares(e: Emitter, w: str, expected_cash: float) -> None:
    """Step 0: the shares of one world.

    Args:
        e: Emitter.
        w: Prefix of the world.
        expected_cash: The cash on which the price counts; what a path has more or less of it, its shares are worth more
            or less.
    """
    for name in ("equity", "cash_before", "debt_before", "held", "sigma", "cash_expected"):
        e.number(f"{w}.{name}")
    for name in (*DISTRESS, "distress"):
        e.truth(f"{w}.{name}")
    e.do("SET", f"{w}.cash_expected", k=e.constant("cash.expected", expected_cash))
    surprise = e("SUB", "p.cash", f"{w}.cash_expected")
    e.do("MAX", f"{w}.equity", e("ADD", "p.equity", surprise), e("MULK", "p.equity", k=LEAST_START))
    e.do("COPY", f"{w}.cash_before", "p.cash")
    e.do("COPY", f"{w}.debt_before", "p.debt")
    e.do("COPY", f"{w}.held", f"{w}.equity")


def grow(e: Emitter, w: str, slots: CompanySlots, t: int) -> None:
    """The value beyond what is liquid moves with the news, the more, the more stands before the holders."""
    liquid, risky, lever = _parts(e, w, f"{w}.equity", slots.cash, slots.debt)
    if t == 0:
        # The volatility of the day is that of the price, which counts on the cash that is expected.
        expected = e("ADD", f"{w}.cash_expected", e("SUB", slots.cash, "p.cash"))
        _, apart, levered = _parts(e, w, "p.equity", expected, slots.debt)
        quoted = e("MULK", "p.volatility", k=QUARTER**0.5)
        e.do("DIV", f"{w}.sigma", e("DIV", e("MUL", quoted, "p.equity"), apart), levered)
    s = e("MINK", e("MUL", f"{w}.sigma", lever), k=WILDEST)
    moved = e("EXP", e("SUB", e("MUL", s, "m.z"), e("MULK", e("MUL", s, s), k=0.5)))
    whole = e("MADD", risky, moved, e("MSK", e("GTK", f"{w}.equity", k=0.0), liquid))
    e.do("MUL", f"{w}.equity", whole, e("EXP", "m.log_return"))


def _parts(e: Emitter, w: str, equity: str, cash: str, debt: str) -> tuple[str, str, str]:
    """Slots of the liquid part of a value, of the rest, and of the factor by which the rest is levered."""
    net = e("SUB", cash, debt)
    liquid = e("MIN", e("MAXK", net, k=0.0), e("MULK", equity, k=MOST_LIQUID))
    risky = e("MAXK", e("SUB", equity, liquid), k=LEAST)
    to_burn = e("MAXK", e("SUB", e("MUL", "p.burn_ahead", f"{w}.burn"), liquid), k=0.0)
    before = e("ADD", e("MAXK", e("NEG", net), k=0.0), to_burn)
    return liquid, risky, e("ADDK", e("DIV", before, risky), k=1.0)


def repaid(e: Emitter, w: str, slots: CompanySlots) -> str:
    """What lenders do not roll over of the debt that falls due: the part of it that the shares do not stand behind."""
    due = e("MSK", slots.solvent, e("MUL", "p.debt_due", slots.debt))
    bare = e("DIV", slots.debt, e("ADD", slots.debt, f"{w}.equity"))
    amount = e("MUL", due, bare)
    e.do("COPY", slots.debt, e("SUB", slots.debt, amount))
    e.do("MIN", f"{w}.notes", e("COPY", f"{w}.notes"), slots.debt)
    return e("COPY", amount)


def plan_round(e: Emitter, w: str, slots: CompanySlots) -> tuple[str, str]:
    """What is raised while the window is open, for the runway and, in a hot market after a rise, beyond need.

    Beyond need raises only who burns money and holds less than twice the runway: most issuers would run out without it.

    Returns:
        Slots of the money and of what the new shares are worth at the market's price.
    """
    runway = e("MUL", "p.runway_target", f"{w}.burn")
    want = e("MAXK", e("SUB", runway, slots.cash), k=0.0)
    need = e("MIN", want, e("MUL", "p.raise_cap", f"{w}.equity"))
    scarce = e("GT", e("MULK", runway, k=PLENTY), slots.cash)
    beyond = e("MSK", e.all("t.hot", "m.surge", scarce), e("MUL", "p.hot_issue", f"{w}.equity"))
    money = e("MSK", e("AND", "m.window", slots.solvent), e("ADD", need, beyond))
    return money, _worth(e, w, money, "p.round_discount")


def _worth(e: Emitter, w: str, money: str, discount: str) -> str:
    """What new shares are worth for which money is paid below the market's price."""
    size = e("DIV", money, e("MAXK", f"{w}.equity", k=LEAST))
    below = e("MINK", e("MADD", "p.discount_slope", size, discount), k=DEEPEST)
    return e("DIV", money, e("RSUBK", below, k=1.0))


def note_balance(e: Emitter, w: str, slots: CompanySlots) -> None:
    """Remember cash and debt, so that what the deal moves afterwards is seen."""
    e.do("COPY", f"{w}.cash_before", slots.cash)
    e.do("COPY", f"{w}.debt_before", slots.debt)


def add_deal(e: Emitter, w: str, slots: CompanySlots) -> None:
    """Money that the deal brought or took since, less debt that came with it, belongs to the shares."""
    cash = e("SUB", slots.cash, f"{w}.cash_before")
    debt = e("SUB", slots.debt, f"{w}.debt_before")
    e.do("MAXK", f"{w}.equity", e("ADD", f"{w}.equity", e("SUB", cash, debt)), k=0.0)
    note_balance(e, w, slots)


def resolve_distress(e: Emitter, w: str, slots: CompanySlots, patience: str) -> tuple[str, str, str]:
    """Whether the company finds the money that it needs within months, and what happens if not.

    Args:
        e: Emitter.
        w: Prefix of the world.
        slots: Its slots.
        patience: What suppliers bear beyond the cash.

    Returns:
        Truth that it is liquidated, slot of the money that comes in, and slot of the part of the shares that the old
        holders keep.
    """
    months = e("MADD", "p.urgent_quarters", f"{w}.drain", e("MUL", "p.debt_due", slots.debt))
    need = e("MSK", slots.solvent, e("MAXK", e("SUB", months, e("ADD", slots.cash, patience)), k=0.0))
    half = e("MUL", "p.round_half", e("SEL", "m.window", e("SET", k=1.0), "p.round_shut"))
    bar = e("MAXK", e("MUL", half, f"{w}.equity"), k=LEAST)
    q = e("DIV", need, bar)
    cube = e("MUL", e("MUL", q, q), q)
    fails = e("DIV", cube, e("ADDK", cube, k=1.0))
    hazard = e("MADD", fails, e("RSUBK", "p.other_failure", k=1.0), "p.other_failure")
    broken = e("AND", slots.solvent, e("GT", hazard, "luck.default"))
    place = e("DIV", "luck.default", hazard)
    taken = e("AND", broken, e("GT", "p.takeover", place))
    either = e("AND", broken, e("GT", e("ADD", "p.takeover", "p.exchange"), place))
    exchanged = e("ANDN", either, taken)
    failed = e("ANDN", broken, either)
    saved = e("MADD", "p.takeover", "p.takeover_kept", e("MUL", "p.exchange", "p.exchange_kept"))
    lost = e("MUL", hazard, e("RSUBK", saved, k=1.0))
    e.do("COPY", f"{w}.equity", e("DIV", f"{w}.equity", e("MAXK", e("RSUBK", lost, k=1.0), k=LEAST)))
    shut = e("ADD", "p.round_discount", e("MSK", e("NOT", "m.window"), "p.discount_shut"))
    money = e("MSK", e("NOT", failed), need)
    new = e("SEL", broken, money, _worth(e, w, money, shut))
    whole = e("ADD", f"{w}.equity", new)
    kept = e("SEL", taken, "p.takeover_kept", e("SEL", exchanged, "p.exchange_kept", e("SET", k=1.0)))
    part = e("MUL", kept, e("DIV", f"{w}.equity", e("MAXK", whole, k=LEAST)))
    part = e("SEL", e("GTK", whole, k=0.0), part, kept)
    e.do("COPY", f"{w}.equity", whole)
    e.do("COPY", slots.debt, e("SUB", slots.debt, e("MSK", exchanged, e("MUL", "p.exchange_cut", slots.debt))))
    e.do("LATCH", f"{w}.rescued", e("ANDN", e("LTK", part, k=1.0 - RESCUE), broken))
    e.do("LATCH", f"{w}.taken_over", taken)
    e.do("LATCH", f"{w}.restructured", exchanged)
    e.do("LATCH", f"{w}.control_changed", taken)
    e.do("COPYT", f"{w}.distress", broken)
    return failed, money, part


def lenders_get(e: Emitter, w: str, slots: CompanySlots, failed: str, debt: str, value: str) -> str:
    """What a lender without security gets in a step of distress, as a part of the claim.

    Whoever takes the company over pays its debts. Those who exchange keep what is not cut, and the shares that the old
    holders give up. In liquidation the estate is shared among all who stand before the shares.

    Args:
        e: Emitter.
        w: Prefix of the world.
        slots: Its slots.
        failed: Truth that it is liquidated in this step.
        debt: Slot of its debt before distress was resolved.
        value: Slot of the value of its shares then.

    Returns:
        Slot of the part, between 0 and 1; 0 in a step without distress. It counts in the first step of distress alone.
    """
    owed = e("MAXK", debt, k=LEAST)
    shares = e("DIV", e("MUL", e("RSUBK", "p.exchange_kept", k=1.0), value), owed)
    exchanged = e("MINK", e("ADD", e("RSUBK", "p.exchange_cut", k=1.0), shares), k=1.0)
    sold = e("MINK", e("DIV", slots.estate, e("MAXK", slots.ahead, k=LEAST)), k=1.0)
    lasts = e("SEL", f"{w}.restructured", exchanged, e("SET", k=1.0))
    return e("MSK", e("OR", slots.distress, failed), e("SEL", failed, sold, lasts))
