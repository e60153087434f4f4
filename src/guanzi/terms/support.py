"""What the public side lends, gives, guarantees and promises, in words, and what becomes of it in a failure."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.core import Message
from guanzi.terms.amounts import percent, quantity, value_in_words
from guanzi.terms.clause import Clause, state_of
from guanzi.terms.phrases import Phrases
from guanzi.terms.sheet import Clawback, Grant, Guarantee, Land, Loan, Promise


def dated(state: str, *, undated: bool) -> str:
    """The state of a clause whose day may not be stated: the day of signing is then an assumption."""
    return "bracketed" if undated and state == "known" else state


class Support(Phrases):
    """Says loans, incentives and promises of one sheet."""

    def loan(self, loan: Loan) -> Clause:
        """A loan: terms, rank, and what is recovered in failure."""
        rank = Message.of(f"terms.explain.rank_{loan.rank}", issuer=self.issuer, security=self.part(loan.security))
        message = Message.of(
            "terms.explain.loan",
            lender=self.name(loan.lender),
            borrower=self.name(loan.borrower),
            amount=self.amount(loan.amount),
            rate=value_in_words(loan.rate, "rate", percent),
            drawn=loan.drawn.isoformat(),
            condition=self.only_once(loan.condition),
            expiry=self.expiry(loan.expires),
            years=self.years(loan.years),
            repayment=Message.of(f"terms.explain.{loan.repayment}_{self.sheet.step}"),
            rank=rank,
        )
        state = state_of(loan.amount, loan.rate, loan.security)
        return Clause(loan.id, "loans", message, state, loan.place, loan.source)

    def incentives(self) -> Iterator[Clause]:
        """Grants with their clawbacks, land and guarantees."""
        for grant in self.sheet.grants:
            yield self.grant(grant)
            if grant.clawback is not None:
                yield self.clawback(grant, grant.clawback)
        yield from map(self.land, self.sheet.lands)
        yield from map(self.guarantee, self.sheet.guarantees)

    def grant(self, grant: Grant) -> Clause:
        """A grant or a rebate."""
        condition = Message.of("terms.explain.no_condition")
        if grant.condition is not None:
            form = "terms.explain.if_then" if grant.years == 1 else "terms.explain.if_then_each"
            condition = Message.of(form, condition=self.when(grant.condition))
        message = Message.of(
            f"terms.explain.{grant.kind}_once" if grant.years == 1 else f"terms.explain.{grant.kind}_yearly",
            payer=self.name(grant.payer),
            issuer=self.issuer,
            amount=self.amount(grant.amount),
            years=self.years(grant.years),
            start=self.day(grant.start, undated=grant.undated),
            condition=condition,
            back=Message.of("terms.explain.no_clawback") if grant.clawback is None else "",
        )
        state = dated(state_of(grant.amount), undated=grant.undated)
        return Clause(f"incentive.{grant.id}", "incentives", message, state, grant.place, grant.source)

    def clawback(self, grant: Grant, clawback: Clawback) -> Clause:
        """What must be given back, and how likely it is that it is."""
        message = Message.of(
            "terms.explain.clawback",
            id=grant.id,
            issuer=self.issuer,
            payer=self.name(grant.payer),
            condition=self.when(clawback.when),
            recover=self.part(clawback.recover),
            enforced=self.chance(clawback.enforced),
        )
        state = state_of(clawback.recover, clawback.enforced)
        id = f"incentive.{grant.id}.clawback"
        return Clause(id, "incentives", message, state, clawback.place, grant.source)

    def land(self, land: Land) -> Clause:
        """Land below its price."""
        area: str | Message = ""
        if land.hectares is not None:
            area = Message.of("terms.explain.hectares", area=quantity(land.hectares))
        back = Message.of("terms.explain.no_buy_back", issuer=self.issuer)
        if land.buy_back != 0.0:
            back = Message.of("terms.explain.buy_back", issuer=self.issuer, part=self.part(land.buy_back))
        message = Message.of(
            "terms.explain.land",
            payer=self.name(land.payer),
            issuer=self.issuer,
            area=area,
            value=self.amount(land.value),
            discount=value_in_words(land.discount, "rate", percent),
            due=self.day(land.due, undated=land.undated),
            back=back,
        )
        state = dated(state_of(land.value, land.discount, land.buy_back), undated=land.undated)
        return Clause(f"incentive.{land.id}", "incentives", message, state, land.place, land.source)

    def guarantee(self, guarantee: Guarantee) -> Clause:
        """A guarantee of the company's debt."""
        until = Message.of("terms.explain.open_ended")
        if guarantee.until is not None:
            until = Message.of("terms.explain.until_day", day=guarantee.until.isoformat())
        message = Message.of(
            "terms.explain.guarantee",
            guarantor=self.name(guarantee.guarantor),
            issuer=self.issuer,
            share=self.part(guarantee.share),
            limit=self.amount(guarantee.limit),
            until=until,
        )
        state = state_of(guarantee.share, guarantee.limit)
        return Clause(f"incentive.{guarantee.id}", "incentives", message, state, guarantee.place, guarantee.source)

    def promise(self, promise: Promise) -> Clause:
        """A promise of the public side."""
        cost: str | Message = ""
        if promise.cost != 0.0:
            cost = Message.of("terms.explain.promise_cost", cost=self.amount(promise.cost))
        message = Message.of(
            f"terms.explain.promise_{self.sheet.step}",
            party=self.name(promise.party),
            what=promise.what,
            due=self.day(promise.due, undated=promise.undated),
            probability=self.chance(promise.probability),
            cost=cost,
        )
        state = dated(state_of(promise.probability, promise.cost), undated=promise.undated)
        return Clause(f"promise.{promise.id}", "promises", message, state, promise.place, promise.source)
