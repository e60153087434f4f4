"""Actions on payments of every instrument: one person asks, another releases or refuses; the deal says the amount."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.deal.terms import payouts
from guanzi.jobs.following import subject_of
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.sheets import RunState
from guanzi.office.actions.texts import LongText
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.simulating import ask_run
from guanzi.office.cases.termsheets import signed_tree
from guanzi.office.deciding.gates import barred
from guanzi.office.models import TrancheRelease
from guanzi.office.paying.afterwards import add_watched, milestone_fact, source_row
from guanzi.office.paying.looking import look_again
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.releasing import TrancheTest, try_tranche
from guanzi.office.roles import Role

_SIGNED = frozenset({"signed"})
RELEASERS = frozenset({Role.FINANCE, Role.CHAIR})


class AskMoney(CaseInput):
    """A payment of the signed deal by its id, and why it is asked although something is not known or stands open.

    Attributes:
        tranche: An instalment, a loan, a note, a grant or purchase (``grant.2027`` of one that is paid year by year), a
            guarantee or another payment that is called for.
        amount: What is called, in millions of the currency, where the deal states a right or the most only.
    """

    tranche: str
    words: LongText = Field(default="", max_length=5_000)
    amount: float | None = Field(default=None, gt=0, le=1e9, allow_inf_nan=False)


class AskedMoney(TypedDict):
    """A payment that waits for somebody else, in millions, and what the test of the deal said."""

    release: int
    tranche: str
    amount: float
    answer: str


@action("money.ask", PermissionPolicy(parts=frozenset({"manager", "lead"}), states=_SIGNED), "money")
def ask(context: ActionContext, asked: AskMoney) -> AskedMoney:
    """Ask for a payment; the test of the deal is made as of today, and its answer goes with it."""
    tested = try_tranche(DealNow(context.of), asked.tranche, context.today)
    id = tested.payout.id
    standing = TrancheRelease.objects.filter(case=context.of, tranche=id, state__in=("asked", "released")).first()
    if standing is not None:
        raise InvalidInput(Problem(Message.of(f"office.refused.tranche_{standing.state}", id=id), Place("tranche")))
    _refuse_barred(tested)
    _refuse_own_figures(context, tested)
    amount = _amount(tested, asked.amount)
    if tested.called and not asked.words:
        raise InvalidInput(Problem(Message.of("office.refused.called_why"), Place("words")))
    if tested.open and not asked.words:
        cause = Message.of("office.refused.open", open=tested.open)
        raise InvalidInput(Problem(cause, Place("words"), Message.of("office.refused.open.mend")))
    row = TrancheRelease.objects.create(
        case=context.of,
        tranche=id,
        amount=amount,
        proof=_proof(context, tested),
        test=tested.data,
        rests_on=[one.pk for one in tested.rests_on],
        asked_by=context.person,
        asked_at=context.at,
        words=asked.words,
    )
    context.record.data |= {"tranche": id, "amount": row.amount, "proof": row.proof, "answer": tested.release.answer}
    context.record.data |= _rests_on(tested)
    if asked.words:
        context.record.words["words"] = asked.words
    return {"release": row.pk, "tranche": id, "amount": row.amount, "answer": tested.release.answer}


class AnswerMoney(CaseInput):
    """A payment that was asked for, by the number of the request."""

    release: int


class ReleasedMoney(TypedDict):
    """A payment that is made, in millions."""

    release: int
    tranche: str
    amount: float


@action("money.release", PermissionPolicy(roles=RELEASERS, states=_SIGNED), "money")
def release(context: ActionContext, asked: AnswerMoney) -> ReleasedMoney:
    """Release a payment: somebody else than who asked, and only while the test still lets it be paid."""
    row = _asked(context, asked.release)
    if barred(context.of).filter(person=row.asked_by).exists():
        raise InvalidInput(Problem(Message.of("office.refused.asked_with_interest"), Place("release")))
    tested = try_tranche(DealNow(context.of), row.tranche, context.today)
    _refuse_barred(tested)
    _refuse_own_figures(context, tested, row.asked_by_id)
    if tested.open and not row.words:
        raise InvalidInput(Problem(Message.of("office.refused.open", open=tested.open), Place("release")))
    if _amount(tested, row.amount if tested.called else None) != row.amount:
        raise InvalidInput(Problem(Message.of("office.refused.amount_changed"), Place("release")))
    done = TrancheRelease.objects.filter(pk=row.pk, state="asked").update(
        state="released",
        answered_by=context.person,
        answered_at=context.at,
        proof=_proof(context, tested),
        test=tested.data,
        rests_on=[one.pk for one in tested.rests_on],
    )
    if not done:
        raise InvalidInput(Problem(Message.of("office.refused.answered"), Place("release")))
    row.refresh_from_db()
    today, number = context.today, context.of.newest.number + 1
    names = [f"office-{stand}-{subject_of(row.tranche)}-{number}" for stand in ("asked", "paid")]
    titles = (f"Request for the payment {row.tranche}", f"Release of the payment {row.tranche}")
    own = context.of.organisation.name
    facts = [
        milestone_fact(name, stand, row.tranche, True, today, today)
        for name, stand in zip(names, ("reported", "verified"), strict=True)
    ]
    sources = {name: source_row(own, title, today) for name, title in zip(names, titles, strict=True)}
    made = add_watched(context.of, names[1], sources, facts, context.person, "release")
    _all_paid(context, tested)
    look_again(context.of, context.at, today)
    context.record.data |= {
        "tranche": row.tranche,
        "amount": row.amount,
        "proof": row.proof,
        "release": row.pk,
        "new_version": made.version.sha256,
        **_rests_on(tested),
    }
    context.record.files += [content_of(found) for found in dict.fromkeys([*_proofs(tested), row.proof])]
    return {"release": row.pk, "tranche": row.tranche, "amount": row.amount}


class RefuseMoney(CaseInput):
    """A payment that was asked for, and why it is not released."""

    release: int
    words: LongText = Field(min_length=1, max_length=5_000)


class RefusedMoney(TypedDict):
    """A payment that is not made."""

    release: int
    tranche: str


@action("money.refuse", PermissionPolicy(roles=RELEASERS, states=_SIGNED), "money")
def refuse(context: ActionContext, asked: RefuseMoney) -> RefusedMoney:
    """Refuse a payment, with the reason; it can be asked for again."""
    row = _asked(context, asked.release)
    row.state, row.answered_by, row.answered_at = "refused", context.person, context.at
    row.words = f"{row.words}\n{asked.words}".strip()
    row.save(update_fields=["state", "answered_by", "answered_at", "words"])
    context.record.data |= {"tranche": row.tranche, "release": row.pk}
    context.record.words["words"] = asked.words
    return {"release": row.pk, "tranche": row.tranche}


def _asked(context: ActionContext, id: int) -> TrancheRelease:
    """A request that waits for the answer of somebody else."""
    row = TrancheRelease.objects.filter(case=context.of, pk=id).first()
    if row is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_release", id=id), Place("release")))
    if row.state != "asked":
        raise InvalidInput(Problem(Message.of("office.refused.answered"), Place("release")))
    if row.asked_by == context.person:
        raise InvalidInput(Problem(Message.of("office.refused.own_request"), Place("release")))
    return row


def _amount(tested: TrancheTest, called: float | None) -> float:
    """What is paid, in millions: by the deal, or what is called, up to what the deal allows.

    Raises:
        InvalidInput: Nobody says how much is called, it is more than the deal allows, or it is not to be chosen.
    """
    if not tested.called:
        if called is not None:
            raise InvalidInput(Problem(Message.of("office.refused.amount_fixed"), Place("amount")))
        if tested.amount is None:
            raise InvalidInput(Problem(Message.of("office.refused.amount_unknown"), Place("amount")))
        return tested.amount
    if called is None:
        raise InvalidInput(Problem(Message.of("office.refused.amount_called"), Place("amount")))
    if tested.amount is not None and called > tested.amount:
        most = Message.of_money(tested.sheet.currency, "office.refused.amount_above", most=tested.amount)
        raise InvalidInput(Problem(most, Place("amount")))
    return called


def _refuse_barred(tested: TrancheTest) -> None:
    if tested.barred:
        raise InvalidInput([Problem(Message.of("office.refused.barred", why=why), Place("tranche"))
                            for why in tested.barred])  # fmt: skip


def _refuse_own_figures(context: ActionContext, tested: TrancheTest, *others: int) -> None:
    """Let nobody write the figure that lets money go, and ask for the money or release it."""
    if tested.writers & {context.person.pk, *others}:
        fix = Message.of("office.refused.own_figures.mend")
        raise InvalidInput(Problem(Message.of("office.refused.own_figures"), Place("tranche"), fix))


def _proofs(tested: TrancheTest) -> list[str]:
    """The documents by which it was verified, the oldest verification first."""
    return [one.proof for one in tested.rests_on]


def _proof(context: ActionContext, tested: TrancheTest) -> str:
    """The document of the last thing that was verified for it; where it waits for nothing, the signed sheet."""
    return next(reversed(_proofs(tested)), context.of.signing.sha256)


def _rests_on(tested: TrancheTest) -> dict[str, list[str]]:
    """The facts that were verified for it, as the log holds them."""
    return {"rests_on": [one.fact for one in tested.rests_on]} if tested.rests_on else {}


def _all_paid(context: ActionContext, tested: TrancheTest) -> None:
    """The case goes on to be watched when everything is out that the deal plans to pay."""
    whole = {one.id for one in payouts(tested.sheet) if one.kind == "planned"}
    if whole <= DealNow(context.of).paid:
        context.of.stage = "watching"
        context.of.save(update_fields=["stage"])


class LossGivenFailureInput(CaseInput):
    """A payment by its id."""

    tranche: str


@action("money.stake", PermissionPolicy(states=_SIGNED))
def loss_given_failure(context: ActionContext, asked: LossGivenFailureInput) -> RunState:
    """Put in the queue what is at stake with a payment: both losses on the day, by simulation."""
    id = try_tranche(DealNow(context.of), asked.tranche, context.today).payout.id
    run = ask_run(context.of, context.person, signed_tree(context.of), context.of.signing.path, id)
    context.record.data |= {"tranche": id, "run": run.pk}
    return {"run": run.pk, "state": run.state}
