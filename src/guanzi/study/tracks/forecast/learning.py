"""What is learnt from windows whose outcome was known: the model, the baseline, and the curves of simple methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Flags, Floats
from guanzi.study.tracks.forecast.features import PLAIN, Features, features, names_of
from guanzi.study.tracks.forecast.model import EntryModel, Form
from guanzi.study.tracks.forecast.windows import Window, growth_with_length, learning_windows, outcome

MOST_ROWS = 600_000
"""Cells that are learnt from, drawn evenly from all windows where there are more."""
FEWEST_ENTRIES = 20
SIMPLE = ("density", "ubiquity", "rca", "null")

type Rows = NDArray[np.int64]
type Advance = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is forecast, and how.

    Attributes:
        horizon: Years ahead.
        measure: Of the panel; None: its first.
        minimum: Least value that counts as an entry.
        form: Of the model.
        seed: Key of the random numbers.
        threads: Of the boosted trees; nothing depends on it.
    """

    horizon: int = 5
    measure: str | None = None
    minimum: float = 0.0
    form: Form = "both"
    seed: int = 1
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt by a year.

    Attributes:
        windows: The windows, the youngest first.
        names: Features of the model.
        model: With all features.
        baseline: With size, diversity and ubiquity alone.
        curves: Probability of entry along the score of each simple method.
        rate: Share of cells that were entered.
        cells: Cells that were learnt from.
        years: Mean length of the windows.
        growth: How the hazard of entry grows with the length of a window: 1 in proportion, 0 not at all.
    """

    windows: tuple[Window, ...]
    names: tuple[str, ...]
    model: EntryModel
    baseline: EntryModel
    curves: dict[str, Any]
    rate: float
    cells: int
    years: float
    growth: float

    def stretched(self, probability: Floats, years: int) -> Floats:
        """Probability over a window of another length."""
        return np.asarray(1 - (1 - probability) ** ((years / self.years) ** self.growth))


def windows_to_learn(panel: IndustryPanel, settings: Settings, known: int) -> tuple[Window, ...]:
    """The windows that are learnt from: those with a past of their own, where there are such.

    Args:
        panel: Until the year ``known``.
        settings: What is forecast.
        known: The year in which their outcome was known.

    Raises:
        InvalidInput: There is none.
    """
    windows = learning_windows(panel, settings.horizon, known)
    with_past = (w for w in windows if "past_quotient" in names_of(panel, (w.origin, known), settings.horizon))
    return tuple(with_past) or windows


def learn(panel: IndustryPanel, known: int, settings: Settings, ahead: int, advance: Advance | None = None) -> Learnt:
    """Learn from the windows whose outcome was known in a year, to look ahead from that year.

    Args:
        panel: The panel; years after ``known`` are not looked at.
        known: The year.
        settings: What is forecast.
        ahead: How long the window is that will be looked ahead.
        advance: Told after each window.

    Raises:
        InvalidInput: There is no such window, or too few entries to learn from.
    """
    seen = panel.until(known)
    windows = windows_to_learn(seen, settings, known)
    names = names_of(seen, (*(w.origin for w in windows), known), settings.horizon)
    parts, labels, groups, scores = [], [], [], []
    draws = np.random.default_rng(settings.seed)
    for window in windows:
        found = features(seen, window.origin, settings.horizon, settings.measure, names, settings.seed, extras=True)
        came = outcome(seen, window, settings.measure, settings.minimum)
        rows = np.flatnonzero(came.known[found.risk])
        most = MOST_ROWS // len(windows)
        if len(rows) > most:
            rows = np.sort(draws.choice(rows, most, replace=False))
        parts.append(found.matrix(names, rows))
        labels.append(came.entered[found.risk][rows])
        groups.append(np.nonzero(found.risk)[0][rows])
        scores.append(np.column_stack([found.scores[name][rows] for name in SIMPLE]))
        if advance is not None:
            advance()
    x, y, region = np.concatenate(parts), np.concatenate(labels), np.concatenate(groups)
    said = np.concatenate(scores)
    del parts, scores
    _refuse_few(panel, y, windows)
    plain = [names.index(name) for name in PLAIN]
    model = EntryModel(settings.form, settings.seed, settings.threads).fit(x, y, region)
    baseline = EntryModel("logit", settings.seed, settings.threads).fit(x[:, plain], y, region)
    curves = {name: IsotonicRegression(out_of_bounds="clip").fit(said[:, i], y) for i, name in enumerate(SIMPLE)}
    years = float(np.mean([w.years for w in windows]))
    growth = growth_with_length(seen, settings.measure, settings.minimum) if years != ahead else 0.0
    return Learnt(windows, names, model, baseline, curves, float(y.mean()), len(y), years, growth)


def _refuse_few(panel: IndustryPanel, entered: Flags, windows: tuple[Window, ...]) -> None:
    entries = int(entered.sum())
    if entries < FEWEST_ENTRIES or len(entered) - entries < FEWEST_ENTRIES:
        cause = Message.of(
            "tracks.learn.few",
            entries=entries,
            cells=len(entered),
            windows=tuple(f"{w.origin}–{w.target}" for w in windows),
        )
        raise InvalidInput(Problem(cause, Place(panel.name), Message.of("tracks.learn.few.mend")))


def probabilities(learnt: Learnt, found: Features, years: int) -> dict[str, Floats]:
    """What each method says of the cells at risk, as probabilities over so many years."""
    model = learnt.model.predict_proba(found.matrix(learnt.names))[:, 1]
    baseline = learnt.baseline.predict_proba(found.matrix(PLAIN))[:, 1]
    simple = {name: np.asarray(learnt.curves[name].predict(found.scores[name])) for name in SIMPLE}
    said = {"model": model, **simple, "baseline": baseline}
    return {name: learnt.stretched(p, years) for name, p in said.items()}
