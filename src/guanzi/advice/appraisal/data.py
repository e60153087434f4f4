"""Base of all parts of ``appraisal.json``, and how a sentence stands in it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Data(BaseModel):
    """Base of all parts: frozen, and no field that is not in the schema."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Data):
    """A message: id and parameters (see :class:`guanzi.base.core.Message`)."""

    id: str
    params: dict[str, Any] = {}
