"""A document as plain data for JSON: ids, parameters and values, in no language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from guanzi.base.core import Message, Period, plain_words
from guanzi.render.amounts import Measurement
from guanzi.render.document import Document, Worded

_KINDS = {"Sentence", "Bullets", "KeyFigures", "Table", "Chart", "Fold", "Sources", "Blanks", "ProblemBlock"}
_LEFT_OUT = {"drawing", "anchors"}
"""How a chart is drawn: its data stand in its tables."""


def document_data(document: Document) -> dict[str, Any]:
    """All that a document says, as dictionaries and lists; what is empty is left out, and no evidence is null."""
    data: dict[str, Any] = _plain(document)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return value.as_dict()
    if isinstance(value, str):
        return plain_words(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Measurement | Worded):
        return value.plain()
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value).__name__
        told: Mapping[str, Any] = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in _LEFT_OUT}
        data = {name: _plain(held) for name, held in told.items() if held not in ("", (), frozenset(), False, {})}
        data |= {"value": _plain(told["value"])} if "value" in told else {}
        return {"kind": kind.lower(), **data} if kind in _KINDS else data
    return value
