"""Reading of instruments: equity with instalments and the partner's contribution, put, call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from guanzi.core import Message
from guanzi.terms.cursor import Cursor
from guanzi.terms.scope import Scope
from guanzi.terms.sheet import Call, Contribution, Equity, Party, Put, Tranche, Unknown, Value
from guanzi.terms.values import (
    amount,
    divide_bracket,
    fill_remainder,
    fraction,
    is_stated,
    is_unknown,
    rate,
    read_condition,
    read_trigger,
    read_unknown,
    read_value,
    scaled,
)

_PORTION = re.compile(r"\s*([^\s].*?)\s+of\s+(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Context:
    """What clauses may refer to, and the day of signing."""

    parties: Mapping[str, Party]
    scope: Scope
    signed: date
    equities: tuple[str, ...] = ()
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def ids(self, *roles: str) -> tuple[str, ...]:
        """Ids of the parties in one of the roles; of all parties without a role."""
        return tuple(p.id for p in self.parties.values() if not roles or p.role in roles)


# -- equity ----------------------------------------------------------------------------------------------------


def read_equity(id: str, cursor: Cursor, context: Context) -> Equity | None:
    """New shares against instalments."""
    required = ("type", "issuer", "share", "tranches")
    cursor.check(required, ("holders", "split", "contribution", "source", "name", "note"))
    if not isinstance(cursor.value, dict):
        return None
    issuer = cursor.at("issuer").reference(context.ids("issuer"), "issuer")
    share = read_value(cursor.at("share"), fraction)
    holders = _holders(cursor, share, context)
    split = _parts(cursor.at("split"), tuple(holders), fraction) if cursor.has("split") else {}
    if split:
        _check_sum(cursor.at("split"), split, 1.0)
        split = fill_remainder(split, 1.0)
    tranches = tuple(
        tranche
        for item in cursor.at("tranches").items()
        if (tranche := _tranche(item, tuple(holders), split, context)) is not None
    )
    contributions = tuple(
        contribution
        for party, entry in cursor.at("contribution").entries()
        if (contribution := _contribution(party, entry, tranches, context)) is not None
    )
    if issuer is None or share is None:
        return None
    source = cursor.at("source").text()
    return Equity(id, issuer, share, holders, tranches, cursor.place, contributions, source)


def _holders(cursor: Cursor, share: Value | None, context: Context) -> dict[str, Value]:
    """Holder to share; without ``holders``, the public parties hold it.

    Where no part of the share is stated, all parts stay unknown: they follow the money that each holder pays.
    """
    entry = cursor.at("holders")
    public = context.ids("public")
    if isinstance(entry.value, list):
        named = [item.reference(context.ids("public", "holder"), "party") for item in entry.items()]
        holders: dict[str, Value] = {name: Unknown(entry.place) for name in named if name}
    elif entry.value is not None:
        holders = _parts(entry, context.ids("public", "holder"), fraction)
    else:
        holders = {name: Unknown(cursor.place) for name in public}
    if len(holders) == 1 and share is not None and cursor.value.get("holders") is None:
        return dict.fromkeys(holders, share)
    if len(holders) > 1 and not any(map(is_stated, holders.values())):
        return holders
    if share is not None and not isinstance(share, Unknown):
        _check_sum(entry if entry.value is not None else cursor, holders, share)
        return fill_remainder(holders, share)
    return divide_bracket(holders, share) if share is not None else holders


def _parts(cursor: Cursor, valid: tuple[str, ...], read: Callable[[Cursor], float | None]) -> dict[str, Value]:
    """A mapping of parties to values, checked against those that may stand there."""
    parts: dict[str, Value] = {}
    for name, entry in cursor.entries():
        if name not in valid:
            _no_holder(entry, name, valid)
            continue
        value = read_value(entry, read)
        if value is not None:
            parts[name] = value
    return parts


def _no_holder(entry: Cursor, name: str, valid: tuple[str, ...]) -> None:
    cause = Message.of("terms.sheet.no_such_holder", field=entry.name, name=name)
    mend = Message.of("terms.mend.one_of", names=valid) if valid else Message.of("terms.mend.declare", name=name)
    entry.report(cause, mend, at_key=True)


def _check_sum(cursor: Cursor, parts: Mapping[str, Value], total: float) -> None:
    """Known parts add up to the total; with unknown ones they leave something for them."""
    known = sum(part for part in parts.values() if not isinstance(part, Unknown))
    complete = not any(isinstance(part, Unknown) for part in parts.values())
    if known > total + 1e-6 or (complete and parts and known < total - 1e-6):
        cause = Message.of("terms.sheet.parts_differ", field=cursor.name, parts=round(known, 8), total=total)
        cursor.report(cause, Message.of("terms.mend.parts"))


def _tranche(cursor: Cursor, holders: tuple[str, ...], split: Mapping[str, Value], context: Context) -> Tranche | None:
    cursor.check(("id", "amount", "due"), ("if", "expires", "source", "name", "note"))
    if not isinstance(cursor.value, dict):
        return None
    id = cursor.at("id").text()
    due, expires = cursor.at("due").day(), cursor.at("expires").day()
    amounts = _amounts(cursor.at("amount"), holders, split)
    condition = read_condition(cursor.at("if"), context.scope)
    if due and due < context.signed:
        signed = context.signed.isoformat()
        cause = Message.of("terms.sheet.due_before_signing", id=id, due=due.isoformat(), signed=signed)
        cursor.at("due").report(cause, Message.of("terms.mend.after_signing"))
    if due and expires and expires < due:
        cause = Message.of("terms.sheet.expires_before_due", id=id, expires=expires.isoformat(), due=due.isoformat())
        cursor.at("expires").report(cause, Message.of("terms.mend.expires"))
    if not id or due is None:
        return None
    return Tranche(id, amounts, due, cursor.place, condition, expires, cursor.at("source").text())


def _amounts(cursor: Cursor, holders: tuple[str, ...], split: Mapping[str, Value]) -> dict[str, Value]:
    """Payer to amount: stated one by one, or a total that is divided by the split."""
    if isinstance(cursor.value, dict) and not is_unknown(cursor):
        return _parts(cursor, holders, amount)
    total = read_value(cursor, amount)
    if total is None:
        return {}
    if isinstance(total, Unknown) and total.low is None:
        return dict.fromkeys(holders, total)
    if len(holders) == 1:
        return {holders[0]: total}
    if not split:
        cursor.report(Message.of("terms.sheet.no_split", parties=holders), Message.of("terms.mend.split"))
        return {}
    return {name: _part(total, part) for name, part in split.items()}


def _part(total: Value, part: Value) -> Value:
    """One party's part of a total, either of which may be unknown."""
    if not isinstance(total, Unknown):
        return scaled(part, total)
    if not isinstance(part, Unknown):
        return scaled(total, part)
    return scaled(total, part.assumed or 0.0)


