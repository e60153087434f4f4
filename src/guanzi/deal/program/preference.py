"""Liquidation preferences: how preferred and ordinary shares divide what is left after all debts.

Each class gets its preference first, by seniority. Beyond it, a class that takes part shares with the ordinary shares,
up to its cap; and each class converts to ordinary shares where that pays it more. The payout of every class is a
piecewise linear function of the value of one ordinary share, so that value is found exactly, without iteration.

Source: A. Metrick, A. Yasuda: *Venture Capital and the Finance of Innovation*, 3rd ed., Wiley 2021, chapters on exit
diagrams and preferred stock (breakpoints of conversion and participation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from guanzi.deal.program.representation import Emitter


@dataclass(slots=True)
class Preferred:
    """One class of preferred shares in the step that is being emitted.

    Attributes:
        seniority: 1 is paid first.
        participating: It shares beyond its preference.
        claims: Party to slot of its preference.
        parts: Party to slot of its part of the issuer, as if converted.
        cap: Slot of the most that the class gets without converting; empty: no cap (or it does not take part).
        payout: Filled by :func:`share_out`: party to slot of what it gets.
    """

    seniority: int
    participating: bool
    claims: dict[str, str]
    parts: dict[str, str]
    cap: str = ""
    payout: dict[str, str] = field(default_factory=dict)

    def divided(self) -> tuple[tuple[str, str], ...]:
        """What each party gets."""
        return tuple(self.payout.items())


@dataclass(frozen=True, slots=True)
class _Sums:
    """Preference, part of the issuer, and most without converting (empty: no limit), of a class."""

    claim: str
    part: str
    cap: str


def share_out(e: Emitter, left: str, classes: Sequence[Preferred]) -> str:
    """Divide what is left; fills the payout of each class.

    Returns:
        Slot of what one whole issuer's worth of ordinary shares gets: a part of the issuer times this is its money.
    """
    sums = [_sums(e, c) for c in classes]
    ordinary = e("RSUBK", e.sum(e("COPY", sums[0].part), *(s.part for s in sums[1:])), k=1.0)
    ordinary = e("MAXK", ordinary, k=0.0)
    value = _value_of_ordinary(e, left, classes, sums, ordinary)
    _pay(e, left, classes, sums, value)
    return value


def _sums(e: Emitter, c: Preferred) -> _Sums:
    claims, parts = list(c.claims.values()), list(c.parts.values())
    claim = e.sum(e("COPY", claims[0]), *claims[1:])
    part = e.sum(e("COPY", parts[0]), *parts[1:])
    return _Sums(claim, part, c.cap if c.participating else claim)


def _payout(e: Emitter, c: Preferred, s: _Sums, value: str) -> str:
    """What a class gets when ordinary shares are worth ``value``, and all preferences are covered."""
    converted = e("MUL", s.part, value)
    if not c.participating:
        return e("MAX", s.claim, converted)
    both = e("ADD", s.claim, converted)
    return e("MAX", e("MIN", both, s.cap), converted) if s.cap else both


def _value_of_ordinary(
    e: Emitter, left: str, classes: Sequence[Preferred], sums: Sequence[_Sums], ordinary: str
) -> str:
    """The value at which all payouts add up to what is left: on the line beyond the last breakpoint below it."""
    points = [e("SET", k=0.0)]
    for c, s in zip(classes, sums, strict=True):
        if c.participating and s.cap:
            points.append(e("MAXK", e("DIV", e("SUB", s.cap, s.claim), s.part), k=0.0))
        if s.cap:
            points.append(e("DIV", s.cap, s.part))
    best, total_at, slope_at = e("SET", k=0.0), e("SET", k=0.0), e("SET", k=0.0)
    for i, x in enumerate(points):
        total, slope = e("MUL", ordinary, x), e("COPY", ordinary)
        for c, s in zip(classes, sums, strict=True):
            total = e("ADD", total, _payout(e, c, s, x))
            slope = e("ADD", slope, e("MSK", _moves(e, c, s, x), s.part))
        if i == 0:
            best, total_at, slope_at = x, total, slope
            continue
        # of breakpoints at the same value, any will do: payouts are continuous, and the line beyond is the same
        later = e("AND", e("GE", left, total), e("GE", x, best))
        best, total_at, slope_at = (
            e("SEL", later, new, old) for new, old in ((x, best), (total, total_at), (slope, slope_at))
        )
    beyond = e("MAXK", e("SUB", left, total_at), k=0.0)
    return e("ADD", best, e("DIV", beyond, slope_at))


def _moves(e: Emitter, c: Preferred, s: _Sums, value: str) -> str:
    """Truth: just above this value, the class gains with the ordinary shares."""
    if not s.cap:
        return e("SETT", k=1.0)
    converts = e("GE", value, e("DIV", s.cap, s.part))
    if not c.participating:
        return converts
    below = e("GT", e("MAXK", e("DIV", e("SUB", s.cap, s.claim), s.part), k=0.0), value)
    return e("OR", below, converts)


def _pay(e: Emitter, left: str, classes: Sequence[Preferred], sums: Sequence[_Sums], value: str) -> None:
    """Preferences by seniority as far as there is money; what is beyond by the value of ordinary shares."""
    first: dict[int, str] = {}
    rest = e("COPY", left)
    for rank in sorted({c.seniority for c in classes}):
        of_rank = [i for i, c in enumerate(classes) if c.seniority == rank]
        total = e.sum(e("COPY", sums[of_rank[0]].claim), *(sums[i].claim for i in of_rank[1:]))
        ratio = e("MINK", e("DIV", rest, total), k=1.0)
        for i in of_rank:
            first[i] = e("MUL", sums[i].claim, ratio)
        rest = e("MAXK", e("SUB", rest, total), k=0.0)
    for i, (c, s) in enumerate(zip(classes, sums, strict=True)):
        full = _payout(e, c, s, value)
        converted = e("MUL", s.part, value)
        beyond = e("MAXK", e("SUB", full, s.claim), k=0.0)
        converts = e("AND", e("GE", converted, full), e("GTK", converted, k=0.0))
        for party in c.claims:
            by_claim, by_part = e("DIV", c.claims[party], s.claim), e("DIV", c.parts[party], s.part)
            apart = e("ADD", e("MUL", by_claim, first[i]), e("MUL", by_part, beyond))
            c.payout[party] = e("SEL", converts, e("MUL", by_part, converted), apart)
