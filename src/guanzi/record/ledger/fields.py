"""Fields that entries share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guanzi.base.core import SLUG_PATTERN

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 in hexadecimal digits")]
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="ISO date")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
CaseId = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=200)]
