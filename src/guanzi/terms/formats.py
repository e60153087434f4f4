"""JSON Schema of term sheets, for editors: completion, and a first check while writing.

The schema knows keys, types and closed lists; references between clauses and conditions are checked by the reader.
"""

from __future__ import annotations

from typing import Any

from guanzi.terms.loans import RANKS, REPAYMENTS
from guanzi.terms.reading import ROLES, STEPS, UNITS
from guanzi.terms.values import MAX_YEARS

_ID = "^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
_TEXT = {"type": "string"}
_DATE = {"type": "string", "format": "date"}
_SIGNING = {"anyOf": [_DATE, {"const": "unknown"}], "description": "A day; without it, the day of signing is assumed."}
_NUMBER = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[-+]?[0-9][0-9_]*([.][0-9]+)?$"}]}
_PERCENT = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[-+]?[0-9][0-9_.]*\\s*%$"}]}
_CONDITION = {"type": "string", "description": "A condition, e.g. year_total(units) >= 20_000 and not listed."}
_NOTES = {"source": {"type": "string", "description": "Id of a source of the case."}, "note": _TEXT}


def json_schema() -> dict[str, Any]:
    """The schema of a term sheet (JSON Schema 2020-12)."""
    amount, percent = _maybe_unknown(_NUMBER), _maybe_unknown(_PERCENT)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Guanzi term sheet",
        **_mapping(
            {
                "deal": {"type": "string", "description": "Id of the deal."},
                "title": _TEXT,
                "status": {"enum": ["framework", "definitive"]},
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code."},
                "unit": {"enum": list(UNITS), "description": "Amounts are in this many units of the currency."},
                "known_on": {**_DATE, "description": "Day from which the deal team held this version."},
                "signed": {**_DATE, "description": "Day of signing; the simulation begins in its quarter."},
                "horizon": {"type": ["string", "integer"], "description": f"Years simulated, at most {MAX_YEARS}."},
                "step": {"enum": list(STEPS)},
                "parties": _by_id(_party()),
                "instruments": _by_id(
                    {"oneOf": [_equity(amount, percent), _put(percent), _call(percent), _loan(amount, percent)]}
                ),
                "covenants": _by_id(_covenant()),
                "tiers": {"type": "array", "items": _tier()},
                "events": _by_id(_event(percent)),
                "incentives": _by_id({"oneOf": [_grant(percent), _land(amount, percent), _guarantee(amount, percent)]}),
                "promises": _by_id(_promise(amount, percent)),
                "unknown_clauses": _by_id({"anyOf": [_TEXT, _mapping({"text": _TEXT, "name": _TEXT}, ("text",))]}),
            },
            ("deal", "currency", "known_on", "signed", "parties"),
        ),
    }


def _mapping(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**properties, **_NOTES},
        "required": list(required),
        "additionalProperties": False,
    }


def _by_id(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "propertyNames": {"pattern": _ID}, "additionalProperties": item}


def _maybe_unknown(value: dict[str, Any]) -> dict[str, Any]:
    """The value, the word unknown, or unknown with a bracket."""
    bracket = {
        "type": "object",
        "properties": {"low": value, "high": value, "note": _TEXT},
        "additionalProperties": False,
    }
    unknown = {
        "type": "object",
        "properties": {"unknown": {"anyOf": [bracket, _TEXT, {"type": "null"}]}},
        "required": ["unknown"],
        "additionalProperties": False,
    }
    return {"anyOf": [*value["anyOf"], {"const": "unknown"}, unknown]}


