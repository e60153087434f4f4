"""Parts of the JSON Schema of term sheets that several clauses share."""

from __future__ import annotations

from typing import Any

from guanzi.deal.terms.quoting import SUBJECTS
from guanzi.deal.terms.values import MAX_YEARS

ID = "^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
TEXT = {"type": "string"}
WORDS: dict[str, Any] = {
    "anyOf": [
        TEXT,
        {"type": "object", "properties": {"en": TEXT, "zh": TEXT}, "additionalProperties": False},
    ]
}
"""Words for readers, in one language or in both."""
DATE = {"type": "string", "format": "date"}
SIGNING = {"anyOf": [DATE, {"const": "unknown"}], "description": "A day; without it, the day of signing is assumed."}
NUMBER = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[-+]?[0-9][0-9_]*([.][0-9]+)?$"}]}
_PERCENTAGE = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[-+]?[0-9][0-9_.]*\\s*%$"}]}
CONDITION = {"type": "string", "description": "A condition, e.g. year_total(units) >= 20_000 and not listed."}
ASSUMED: dict[str, Any] = {
    "type": "array",
    "items": TEXT,
    "description": "Fields of the clause that the analyst assumes, which no source states, e.g. [start, years].",
}
QUOTED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "document": {"type": "string", "description": "Id of a source of the case, or name of the file."},
        "page": {"type": "integer", "minimum": 1},
        "clause": {"type": "string", "description": "Its number in the document."},
        "quote": {"type": "string", "description": "Its words, at most 15."},
    },
    "required": ["document", "page", "quote"],
    "additionalProperties": False,
}
"""Where a clause stands in a contract."""
_SOURCE = {
    "anyOf": [TEXT, QUOTED, {"type": "array", "items": QUOTED, "minItems": 1}],
    "description": "Id of a source of the case; or document, page and quote, once or several times.",
}
_NOTES = {"source": _SOURCE, "note": WORDS}


YEARLY: dict[str, Any] = {"anyOf": [{"type": "string", "pattern": "^[0-9][0-9_]*([.][0-9]+)? per year$"}]}
"""An amount per year."""


def mapping(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """A mapping with these keys, a source and a note."""
    return {
        "type": "object",
        "properties": {**_NOTES, **properties},
        "required": list(required),
        "additionalProperties": False,
    }


CONTRACT_LINE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "clause": TEXT,
        "page": {"type": "integer", "minimum": 1},
        "text": TEXT,
        "aside": {**WORDS, "description": "Why no clause of the sheet needs to say it."},
        "subject": {"enum": list(SUBJECTS), "description": "What it is about."},
    },
    "required": ["clause", "page", "text"],
    "additionalProperties": False,
}
"""A sentence of a contract."""
CONTRACT: dict[str, Any] = {
    "type": "object",
    "properties": {"document": TEXT, "clauses": {"type": "array", "items": CONTRACT_LINE}},
    "required": ["document", "clauses"],
    "additionalProperties": False,
    "description": "What the contract says, sentence by sentence, so that lint can tell what the sheet leaves out.",
}
"""The contract from which a sheet was drafted."""


def form_of(kind: str, properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """An instrument or incentive of a kind: a mapping with its type, a name and these keys."""
    return mapping({"type": {"const": kind}, "name": WORDS, "assumed": ASSUMED, **properties}, ("type", *required))


def by_id(item: dict[str, Any]) -> dict[str, Any]:
    """A mapping from ids to items of one form."""
    return {"type": "object", "propertyNames": {"pattern": ID}, "additionalProperties": item}


def maybe_unknown(value: dict[str, Any]) -> dict[str, Any]:
    """The value, the word unknown, or unknown with a bracket."""
    bracket = {
        "type": "object",
        "properties": {"low": value, "high": value, "note": WORDS},
        "additionalProperties": False,
    }
    unknown = {
        "type": "object",
        "properties": {"unknown": {"anyOf": [bracket, TEXT, {"type": "null"}]}},
        "required": ["unknown"],
        "additionalProperties": False,
    }
    return {"anyOf": [*value["anyOf"], {"const": "unknown"}, unknown]}


def shares(value: dict[str, Any]) -> dict[str, Any]:
    """Party to value."""
    return {"type": "object", "additionalProperties": value}


def names() -> dict[str, Any]:
    """One party, or a list of them."""
    return {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}


def span() -> dict[str, Any]:
    """A span in years or months."""
    return {"type": ["string", "number"], "description": f"Years, e.g. 5 or 18 months; at most {MAX_YEARS}."}


AMOUNT = maybe_unknown(NUMBER)
"""An amount in the unit of the sheet, or unknown."""
PERCENT = maybe_unknown(_PERCENTAGE)
"""A percentage or a ratio, or unknown."""
PAID = {
    "from": TEXT,
    "amount": maybe_unknown({"anyOf": [*NUMBER["anyOf"], *YEARLY["anyOf"]]}),
    "start": SIGNING,
    "years": span(),
}
"""Money that a public party pays once or yearly."""
PRICE = mapping({"rate": PERCENT, "basis": {"enum": ["compound", "simple", "unknown"]}}, ("rate",))
"""A yearly return, and how it compounds."""


def price() -> dict[str, Any]:
    """A price, or unknown."""
    return {"anyOf": [{"const": "unknown"}, PRICE]}
