"""Bets of the register by words."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.intake.bets import PublicBet, register


def find_bets(words: Sequence[str]) -> tuple[PublicBet, ...]:
    """Bets of which every word stands in the id, name, sponsor, place or sector, in the order of the register."""
    asked = [word.casefold() for word in words]
    return tuple(bet for bet in register() if all(word in _words_of(bet) for word in asked))


def _words_of(bet: PublicBet) -> str:
    return " ".join((bet.id, bet.name, bet.sponsor, bet.place, bet.sector)).casefold()
