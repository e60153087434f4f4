"""The stake of the public side: its share, its instalments, what the others put in, and the closing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from guanzi.base.core import Message
from guanzi.deal.drafting.amounts import end_of_quarter, millions, percent
from guanzi.deal.drafting.parties import NamedParty
from guanzi.deal.drafting.patterns import words
from guanzi.deal.drafting.statements import ContractStatement
from guanzi.deal.drafting.workbench import Workbench, is_rate
from guanzi.intake.contracts import PageQuote, StatedFigure, head_of

_TOTAL = words("total")
_COUNTED = words("counted")
_NO_PRICE = words("no_price")
_CLOSING = words("closing")
_EXPECTED = words("expected")
_ASSETS = words("assets_valued")
_PUT_IN = words("assets_put_in")
_HELD = words("held")
_OF_SHARES = words("of_shares")
_PUT_IN_CASH = words("put_in")
_BESIDE = 12
"""Letters within which a name stands beside a figure."""
_TOLERANCE = 5e-4
"""Part of a total within which instalments make it up."""

type _Stated = tuple[ContractStatement, StatedFigure]
type _Paid = tuple[list[dict[str, Any]], list[PageQuote]]


class StakeDrafting(Workbench):
    """Drafts the stake of one contract."""

    def draft_stake(self) -> None:
        """Draft the stake, and name what of its instalments the text counts and does not give."""
        of_shares = any(_OF_SHARES.search(one.text) for one in self.statements)
        paid_in = [one for one in self.of("instalment") if of_shares or _PUT_IN_CASH.search(one.text + one.lead)]
        found = [(one, figure) for one in paid_in for figure in self._payable(one)]
        tranches, cash = self._tranches(found)
        share, issuer = self._share(), self.party("issuer")
        if not (tranches or share) or not issuer or not any(party.role == "public" for party in self.parties):
            return
        quotes = [quote for one in tranches[:1] for quote in one["quotes"]]
        entry: dict[str, Any] = {"type": "equity", "issuer": issuer, "share": "unknown"}
        if share is not None:
            statement, figure = share
            entry["share"], quotes = percent(figure), statement.quotes((figure.start, figure.end))
        guessed = [one.pop("guessed") for one in tranches]
        if any(guessed):
            entry |= {"assumed": ["due"], "note": next(filter(None, guessed))}
        if not tranches:
            unseen = {"id": "t1", "amount": "unknown", "due": self.day, "quotes": quotes}
            tranches, entry = [unseen], entry | {"assumed": ["due"], "note": Message.of("terms.draft.no_day")}
        entry["tranches"] = tranches
        given: dict[str, dict[str, Any]] = {id: {"cash": paid, "quotes": quoted} for id, (paid, quoted) in cash.items()}
        for id, assets, quoted in self._assets():
            beside = given.setdefault(id, {"quotes": []})
            given[id] = {**beside, "assets": assets, "quotes": [*beside["quotes"], *quoted]}
        if given:
            entry["contribution"] = given
        for part in (*tranches, *given.values()):
            self.quoted.update(part["quotes"])
        leads = (lead for one, _ in found if (lead := self.lead_of(one)) is not None)
        self.add("instruments", "stake", entry, [*quotes, *(quote for lead in leads for quote in lead.quotes())])
        self.anchor = tranches[0]["id"]
        self._totals(found, tranches, cash)

    def _tranches(self, found: list[_Stated]) -> tuple[list[dict[str, Any]], dict[str, _Paid]]:
        """The instalments of public parties, and the cash of the others."""
        tranches: list[dict[str, Any]] = []
        cash: dict[str, _Paid] = {}
        counted = [pair for pair in found if pair[0].lead or _COUNTED.search(pair[0].text)]
        parts = [pair for pair in counted or found if not _is_total(*pair)]
        for statement, figure in parts or found:
            payer = self._payer(statement, figure)
            if payer is None or (payer.role == "issuer" and not self._beside_investor(statement)):
                self.unknown("instalment" if payer is None else "covenant", statement)
                continue
            awaited = self._awaited(statement)
            due, spans, guess = self._due(statement, figure)
            quotes = statement.quotes((figure.start, figure.end), *spans)
            if payer.role != "public":
                paid, quoted = cash.setdefault(payer.id, ([], []))
                paid.append({"due": due, "amount": millions(figure)})
                quoted.extend(quotes)
                continue
            entry: dict[str, Any] = {"id": f"t{len(tranches) + 1}", "amount": {payer.id: millions(figure)}, "due": due}
            if awaited is not None:
                entry["if"], more = awaited
                quotes.extend(more)
            tranches.append({**entry, "guessed": guess, "quotes": list(dict.fromkeys(quotes))})
        return tranches, cash

    def _totals(self, found: list[_Stated], tranches: list[dict[str, Any]], cash: dict[str, _Paid]) -> None:
        """Hold what the text states in all against what it gives part by part; the rest is a clause not seen."""
        given: dict[str, float] = {id: sum(part["amount"] for part in paid) for id, (paid, _) in cash.items()}
        for part in tranches:
            for id, amount in part["amount"].items() if part["amount"] != "unknown" else ():
                given[id] = given.get(id, 0.0) + amount
        for statement, figure in found:
            payer = self._payer(statement, figure)
            if payer is None or statement.lead or not given.get(payer.id):
                continue
            total, drafted = millions(figure), given[payer.id]
            number = statement.sentence.number
            if total <= drafted * (1 - _TOLERANCE) or any(quote.clause == number for quote in self.quoted):
                continue
            quotes = statement.quotes((figure.start, figure.end))
            if total <= drafted * (1 + _TOLERANCE):
                self.sections["instruments"]["stake"]["quotes"] += quotes
                self.quoted.update(quotes)
                continue
            name = "tranches" if payer.role == "public" else "contribution"
            note = Message.of("terms.draft.rest", total=total, drafted=drafted)
            text = head_of(statement.sentence)
            self.add("unknown_clauses", name, {"text": text, "of": ["equity"], "note": note}, quotes)

    def _payable(self, statement: ContractStatement) -> list[StatedFigure]:
        """Amounts of a sentence that are paid for shares."""
        found = []
        for one in self.money(statement):
            payer = max((at for at, party in statement.named if at < one.start and party.role != "issuer"), default=0)
            if not _NO_PRICE.search(statement.text[max(payer, one.start - 40) : one.start]):
                found.append(one)
        return found

    def _beside_investor(self, statement: ContractStatement) -> bool:
        """Whether a sentence, or the one that leads it in, names the public side: else a company only invests."""
        named = (*statement.named, *(lead.named if (lead := self.lead_of(statement)) is not None else ()))
        return any(party.role == "public" for _, party in named)

    def _payer(self, statement: ContractStatement, figure: StatedFigure) -> NamedParty | None:
        """Who pays an amount: of several subjects each in turn, else the subject of the sentence."""
        lead, payable = self.lead_of(statement), self._payable(statement)
        turn = payable.index(figure)
        last = payable[turn - 1].end if turn else len(statement.text)
        own = list(dict.fromkeys(x for at, x in statement.named if last <= at < figure.start and x.role != "issuer"))
        subjects = own or _subjects(statement, figure.start)
        subjects = subjects or (_subjects(lead, len(lead.text)) if lead is not None else [])
        if len(subjects) > 1 and re.search(r"respectively|each|各自|分别", statement.text + statement.lead):
            return subjects[turn] if turn < len(subjects) else None
        public = [party for party in subjects or self.parties if party.role == "public"]
        return public[0] if len(public) == 1 else None if public or not subjects else subjects[0]

    def _due(
        self, statement: ContractStatement, figure: StatedFigure
    ) -> tuple[date, list[tuple[int, int]], Message | None]:
        """The day of a payment, where that stands, and what is assumed where the contract gives none."""
        days = self.coming_days(statement)
        after = [one for one in days if one.start > figure.start] or days
        if after:
            assert isinstance(after[0].value, date)
            return after[0].value, [(after[0].start, after[0].end)], None
        closing = self.sections.get("events", {}).get("closing", {})
        if _CLOSING.search(statement.text) and "assumed" not in closing and closing:
            return closing["due"], [], Message.of("terms.draft.day_of_closing")
        return self.day, [], Message.of("terms.draft.no_day")

    def _awaited(self, statement: ContractStatement) -> tuple[str, list[PageQuote]] | None:
        """The condition of an instalment."""
        conditions = [one for one in self.conditions(statement) if one.metric not in ("listed", "listing_filed")]
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
        """Add the event of the closing, with the day on which it is expected where a sentence says so."""
        if "closing" in self.sections.get("events", {}):
            return
        by = self.party("issuer")
        entry: dict[str, Any] = {"due": self.day, "probability": "unknown", **({"by": by} if by else {})}
        for statement in self.statements:
            quarter = end_of_quarter(statement.text)
            days = [(one.value, (one.start, one.end)) for one in self.coming_days(statement)]
            expected = [quarter] if quarter is not None and quarter[0] >= self.day else days
            if expected and _CLOSING.search(statement.text) and _EXPECTED.search(statement.text) and not statement.lead:
                day, span = expected[0]
                self.add("events", "closing", entry | {"due": day}, [*quotes, *statement.quotes(span)])
                return
        entry |= {"assumed": ["due"], "note": Message.of("terms.draft.no_day_of_event")}
        self.add("events", "closing", entry, quotes)

    def _share(self) -> _Stated | None:
        """The share of the public side."""
        for statement in (*self.of("share"), *self.of("instalment"), *self.of("covenant")):
            for figure in statement.of("share"):
                near = [(at, party) for at, party in statement.named if at < figure.start]
                if near and near[-1][1].role == "issuer" and figure.start - near[-1][0] < _BESIDE:
                    near = near[:1]  # of whom the shares are
                around = statement.text[max(0, figure.start - 80) : figure.end + 60]
                rated = is_rate(statement, figure)
                if near and near[-1][1].role == "public" and _HELD.search(around) and not rated:
                    return statement, figure
        return None

    def _assets(self) -> Iterable[tuple[str, dict[str, Any], list[PageQuote]]]:
        """Who puts in assets, their value with its basis, and where both stand."""
        puts = next((one for one in self.statements if one.named and _PUT_IN.search(one.text)), None)
        if puts is None or (giver := _first_but_public(puts)) is None:
            return
        for statement in self.statements:
            found = _ASSETS.search(statement.text)
            value = [one for one in self.money(statement) if found is not None and one.start >= found.start()]
            if found is not None and value:
                quotes = [*puts.quotes(), *statement.quotes((value[0].start, value[0].end))]
                yield giver.id, {"value": millions(value[0]), "basis": head_of(statement.sentence)}, quotes
                return


def _first_but_public(statement: ContractStatement) -> NamedParty | None:
    return next((party for _, party in statement.named if party.role != "public"), None)


def _is_total(statement: ContractStatement, figure: StatedFigure) -> bool:
    return _TOTAL.search(statement.text[max(0, figure.start - 60) : figure.start]) is not None


def _subjects(statement: ContractStatement, end: int) -> list[NamedParty]:
    """The parties before the first verb of paying, and before a place."""
    verb = re.search(
        r"\b(?:shall|will|agrees?|to (?:pay|invest|inject))\b|应|将|同意|支付|缴付|认购|投入|出资", statement.text
    )
    until = min(verb.start(), end) if verb else 0
    return list(dict.fromkeys(party for at, party in statement.named if at < until))
