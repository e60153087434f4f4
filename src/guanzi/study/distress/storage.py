"""A fitted model as text and back: JSON, with the trees in LightGBM's own text form. Nothing is executed on reading."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from guanzi.study.distress.features import Pairs, RankNormal
from guanzi.study.distress.members import Booster, Logit
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.stack import Stack

FORM = 1
_DIGITS = 7


def model_text(model: DistressModel) -> str:
    """A fitted model as JSON; numbers keep seven digits, so a read model may differ from it in the sixth."""
    data = {
        "form": FORM,
        "params": {k: v for k, v in model.get_params().items() if k not in {"threads", "base_rate"}},
        "columns": model.n_features_in_,
        "rate": model.training_rate_,
        "rounds": model.rounds_,
        "stack": [model.stack_.constant, model.stack_.boosted, model.stack_.plain],
        "held_out": _short(model.held_out_),
        "failed": np.flatnonzero(model.failed_).tolist(),
        "boosters": [[_booster(booster) for booster in boosters] for boosters in model.boosters_],
        "logits": [_logit(logit) for logit in model.logits_],
    }
    return json.dumps(data, sort_keys=True, separators=(",", ":")) + "\n"


def read_model(text: str) -> DistressModel:
    """The model of a text that ``model_text`` made.

    Raises:
        ValueError: It is of another form.
    """
    data = json.loads(text)
    if data["form"] != FORM:
        raise ValueError(f"a model of form {data['form']}; this version reads form {FORM}")
    model = DistressModel(**data["params"])
    columns = int(data["columns"])
    model.n_features_in_ = columns
    model.classes_ = np.array([False, True])
    model.training_rate_ = float(data["rate"])
    model.rounds_ = int(data["rounds"])
    model.stack_ = Stack(*data["stack"])
    model.held_out_ = np.array(data["held_out"])
    model.failed_ = np.zeros(len(model.held_out_), dtype=bool)
    model.failed_[data["failed"]] = True
    model.boosters_ = [[_read_booster(b, columns, model.rounds_) for b in boosters] for boosters in data["boosters"]]
    model.logits_ = [_read_logit(logit) for logit in data["logits"]]
    return model


def _booster(booster: Booster) -> dict[str, Any]:
    trees = booster.trees.model_to_string(num_iteration=booster.rounds)
    pairs = booster.pairs
    return {
        "pairs": [pairs.first.tolist(), pairs.second.tolist(), pairs.ratio.tolist()],
        "trees": trees.partition("\nparameters:")[0].partition("\nfeature_importances:")[0] + "\n",
    }


def _read_booster(data: dict[str, Any], columns: int, rounds: int) -> Booster:
    import lightgbm

    first, second, ratio = data["pairs"]
    pairs = Pairs(np.array(first, dtype=np.intp), np.array(second, dtype=np.intp), np.array(ratio, dtype=bool))
    return Booster(lightgbm.Booster(model_str=data["trees"]), pairs, columns, rounds)


def _logit(logit: Logit) -> dict[str, Any]:
    return {
        "grid": [None if np.isnan(row).all() else _short(row) for row in logit.ranks.grid],
        "flags": logit.ranks.flags.tolist(),
        "weights": _short(logit.weights),
        "constant": logit.constant,
        "centre": _short(logit.centre),
    }


def _read_logit(data: dict[str, Any]) -> Logit:
    width = max((len(row) for row in data["grid"] if row is not None), default=1)
    grid = np.array([[np.nan] * width if row is None else row for row in data["grid"]])
    ranks = RankNormal(grid, np.array(data["flags"], dtype=np.intp))
    return Logit(ranks, np.array(data["weights"]), float(data["constant"]), np.array(data["centre"]))


def _short(values: Any) -> list[float]:
    return [float(f"{value:.{_DIGITS}g}") for value in values]
