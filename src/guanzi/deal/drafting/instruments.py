"""The clauses of a sheet, each drafted from the sentences of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from guanzi.base.core import Message
from guanzi.deal.drafting.amounts import later, millions, percent
from guanzi.deal.drafting.conditions import DraftedCondition, conditions_in
from guanzi.deal.drafting.parties import NamedParty
from guanzi.deal.drafting.patterns import one_of, shipped, words
from guanzi.deal.drafting.statements import ContractStatement
from guanzi.intake.contracts import PageQuote, StatedFigure, head_of

_TOTAL = words("total")
_COUNTED = words("counted")
_NO_PRICE = words("no_price")
_RATE = words("rate")
_COMPOUND = words("compound")
_SIMPLE = words("simple")
_CLOSING = words("closing")
_HEADQUARTERS = words("headquarters")
_RESEARCH = words("research")
_PLANT = words("plant")
_GRANT = one_of(shipped().kinds["grant"])
_LIMIT = words("limit")
_WHOLE = words("whole")
_BUYING_BACK = words("buying_back")
_BOUND = words("bound")
_BESIDE = 12
"""Letters within which a name stands beside a figure."""
_UNTIL_LISTED = words("until_listed")
_COVENANTS = {
    "capacity_local": "capacity", "founder_share": "control", "supplier_share_local": "suppliers", "jobs_local": "jobs",
    "units": "sales", "revenue": "revenue", "ebitda": "ebitda",
}  # fmt: skip


class Drafting:
    """Drafts the clauses of one contract.

    Args:
        parties: Of the contract.
        statements: Of the contract.
        day: Of the contract.
        currency: Of the sheet; amounts in another are not drafted.
    """

    def __init__(
        self, parties: Sequence[NamedParty], statements: Sequence[ContractStatement], day: date, currency: str
    ) -> None:
        self.parties, self.statements, self.day, self.currency = parties, statements, day, currency
        self.sections: dict[str, dict[str, dict[str, Any]]] = {}
        self.quoted: set[PageQuote] = set()
        self.anchor = ""

    def draft(self) -> None:
        """Draft all clauses; what is of a kind and cannot be drafted becomes a clause that was not seen."""
        self._stake()
        self._put()
        for kind, one in (
            ("ratchet", self._ratchet),
            ("revenue_share", self._revenue_share),
            ("guarantee", self._guarantee),
            ("grant", self._grant),
            ("clawback", self._clawback),
            ("covenant", self._covenant),
        ):
            for statement in self._of(kind):
                if not one(statement):
                    self._unknown(kind, statement)

    # -- the sheet ---------------------------------------------------------------------------------------------

    def _of(self, kind: str) -> list[ContractStatement]:
        return [one for one in self.statements if one.kind == kind]

    def _party(self, role: str) -> str:
        """The only party of a role; empty where there is none, or several."""
        ids = [party.id for party in self.parties if party.role == role]
        return ids[0] if len(ids) == 1 else ""

    def _add(self, section: str, id: str, entry: dict[str, Any], quotes: Iterable[PageQuote]) -> str:
        own = self.sections.setdefault(section, {})
        taken = {name for entries in self.sections.values() for name in entries}
        name = id if id not in taken else next(f"{id}-{n}" for n in range(2, 999) if f"{id}-{n}" not in taken)
        quoted = list(dict.fromkeys(quotes))
        own[name] = {**entry, "quotes": quoted}
        self.quoted.update(quoted)
        return name

    def _unknown(self, kind: str, statement: ContractStatement) -> None:
        """A clause that is of a kind, and of which the text does not give what the kind needs."""
        if statement.lead or not (statement.figures or kind == "covenant"):
            return
        of = {"instalment": ["equity"], "covenant": []}.get(kind, [kind])
        entry = {"text": head_of(statement.sentence), "of": of}
        self._add("unknown_clauses", kind.replace("_", "-"), entry, statement.quotes())

    def _money(self, statement: ContractStatement) -> list[StatedFigure]:
        """Amounts in the currency of the sheet."""
        return [one for one in statement.of("money") if one.unit in ("", self.currency)]

    def _conditions(self, statement: ContractStatement) -> tuple[DraftedCondition, ...]:
        return conditions_in(statement.sentence.text, statement.figures, self.anchor or "closing")

    # -- the stake ---------------------------------------------------------------------------------------------

    def _stake(self) -> None:
        tranches, cash = self._tranches()
        share = self._share()
        if not tranches and share is None:
            return
        issuer = self._party("issuer")
        if not issuer or not any(party.role == "public" for party in self.parties):
            return
        quotes = [quote for one in tranches[:1] for quote in one["quotes"]]
        entry: dict[str, Any] = {"type": "equity", "issuer": issuer, "share": "unknown"}
        if share is not None:
            statement, figure = share
            entry["share"], quotes = percent(figure), statement.quotes((figure.start, figure.end))
        guessed = [one.pop("guessed") for one in tranches]
        if any(guessed):
            entry |= {"assumed": ["due"], "note": Message.of("terms.draft.no_day")}
        if tranches:
            entry["tranches"] = tranches
        if cash:
            entry["contribution"] = {id: {"cash": paid, "quotes": quoted} for id, (paid, quoted) in cash.items()}
        for one in (*tranches, *(entry.get("contribution") or {}).values()):
            self.quoted.update(one["quotes"])
        self._add("instruments", "stake", entry, quotes)
        self.anchor = tranches[0]["id"] if tranches else ""

    def _tranches(self) -> tuple[list[dict[str, Any]], dict[str, tuple[list[dict[str, Any]], list[PageQuote]]]]:
        """The instalments of public parties, and the cash of the others."""
        tranches: list[dict[str, Any]] = []
        cash: dict[str, tuple[list[dict[str, Any]], list[PageQuote]]] = {}
        found = [(one, figure) for one in self._of("instalment") for figure in self._payable(one)]
        counted = [pair for pair in found if pair[0].lead or _COUNTED.search(pair[0].text)]
        parts = [pair for pair in counted or found if not _is_total(*pair)]
        for statement, figure in parts or found:
            payer = self._payer(statement, figure)
            if payer is None:
                continue
            due, spans, guessed = self._due(statement, figure)
            quotes = statement.quotes((figure.start, figure.end), *spans)
            if payer.role != "public":
                paid, quoted = cash.setdefault(payer.id, ([], []))
                paid.append({"due": due, "amount": millions(figure)})
                quoted.extend(quotes)
                continue
            entry: dict[str, Any] = {"id": f"t{len(tranches) + 1}", "amount": {payer.id: millions(figure)}, "due": due}
            if condition := self._awaited(statement, figure):
                entry["if"], more = condition
                quotes.extend(more)
            tranches.append({**entry, "guessed": guessed, "quotes": list(dict.fromkeys(quotes))})
        return tranches, cash

    def _payable(self, statement: ContractStatement) -> list[StatedFigure]:
        """Amounts of a sentence that are paid for shares."""
        money = self._money(statement)
        return [one for one in money if not _NO_PRICE.search(statement.text[max(0, one.start - 40) : one.start])]

    def _payer(self, statement: ContractStatement, figure: StatedFigure) -> NamedParty | None:
        """Who pays an amount: of several subjects each in turn, else the subject of the sentence."""
        subjects = _subjects(statement, figure.start) or _subjects_of_lead(statement, self.statements)
        turn = self._payable(statement).index(figure)
        if len(subjects) > 1 and re.search(r"respectively|each|各自|分别", statement.text + statement.lead):
            return subjects[turn] if turn < len(subjects) else None
        public = self._party("public")
        of_public = next((party for party in subjects if party.role == "public"), None)
        return of_public or (subjects[0] if subjects else next((one for one in self.parties if one.id == public), None))

    def _due(self, statement: ContractStatement, figure: StatedFigure) -> tuple[date, list[tuple[int, int]], bool]:
        """The day of a payment, where that stands, and whether it is only assumed: the contract gives none."""
        days = [one for one in statement.of("day") if isinstance(one.value, date) and one.value >= self.day]
        after = [one for one in days if one.start > figure.start] or days
        if not after:
            return self.day, [], True
        assert isinstance(after[0].value, date)
        return after[0].value, [(after[0].start, after[0].end)], False

    def _awaited(self, statement: ContractStatement, figure: StatedFigure) -> tuple[str, list[PageQuote]] | None:
        """The condition of an instalment."""
        conditions = [one for one in self._conditions(statement) if one.metric not in ("listed", "listing_filed")]
        if conditions:
            return " and ".join(one.text for one in conditions), statement.quotes(
                *(span for one in conditions for span in one.spans)
            )
        if found := _CLOSING.search(statement.text):
            quotes = statement.quotes(found.span())
            self._closing(quotes)
            return "event('closing')", quotes
        return None

    def _closing(self, quotes: list[PageQuote]) -> None:
        if "closing" in self.sections.get("events", {}):
            return
        by = self._party("issuer")
        entry = {"due": self.day, "probability": "unknown", **({"by": by} if by else {}), "assumed": ["due"]}
        self._add("events", "closing", {**entry, "note": Message.of("terms.draft.no_day_of_event")}, quotes)

    def _share(self) -> tuple[ContractStatement, StatedFigure] | None:
        """The share of the public side."""
        for statement in (*self._of("share"), *self._of("instalment"), *self._of("covenant")):
            for figure in statement.of("share"):
                near = [(at, party) for at, party in statement.named if at < figure.start]
                if near and near[-1][1].role == "issuer" and figure.start - near[-1][0] < _BESIDE:
                    near = near[:1]  # of whom the shares are
                around = statement.text[max(0, figure.start - 80) : figure.end + 60]
                held = re.search(r"hold|own|acquire|represent|持有|持股|取得|占|认购", around)
                if near and near[-1][1].role == "public" and held and not _RATE.search(around):
                    return statement, figure
        return None

    # -- rights ------------------------------------------------------------------------------------------------

    def _put(self) -> None:
        statements = self._of("put")
        if not statements:
            return
        if "stake" not in self.sections.get("instruments", {}):
            for statement in statements:
                self._unknown("put", statement)
            return
        rates = [(one, rate) for one in statements for rate in one.of("share") if _is_rate(one, rate)]
        triggers = [(one, condition) for one in statements for condition in self._conditions(one)]
        if not rates and not triggers:
            self._unknown("put", statements[0])
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
        self._add("instruments", "put", entry, [*quotes, *told])

    def _unseen_trigger(self, statement: ContractStatement) -> str:
        """An event for a trigger that the text does not give in the words of the language."""
        entry = {
            "due": self.day,
            "probability": "unknown",
            "assumed": ["due"],
            "note": Message.of("terms.draft.trigger"),
        }
        return f"event('{self._add('events', 'put-trigger', entry, statement.quotes())}')"

    def _obligors(self, statements: Sequence[ContractStatement]) -> tuple[Any, list[PageQuote]]:
        """Who must pay the price: who is named before the duty to buy, and who guarantees it."""
        found: list[str] = []
        quotes: list[PageQuote] = []
        guarantees = [one for one in self._of("guarantee") if _BUYING_BACK.search(one.text)]
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
        shares = [one for one in statement.of("share") if not _is_rate(statement, one)]
        conditions = [one for one in self._conditions(statement) if not _overlap(one.spans, shares)]
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
        self._add("instruments", "ratchet", entry, statement.quotes(*spans))
        return True

    def _revenue_share(self, statement: ContractStatement) -> bool:
        rates, spans = statement.of("share"), statement.of("months")
        investor, issuer = self._party("public"), self._party("issuer")
        years = next((one for one in spans if isinstance(one.value, int | float) and one.value % 12 == 0), None)
        if not rates or years is None or not investor or not issuer:
            return False
        of = "ebitda" if "ebitda" in statement.text else "revenue"
        entry: dict[str, Any] = {"type": "revenue_share", "investor": investor, "issuer": issuer, "of": of}
        entry |= {"rate": percent(rates[0]), "years": int(years.value) // 12}  # type: ignore[arg-type]
        places = [(rates[0].start, rates[0].end), (years.start, years.end)]
        cap = next((one for one in self._money(statement) if _LIMIT.search(statement.text[: one.start])), None)
        if cap is not None:
            entry["cap"] = millions(cap)
            places.append((cap.start, cap.end))
        self._add("instruments", "royalty", entry, statement.quotes(*places))
        return True

    def _guarantee(self, statement: ContractStatement) -> bool:
        if "put" in self.sections.get("instruments", {}) and _BUYING_BACK.search(statement.text):
            return True
        giver = statement.before(10**6, "public")
        share, limit = statement.of("share"), self._money(statement)
        if giver is None or not (share or limit):
            return False
        entry: dict[str, Any] = {"type": "guarantee", "from": giver.id}
        entry["share"] = percent(share[0]) if share else "unknown"
        entry["limit"] = millions(limit[0]) if limit else "unknown"
        until = [one for one in statement.of("day") if isinstance(one.value, date) and one.value > self.day]
        entry |= {"until": until[0].value} if until else {}
        places = [(one.start, one.end) for one in (*share[:1], *limit[:1], *until[:1])]
        self._add("incentives", "guarantee", entry, statement.quotes(*places))
        return True

    def _grant(self, statement: ContractStatement) -> bool:
        stated = self._money(statement)
        giver = statement.before(10**6, "public")
        money = [one for one in stated if _is_granted(statement, one)]
        if giver is None or not money:
            return False
        entry: dict[str, Any] = {"type": "grant", "from": giver.id, "amount": millions(money[0])}
        days = [one for one in statement.of("day") if isinstance(one.value, date) and one.value >= self.day]
        entry |= {"start": days[0].value} if days else {"start": "unknown"}
        conditions = self._conditions(statement)
        entry |= {"if": _all(conditions)} if conditions else {}
        places = [(one.start, one.end) for one in (money[0], *days[:1])]
        places += [span for one in conditions for span in one.spans]
        self._add("incentives", "grant", entry, statement.quotes(*places))
        return True

    def _clawback(self, statement: ContractStatement) -> bool:
        grants = [id for id, entry in self.sections.get("incentives", {}).items() if entry["type"] == "grant"]
        conditions = self._conditions(statement)
        if not grants or not conditions:
            return False
        part, whole = statement.of("share"), _WHOLE.search(statement.text)
        entry: dict[str, Any] = {"type": "clawback", "on": grants, "when": _all(conditions)}
        entry["recover"] = percent(part[0]) if part else "100%" if whole else "unknown"
        entry["enforced"] = "unknown"
        places = [(part[0].start, part[0].end)] if part else [whole.span()] if whole else []
        places += [span for one in conditions for span in one.spans]
        self._add("incentives", "clawback", entry, statement.quotes(*places))
        return True

    # -- what the company promises -----------------------------------------------------------------------------

    def _covenant(self, statement: ContractStatement) -> bool:
        drafted = any(quote.clause == statement.sentence.number for quote in self.quoted)
        for condition in self._conditions(statement):
            if (id := _COVENANTS.get(condition.metric)) is not None:
                require = condition.text.replace(" < ", " >= ")
                self._promised(id, require, statement, condition.spans)
                drafted = True
        for id, require, pattern in (
            ("headquarters", "hq_local", _HEADQUARTERS),
            ("research", "rnd_local", _RESEARCH),
            *([] if drafted else [("plant", "plant_local", _PLANT)]),
        ):
            if found := pattern.search(statement.text):
                self._promised(id, require, statement, (found.span(),))
                drafted = True
        return drafted

    def _promised(self, id: str, require: str, statement: ContractStatement, spans: Sequence[tuple[int, int]]) -> None:
        """A promise, with the day from which it is tested where the sentence gives one, and without a remedy unless it does."""  # noqa: E501
        entry: dict[str, Any] = {"require": require}
        days = [one for one in statement.of("day") if isinstance(one.value, date) and one.value >= self.day]
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
        self._add("covenants", id, entry, statement.quotes(*places))


def _is_granted(statement: ContractStatement, figure: StatedFigure) -> bool:
    """Whether an amount is that of a grant: the word stands beside it, and it is not the most that may be given."""
    before = statement.text[max(0, figure.start - 40) : figure.start]
    beside = _GRANT.search(before + statement.text[figure.end : figure.end + 20])
    return beside is not None and _LIMIT.search(before[-30:]) is None


def _is_total(statement: ContractStatement, figure: StatedFigure) -> bool:
    return _TOTAL.search(statement.text[max(0, figure.start - 60) : figure.start]) is not None


def _subjects(statement: ContractStatement, end: int) -> list[NamedParty]:
    """The parties before the first verb of paying, and before a place."""
    verb = re.search(
        r"\b(?:shall|will|agrees?|to (?:pay|invest|inject))\b|应|将|同意|支付|缴付|认购|投入", statement.text
    )
    until = min(verb.start(), end) if verb else 0
    return list(dict.fromkeys(party for at, party in statement.named if at < until))


def _subjects_of_lead(statement: ContractStatement, statements: Sequence[ContractStatement]) -> list[NamedParty]:
    lead = next((one for one in statements if statement.lead and one.text == statement.lead), None)
    return _subjects(lead, len(lead.text)) if lead is not None else []


def _is_rate(statement: ContractStatement, figure: StatedFigure) -> bool:
    return _RATE.search(statement.text[max(0, figure.start - 30) : figure.end + 30]) is not None


def _overlap(spans: Iterable[tuple[int, int]], figures: Iterable[StatedFigure]) -> bool:
    places = {(one.start, one.end) for one in figures}
    return any(span in places for span in spans)


def _all(conditions: Sequence[DraftedCondition]) -> str:
    return " or ".join(dict.fromkeys(one.text for one in conditions))
