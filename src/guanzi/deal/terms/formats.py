"""JSON Schema of term sheets, for editors: completion, and a first check while writing.

The schema knows keys, types and closed lists; references between clauses and conditions are checked by the reader.
"""

from __future__ import annotations

from typing import Any

from guanzi.deal.terms.clauses import COVENANT, EVENT, PROMISE, TIER, UNKNOWN_CLAUSE
from guanzi.deal.terms.instruments import kinds
from guanzi.deal.terms.reading import PARTY, STATUSES, STEPS, UNITS
from guanzi.deal.terms.schema import (
    CONTRACT,
    DATE,
    WORDS,
    by_id,
    mapping,
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
                "parties": by_id(PARTY),
                "instruments": by_id(_any("instruments")),
                "covenants": by_id(COVENANT),
                "tiers": {"type": "array", "items": TIER},
                "events": by_id(EVENT),
                "incentives": by_id(_any("incentives")),
                "promises": by_id(PROMISE),
                "unknown_clauses": by_id({"anyOf": [*WORDS["anyOf"], UNKNOWN_CLAUSE]}),
                "contract": CONTRACT,
            },
            ("deal", "currency", "known_on", "signed", "parties"),
        ),
    }


def _any(section: str) -> dict[str, Any]:
    """One of the instruments of a section."""
    return {"oneOf": [kind.form for kind in kinds() if kind.section == section]}
