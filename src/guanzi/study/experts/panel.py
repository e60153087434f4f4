"""A panel: what experts said of quantities, some of which (the seeds) are known to whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.intake.inputs import PanelFile

type Floats = NDArray[np.float64]
type Scale = Literal["uniform", "log"]

FEWEST_SEEDS = 7
FEWEST_EXPERTS = 3
"""A panel below these says too little of its experts to weigh them by performance (Cooke and Goossens 2008)."""


@dataclass(frozen=True, slots=True)
class ExpertQuestion:
    """A quantity that experts assess.

    Attributes:
        id: Its name.
        scale: ``uniform`` or ``log``: on which scale ignorance is even.
        realisation: The true value of a seed; None for a question that nobody can answer yet.
        text: In words.
        unit: Of the quantity.
    """

    id: str
    scale: Scale = "uniform"
    realisation: float | None = None
    text: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ExpertPanel:
    """What experts said.

    Attributes:
        id: Name of the panel.
        probabilities: Of the quantiles that were asked, ascending, between 0 and 1.
        questions: In their order.
        experts: Names or numbers.
        quantiles: (experts, questions, probabilities): NaN where an expert did not answer.
    """

    id: str
    probabilities: tuple[float, ...]
    questions: tuple[ExpertQuestion, ...]
    experts: tuple[str, ...]
    quantiles: Floats

    def __post_init__(self) -> None:
        shape = (len(self.experts), len(self.questions), len(self.probabilities))
        if self.quantiles.shape != shape:
            raise ValueError(f"quantiles of shape {self.quantiles.shape}, not {shape}")
        if list(self.probabilities) != sorted(set(self.probabilities)) or not all(
            0 < p < 1 for p in self.probabilities
        ):
            raise ValueError("probabilities must ascend between 0 and 1")

    @property
    def answered(self) -> NDArray[np.bool_]:
        """(experts, questions): where an expert gave every quantile."""
        return np.isfinite(self.quantiles).all(axis=2)

    @property
    def seeds(self) -> tuple[int, ...]:
        """Places of the questions whose true value is known."""
        return tuple(i for i, q in enumerate(self.questions) if q.realisation is not None)


def panel_of(file: PanelFile) -> ExpertPanel:
    """A panel from its files: experts and questions in the order of their numbers."""
    experts, questions = sorted(file.experts), sorted(file.questions)
    quantiles = np.full((len(experts), len(questions), len(file.probabilities)), np.nan)
    for (expert, question), answer in file.answers.items():
        quantiles[experts.index(expert), questions.index(question)] = answer
    return ExpertPanel(
        file.id,
        file.probabilities,
        tuple(_question(*file.questions[number], file.truths.get(number)) for number in questions),
        tuple(file.experts[number] for number in experts),
        quantiles,
    )


def _question(name: str, scale: str, truth: float | None) -> ExpertQuestion:
    return ExpertQuestion(name, "log" if scale == "log" else "uniform", truth)


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seed questions that every kept expert answered, each on the scale on which it is scored.

    Attributes:
        probabilities: Of the quantiles.
        experts: Places of the experts kept.
        questions: Places of the questions kept.
        values: (experts, seeds, probabilities): ascending.
        truths: (seeds,).
    """

    probabilities: Floats
    experts: tuple[int, ...]
    questions: tuple[int, ...]
    values: Floats
    truths: Floats

    @property
    def enough(self) -> bool:
        """Whether the panel can be scored."""
        return len(self.questions) >= FEWEST_SEEDS and len(self.experts) >= FEWEST_EXPERTS


def seeds_of(panel: ExpertPanel) -> Seeds:
    """The seeds with complete answers.

    Experts who answered fewer than half of the seeds are set aside; of the others, only seeds that all answered count,
    so that all are scored on the same questions.
    """
    places = np.array(panel.seeds, dtype=np.int64)
    answered = panel.answered[:, places] if len(places) else np.zeros((len(panel.experts), 0), bool)
    kept = np.flatnonzero(answered.mean(axis=1) >= 0.5) if len(places) else np.array([], np.int64)
    complete = places[answered[kept].all(axis=0)] if len(kept) else places[:0]
    truths = np.array([panel.questions[i].realisation for i in complete], np.float64)
    logs = np.array([panel.questions[i].scale == "log" for i in complete], bool)
    values = np.sort(panel.quantiles[np.ix_(kept, complete)], axis=2)
    return Seeds(
        probabilities=np.array(panel.probabilities),
        experts=tuple(int(i) for i in kept),
        questions=tuple(int(i) for i in complete),
        values=np.asarray(on_scale(values, logs[None, :, None])),
        truths=on_scale(truths, logs),
    )


def on_scale(x: Floats, log: NDArray[np.bool_]) -> Floats:
    """Logarithms where the scale is logarithmic; what is not positive there counts as the smallest positive number."""
    return np.where(log, np.log(np.maximum(x, np.finfo(np.float64).tiny)), x)
