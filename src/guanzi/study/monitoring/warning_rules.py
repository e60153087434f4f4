"""The rules of early warning: values, lead times and who says so, as the library ships them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from guanzi.base.core import Bilingual, Message
from guanzi.base.reading import Format, load_shipped, refused
from guanzi.record.evidence import FactName, Slug, Words

type RuleId = Literal[
    "cash-months", "going-concern", "order-book", "pledged-shares", "executives", "supplier-arrears", "court-records",
    "delayed-reports",
]  # fmt: skip


class RuleSource(Format):
    """Where a value comes from."""

    id: Slug
    publisher: Words
    title: Words
    date: date
    grade: Literal["A", "B", "C", "D"]


class Sourced(Format):
    """A number with its source; without one, it is a judgement of the project."""

    value: Annotated[float, Field(ge=0)]
    source: Slug | None = None


class Threshold(Sourced):
    """The value from which a rule holds."""

    unit: Literal["months", "flag", "ratio", "count", "money", "days"]


class WarningRule(Format):
    """One sign of trouble.

    Attributes:
        looks_at: Names of the facts that it reads.
        threshold: From which value it holds.
        lead_months: How long before failure it is said to come.
    """

    id: RuleId
    looks_at: tuple[FactName, ...]
    threshold: Threshold
    lead_months: Sourced
    note: Bilingual


class Reporting(Format):
    """Days after its end within which the figures of a quarter and of a year are to be there."""

    quarter_days: Sourced
    year_days: Sourced


class Counting(Format):
    """How the table over shipped cases counts."""

    failure_facts: tuple[FactName, ...]
    stale_months: Annotated[int, Field(gt=0)]
    note: Bilingual


class WarningRules(Format):
    """``monitoring/warnings.yaml``."""

    format: Literal[1]
    set_on: date
    sources: tuple[RuleSource, ...]
    reporting: Reporting
    rules: tuple[WarningRule, ...]
    counting: Counting

    @model_validator(mode="after")
    def _cites_what_is_there(self) -> WarningRules:
        known = {source.id for source in self.sources}
        numbers = [n for rule in self.rules for n in (rule.threshold, rule.lead_months)]
        for number in (*numbers, self.reporting.quarter_days, self.reporting.year_days):
            if number.source is not None and number.source not in known:
                raise refused((("sources",), Message.of("monitoring.rules.source", source=number.source), None))
        return self

    def source(self, id: str) -> RuleSource:
        """The source with an id."""
        return next(source for source in self.sources if source.id == id)


@cache
def warning_rules() -> WarningRules:
    """The shipped rules."""
    return load_shipped(WarningRules, "monitoring", "warnings.yaml")
