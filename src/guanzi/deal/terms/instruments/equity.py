"""Equity: new shares against instalments, and what the partner contributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from guanzi.base.core import Message, Place, one_of
from guanzi.deal.terms.amounts import percent, quantity, rounded, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Unknown, Value
from guanzi.deal.terms.flow import AskedCondition, Flow, Nature
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind
from guanzi.deal.terms.instruments.preference import FORM as PREFERENCE
from guanzi.deal.terms.instruments.preference import PROTECTIONS, Preference, explain_preference, read_preference
from guanzi.deal.terms.instruments.tranche import FORM as TRANCHE
from guanzi.deal.terms.instruments.tranche import Tranche, explain_tranche, read_tranche
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, DATE, PERCENT, TEXT, WORDS, by_id, form_of, mapping, shares
from guanzi.deal.terms.values import (
    amount,
    divide_bracket,
    fill_remainder,
    fraction,
    is_stated,
    is_unknown,
    read_value,
    scale_value,
)

_PAYMENT = mapping({"due": DATE, "amount": AMOUNT}, ("due", "amount"))
_ASSETS = mapping({"value": AMOUNT, "basis": WORDS}, ("value",))
_CONTRIBUTION = mapping(
    {
        "cash": {"anyOf": [*AMOUNT["anyOf"], {"type": "array", "items": _PAYMENT}]},
        "assets": {"anyOf": [*AMOUNT["anyOf"], _ASSETS]},
    }
)
FORM = form_of(
    "equity",
    {
        "issuer": TEXT,
        "share": {**PERCENT, "description": "The public side's share once all instalments are paid."},
        "holders": {"anyOf": [shares(PERCENT), {"type": "array", "items": TEXT}]},
        "split": {**shares(PERCENT), "description": "Who pays which part of a total amount."},
        "tranches": {"type": "array", "items": TRANCHE},
        "contribution": by_id(_CONTRIBUTION),
        "preference": PREFERENCE,
        "anti_dilution": {"enum": list(PROTECTIONS)},
    },
    ("issuer", "share", "tranches"),
)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What the partner puts in: cash by date, and assets in kind with the basis of their value."""

    party: str
    place: Place
    cash: tuple[tuple[date, Value], ...] = ()
    assets: Value | None = None
    basis: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Equity:
    """New shares of the issuer against instalments.

    Attributes:
        share: The public side's fully diluted share once all tranches are paid, as a ratio.
        holders: Holder to share.
        preference: What preferred shares get first; None: ordinary shares.
        anti_dilution: Protection against a later round at a lower price: ``none``, ``weighted`` (broad-based weighted
            average of prices) or ``full`` (full ratchet).
    """

    id: str
    issuer: str
    share: Value
    holders: Mapping[str, Value]
    tranches: tuple[Tranche, ...]
    place: Place
    contributions: tuple[Contribution, ...] = ()
    source: str = ""
    preference: Preference | None = None
    anti_dilution: str = "none"

    def moved(self, change: Callable[[Tranche], Tranche | None]) -> Equity:
        """The stake with every instalment changed that is not out yet; None leaves one out."""
        found = (item if item.already is not None else change(item) for item in self.tranches)
        return replace(self, tranches=tuple(item for item in found if item is not None))


def read_equity(id: str, cursor: Cursor, context: Context) -> Equity | None:
    """New shares against instalments."""
    cursor.fits(FORM)
    if not isinstance(cursor.value, dict):
        return None
    issuer = cursor.at("issuer").reference(context.ids("issuer"), "issuer")
    share = read_value(cursor.at("share"), fraction)
    holders = _holders(cursor, share, context)
    stated = cursor.at("holders").value
    misnamed = isinstance(stated, dict | list) and len(holders) < len(stated)
    payers = context.ids("public", "holder") if misnamed else tuple(holders)  # a slip is not reported twice
    split = _parts(cursor.at("split"), payers, fraction) if cursor.has("split") else {}
    if split:
        _check_sum(cursor.at("split"), split, 1.0)
        split = fill_remainder(split, 1.0)
    tranches = tuple(
        tranche
        for item in cursor.at("tranches").items()
        if (tranche := read_tranche(item, lambda at: _amounts(at, payers, split), context)) is not None
    )
    contributions = tuple(
        contribution
        for party, entry in cursor.at("contribution").entries()
        if (contribution := _contribution(party, entry, tranches, context)) is not None
    )
    preference = read_preference(cursor.at("preference"), context)
    guard = cursor.at("anti_dilution").choice(PROTECTIONS, "none")
    if issuer is None or share is None or misnamed:
        return None
    source = cursor.at("source").text()
    return Equity(id, issuer, share, holders, tranches, cursor.place, contributions, source, preference, guard)


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
    entry.report(cause, one_of(name, valid) or Message.of("terms.mend.declare", name=name), at_key=True)


