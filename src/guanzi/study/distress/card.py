"""A model card: what a shipped model is made of, when its data could be known, what it is worth and where it ends."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from guanzi.base.core import Message
from guanzi.base.reading import Data

type Share = Annotated[float, Field(gt=0, lt=1)]


class TrainingData(Data):
    """The data that a model was trained on.

    Attributes:
        title, publisher, published: Of the data.
        licence: Under which a fitted model may be shipped.
        sha256: Of the file.
        choice: Which rows of it, in words.
        rows, failures: Counts.
        label: What counts as failure, by the last part of the message ``diligence.distress.label.<label>``.
    """

    title: str
    publisher: str
    published: date
    licence: str
    sha256: str
    choice: str
    rows: int
    failures: int
    label: str


class Metrics(Data):
    """What was measured on firms that the model had not seen.

    Attributes:
        how: In words.
        roc_auc, roc_auc_interval, average_precision, brier_skill, ece, calibration_p: See ``metrics``.
    """

    how: str
    roc_auc: float
    roc_auc_interval: tuple[float, float]
    average_precision: float
    brier_skill: float
    ece: float
    calibration_p: float


class Card(Data):
    """The card of a shipped model.

    Attributes:
        id: Name of its folder, with a version.
        known_on: The day the training data could first be held; a view as of an earlier day must not use the model.
        made_on: The day it was trained.
        horizon: Years within which the label counts a failure.
        columns: What it looks at, in this order.
        training_rate: Share of failures in the training data.
        data, metrics: Where it comes from and what it is worth.
        limits: Where it ends, by the last parts of the messages ``diligence.distress.limit.<limit>``.
        sha256: Of ``model.json``.
    """

    id: str
    known_on: date
    made_on: date
    horizon: Annotated[int, Field(ge=1, le=5)]
    columns: tuple[str, ...]
    training_rate: Share
    data: TrainingData
    metrics: Metrics
    limits: tuple[str, ...]
    sha256: str

    @property
    def label(self) -> Message:
        """What the model counts as failure, in words."""
        return Message.of(f"diligence.distress.label.{self.data.label}")

    @property
    def warnings(self) -> tuple[Message, ...]:
        """The limits in words."""
        return tuple(Message.of(f"diligence.distress.limit.{limit}") for limit in self.limits)
