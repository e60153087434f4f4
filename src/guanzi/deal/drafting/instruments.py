"""The clauses of a sheet, each drafted from the sentences of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from guanzi.base.core import Message
from guanzi.deal.drafting.amounts import later, millions, percent
from guanzi.deal.drafting.conditions import DraftedCondition, is_per_piece
from guanzi.deal.drafting.patterns import one_of, shipped, words
from guanzi.deal.drafting.stake import StakeDrafting
from guanzi.deal.drafting.statements import ContractStatement
from guanzi.deal.drafting.workbench import is_rate
from guanzi.intake.contracts import PageQuote, StatedFigure

_COMPOUND = words("compound")
_SIMPLE = words("simple")
_HEADQUARTERS = words("headquarters")
_RESEARCH = words("research")
_PLANT = words("plant")
_ONCE_PRODUCING = words("once_producing")
_GRANT = one_of(shipped().kinds["grant"])
_LIMIT = words("limit")
_NO_GRANT = words("no_grant")
_WISHED = words("wished")
_OBLIGED = words("obliged")
_WHOLE = words("whole")
_BUYING_BACK = words("buying_back")
_BOUND = words("bound")
_UNTIL_LISTED = words("until_listed")
_COVENANTS = {
    "capacity_local": "capacity", "founder_share": "control", "supplier_share_local": "suppliers", "jobs_local": "jobs",
    "units": "sales", "revenue": "revenue", "ebitda": "ebitda", "tax_local": "taxes",
}  # fmt: skip


class Drafting(StakeDrafting):
    """Drafts the clauses of one contract."""

    def draft(self) -> None:
        """Draft all clauses; what is of a kind and cannot be drafted becomes a clause that was not seen."""
        self.draft_stake()
        self._put()
        for kind, one in (
            ("ratchet", self._ratchet),
            ("revenue_share", self._revenue_share),
            ("guarantee", self._guarantee),
            ("grant", self._grant),
            ("clawback", self._clawback),
            ("covenant", self._covenant),
        ):
            stated_first = sorted(self.of(kind), key=lambda found: kind == "grant" and not self._states_grant(found))
            for statement in stated_first:
                if not one(statement):
                    self.unknown(kind, statement)

    # -- rights ------------------------------------------------------------------------------------------------

    def _put(self) -> None:
        statements = self.of("put")
        if not statements:
            return
        if "stake" not in self.sections.get("instruments", {}):
            for statement in statements:
                self.unknown("put", statement)
            return
        rates = [(one, rate) for one in statements for rate in one.of("share") if is_rate(one, rate)]
        triggers = [(one, condition) for one in statements for condition in self.conditions(one)]
        if not rates and not triggers:
            self.unknown("put", statements[0])
            return
        price: dict[str, Any] = {"rate": "unknown", "basis": "unknown"}
        quotes: list[PageQuote] = []
        if rates:
            statement, rate = rates[0]
            price["rate"] = percent(rate)
            basis = _COMPOUND.search(statement.text) or _SIMPLE.search(statement.text)
            if basis is not None:
                price["basis"] = "compound" if _COMPOUND.search(basis[0]) else "simple"
            quotes += statement.quotes((rate.start, rate.end), *([basis.span()] if basis else []))
        for statement, condition in triggers:
            quotes += statement.quotes(*condition.spans)
        when = " or ".join(dict.fromkeys(condition.text for _, condition in triggers)) or self._unseen_trigger(
            statements[0]
        )
        obligors, told = self._obligors(statements)
        entry = {"type": "put", "on": "stake", "obligors": obligors, "price": price, "when": when}
        self.add("instruments", "put", entry, [*quotes, *told])

    def _unseen_trigger(self, statement: ContractStatement) -> str:
        """An event for a trigger that the text does not give in the words of the language."""
        entry = {
            "due": self.day,
            "probability": "unknown",
            "assumed": ["due"],
            "note": Message.of("terms.draft.trigger"),
        }
        return f"event('{self.add('events', 'put-trigger', entry, statement.quotes())}')"

    def _obligors(self, statements: Sequence[ContractStatement]) -> tuple[Any, list[PageQuote]]:
        """Who must pay the price: who is named before the duty to buy, and who guarantees it."""
        found: list[str] = []
        quotes: list[PageQuote] = []
        guarantees = [one for one in self.of("guarantee") if _BUYING_BACK.search(one.text)]
        for statement in (*statements, *guarantees):
            bound = [
                (at, party)
                for at, party in statement.named
                if party.role != "public" and _BOUND.search(statement.text[at : at + 80])
            ]
            found += [party.id for _, party in bound]
            if bound:
                quotes += statement.quotes(*((at, at + 1) for at, _ in bound))
        return (list(dict.fromkeys(found)) or "unknown"), quotes

    def _ratchet(self, statement: ContractStatement) -> bool:
        shares = [one for one in statement.of("share") if not is_rate(statement, one)]
        conditions = [one for one in self.conditions(statement) if not _overlap(one.spans, shares)]
        giver = statement.before(10**6, "holder") or statement.before(10**6, "issuer")
        if not shares or not conditions or giver is None or "stake" not in self.sections.get("instruments", {}):
            return False
        entry = {
            "type": "ratchet",
            "on": "stake",
            "giver": giver.id,
            "shares": percent(shares[-1]),
            "when": _all(conditions),
        }
        spans = [(shares[-1].start, shares[-1].end), *(span for one in conditions for span in one.spans)]
        self.add("instruments", "ratchet", entry, statement.quotes(*spans))
        return True

    def _revenue_share(self, statement: ContractStatement) -> bool:
        rates, spans = statement.of("share"), statement.of("months")
        investor, issuer = self.party("public"), self.party("issuer")
        years = next((one for one in spans if isinstance(one.value, int | float) and one.value % 12 == 0), None)
        if not rates or years is None or not investor or not issuer:
            return False
        of = "ebitda" if "ebitda" in statement.text else "revenue"
        entry: dict[str, Any] = {"type": "revenue_share", "investor": investor, "issuer": issuer, "of": of}
        entry |= {"rate": percent(rates[0]), "years": int(years.value) // 12}  # type: ignore[arg-type]
        places = [(rates[0].start, rates[0].end), (years.start, years.end)]
        cap = next((one for one in self.money(statement) if _LIMIT.search(statement.text[: one.start])), None)
        if cap is not None:
            entry["cap"] = millions(cap)
            places.append((cap.start, cap.end))
        self.add("instruments", "royalty", entry, statement.quotes(*places))
        return True

    def _guarantee(self, statement: ContractStatement) -> bool:
        if "put" in self.sections.get("instruments", {}) and _BUYING_BACK.search(statement.text):
            return True
        giver = statement.before(10**6, "public")
        share, limit = statement.of("share"), self.money(statement)
        if giver is None or not (share or limit):
            return False
        entry: dict[str, Any] = {"type": "guarantee", "from": giver.id}
        entry["share"] = percent(share[0]) if share else "unknown"
        entry["limit"] = millions(limit[0]) if limit else "unknown"
        until = [one for one in statement.of("day") if isinstance(one.value, date) and one.value > self.day]
        entry |= {"until": until[0].value} if until else {}
        places = [(one.start, one.end) for one in (*share[:1], *limit[:1], *until[:1])]
        self.add("incentives", "guarantee", entry, statement.quotes(*places))
        return True

    def _states_grant(self, statement: ContractStatement) -> bool:
        """Whether a sentence gives the amount of a grant, and not only the most that it may be."""
        money = self.money(statement)
        return any(_is_beside_grant(statement, one) and not _is_limit(statement, one) for one in money)

    def _grant(self, statement: ContractStatement) -> bool:
        giver = statement.before(10**6, "public")
        stated = [one for one in self.money(statement) if _is_beside_grant(statement, one)]
        money = [one for one in stated if not _is_limit(statement, one)]
        if giver is None or not stated:
            return False
        if not money and any(entry["type"] == "grant" for entry in self.sections.get("incentives", {}).values()):
            return False  # the most that all grants come to
        amount: Any = millions(money[0]) if money else {"unknown": {"low": 0, "high": millions(stated[0])}}
        entry: dict[str, Any] = {"type": "grant", "from": giver.id, "amount": amount}
        days = self.coming_days(statement)
        entry |= {"start": days[0].value} if days else {"start": "unknown"}
        conditions = self.conditions(statement) if money else ()
        entry |= {"if": _all(conditions)} if conditions else {}
        places = [(one.start, one.end) for one in ((money or stated)[0], *days[:1])]
        places += [span for one in conditions for span in one.spans]
        self.add("incentives", "grant", entry, statement.quotes(*places))
        return True

    def _clawback(self, statement: ContractStatement) -> bool:
        grants = [id for id, entry in self.sections.get("incentives", {}).items() if entry["type"] == "grant"]
        conditions = self.conditions(statement)
        if not grants or not conditions:
            return False
        part, whole = statement.of("share"), _WHOLE.search(statement.text)
        entry: dict[str, Any] = {"type": "clawback", "on": grants, "when": _all(conditions)}
        entry["recover"] = percent(part[0]) if part else "100%" if whole else "unknown"
        entry["enforced"] = "unknown"
        places = [(part[0].start, part[0].end)] if part else [whole.span()] if whole else []
        places += [span for one in conditions for span in one.spans]
        self.add("incentives", "clawback", entry, statement.quotes(*places))
        return True

    # -- what the company promises -----------------------------------------------------------------------------

    def _covenant(self, statement: ContractStatement) -> bool:
        drafted = any(quote.clause == statement.sentence.number for quote in self.quoted)
        for condition in self.conditions(statement):
            if (id := _COVENANTS.get(condition.metric)) is not None and condition.kept:
                self._promised(id, condition.kept, statement, condition.spans)
                drafted = True
        places = (
            ("headquarters", "hq_local", _HEADQUARTERS),
            ("research", "rnd_local", _RESEARCH),
            *([] if drafted else [("plant", "plant_local", _PLANT)]),
        )
        for id, require, pattern in places if _binds_itself(statement) else ():
            if found := pattern.search(statement.text):
                self._promised(id, require, statement, (found.span(),))
                drafted = True
        return drafted

    def _promised(self, id: str, require: str, statement: ContractStatement, spans: Sequence[tuple[int, int]]) -> None:
        """A promise: the day from which it is tested and its remedy where the sentence gives them."""
        if found := _ONCE_PRODUCING.search(statement.text):
            require, spans = f"not plant_local or {require}", [*spans, found.span()]
        entry: dict[str, Any] = {"require": require}
        days = self.coming_days(statement)
        months = [
            one for one in statement.of("months") if (one.start, one.end) not in spans and one.unit != "anniversary"
        ]
        places = list(spans)
        if days:
            entry["from"] = days[0].value
            places.append((days[0].start, days[0].end))
        elif months and re.search(r"within|\bby\b|内|前", statement.text):
            entry |= {"from": later(self.day, int(months[0].value)), "note": Message.of("terms.draft.from_signing")}  # type: ignore[arg-type]
            places.append((months[0].start, months[0].end))
        if found := _UNTIL_LISTED.search(statement.text):
            entry["until"] = "listed"
            places.append(found.span())
        entry["remedy"] = "unknown"
        self.add("covenants", id, entry, statement.quotes(*places))


def _binds_itself(statement: ContractStatement) -> bool:
    """Whether a party that is not public is the subject of a duty, and nothing is only wished for."""
    text = statement.text
    duties = (
        _OBLIGED.search(text[at : at + 60])
        for at, party in statement.named
        if party.role != "public" and not any(text.startswith(f"{word.lower()}'s", at) for word in party.words)
    )
    return not _WISHED.search(text) and any(duties)


def _is_beside_grant(statement: ContractStatement, figure: StatedFigure) -> bool:
    """Whether an amount is of a grant: the word stands beside it, farther from a limit; no wage, no sum a piece."""
    far = 80 if _is_limit(statement, figure) else 40
    before, after = statement.text[max(0, figure.start - far) : figure.start], statement.text[figure.end :]
    beside = _GRANT.search(before + re.split(r"[,;，；]", after[:20])[0])
    return beside is not None and not _NO_GRANT.search(before[-30:]) and not is_per_piece(statement.text, figure)


def _is_limit(statement: ContractStatement, figure: StatedFigure) -> bool:
    """Whether an amount is the most that may be given."""
    return _LIMIT.search(statement.text[max(0, figure.start - 30) : figure.start]) is not None


def _overlap(spans: Iterable[tuple[int, int]], figures: Iterable[StatedFigure]) -> bool:
    places = {(one.start, one.end) for one in figures}
    return any(span in places for span in spans)


def _all(conditions: Sequence[DraftedCondition]) -> str:
    return " or ".join(dict.fromkeys(one.text for one in conditions))
