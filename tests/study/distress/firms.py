"""Invented firms whose probability of failure is known."""

import numpy as np
from scipy.special import expit

from guanzi.intake.panel import Panel
from guanzi.study.distress.table import FirmTable


def firms(rows, seed=0, rate=-2.0, columns=4):
    """Heavy-tailed columns with gaps, the true probabilities, and labels drawn from them."""
    order = np.random.default_rng(seed)
    hidden = order.normal(size=(rows, columns))
    truth = expit(rate + 1.4 * hidden[:, 0] - 1.0 * np.abs(hidden[:, 1]))
    values = np.sinh(2 * hidden)
    values[order.random((rows, columns)) < 0.05] = np.nan
    return values, truth, order.random(rows) < truth


def table(values, failed, names=None, groups=None, firms=None, years=None):
    """A labelled table of the columns."""
    return FirmTable(
        file="firms",
        names=names or tuple(f"c{i}" for i in range(values.shape[1])),
        values=values,
        failed=failed,
        groups=np.arange(len(values)) if groups is None else groups,
        firms=None if firms is None else np.array(firms, dtype=object),
        years=None if years is None else np.array(years, dtype=float),
        unlabelled=0,
        left_out=(),
    )


def panel(**columns):
    """A panel of columns."""
    numbers = {k: np.array(v, dtype=float) for k, v in columns.items() if not isinstance(v[0], str)}
    texts = {k: np.array(v, dtype=object) for k, v in columns.items() if isinstance(v[0], str)}
    return Panel("firms", numbers, texts, len(next(iter(columns.values()))))
