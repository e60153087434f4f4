"""The chain of the company in its region, as the third account sees it: links, their worth, captivity, survival.

What is known of the chain on the day comes from the shipped chain of the industry, seen through a view like a case.
Where no source says anything, the interval is as wide as that, and no figure is put in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guanzi.advice.appraisal.advice_data import Advice
from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.public_tables import column
from guanzi.advice.appraisal.table_data import TableData
from guanzi.base.core import Message
from guanzi.intake.chains import ChainView, chain_of
from guanzi.record.evidence import View
from guanzi.study.chains import GRADES, ClusterOpenness, LinkGap, find_gaps, judge_openness

PREFIX = "chain."
"""The parent of these figures is the chain: ``chain.<id>``."""
FIGURES = ("cluster.links", "cluster.chain_share", "cluster.chain_value", "cluster.captive", "cluster.survivors")
"""Figures of the cluster account that come from the chain, in reading order."""


@dataclass(frozen=True, slots=True)
class ChainAccount:
    """The chain of a case on its day.

    Attributes:
        view: What was known of it.
        gaps: Every link in the region, the product itself left out.
        openness: How open the region is to the company.
    """

    view: ChainView
    gaps: tuple[LinkGap, ...]
    openness: ClusterOpenness

    @property
    def parent(self) -> str:
        """The parent of its figures."""
        return PREFIX + self.view.id


def chain_account_of(view: View) -> ChainAccount | None:
    """The chain of a case, or None.

    None where no shipped chain holds the industry, the chain does not know company and region, or nothing was known
    on the day to be made there.
    """
    chain = chain_of(view.industry)
    if chain is None or view.company.id not in chain.firms or view.region.id not in chain.cities:
        return None
    known = chain.view(view.as_of)
    gaps = find_gaps(known, (view.region.id,), (view.company.id,))
    below = tuple(gap for gap in gaps if gap.link.component.id != known.root)
    if not any(gap.link.grade == "present" for gap in below):
        return None
    return ChainAccount(known, below, judge_openness(known, (view.region.id,), (view.company.id,)))


def enter_chain(book: FigureBook, account: ChainAccount | None) -> tuple[str, ...]:
    """Enter the figures of a chain; returns their ids in reading order."""
    if account is None:
        return ()
    counts = {grade: sum(gap.link.grade == grade for gap in account.gaps) for grade in GRADES}
    parents = (account.parent,)
    most = float(len(account.gaps) - counts["missing"])
    label = Message.of("appraisal.figure.cluster.links", n=len(account.gaps))
    present = float(counts["present"])
    book.add(
        "cluster.links",
        Estimated(present, interval=(present, most), bounds=True),
        "count",
        "derived",
        parents,
        label=label,
    )
    low, high = present_share(account)
    note = None if (low, high) != (0.0, 1.0) else Message.of("appraisal.note.no_cost_share")
    book.add(
        "cluster.chain_share",
        Estimated((low + high) / 2, interval=(low, high), bounds=True),
        "ratio",
        "derived",
        parents,
        note=note,
    )
    entered = ["cluster.links", "cluster.chain_share"]
    supplies, part = book.value("cluster.supplies"), book.value("cluster.supplier_share")
    if supplies is not None and part:
        bought = supplies / part
        year = book.figures()["cluster.supplies"].label.params["year"]
        label = Message.of("appraisal.figure.cluster.chain_value", year=year)
        of = ("cluster.supplies", "cluster.supplier_share", "cluster.chain_share")
        book.add(
            "cluster.chain_value",
            Estimated(bought * (low + high) / 2, interval=(bought * low, bought * high), bounds=True),
            MONEY,
            "derived",
            of,
            note=note,
            label=label,
        )
        entered.append("cluster.chain_value")
    found = account.openness
    if found.suppliers:
        known = sum(s.known for s in found.suppliers)
        told = Message.of("appraisal.note.standing_known", known=known, n=len(found.suppliers))
        middle = sum(found.captive) / 2
        book.add(
            "cluster.captive",
            Estimated(middle, interval=found.captive, bounds=True),
            "ratio",
            "derived",
            parents,
            note=told,
        )
        entered.append("cluster.captive")
        if found.removal.survive is not None and found.removal.model is not None:
            told = Message.of(
                "appraisal.note.ignorance", missing=len(found.removal.missing), middle=found.removal.model[1]
            )
            ends = found.removal.survive
            book.add(
                "cluster.survivors",
                Estimated(found.removal.model[1], interval=ends, bounds=True),
                "ratio",
                "derived",
                parents,
                note=told,
            )
            entered.append("cluster.survivors")
    return tuple(entered)


def present_share(account: ChainAccount) -> tuple[float, float]:
    """Part of the cost of the product that is made in the region, (low, high).

    At least what the makers in the region add to parts that may come from elsewhere, and the parts whose makers are
    there too; at most all but what is known to be missing.
    """
    known = {gap.link.component.id: gap for gap in account.gaps}

    def least(id: str) -> float:
        below = [part for part in account.view.children.get(id, ()) if part in known]
        inner = sum((least(part) for part in below), 0.0)
        gap = known[id]
        if gap.link.grade != "present" or not gap.share.stated:
            return inner
        return (
            max(gap.share.low - sum(known[part].share.high for part in below if known[part].share.stated), 0.0) + inner
        )

    low = min(sum(least(id) for id in known if account.view.components[id].parent not in known), 1.0)
    missing = sum(gap.share.low for gap in account.gaps if gap.link.grade == "missing" and gap.share.stated)
    return low, max(1.0 - missing, low)


def link_table(account: ChainAccount) -> TableData:
    """The links of the chain."""
    view = account.view
    rows: list[tuple[float | str | Text | None, ...]] = []
    for gap in account.gaps:
        firms = (*gap.link.suppliers, *gap.link.planned)
        if gap.link.grade == "no_evidence" and not gap.share.stated:
            continue
        stated = gap.share.stated
        rows.append(
            (
                text(Message.of("appraisal.chain.said", words=gap.link.component.name)),
                text(Message.of(f"chains.grade.{gap.link.grade}")),
                text(Message.of("appraisal.chain.firms", firms=tuple(view.firms[f].name for f in firms))),
                gap.share.low if stated else None,
                gap.share.high if stated else None,
                None if gap.cut is None else float(gap.cut),
            )
        )
    silent = sum(gap.link.grade == "no_evidence" for gap in account.gaps)
    sentence = Message.of(
        "appraisal.table.chain.sentence",
        day=view.as_of.isoformat(),
        n=len(account.gaps),
        silent=silent,
        single=sum(gap.single for gap in account.gaps),
        later=view.later,
    )
    columns = (
        column("link"),
        column("grade"),
        column("firms"),
        column("share_low", "ratio"),
        column("share_high", "ratio"),
        column("cut", "count"),
    )
    return TableData(
        id="chain",
        label=text(Message.of("appraisal.table.chain")),
        columns=columns,
        rows=tuple(rows),
        sentence=text(sentence),
        parents=(account.parent,),
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """A figure to be put at either end of its interval.

    Attributes:
        account: Of which it is.
        id: The figure whose ends are taken.
        moves: The figure of the decision table that is put there.
        times: How much of the one is the other: years of a yearly figure, discounted.
        label: In place of that of the figure.
    """

    account: str
    id: str
    moves: str
    times: float = 1.0
    label: Message | None = None


SIMULATED = (Tried("budget", "budget.tax", "budget.tax"), Tried("cluster", "cluster.jobs_net", "cluster.jobs_net"))


def reversal_table(
    book: FigureBook,
    advised: Advice,
    advise: Callable[[FigureBook], Advice],
    tried: Iterable[Tried] = SIMULATED,
) -> TableData:
    """Whether budget and cluster account would turn the advice.

    Local tax, and jobs, at either end of their intervals, with all that follows from them for the decision table.
    """
    rows: list[tuple[float | str | Text | None, ...]] = []
    becomes: list[Advice] = []
    asked = tuple(tried)
    for one in asked:
        figure = book.figures().get(one.id)
        if figure is None or figure.value is None or figure.low is None or figure.high is None:
            continue
        ends = (figure.low * one.times, figure.high * one.times)
        found = [advise(book.moved(_followed(book, one.moves, end))) for end in ends]
        becomes += found
        rows.append(
            (
                text(Message.of(f"appraisal.turn.{one.account}")),
                text(one.label or Message.from_dict(figure.label.model_dump())),
                *(value_words(end, figure.unit) for end in ends),
                *(text(Message.of(f"playbooks.advice.{a}")) for a in found),
            )
        )
    other = tuple(dict.fromkeys(a for a in becomes if a != advised))
    kind = "turns" if other else "stays"
    sentence = Message.of(
        f"appraisal.table.turn.{kind}",
        advice=Message.of(f"playbooks.advice.{advised}"),
        others=tuple(Message.of(f"playbooks.advice.{a}") for a in other),
    )
    columns = (
        column("account"),
        column("figure"),
        column("low_end"),
        column("high_end"),
        column("low_advice"),
        column("high_advice"),
    )
    return TableData(
        id="turn",
        label=text(Message.of("appraisal.table.turn")),
        columns=columns,
        rows=tuple(rows),
        sentence=text(sentence),
        parents=tuple(one.id for one in asked if one.id in book),
    )


def _followed(book: FigureBook, id: str, end: float) -> dict[str, float]:
    """A figure at one end, with the figures of the decision table that are computed of it.

    The value to the public side moves with the tax. What a year of a job would have to be worth is the cost that is
    left, over the years of jobs: it moves with both, and is nought where nothing is left to be made whole.
    """
    moved = {id: end}
    whole, tax = book.value("public.value_mean"), book.value("budget.tax")
    needed, jobs = book.value("break_even.to_wage"), book.value("cluster.jobs_net")
    if whole is None or tax is None:
        return moved
    value = whole + (end - tax) if id == "budget.tax" else whole
    moved["public.value_mean"] = value
    if needed is not None and jobs:
        held = end if id == "cluster.jobs_net" else jobs
        if value >= 0.0:
            moved["break_even.to_wage"] = 0.0
        elif whole < 0.0 and held > 0.0:
            moved["break_even.to_wage"] = needed * (value / whole) * (jobs / held)
        else:
            moved["break_even.to_wage"] = float("inf")
    return moved


def value_words(value: float, unit: str) -> Text:
    """A value with its unit in words, for a cell of a table."""
    currency, _, millions = unit.partition(" ")
    if millions:
        return text(Message.of("appraisal.value.money", value=value, unit=unit, currency=currency))
    return text(Message.of("appraisal.value.jobs", value=value))
