"""Reading of covenants, tiers, events, promises, and clauses whose text was not seen."""

from __future__ import annotations

from datetime import date

from guanzi.base.core import Duration, InvalidInput, Message
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.instruments import kinds
from guanzi.deal.terms.instruments.grant import PER_YEAR, read_payment
from guanzi.deal.terms.instruments.pricing import listed
from guanzi.deal.terms.parts import Covenant, Event, LeavingCosts, Promise, Tier, UnknownClause
from guanzi.deal.terms.schema import (
    AMOUNT,
    ASSUMED,
    CONDITION,
    DATE,
    ID,
    NUMBER,
    PERCENT,
    SIGNING,
    TEXT,
    WORDS,
    YEARLY,
    mapping,
    maybe_unknown,
    names,
)
from guanzi.deal.terms.scope import Scope
from guanzi.deal.terms.values import (
    UNKNOWN,
    amount,
    as_written,
    day_or_signing,
    fraction,
    is_unknown,
    read_condition,
    read_or_unseen,
    read_unknown,
    read_value,
)

MOST_CURE = 60
"""Months of a period of cure: a longer one is no cure, but another covenant."""
COVENANT = mapping(
    {
        "name": WORDS,
        "text": WORDS,
        "require": CONDITION,
        "from": DATE,
        "until": CONDITION,
        "cure": {
            "type": "string",
            "description": "Time to cure a failure before it is a breach, e.g. 6 months, or unknown.",
        },
        "remedy": {"type": "string", "description": "Id of the put that a breach opens, or unknown."},
    },
    ("require",),
)
_COSTS = mapping({"low": NUMBER, "high": NUMBER, "source": WORDS}, ("low", "high", "source"))
TIER = mapping(
    {
        "id": {"type": "string", "pattern": ID},
        "name": WORDS,
        "when": CONDITION,
        "proof": WORDS,
        "leaving_costs": {"anyOf": [{"const": "unknown"}, _COSTS]},
        "baseline": {"type": "boolean"},
    },
    ("id", "when"),
)
EVENT = mapping(
    {"name": WORDS, "due": DATE, "probability": PERCENT, "by": TEXT, "assumed": ASSUMED}, ("due", "probability")
)
PROMISE = mapping(
    {
        "name": WORDS,
        "from": TEXT,
        "what": WORDS,
        "due": SIGNING,
        "probability": {**PERCENT, "description": "Chance that it is kept on time; without it, not seen."},
        "cost": AMOUNT,
        "broken": {**PERCENT, "description": "Chance that it is never kept."},
        "penalty": {**maybe_unknown(YEARLY), "description": "What is owed while it is late."},
        "suspends": {**names(), "description": "Covenants that are not tested while it is late."},
    },
    ("from", "what"),
)
UNKNOWN_CLAUSE = mapping(
    {
        "text": WORDS,
        "name": WORDS,
        "of": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Types of instrument of which it is, e.g. [land, grant]; []: it moves no money.",
        },
    },
    ("text",),
)


def read_covenant(id: str, cursor: Cursor, scope: Scope, rights: tuple[str, ...]) -> Covenant | None:
    """A promise of the company, and what its breach opens."""
    if not cursor.fits(COVENANT):
        return None
    require, remedy = cursor.at("require"), cursor.at("remedy")
    consequence = read_unknown(remedy, amount) if is_unknown(remedy) else remedy.reference(rights, "right")
    return Covenant(
        id,
        None if is_unknown(require) else read_condition(require, scope),
        cursor.place,
        cursor.at("from").day(),
        read_condition(cursor.at("until"), scope),
        consequence,
        cursor.at("text").words(),
        cursor.at("source").text(),
        cursor.at("name").words(),
        _cure(cursor.at("cure"), scope.step),
    )


def _cure(cursor: Cursor, step: int) -> int | None:
    """Months in which a failure can be cured: whole steps, as it is looked at step by step; None: not seen."""
    if cursor.value == UNKNOWN:
        return None
    if cursor.value is None:
        return 0
    try:
        months = Duration.parse(str(cursor.value)).months
    except InvalidInput:
        months = 0
    if months < 1 or months % step or months > MOST_CURE:
        cause = Message.of("terms.clause.bad_cure", text=str(cursor.value))
        cursor.report(cause, Message.of("terms.mend.cure", months=step, most=MOST_CURE))
        return 0
    return months


