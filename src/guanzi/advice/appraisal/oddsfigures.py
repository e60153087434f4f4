"""How the chance that the register gives is told: figures, a table of the questions, and what an answer would turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from guanzi.advice.appraisal.advice_data import Advice, Missing, Reversal
from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.missing import ASKED
from guanzi.advice.appraisal.odds_because import because
from guanzi.advice.appraisal.priced import SURPLUS, PricedCase
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.advice.odds import CaseAnswer, PricedAnswer, RegisterView
from guanzi.base.core import Message, Parameter
from guanzi.intake.bets import named
from guanzi.record.evidence import View, label_of

REGISTER = "register"
"""Parent of what the register says."""
WAITING, SUCCESS = "odds.waiting", "odds.success"
COLUMNS = (
    ("question", ""),
    ("answer", ""),
    ("because", ""),
    ("rests_on", ""),
    ("change", "ratio points"),
    ("well", "ratio"),
    ("badly", "ratio"),
    ("worth", "ratio"),
)
NOTHING = "–"
"""In the place of what does not apply to a question."""
ALIKE = ("bet", "population", "decided", "answered", "outcome")
CAME = {1.0: "worked", 0.5: "partly", 0.0: "failed"}
ANSWERED = "appraisal.reversal.answered"
"""What says that a question is answered; its endings say how."""
ROW = "chance"
"""Row of the table that waits for what nobody has answered."""


def enter_register(book: FigureBook, found: RegisterView, outside: float | None) -> None:
    """The chance of success that the register gives, beside the rate of comparable bets of the library."""
    bet, facts = found.bet, tuple(fact for answer in found.answers for fact in answer.facts)
    n = sum(answer.known for answer in bet.answers)
    note = Message.of("appraisal.odds.note", learnt=found.learnt, n=n, all=len(bet.answers))
    if outside is not None:
        note = Message.of("appraisal.odds.beside", first=note, outside=outside)
    known = Estimated(bet.chance, interval=(bet.low, bet.high))
    book.add(SUCCESS, known, "ratio", "derived", (REGISTER, *facts), note=note)


def enter_priced(book: FigureBook, priced: PricedCase) -> None:
    """The chance at which the deal pays, expected loss, and whether waiting pays."""
    bet = priced.bet
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


def question_table(
    view: View, found: RegisterView, priced: PricedCase | None, money: tuple[str, Message], outside: float | None
) -> TableData:
    """Every question with its answer, why it is so, on what it rests, and what it does to the chance.

    Args:
        view: The view whose facts answer.
        found: What the register says.
        priced: The case as its playbook prices it; None: what it is worth to know an answer is not told.
        money: What :func:`~guanzi.advice.appraisal.odds_because.bound_money` says.
        outside: How often comparable bets of the library succeeded; None: that is not told.
    """
    columns = COLUMNS if priced is not None else COLUMNS[:-1]
    bet = found.bet if priced is None else priced.bet
    rows = [_row(view, a, b, len(columns)) for a, b in zip(found.answers, bet.answers, strict=True)]
    told = (Message.of("appraisal.odds.question.milestones"), Message.of(f"appraisal.odds.{money[0]}"), money[1])
    rows.append((*map(text, told), *(NOTHING,) * (len(columns) - len(told))))
    beside = {} if outside is None else {"outside": outside}
    sentence = Message.of(
        f"appraisal.odds.sentence{'.beside' if beside else ''}",
        **beside,
        learnt=found.learnt,
        unanswered=found.unanswered,
        chance=bet.chance,
        low=bet.low,
        high=bet.high,
    )
    return TableData(
        id="odds",
        label=text(Message.of("appraisal.odds.label")),
        columns=tuple(Column(label=text(Message.of(f"appraisal.odds.{name}")), unit=unit) for name, unit in columns),
        rows=tuple(rows),
        sentence=text(sentence),
        parents=tuple(dict.fromkeys(fact for answer in found.answers for fact in answer.facts)) or (REGISTER,),
    )


def _row(view: View, answer: CaseAnswer, priced: PricedAnswer, width: int) -> tuple[Text | float | str, ...]:
    said = answer.answer if isinstance(answer.answer, str) else "unknown" if answer.answer is None else "number"
    value = answer.answer if isinstance(answer.answer, float) else 0.0
    told = (Message.of(f"appraisal.odds.question.{answer.question}"), Message.of(f"appraisal.odds.{said}", value=value))
    why, behind = because(view, answer)
    facts = tuple(_facts(view, behind))
    rests = text(Message.of("appraisal.odds.facts", facts=facts)) if facts else NOTHING
    does = (priced.change, *(NOTHING,) * 3) if priced.known else (NOTHING, priced.well, priced.badly, priced.worth)
    return (*map(text, (*told, why)), rests, *does)[:width]


def _facts(view: View, ids: Iterable[str]) -> Iterator[Message]:
    """What facts state, with who published each; of a source of a later day only the grade is told."""
    found: dict[str, dict[Parameter, None]] = {}
    for fact in map(view.fact, ids):
        source = view.source(fact.source)
        seen = source.date is not None and source.date <= view.as_of
        who = source.publisher if seen else Message.of("appraisal.odds.grade", grade=source.grade)
        found.setdefault(fact.name, {})[who] = None
    for name, publishers in found.items():
        yield Message.of("appraisal.odds.fact", name=label_of(name) or name.replace("_", " "), who=tuple(publishers))


def alike_table(found: RegisterView) -> TableData:
    """The settled bets most like the case by name, and what became of them."""
    answered = sum(answer.known for answer in found.bet.answers)
    rows = tuple(
        (
            one.bet.name or one.bet.id,
            text(Message.of("appraisal.alike.named", population=named(one.bet.population) or one.bet.population)),
            one.bet.decided,
            text(Message.of("appraisal.alike.same", n=one.same, all=answered)),
            text(Message.of(f"appraisal.alike.{CAME[one.success]}")),
        )
        for one in found.alike
    )
    came, how = sum(one.success for one in found.alike), "" if rows else ".none"
    return TableData(
        id="alike",
        label=text(Message.of(f"appraisal.alike.label{how}", n=len(rows))),
        columns=tuple(Column(label=text(Message.of(f"appraisal.alike.{name}")), unit="") for name in ALIKE),
        rows=rows,
        sentence=text(Message.of(f"appraisal.alike.sentence{how}", n=len(rows), came=came)),
        parents=(REGISTER,),
    )


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
