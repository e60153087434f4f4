"""How the chance that the register gives is told: figures, a table of the questions, and what an answer would turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from guanzi.advice.appraisal.advice_data import Advice, Missing, Reversal
from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import Column, TableData
from guanzi.advice.appraisal.missing import ASKED
from guanzi.advice.appraisal.priced import SURPLUS, PricedCase
from guanzi.advice.odds import CaseAnswer, PricedAnswer
from guanzi.base.core import Message

REGISTER = "register"
"""Parent of what the register says."""
WAITING, SUCCESS = "odds.waiting", "odds.success"
COLUMNS = (
    ("question", ""),
    ("answer", ""),
    ("because", ""),
    ("change", "ratio points"),
    ("well", "ratio"),
    ("badly", "ratio"),
    ("worth", "ratio"),
)
ANSWERED = "appraisal.reversal.answered"
"""What says that a question is answered; its endings say how."""
ROW = "chance"
"""Row of the table that waits for what nobody has answered."""


def enter_priced(book: FigureBook, priced: PricedCase) -> None:
    """Chance of success, the chance at which the deal pays, expected loss, and whether waiting pays."""
    bet, facts = priced.bet, tuple(fact for answer in priced.answers for fact in answer.facts)
    n = sum(answer.known for answer in bet.answers)
    note = Message.of("appraisal.odds.note", learnt=priced.learnt, n=n, all=len(bet.answers))
    known = Estimated(bet.chance, interval=(bet.low, bet.high))
    book.add(SUCCESS, known, "ratio", "derived", (REGISTER, *facts), note=note)
    account = Message.of("appraisal.odds.needed.account")
    assumed = account if priced.ratio is None else Message.of("appraisal.odds.needed.ratio", ratio=priced.ratio)
    behind = ("simulation",) if priced.ratio is None else ("playbook",)
    book.add("odds.needed", bet.needed, "ratio", "derived", behind, note=assumed)
    book.add(SURPLUS, bet.surplus, "ratio points", "derived", (SUCCESS, "odds.needed"))
    _enter_loss(book, priced)
    book.add("odds.worth", bet.worth, "ratio", "derived", (SUCCESS, "odds.needed"))
    book.add("odds.waiting_cost", priced.cost, "ratio", "derived", ("playbook",))
    book.add(WAITING, priced.waiting, "ratio points", "derived", ("odds.worth", "odds.waiting_cost"))


def _enter_loss(book: FigureBook, priced: PricedCase) -> None:
    """What is lost on average: of what the terms pay at most where the account was not forecast."""
    amount = book.value("public.amount")
    fails, id = 1.0 - priced.bet.chance, "odds.expected_loss"
    if priced.loss is not None:
        book.add(id, fails * max(priced.loss, 0.0), MONEY, "derived", (SUCCESS, "simulation"))
    elif amount is not None:
        label = Message.of(f"appraisal.figure.{id}.at_most")
        book.add(id, fails * amount, MONEY, "derived", (SUCCESS, "public.amount"), label=label)


def priced_table(priced: PricedCase) -> TableData:
    """Every question with its answer, why it is so, and what it does to the chance."""
    rows = tuple(_row(a, b) for a, b in zip(priced.answers, priced.bet.answers, strict=True))
    return TableData(
        id="odds",
        label=text(Message.of("appraisal.odds.label")),
        columns=tuple(Column(label=text(Message.of(f"appraisal.odds.{name}")), unit=unit) for name, unit in COLUMNS),
        rows=rows,
        sentence=text(Message.of("appraisal.odds.sentence", learnt=priced.learnt)),
        parents=tuple(dict.fromkeys(fact for answer in priced.answers for fact in answer.facts)) or (REGISTER,),
    )


def _row(answer: CaseAnswer, priced: PricedAnswer) -> tuple[Text | float | None, ...]:
    said = answer.answer if isinstance(answer.answer, str) else "unknown" if answer.answer is None else "number"
    value = answer.answer if isinstance(answer.answer, float) else 0.0
    told = (Message.of(f"appraisal.odds.question.{answer.question}"), Message.of(f"appraisal.odds.{said}", value=value))
    ends = (None, None, None) if priced.known else (priced.well, priced.badly, priced.worth)
    change = priced.change if priced.known else None
    return (*map(text, (*told, answer.because)), change, *ends)


def unanswered(priced: PricedCase, read: Callable[[dict[str, float]], Advice]) -> Iterator[Missing]:
    """What nobody has answered, the worthiest first, with the advice once it is answered.

    Args:
        priced: The case.
        read: The advice with other values of some figures.
    """
    for one in priced.unanswered:
        well, badly = (
            read({SURPLUS: chance - priced.bet.needed, WAITING: -priced.cost}) for chance in (one.well, one.badly)
        )
        yield Missing(
            id=f"{ASKED}{one.question}",
            text=text(Message.of(f"appraisal.odds.question.{one.question}")),
            rows=(ROW,),
            material=well != badly,
            if_well=well,
            if_badly=badly,
        )


def answered(asked: Iterable[Missing], now: Advice) -> Iterator[Reversal]:
    """Answers that would turn the advice, each with what it becomes."""
    for one in asked:
        for how, becomes in (("well", one.if_well), ("badly", one.if_badly)):
            if becomes != now:
                params = {"what": Message.from_dict(one.text.model_dump()), "how": Message.of(f"{ANSWERED}.{how}")}
                yield Reversal(text=text(Message.of(ANSWERED, **params)), finding="", row=ROW, becomes=becomes)
