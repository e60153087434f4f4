"""How a sentence stands in ``appraisal.json``."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from guanzi.base.reading import Data


class Text(Data):
    """A message: id and parameters (see :class:`guanzi.base.core.Message`)."""

    id: str
    params: dict[str, Any] = Field(default={})
