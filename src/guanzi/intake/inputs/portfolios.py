"""The file of a portfolio: which deals belong to it, its currency, and its limits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.reading import Format, read_yaml
from guanzi.record.evidence import Slug, Words, validate

Share = Annotated[float, Field(gt=0.0, le=1.0)]


class LimitEntries(Format):
    """The greatest share of the expected money that one company, track or city may have."""

    company: Share | None = None
    track: Share | None = None
    city: Share | None = None

    def given(self) -> dict[str, float]:
        """Those that are set."""
        return {name: value for name, value in self.model_dump().items() if value is not None}


class PortfolioFile(Format):
    """A portfolio of deals, each named as ``CASE``, ``CASE@DAY`` or ``CASE@NAME`` of a term sheet."""

    format: Literal[1]
    portfolio: Slug
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code; that of the first deal else")] = (
        ""
    )
    deals: Annotated[tuple[Words, ...], Field(min_length=1)]
    limits: LimitEntries = LimitEntries()


def load_portfolio(path: Path, name: str | None = None) -> PortfolioFile:
    """Read the file of a portfolio.

    Raises:
        InvalidInput: Everything that does not fit the format.
    """
    return validate(PortfolioFile, read_yaml(path, name))