def read_tier(cursor: Cursor, scope: Scope) -> Tier | None:
    """One step of binding."""
    fits = cursor.fits(TIER)
    if not isinstance(cursor.value, dict):
        return None
    when = read_condition(cursor.at("when"), scope)
    costs = _leaving_costs(cursor.at("leaving_costs"))
    baseline = cursor.at("baseline").flag()
    if not fits or when is None:
        return None
    return Tier(
        cursor.at("id").text(),
        when,
        cursor.place,
        cursor.at("proof").words(),
        costs,
        baseline,
        cursor.at("name").words(),
        cursor.at("source").text(),
    )


def _leaving_costs(cursor: Cursor) -> LeavingCosts | None:
    if cursor.value is None or is_unknown(cursor):
        return None
    cursor.fits(_COSTS)
    low, high = amount(cursor.at("low")), amount(cursor.at("high"))
    if low is None or high is None:
        return None
    if low > high:
        ends = {end: as_written(cursor.at(end)) for end in ("low", "high")}
        cursor.report(Message.of("terms.sheet.bracket_reversed", **ends), Message.of("terms.mend.bracket"))
    return LeavingCosts(low, high, cursor.at("source").words())


def read_event(id: str, cursor: Cursor, signed: date, parties: tuple[str, ...]) -> Event | None:
    """Something that someone must bring about."""
    fits = cursor.fits(EVENT)
    if not isinstance(cursor.value, dict):
        return None
    due = cursor.at("due").day()
    if due and due < signed:
        cause = Message.of("terms.sheet.event_before_signing", id=id, due=due.isoformat(), signed=signed.isoformat())
        cursor.at("due").report(cause, Message.of("terms.mend.after_signing"))
    probability = read_value(cursor.at("probability"), fraction)
    by = cursor.at("by").reference(parties, "party")
    if not fits or due is None or probability is None:
        return None
    return Event(id, due, probability, cursor.place, by or "", cursor.at("name").words(), cursor.at("source").text())


def read_promise(
    id: str, cursor: Cursor, signed: date, public: tuple[str, ...], covenants: tuple[str, ...]
) -> Promise | None:
    """What the public side must bring about; a chance that is not stated was not seen."""
    fits = cursor.fits(PROMISE)
    if not isinstance(cursor.value, dict):
        return None
    party = cursor.at("from").reference(public, "public_party")
    what = cursor.at("what").words()
    due, undated = day_or_signing(cursor.at("due"), id, signed)
    chance = read_or_unseen(cursor.at("probability"), fraction, cursor.place)
    cost, penalty = read_value(cursor.at("cost"), amount), read_value(cursor.at("penalty"), _yearly)
    broken = read_value(cursor.at("broken"), fraction)
    named = (item.reference(covenants, "covenant") for item in listed(cursor.at("suspends")))
    suspends = tuple(dict.fromkeys(name for name in named if name is not None))
    if not fits or party is None:
        return None
    return Promise(
        id,
        party,
        what,
        due,
        chance,
        cursor.place,
        0.0 if cost is None else cost,
        cursor.at("source").text(),
        undated,
        0.0 if broken is None else broken,
        0.0 if penalty is None else penalty,
        suspends,
    )


def _yearly(cursor: Cursor) -> float | None:
    """``40 per year``; a sum without a span is refused, because nobody can tell how long it is for."""
    value = cursor.value
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip().endswith(PER_YEAR):
        cause = Message.of("terms.sheet.not_per_year", field=cursor.name, text=str(value))
        cursor.report(cause, Message.of("terms.mend.say_per_year"))
        return None
    return read_payment(cursor)


def read_unknown_clause(id: str, cursor: Cursor) -> UnknownClause:
    """A clause that is known to exist: its text as far as it is known, and where that is known from."""
    if isinstance(cursor.value, str) or (isinstance(cursor.value, dict) and set(cursor.value) <= {"en", "zh"}):
        return UnknownClause(id, cursor.words(), cursor.place)
    of, types = cursor.at("of"), tuple(type for kind in kinds() for type in kind.types)
    found: tuple[str, ...] | None = None
    if cursor.fits(UNKNOWN_CLAUSE) and of.value is not None:
        found = tuple(item.choice(types, "") for item in of.items())
    return UnknownClause(id, cursor.at("text").words(), cursor.place, cursor.at("source").text(), found)
