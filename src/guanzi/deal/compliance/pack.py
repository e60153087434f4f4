"""A compliance pack as data: rules with their law, what they ask of a deal, and examples that prove their test.

Texts stand in the pack in English and Chinese, because a rule must be addable without touching code or catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from guanzi.base.core import LARGEST, Message, Period
from guanzi.base.reading import Format

type Severity = Literal["error", "warning", "info"]

RANKS: tuple[Severity, ...] = ("info", "warning", "error")
UNKNOWN = "unknown"
ALWAYS = "always"
PRIMARY = ("text", "official")
"""Kinds of reading that count as primary evidence: the article itself, or a page of the rule-maker."""

RuleId = Annotated[str, Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)+$", max_length=60)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=1)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Day = date


class Text(Format):
    """One text in both languages."""

    en: Sentence
    zh: Sentence

    @property
    def parameter(self) -> tuple[str, str]:
        """As a parameter of a message: formatted with ``{x:name}`` it is said in the language of the reader."""
        return (self.en, self.zh)


class LawSource(Format):
    """The act, guideline, case or report in which rules stand.

    A date that is absent was not seen; it is not filled in from memory.
    """

    publisher: Text
    title: Text
    number: Annotated[str, Field(description="Number of the act, e.g. of the decree")] = ""
    date: Annotated[
        Day | int | str | None, Field(description="Day, month or year of issue; absent when it was not seen")
    ] = None
    read: Annotated[
        Literal["text", "official", "quoted", "case", "secondary"],
        Field(
            description="What was read: the text of the article, a page of the rule-maker, official words quoted by "
            "the press, a published correction case, or somebody's summary. The first two are primary evidence."
        ),
    ]
    read_in: Annotated[str, Field(description="Publisher of what was read, where it is not the rule-maker")] = ""

    @property
    def primary(self) -> bool:
        """Whether the article itself or a page of the rule-maker was read."""
        return self.read in PRIMARY


class Question(Format):
    """What a term sheet does not say and a person has to answer."""

    type: Literal["truth", "number"]
    unit: Annotated[
        str, Field(description="money (in the currency and unit of the sheet), ratio, jobs, years …; empty for a truth")
    ] = ""
    ask: Text
    fact: Annotated[str, Field(description="Fact of the company that answers it, where a case holds one")] = ""
    currency: Annotated[str, Field(description="Currency whose rate at signing answers it, e.g. USD")] = ""
    state: Annotated[str, Field(description="State (ISO 3166-2): a region in another answers it with no")] = ""


class InForce(Format):
    """From when until when a rule is law; both days inclusive."""

    since: Annotated[
        Day | int | str,
        Field(
            description="Day, month or year of entry into force; `unknown` when it was not seen; `always` for what is "
            "no law but method, in packs whose findings are no errors"
        ),
    ]
    until: Annotated[Day | None, Field(description="Last day; absent while it is in force")] = None
    ended: Literal["repealed", "superseded", "expired", ""] = ""

    def on(self, day: date) -> bool | None:
        """Whether the rule is law on a day; None when the day of entry into force is not known well enough."""
        if self.until is not None and day > self.until:
            return False
        if self.since == ALWAYS:
            return True
        if self.since == UNKNOWN:
            return None
        period = Period.parse(self.since)
        if day < period.start:
            return False
        return True if day >= period.end else None


class Applies(Format):
    """When a rule looks at a deal at all; every part that is stated must hold."""

    instruments: Annotated[
        tuple[Word, ...], Field(description="At least one of these is in the sheet: equity, loan, grant …")
    ] = ()
    industries: Annotated[tuple[Slug, ...], Field(description="The industry of the case is one of these")] = ()
    when: Annotated[str, Field(description="A condition over quantities and questions")] = ""


class Examples(Format):
    """The fewest answers by which a rule is broken, and the fewest by which it is kept."""

    violated: dict[Word, bool | Number]
    clean: dict[Word, bool | Number]


class Rule(Format):
    """One rule."""

    id: RuleId
    title: Text
    kind: Literal["prohibition", "threshold", "procedure", "watch"]
    severity: Severity
    binds: Annotated[Literal["public", "company", "both"], Field(description="Who has to obey")] = "public"
    in_force: InForce
    source: Annotated[Slug, Field(description="Id of a source of the pack")]
    article: Annotated[str, Field(description="Article or point; empty when it was not seen")] = ""
    read: Annotated[
        Literal["text", "official", "quoted", "case", "secondary"] | None,
        Field(description="What was read for this rule, where it is not what its source says"),
    ] = None
    currency: Annotated[Currency | None, Field(description="Currency of the amounts in the conditions")] = None
    applies: Applies = Applies()
    violated: Annotated[str, Field(description="The condition under which the rule is broken; none for `watch`")] = ""
    text: Annotated[Text, Field(description="What the rule asks, in our own words")]
    mend: Text
    exceptions: Text | None = None
    examples: Examples | None = None

    @property
    def judged(self) -> bool:
        """Whether a deal can break this rule; a rule that is only watched says what it says."""
        return self.kind != "watch"


class PackFormat(Format):
    """``library/rules/*.yaml``, or a pack of your own."""

    pack: Slug
    title: Text
    made_on: Annotated[Day, Field(description="Day on which the state of the law was looked up")]
    countries: Annotated[tuple[Country, ...], Field(description="Deals of regions of these countries; none: all")] = ()
    at_most: Annotated[Severity, Field(description="The most that a finding of this pack weighs")] = "error"
    note: Text | None = None
    questions: dict[Word, Question] = Field(default_factory=dict)
    sources: dict[Slug, LawSource]
    rules: tuple[Rule, ...]


def capped(severity: Severity, most: Severity) -> Severity:
    """The lighter of two severities.

    >>> capped("error", "info")
    'info'
    """
    return min(severity, most, key=RANKS.index)


def pack_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a compliance pack."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **PackFormat.model_json_schema()}


def worded(id: str, texts: Mapping[str, Text]) -> Message:
    """A sentence of the catalogue around texts of a pack."""
    return Message.of(id, **{name: text.parameter for name, text in texts.items()})