def _contribution(party: str, cursor: Cursor, tranches: tuple[Tranche, ...], context: Context) -> Contribution | None:
    if party not in context.parties:
        _no_holder(cursor, party, context.ids())
        return None
    cursor.check((), ("cash", "assets", "source", "note"))
    if not isinstance(cursor.value, dict):
        return None
    cash: list[tuple[date, Value]] = []
    entry = cursor.at("cash")
    if isinstance(entry.value, list):
        for item in entry.items():
            item.check(("due", "amount"), ("note", "source"))
            due, value = item.at("due").day(), read_value(item.at("amount"), amount)
            if due and due < context.signed:
                names = {"id": party, "due": due.isoformat(), "signed": context.signed.isoformat()}
                cause = Message.of("terms.sheet.cash_before_signing", **names)
                item.at("due").report(cause, Message.of("terms.mend.after_signing"))
            if due and value is not None:
                cash.append((due, value))
    elif (value := read_value(entry, amount)) is not None:
        cash.append((tranches[0].due if tranches else context.signed, value))
    assets = cursor.at("assets")
    basis = ""
    worth: Value | None = None
    if isinstance(assets.value, dict) and not is_unknown(assets):
        assets.check(("value",), ("basis", "source", "note"))
        worth, basis = read_value(assets.at("value"), amount), assets.at("basis").text()
    else:
        worth = read_value(assets, amount)
    return Contribution(party, cursor.place, tuple(cash), worth, basis, cursor.at("source").text())


