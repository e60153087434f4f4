"""Random instruments beside equity, rights and loans, as data: see :mod:`tests.strategies`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from tests.strategy_values import amounts, days, rates

from guanzi.deal.terms import KINDS

type Text = Callable[[], str]
"""Draws a condition."""


@st.composite
def notes(draw: st.DrawFn, public: tuple[str, ...], text: Text, *, founder: bool) -> Any:
    """A convertible note."""
    drawn = draw(days(0, 1000))
    note: dict[str, Any] = {
        "type": "convertible_note",
        "lender": draw(st.sampled_from(public)),
        "issuer": "company",
        "amount": draw(amounts(0, 2000)),
        "drawn": drawn,
        "rate": draw(rates(0, 12)),
        "years": draw(st.integers(1, 4)),
        "basis": draw(st.sampled_from(("simple", "compound"))),
        "at_maturity": draw(st.sampled_from(("repay", "convert"))),
        "rank": draw(st.sampled_from(("secured", "unsecured", "subordinated"))),
    }
    optional = {"cap": amounts(1, 30_000), "discount": rates(0, 90), "qualified": amounts(0, 2000)}
    note |= draw(st.fixed_dictionaries({}, optional=optional))
    if note["rank"] == "secured":
        note["security"] = draw(rates(0, 33))
    if draw(st.booleans()):
        note["if"] = text()
    if draw(st.booleans()):
        note["expires"] = drawn + timedelta(days=draw(st.integers(0, 900)))
    if founder and draw(st.booleans()):
        note["obligors"] = ["founder"]
    return note


@st.composite
def preferences(draw: st.DrawFn, text: Text) -> Any:
    """A liquidation preference."""
    multiple = draw(st.one_of(st.integers(0, 3), st.just(1.5)))
    found: dict[str, Any] = {"multiple": multiple, "seniority": draw(st.integers(1, 3))}
    if draw(st.booleans()):
        found["participating"] = True
        if draw(st.booleans()):
            found["cap"] = multiple + draw(st.integers(0, 2))
    if draw(st.booleans()):
        found["sale"] = text()
    return found


@st.composite
def warrants(draw: st.DrawFn, public: tuple[str, ...], text: Text, *, founder: bool) -> Any:
    """A warrant."""
    holders = (*public, "founder") if founder else public
    warrant: dict[str, Any] = {
        "type": "warrant",
        "holder": draw(st.sampled_from(holders)),
        "issuer": "company",
        "share": draw(rates(0, 20)),
        "strike": draw(amounts(0, 30_000)),
    }
    if draw(st.booleans()):
        warrant["when"] = text()
    if draw(st.booleans()):
        warrant["expires"] = draw(days(0, 1400))
    return warrant


@st.composite
def ratchets(draw: st.DrawFn, text: Text, *, founder: bool) -> Any:
    """A ratchet on the stake."""
    givers = ("company", "founder") if founder else ("company",)
    ratchet = {"type": "ratchet", "on": "stake", "giver": draw(st.sampled_from(givers)), "shares": draw(rates(0, 20))}
    return ratchet | {"when": text()} | draw(_period())


@st.composite
def revenue_shares(draw: st.DrawFn, public: tuple[str, ...], text: Text) -> Any:
    """A share in revenue or profit."""
    share: dict[str, Any] = {
        "type": "revenue_share",
        "investor": draw(st.sampled_from(public)),
        "issuer": "company",
        "of": draw(st.sampled_from(("revenue", "ebitda"))),
        "rate": draw(rates(0, 10)),
        "years": draw(st.integers(1, 6)),
    }
    optional = {"drawn": days(0, 900), "amount": amounts(0, 1000), "cap": amounts(0, 2000)}
    share |= draw(st.fixed_dictionaries({}, optional=optional))
    return share | ({"if": text()} if draw(st.booleans()) else {})


@st.composite
def earn_outs(draw: st.DrawFn, public: tuple[str, ...], text: Text, *, founder: bool) -> Any:
    """A payment between two parties that depends on how things went."""
    parties = ("company", *public, *(("founder",) if founder else ()))
    payer, payee = draw(st.permutations(parties))[:2]
    return {"type": "earn_out", "from": payer, "to": payee, "amount": draw(amounts(0, 800)), "when": text()} | draw(
        _period()
    )


def _period() -> st.SearchStrategy[dict[str, Any]]:
    """When it is due and when it lapses, which is never before: the reader refuses that."""
    period = st.fixed_dictionaries({}, optional={"due": days(0, 900), "expires": days(0, 1400)})
    return period.map(lambda found: dict(zip(sorted(found), sorted(found.values()), strict=True)))


@st.composite
def parks(draw: st.DrawFn, public: tuple[str, ...], text: Text) -> Any:
    """A factory built to suit."""
    park: dict[str, Any] = {
        "type": "park",
        "from": draw(st.sampled_from(public)),
        "cost": draw(amounts(0, 2000)),
        "ready": draw(days(400, 900)),
        "rent": draw(rates(0, 12)),
        "years": draw(st.integers(1, 5)),
        "resale": draw(rates(0, 100)),
    }
    optional: dict[Any, Any] = {"start": days(0, 400), "rent_free": st.integers(1, 2)}
    park |= draw(st.fixed_dictionaries({}, optional=optional))
    return park | ({"if": text()} if draw(st.booleans()) else {})


@st.composite
def purchases(draw: st.DrawFn, public: tuple[str, ...], text: Text) -> Any:
    """A commitment to buy."""
    bought: dict[str, Any] = {
        "type": "purchase",
        "from": draw(st.sampled_from(public)),
        "amount": draw(amounts(0, 300)),
    }
    if draw(st.booleans()):
        bought |= {"amount": f"{draw(st.integers(0, 200))} per year", "years": draw(st.integers(1, 5))}
    optional = {"start": days(0, 900), "worth": rates(0, 100), "cost": rates(0, 100)}
    bought |= draw(st.fixed_dictionaries({}, optional=optional))
    return bought | ({"if": text()} if draw(st.booleans()) else {})


@st.composite
def clawbacks(draw: st.DrawFn, on: tuple[str, ...], text: Text) -> Any:
    """A clawback of several incentives."""
    named = draw(st.lists(st.sampled_from(on), min_size=1, max_size=3, unique=True))
    return {
        "type": "clawback",
        "on": named,
        "when": text(),
        "recover": draw(rates(0, 100)),
        "enforced": draw(rates(0, 100)),
    }


OTHERS = {"warrant": "warrant", "ratchet": "ratchet", "royalty": "revenue_share", "bonus": "earn_out"}
"""Instruments that a random sheet has at most once: name to type. A new one joins here and in :func:`other`."""


def clocked(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of them for which ``months_since`` can ask."""
    known = {word for kind in KINDS if kind.clocked for word in kind.types}
    return tuple(name for name in names if OTHERS[name] in known)


def other(name: str, public: tuple[str, ...], text: Text, *, founder: bool) -> st.SearchStrategy[Any]:
    """One of :data:`OTHERS`."""
    match name:
        case "warrant":
            return warrants(public, text, founder=founder)
        case "ratchet":
            return ratchets(text, founder=founder)
        case "royalty":
            return revenue_shares(public, text)
    return earn_outs(public, text, founder=founder)
