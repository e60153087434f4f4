"""The models that come with Guanzi, with their cards."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.study.distress.card import Card
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.storage import read_model


def model_cards() -> tuple[Card, ...]:
    """The cards of all shipped models, the youngest data first."""
    cards = [_card(folder) for folder in _folder().iterdir() if folder.joinpath("card.json").is_file()]
    return tuple(sorted(cards, key=lambda card: (card.known_on, card.id), reverse=True))


def model_known_on(day: date, columns: Sequence[str] | None = None) -> Card | None:
    """The card of the model to be used in a view as of a day.

    Args:
        day: As-of date; a model whose training data could first be held later is passed over.
        columns: What the firm's statement gives; a model that finds fewer than half of its columns is passed over.

    Returns:
        Of the models left, that with the youngest data; None when there is none.
    """
    for card in model_cards():
        if card.known_on <= day and (columns is None or 2 * len(set(columns) & set(card.columns)) >= len(card.columns)):
            return card
    return None


def load_model(id: str) -> tuple[DistressModel, Card]:
    """A shipped model and its card.

    Raises:
        InvalidInput: There is no model of this name, or its file is not the one of its card.
    """
    names = [card.id for card in model_cards()]
    if id not in names:
        near = nearest(id, names)
        fix = Message.of("diligence.distress.no_model.mend", models=tuple([near] if near else names))
        raise InvalidInput(Problem(Message.of("diligence.distress.no_model", model=id), Place(id), fix))
    return _model(id)


@cache
def _model(id: str) -> tuple[DistressModel, Card]:
    folder = _folder().joinpath(id)
    card = _card(folder)
    text = lzma.decompress(folder.joinpath("model.json.xz").read_bytes())
    if hashlib.sha256(text).hexdigest() != card.sha256:
        raise InvalidInput(Problem(Message.of("diligence.distress.changed_model", model=id), Place(id)))
    return read_model(text.decode("utf-8")), card


def _card(folder: Traversable) -> Card:
    return Card.model_validate(json.loads(folder.joinpath("card.json").read_text("utf-8")))


def _folder() -> Traversable:
    return files("guanzi.library").joinpath("models", "distress")
