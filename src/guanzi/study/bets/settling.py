"""When the outcome of a bet counts."""

YEARS_TO_OUTCOME = 10
"""Years after its decision from which a bet is settled, as the protocol says; that of :mod:`guanzi.study.bets.folds`,
which loads a large library and stays as it was hashed, is held to it by a test."""