def _check_sum(cursor: Cursor, parts: Mapping[str, Value], total: float) -> None:
    """Known parts add up to the total; with unknown ones they leave something for them."""
    known = sum(part for part in parts.values() if not isinstance(part, Unknown))
    if isinstance(cursor.value, dict) and cursor.name in ("holders", "split") and len(parts) < len(cursor.value):
        return  # a name or a value is wrong: that has been said
    complete = not any(isinstance(part, Unknown) for part in parts.values())
    if known > total + 1e-6 or (complete and parts and known < total - 1e-6):
        cause = Message.of("terms.sheet.parts_differ", field=cursor.name, parts=round(known, 8), total=total)
        cursor.report(cause, Message.of("terms.mend.parts"))


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
        return scale_value(part, total)
    if not isinstance(part, Unknown):
        return scale_value(total, part)
    return scale_value(total, part.assumed or 0.0)


def _contribution(party: str, cursor: Cursor, tranches: tuple[Tranche, ...], context: Context) -> Contribution | None:
    if party not in context.parties:
        _no_holder(cursor, party, context.ids())
        return None
    cursor.fits(_CONTRIBUTION)
    if not isinstance(cursor.value, dict):
        return None
    cash: list[tuple[date, Value]] = []
    entry = cursor.at("cash")
    if isinstance(entry.value, list):
        for item in entry.items():
            item.fits(_PAYMENT)
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
        assets.fits(_ASSETS)
        worth, basis = read_value(assets.at("value"), amount), assets.at("basis").words()
    else:
        worth = read_value(assets, amount)
    return Contribution(party, cursor.place, tuple(cash), worth, basis, cursor.at("source").text())


def _explain(say: Phrases, equity: Equity) -> Iterator[Clause]:
    yield _stake(say, equity)
    if equity.preference is not None:
        yield explain_preference(say, equity.id, equity.preference, equity.source)
    if equity.anti_dilution != "none":
        message = Message.of(f"terms.explain.guard_{equity.anti_dilution}")
        yield Clause(f"{equity.id}.anti_dilution", "stake", message, "known", equity.place, equity.source)
    for tranche in equity.tranches:
        yield explain_tranche(say, equity.id, tranche)
    for contribution in equity.contributions:
        yield _brought(say, equity, contribution)


def _stake(say: Phrases, equity: Equity) -> Clause:
    holders = tuple(
        Message.of("terms.explain.holds", party=say.name(id), share=value_in_words(share, "share", percent))
        for id, share in equity.holders.items()
    )
    share = value_in_words(equity.share, "share", percent)
    issuer = say.name(equity.issuer)
    if len(equity.holders) == 1:
        holder = say.name(next(iter(equity.holders)))
        message = Message.of("terms.explain.equity_of_one", issuer=issuer, share=share, party=holder)
    elif follows_money(equity):
        names = tuple(map(say.name, equity.holders))
        message = Message.of("terms.explain.equity_by_money", issuer=issuer, share=share, holders=names)
    else:
        message = Message.of("terms.explain.equity", issuer=issuer, share=share, holders=holders)
    state = state_of(equity.share, *equity.holders.values())
    if follows_money(equity):
        state = "bracketed" if is_stated(equity.share) else "unknown"
    return Clause(equity.id, "stake", message, state, equity.place, equity.source)


def _brought(say: Phrases, equity: Equity, part: Contribution) -> Clause:
    items = [
        Message.of("terms.explain.cash", amount=say.amount(value), due=due.isoformat()) for due, value in part.cash
    ]
    if part.assets is not None:
        basis: str | Message = part.basis or Message.of("terms.explain.no_basis")
        items.append(Message.of("terms.explain.assets", value=say.amount(part.assets), basis=basis))
    message = Message.of("terms.explain.contribution", party=say.name(part.party), items=tuple(items))
    state = state_of(*(value for _, value in part.cash), part.assets)
    id = f"{equity.id}.contribution.{part.party}"
    return Clause(id, "stake", message, state, part.place, part.source)


def follows_money(equity: Equity) -> bool:
    """Whether no holder's share was seen, so that holders share in proportion to what they pay."""
    return len(equity.holders) > 1 and not any(map(is_stated, equity.holders.values()))