def _shares(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def _party() -> dict[str, Any]:
    limits = {"type": "object", "additionalProperties": _NUMBER}
    return _mapping({"role": {"enum": list(ROLES)}, "name": _TEXT, "limits": limits}, ("role",))


def _equity(amount: dict[str, Any], percent: dict[str, Any]) -> dict[str, Any]:
    tranche = _mapping(
        {
            "id": {"type": "string", "pattern": _ID},
            "name": _TEXT,
            "amount": {"anyOf": [*amount["anyOf"], _shares(amount)]},
            "due": _DATE,
            "if": _CONDITION,
            "expires": _DATE,
        },
        ("id", "amount", "due"),
    )
    payment = _mapping({"due": _DATE, "amount": amount}, ("due", "amount"))
    contribution = _mapping(
        {
            "cash": {"anyOf": [*amount["anyOf"], {"type": "array", "items": payment}]},
            "assets": {"anyOf": [*amount["anyOf"], _mapping({"value": amount, "basis": _TEXT}, ("value",))]},
        }
    )
    return _mapping(
        {
            "type": {"const": "equity"},
            "name": _TEXT,
            "issuer": _TEXT,
            "share": {**percent, "description": "The public side's share once all instalments are paid."},
            "holders": {"anyOf": [_shares(percent), {"type": "array", "items": _TEXT}]},
            "split": {**_shares(percent), "description": "Who pays which part of a total amount."},
            "tranches": {"type": "array", "items": tranche},
            "contribution": _by_id(contribution),
        },
        ("type", "issuer", "share", "tranches"),
    )


def _price(percent: dict[str, Any]) -> dict[str, Any]:
    priced = _mapping({"rate": percent, "basis": {"enum": ["compound", "simple", "unknown"]}}, ("rate",))
    return {"anyOf": [{"const": "unknown"}, priced]}


def _names() -> dict[str, Any]:
    return {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def _put(percent: dict[str, Any]) -> dict[str, Any]:
    return _mapping(
        {
            "type": {"const": "put"},
            "name": _TEXT,
            "on": _TEXT,
            "holders": _names(),
            "obligors": {**_names(), "description": "Who must pay the price; unknown where it was not seen."},
            "price": _price(percent),
            "when": _CONDITION,
        },
        ("type", "on", "obligors", "price", "when"),
    )


def _call(percent: dict[str, Any]) -> dict[str, Any]:
    return _mapping(
        {
            "type": {"const": "call"},
            "name": _TEXT,
            "on": _TEXT,
            "holder": _TEXT,
            "portion": {"type": ["string", "number"], "description": "50%, or 50% of a holder."},
            "price": _price(percent),
            "when": _CONDITION,
        },
        ("type", "on", "holder", "portion", "price", "when"),
    )


def _span() -> dict[str, Any]:
    return {"type": ["string", "number"], "description": f"Years, e.g. 5 or 18 months; at most {MAX_YEARS}."}


def _loan(amount: dict[str, Any], percent: dict[str, Any]) -> dict[str, Any]:
    loan = _mapping(
        {
            "type": {"const": "loan"},
            "name": _TEXT,
            "lender": _TEXT,
            "borrower": _TEXT,
            "amount": amount,
            "drawn": _DATE,
            "if": _CONDITION,
            "expires": _DATE,
            "rate": percent,
            "repayment": {"enum": list(REPAYMENTS)},
            "years": _span(),
            "maturity": _span(),
            "rank": {"enum": list(RANKS)},
            "security": {**percent, "description": "Pledged part of the issuer's assets."},
        },
        ("type", "lender", "borrower", "amount", "drawn", "rate"),
    )
    return {**loan, "oneOf": [{"required": ["years"]}, {"required": ["maturity"]}]}


def _grant(percent: dict[str, Any]) -> dict[str, Any]:
    yearly = {"type": "string", "pattern": "^[0-9][0-9_]*([.][0-9]+)? per year$"}
    clawback = _mapping(
        {
            "name": _TEXT,
            "when": _CONDITION,
            "recover": percent,
            "enforced": {**percent, "description": "Chance that it is enforced; without it, not seen."},
        },
        ("when", "recover"),
    )
    return _mapping(
        {
            "type": {"enum": ["grant", "rebate"]},
            "name": _TEXT,
            "from": _TEXT,
            "amount": _maybe_unknown({"anyOf": [*_NUMBER["anyOf"], yearly]}),
            "start": _SIGNING,
            "years": _span(),
            "if": _CONDITION,
            "clawback": clawback,
        },
        ("type", "from", "amount"),
    )


def _land(amount: dict[str, Any], percent: dict[str, Any]) -> dict[str, Any]:
    return _mapping(
        {
            "type": {"const": "land"},
            "name": _TEXT,
            "from": _TEXT,
            "hectares": _NUMBER,
            "value": {**amount, "description": "Market value; without it, not seen."},
            "discount": percent,
            "due": _SIGNING,
            "buy_back": {"anyOf": [{"type": "boolean"}, *percent["anyOf"]]},
        },
        ("type", "from", "discount"),
    )


def _guarantee(amount: dict[str, Any], percent: dict[str, Any]) -> dict[str, Any]:
    return _mapping(
        {
            "type": {"const": "guarantee"},
            "name": _TEXT,
            "from": _TEXT,
            "share": percent,
            "limit": amount,
            "until": _DATE,
        },
        ("type", "from", "share", "limit"),
    )


def _promise(amount: dict[str, Any], percent: dict[str, Any]) -> dict[str, Any]:
    chance = {**percent, "description": "Chance that it is kept on time; without it, not seen."}
    return _mapping(
        {"name": _TEXT, "from": _TEXT, "what": _TEXT, "due": _SIGNING, "probability": chance, "cost": amount},
        ("from", "what"),
    )


def _covenant() -> dict[str, Any]:
    return _mapping(
        {
            "name": _TEXT,
            "text": _TEXT,
            "require": _CONDITION,
            "from": _DATE,
            "until": _CONDITION,
            "remedy": {"type": "string", "description": "Id of the put that a breach opens, or unknown."},
        },
        ("require",),
    )


def _tier() -> dict[str, Any]:
    costs = _mapping({"low": _NUMBER, "high": _NUMBER}, ("low", "high", "source"))
    return _mapping(
        {
            "id": {"type": "string", "pattern": _ID},
            "name": _TEXT,
            "when": _CONDITION,
            "proof": _TEXT,
            "leaving_costs": {"anyOf": [{"const": "unknown"}, costs]},
            "baseline": {"type": "boolean"},
        },
        ("id", "when"),
    )


def _event(percent: dict[str, Any]) -> dict[str, Any]:
    return _mapping({"name": _TEXT, "due": _DATE, "probability": percent, "by": _TEXT}, ("due", "probability"))