# -- rights ----------------------------------------------------------------------------------------------------


def read_put(id: str, cursor: Cursor, context: Context) -> Put | None:
    """The holders' right to sell the stake back."""
    cursor.check(("type", "on", "obligors", "price", "when"), ("holders", "source", "name", "note"))
    if not isinstance(cursor.value, dict):
        return None
    on = cursor.at("on").reference(context.equities, "equity")
    stakeholders = context.holders.get(on or "", ())
    holders = tuple(
        name for item in _listed(cursor.at("holders")) if (name := item.reference(stakeholders, "holder")) is not None
    )
    obligors: tuple[str, ...] | None = None
    if not is_unknown(cursor.at("obligors")):
        named = [item.reference(context.ids(), "party") for item in _listed(cursor.at("obligors"))]
        obligors = tuple(name for name in named if name is not None)
        for item in _listed(cursor.at("obligors")):
            if item.value in stakeholders:
                item.report(Message.of("terms.sheet.obligor_is_holder", name=str(item.value)))
    price, basis = _price(cursor.at("price"))
    when = read_trigger(cursor.at("when"), context.scope)
    if on is None or price is None or when is None:
        return None
    source = cursor.at("source").text()
    return Put(id, on, holders or stakeholders, obligors, price, basis, when, cursor.place, source)


def read_call(id: str, cursor: Cursor, context: Context) -> Call | None:
    """A party's right to buy part of the stake back."""
    cursor.check(("type", "on", "holder", "portion", "price", "when"), ("source", "name", "note"))
    if not isinstance(cursor.value, dict):
        return None
    on = cursor.at("on").reference(context.equities, "equity")
    stakeholders = context.holders.get(on or "", ())
    holder = cursor.at("holder").reference(tuple(name for name in context.ids() if name not in stakeholders), "party")
    portion, of = _portion(cursor.at("portion"), stakeholders)
    price, basis = _price(cursor.at("price"))
    when = read_trigger(cursor.at("when"), context.scope)
    if on is None or holder is None or portion is None or price is None or when is None:
        return None
    return Call(id, on, holder, portion, of, price, basis, when, cursor.place, cursor.at("source").text())


def _listed(cursor: Cursor) -> list[Cursor]:
    """The items of a list; a single word is a list of one."""
    return [cursor] if isinstance(cursor.value, str) else cursor.items()


def _price(cursor: Cursor) -> tuple[Value | None, str | Unknown]:
    """Yearly return on what was paid, and how it compounds; what is not said is unknown."""
    if is_unknown(cursor):
        return read_unknown(cursor, rate), Unknown(cursor.place)
    if cursor.value is None:
        return None, Unknown(cursor.place)
    cursor.check(("rate",), ("basis", "source", "note"))
    basis = cursor.at("basis")
    if basis.value is None or is_unknown(basis):
        return read_value(cursor.at("rate"), rate), read_unknown(basis, rate)
    return read_value(cursor.at("rate"), rate), basis.choice(("compound", "simple"), "compound")


def _portion(cursor: Cursor, stakeholders: tuple[str, ...]) -> tuple[float | None, str | None]:
    """``50%``, or ``50% of city``."""
    match = _PORTION.fullmatch(str(cursor.value)) if isinstance(cursor.value, str) else None
    if match is None:
        return fraction(cursor), None
    of = match[2]
    if of not in stakeholders:
        cause = Message.of("terms.sheet.no_such_holder", field=cursor.name, name=of)
        cursor.report(cause, Message.of("terms.mend.one_of", names=stakeholders))
        return None, None
    share = fraction(Cursor(cursor.document, cursor.path, match[1], cursor.problems))
    return share, of
