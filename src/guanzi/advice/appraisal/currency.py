"""Amounts of a case in its own currency: figures are computed in millions of it, and are named after it at the end."""

from __future__ import annotations

from typing import Any

from guanzi.advice.appraisal.document import Appraisal

HOME = "CNY"
"""The currency in which units and sentences are written where no other is named."""


def in_currency(appraisal: Appraisal) -> Appraisal:
    """The same appraisal with units and sentences in the currency of its case.

    Facts keep the unit in which they were stated.
    """
    currency = appraisal.case.currency
    if currency == HOME:
        return appraisal
    data = appraisal.model_dump()
    kept = {"facts": data.pop("facts"), "ratios": data.pop("ratios")}
    return Appraisal.model_validate({**_named(data, currency), **kept})


def _named(data: Any, currency: str) -> Any:
    if isinstance(data, dict):
        if set(data) == {"id", "params"} and isinstance(data["params"], dict):
            params = {key: _named(value, currency) for key, value in data["params"].items()}
            return {"id": data["id"], "params": {"currency": currency, **params}}
        told = {key: _named(value, currency) for key, value in data.items()}
        if told.get("unit") in (HOME, f"{HOME} m") and told.get("kind") != "fact":
            told["unit"] = told["unit"].replace(HOME, currency)
        return told
    if isinstance(data, list | tuple):
        return type(data)(_named(item, currency) for item in data)
    return data