def _gaps(gaps: Gaps, equity: Equity) -> Iterator[Gap]:
    yield from gaps.value(equity.id, equity.share, Message.of("terms.gap.share"), percent, equity.source)
    if follows_money(equity):
        what = Message.of("terms.gap.holder_shares")
        yield gaps.gap(equity.id, what, "by_money", equity.place, source=equity.source)
    else:
        for holder, share in equity.holders.items():
            what = Message.of("terms.gap.holder_share", party=gaps.names.get(holder, holder))
            yield from gaps.value(equity.id, share, what, percent, equity.source)
    if equity.preference is not None:
        id, preference = f"{equity.id}.preference", equity.preference
        yield from gaps.item(id, equity.id, preference.multiple, "multiple", quantity, equity.source)
        yield from gaps.item(id, equity.id, preference.cap, "pref_cap", quantity, equity.source)
    yield from _part_gaps(gaps, equity)
    for tranche in equity.tranches:
        for payer, part in tranche.amounts.items():
            if not (isinstance(part, Unknown) and part.assumed is not None):
                what = Message.of(
                    "terms.gap.amount", id=gaps.sheet.called(tranche.id), party=gaps.names.get(payer, payer)
                )
                source = tranche.source or equity.source
                yield from gaps.value(f"{equity.id}.{tranche.id}", part, what, gaps.money, source)
    for brought in equity.contributions:
        id, source = f"{equity.id}.contribution.{brought.party}", brought.source or equity.source
        party = gaps.names.get(brought.party, brought.party)
        for due, cash in brought.cash:
            what = Message.of("terms.gap.cash", party=party, due=due.isoformat())
            yield from gaps.value(id, cash, what, gaps.money, source)
        yield from gaps.value(id, brought.assets, Message.of("terms.gap.assets", party=party), gaps.money, source)


def _part_gaps(gaps: Gaps, equity: Equity) -> Iterator[Gap]:
    """Parts of known totals: one gap for each payer, over all instalments."""
    for payer in dict.fromkeys(payer for tranche in equity.tranches for payer in tranche.amounts):
        paid = {tranche.id: tranche.amounts.get(payer) for tranche in equity.tranches}
        parts = {id: part for id, part in paid.items() if isinstance(part, Unknown) and part.assumed is not None}
        if parts:
            first = next(iter(parts.values()))
            name = gaps.names.get(payer, payer)
            what = Message.of("terms.gap.parts", party=name, ids=tuple(map(gaps.sheet.called, parts)))
            values = tuple(gaps.money(rounded(part.assumed or 0.0)) for part in parts.values())
            assumption = Message.of("terms.assumption.values", values=values)
            yield Gap(equity.id, what, assumption, True, first.place, first.note, equity.source)


def _asked(equity: Equity) -> Iterator[AskedCondition]:
    for tranche in equity.tranches:
        if tranche.condition is not None:
            clause = f"{equity.id}.{tranche.id}"
            yield AskedCondition(tranche.condition, "payment", tranche.id, clause, tranche.due, tranche.expires)
    if equity.preference is not None and equity.preference.sale is not None:
        yield AskedCondition(equity.preference.sale, "right", equity.id, f"{equity.id}.preference")


def _flows(equity: Equity, sheet: Head) -> Iterator[Flow]:
    """Instalments of all payers, and what partners put in: cash by its days, and things at their stated value."""
    for tranche in equity.tranches:
        for payer, value in tranche.amounts.items():
            yield Flow(
                tranche.id, equity.id, f"{equity.id}.{tranche.id}", "equity", payer, equity.issuer, value, tranche.due,
                "invested", tranche.place, tranche.condition, tranche.expires, shares=True,
                source=tranche.source or equity.source, already=tranche.already,
            )  # fmt: skip
    first = equity.tranches[0].due if equity.tranches else sheet.signed
    for part in equity.contributions:
        id, things = f"{equity.id}.contribution.{part.party}", () if part.assets is None else ((first, part.assets),)
        for number, (due, value) in enumerate((*part.cash, *things), start=1):
            nature: Nature = "invested" if number <= len(part.cash) else "in_kind"
            yield Flow(
                f"{id}.{number}", equity.id, id, "equity", part.party, equity.issuer, value, due, nature, part.place,
                shares=True, source=part.source or equity.source,
            )  # fmt: skip


KIND = InstrumentKind(
    Equity,
    ("equity",),
    "instruments",
    read_equity,
    FORM,
    _explain,
    _gaps,
    _asked,
    _flows,
)
