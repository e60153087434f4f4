"""JSON Schema of term sheets, for editors: completion, and a first check while writing.

The schema knows keys, types and closed lists; references between clauses and conditions are checked by the reader.
"""

from __future__ import annotations

from typing import Any

from guanzi.deal.terms.instruments import KINDS
from guanzi.deal.terms.reading import ROLES, STATUSES, STEPS, UNITS
from guanzi.deal.terms.schema import (
    AMOUNT,
    CONDITION,
    DATE,
    ID,
    NUMBER,
    PERCENT,
    SIGNING,
    TEXT,
    WORDS,
    YEARLY,
    by_id,
    mapping,
    maybe_unknown,
    names,
)
from guanzi.deal.terms.values import MAX_YEARS


def json_schema() -> dict[str, Any]:
    """The schema of a term sheet (JSON Schema 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Guanzi term sheet",
        **mapping(
            {
                "deal": {"type": "string", "description": "Id of the deal."},
                "title": WORDS,
                "status": {"enum": list(STATUSES)},
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code."},
                "unit": {"enum": list(UNITS), "description": "Amounts are in this many units of the currency."},
                "known_on": {**DATE, "description": "Day from which the deal team held this version."},
                "signed": {**DATE, "description": "Day of signing; the simulation begins in its quarter."},
                "horizon": {"type": ["string", "integer"], "description": f"Years simulated, at most {MAX_YEARS}."},
                "step": {"enum": list(STEPS)},
                "parties": by_id(_party()),
                "instruments": by_id(_any("instruments")),
                "covenants": by_id(_covenant()),
                "tiers": {"type": "array", "items": _tier()},
                "events": by_id(_event()),
                "incentives": by_id(_any("incentives")),
                "promises": by_id(_promise()),
                "unknown_clauses": by_id(
                    {"anyOf": [*WORDS["anyOf"], mapping({"text": WORDS, "name": WORDS}, ("text",))]}
                ),
            },
            ("deal", "currency", "known_on", "signed", "parties"),
        ),
    }


def _any(section: str) -> dict[str, Any]:
    """One of the instruments of a section."""
    return {"oneOf": [kind.schema() for kind in KINDS if kind.section == section]}


def _party() -> dict[str, Any]:
    limits = {"type": "object", "additionalProperties": NUMBER}
    return mapping({"role": {"enum": list(ROLES)}, "name": WORDS, "limits": limits}, ("role",))


def _promise() -> dict[str, Any]:
    late = {
        "broken": {**PERCENT, "description": "Chance that it is never kept."},
        "penalty": {**maybe_unknown(YEARLY), "description": "What is owed while it is late."},
        "suspends": {**names(), "description": "Covenants that are not tested while it is late."},
    }
    chance = {**PERCENT, "description": "Chance that it is kept on time; without it, not seen."}
    own = {"name": WORDS, "from": TEXT, "what": WORDS, "due": SIGNING, "probability": chance, "cost": AMOUNT}
    return mapping(own | late, ("from", "what"))


def _covenant() -> dict[str, Any]:
    return mapping(
        {
            "name": WORDS,
            "text": WORDS,
            "require": CONDITION,
            "from": DATE,
            "until": CONDITION,
            "cure": {"type": "string", "description": "Time to mend a failure before it is a breach, e.g. 6 months."},
            "remedy": {"type": "string", "description": "Id of the put that a breach opens, or unknown."},
        },
        ("require",),
    )


def _tier() -> dict[str, Any]:
    costs = mapping({"low": NUMBER, "high": NUMBER, "source": WORDS}, ("low", "high", "source"))
    return mapping(
        {
            "id": {"type": "string", "pattern": ID},
            "name": WORDS,
            "when": CONDITION,
            "proof": WORDS,
            "leaving_costs": {"anyOf": [{"const": "unknown"}, costs]},
            "baseline": {"type": "boolean"},
        },
        ("id", "when"),
    )


def _event() -> dict[str, Any]:
    return mapping({"name": WORDS, "due": DATE, "probability": PERCENT, "by": TEXT}, ("due", "probability"))
