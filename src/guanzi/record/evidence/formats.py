"""The formats of ``case.yaml`` and of the facts files, as models that validate and that give the JSON Schema."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from guanzi.base.core import LARGEST, SLUG_PATTERN, UNIT_PATTERN, UNITS, Bilingual
from guanzi.base.reading import Format


def _known_unit(unit: str) -> str:
    if unit not in UNITS:
        choices = ", ".join(f"'{known}'" for known in UNITS)
        raise PydanticCustomError("literal_error", "unknown unit", {"expected": choices})
    return unit


Slug = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=100)]
Words = Annotated[str, Field(min_length=1)]


def _some(words: Bilingual) -> Bilingual:
    if not words:
        raise PydanticCustomError("string_too_short", "no words")
    return words


LocalisedText = Annotated[
    Bilingual, AfterValidator(_some), Field(description="Text, or both languages: {en: …, zh: …}")
]
Day = date  # a field called "date" would hide the type
Number = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)]
Unit = Annotated[
    str,
    AfterValidator(_known_unit),
    WithJsonSchema({"type": "string", "pattern": UNIT_PATTERN, "examples": list(UNITS)}),
    Field(description="Percentages are ratios: 12 % is 0.12. Money of any currency of ISO 4217, e.g. KRW m"),
]

Decision = Literal["open", "approved", "refused"]
Fitness = Literal["fit", "unfit"]


class NamedEntry(Format):
    """Whoever has an id and a name."""

    id: Slug
    name: Words
    name_zh: str = ""


class PartyEntry(NamedEntry):
    """A company."""

    year_ends: Annotated[
        int | None,
        Field(ge=1, le=12, description="Month in which its fiscal year ends; without it, as its accounts show"),
    ] = None


class RegionEntry(NamedEntry):
    """A city or region."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code, e.g. CN")] = "CN"
    state: Annotated[str, Field(pattern=r"^([A-Z]{2}-[A-Z0-9]{1,3})?$", description="ISO 3166-2 code, e.g. US-TX")] = ""

    @field_validator("state")
    @classmethod
    def _in_its_country(cls, state: str, info: ValidationInfo) -> str:
        country = info.data.get("country")
        if state and country and not state.startswith(f"{country}-"):
            raise PydanticCustomError("literal_error", "another country", {"expected": f"'{country}-…'"})
        return state


class DocumentEntry(Format):
    """A file in ``documents/``."""

    file: Annotated[str, Field(description="Path below documents/", min_length=1)]
    title: LocalisedText
    known_on: date
    source: Slug | None = None


class CaseFormat(Format):
    """``case.yaml``: one company, one region, one question."""

    format: Literal[1]
    case: Annotated[Slug, Field(description="Id of the case")]
    title: LocalisedText
    title_zh: Annotated[str, Field(description="The same as zh of the title")] = ""
    company: PartyEntry
    region: RegionEntry
    industry: Slug
    industry_name: Annotated[
        Bilingual, Field(description="What the industry is called; required where the library has no name for it")
    ] = Bilingual()
    model: Annotated[Slug, Field(description="Company model of the simulation, e.g. scale-up-manufacturer")]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code")]
    decision_date: Annotated[date, Field(description="Day of the decision; the default as-of date")]
    question: LocalisedText
    question_zh: Annotated[str, Field(description="The same as zh of the question")] = ""
    decision: Annotated[
        Decision, Field(description="What was decided; belongs to the record, and no analysis sees it")
    ] = "open"
    fitness: Annotated[Fitness, Field(description="unfit: too little is known for the backtest")] = "fit"
    unfit_because: Annotated[Bilingual, Field(description="Required when the case is unfit")] = Bilingual()
    documents: tuple[DocumentEntry, ...] = ()

    def in_both(self, field: Literal["title", "question"]) -> Bilingual:
        """The title or the question with its Chinese form, in whichever field that stands."""
        words: Bilingual = getattr(self, field)
        return Bilingual(str(words), words.zh or getattr(self, f"{field}_zh"))


class SourceEntry(Format):
    """A source; its id is its key."""

    publisher: LocalisedText
    title: LocalisedText
    date: Day | None = None
    address: Annotated[
        str | None, Field(pattern=r"^https?://[^/\s]\S*$", description="Web address, with https:// or http://")
    ] = None
    mirror: Annotated[bool, Field(description="The address is somebody else's copy, never shown as a link")] = False
    grade: Annotated[
        Literal["A", "B", "C", "D"],
        Field(description="A filing, law, official statistics; B company or quality press; C aggregator; D copy"),
    ]
    note: Bilingual = Bilingual()


class IntervalEntry(Format):
    """A value of which only the bounds are known."""

    low: Number
    high: Number


class FactEntry(Format):
    """A fact."""

    id: Slug
    subject: Slug = "company"
    name: FactName
    value: bool | Number | Bilingual | IntervalEntry
    unit: Unit
    period: Annotated[
        int | date | str, Field(description="2019, 2019H1, 2019Q4, 2019-06, 2019-12-31 or 2019-01/2019-09")
    ]
    known_on: Annotated[date, Field(description="First day on which the deal team could hold it")]
    known_to: Literal["public", "parties"] = "public"
    source: Slug
    confidence: Literal["high", "medium", "low"] = "high"
    availability: Annotated[
        Literal["confirmed", "doubtful"],
        Field(description="doubtful: perhaps it could not be held on known_on; analyses leave it out unless asked"),
    ] = "confirmed"
    note: Bilingual = Bilingual()
    held_because: Annotated[Bilingual, Field(description="Required when the source is dated after known_on")] = (
        Bilingual()
    )
    supersedes: Annotated[Slug | None, Field(description="Id of the fact that this one corrects")] = None
    document: Annotated[Words | None, Field(description="Document of the data room in which it stands")] = None
    page: Annotated[int | None, Field(ge=1, description="Page of the document; number of the sheet in a workbook")] = (
        None
    )
    quote: Annotated[Words | None, Field(description="The words of the page, as they stand there")] = None

    @field_validator("value", mode="before")
    @classmethod
    def _day_in_words(cls, value: Any) -> Any:
        """A day needs no quotation marks, although YAML reads one without them as a date."""
        return value.isoformat() if isinstance(value, date) else value


class ConfirmedEntry(Format):
    """Facts that could be held on their day although their sources do not show it, all for one reason."""

    because: Annotated[Bilingual, Field(description="The reason; while it is empty, the facts stay doubtful")] = (
        Bilingual()
    )
    doubt: Annotated[str, Field(description="What the doubt was")] = ""
    facts: tuple[Slug, ...]


class FactsFormat(Format):
    """``facts/*.yaml`` and ``outcome/*.yaml``: sources, facts, and what confirms doubtful ones."""

    sources: Annotated[dict[Slug, SourceEntry], Field(default_factory=dict)]
    facts: tuple[FactEntry, ...] = ()
    confirmed: tuple[ConfirmedEntry, ...] = ()


def json_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema (draft 2020-12) of ``case.yaml`` and of the facts files, by name: ``case`` and ``facts``."""
    schemas: dict[str, dict[str, Any]] = {}
    models: dict[str, type[Format]] = {"case": CaseFormat, "facts": FactsFormat}
    for name, model in models.items():
        schemas[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return schemas
