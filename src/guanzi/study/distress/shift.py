"""Prior shift: what a probability becomes where failures are rarer or commoner than in the training data."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

type Floats = NDArray[np.float64]


def prior_shift(probability: ArrayLike, training_rate: float, base_rate: float) -> Floats:
    """The probability at a stated base rate.

    Bayes' rule when the share of failures changes and firms of each class look as before: the odds are multiplied by
    ``base_rate / (1 - base_rate) * (1 - training_rate) / training_rate``. The base rate must come from outside (a
    register of insolvencies, a published default rate), never from the labels that are evaluated.

    Args:
        probability: Probabilities of failure at the training rate.
        training_rate: Share of failures in the training data, between 0 and 1.
        base_rate: Share of failures where the probability will be used, between 0 and 1.

    Returns:
        The probabilities at the base rate.

    Raises:
        ValueError: A rate is not strictly between 0 and 1.

    References:
        C. Elkan, *The Foundations of Cost-Sensitive Learning*, IJCAI 2001, theorem 2; M. Saerens, P. Latinne and
        C. Decaestecker, *Adjusting the Outputs of a Classifier to New a Priori Probabilities*, Neural Computation 14
        (2002), equation 2.4.

    >>> float(prior_shift(0.5, 0.5, 0.1).round(6))
    0.1
    """
    return np.asarray(
        expit(logit(np.asarray(probability, dtype=np.float64)) + log_odds_shift(training_rate, base_rate))
    )


def log_odds_shift(training_rate: float, base_rate: float) -> float:
    """What the shift from one rate to the other adds to log-odds.

    >>> round(log_odds_shift(0.2, 0.2), 12)
    0.0
    """
    for rate in (training_rate, base_rate):
        if not 0 < rate < 1:
            raise ValueError(f"a rate lies strictly between 0 and 1, not {rate}")
    return float(logit(base_rate) - logit(training_rate))
