"""Random instruments beside equity, rights and loans, as data: see :mod:`tests.strategies`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from tests.strategy_values import amounts, days, rates

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
        note["security"] = draw(rates(0, 50))
    if draw(st.booleans()):
        note["if"] = text()
    if draw(st.booleans()):
        note["expires"] = drawn + timedelta(days=draw(st.integers(0, 900)))
    if founder and draw(st.booleans()):
        note["obligors"] = ["founder"]
    return note
