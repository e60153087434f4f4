"""Failure and ensemble in the appraisal: figures with parents, two tables, and where model and market differ."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook, FigureKind, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import ForecastData
from guanzi.advice.appraisal.ensemble import PooledForecast
from guanzi.advice.appraisal.foreseen import Foreseen
from guanzi.advice.appraisal.panel_record import trust_in_failure
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.base.core import Message

YEARS = (1, 3, 5)
POOLED = "pooled"
BAND = (0.5, 0.05, 0.95)
FIVE = 5.0


def enter_foreseen(book: FigureBook, found: Foreseen, model: str) -> ForecastData:
    """Enter every member and the pools as figures, and return the tables and the paragraph; ``model`` is its id."""
    _enter_failure(book, found)
    for pooled in found.pooled:
        _enter_pooled(book, found, pooled)
    _enter_agreement(book, found)
    told = (_failure_sentence(found), trust_in_failure(model), *_differences(book, found))
    sentences = tuple(text(message) for message in told)
    return ForecastData(
        failure=_failure_table(found), ensemble=_ensemble_table(book, found), sentences=sentences, brief=sentences[0]
    )


def failure_id(years: int, member: str) -> str:
    """Id of the figure of a member.

    >>> failure_id(5, "rating")
    'company.distress_5y_without.rating'
    """
    return f"company.distress_{years}y_without.{member}"


def _member(name: str) -> Message:
    return Message.of(f"appraisal.member.{name}")


def _view(name: str) -> Message:
    """The name of a view of failure; that of comparable bets says that a lost bet is another thing than distress."""
    return Message.of("appraisal.member.lost_bets") if name == "reference" else _member(name)


def _label(years: int, name: str) -> Message:
    if name == "reference":
        return Message.of("appraisal.figure.bets_lost", years=years)
    return Message.of("appraisal.figure.distress_without", years=years, member=_member(name))


def _enter_failure(book: FigureBook, found: Foreseen) -> None:
    curves = found.coherent.members
    for years in YEARS:
        for name, member in curves.items():
            book.add(
                failure_id(years, name),
                Estimated(float(member.curve.at(years)), sample=member.sample if years == FIVE else None),
                "ratio",
                "simulated" if name == "structural" else "derived",
                member.parents,
                label=_label(years, name),
                note=member.source,
            )
        book.add(
            failure_id(years, POOLED),
            Estimated(float(found.coherent.pool.curve.at(years))),
            "ratio",
            "derived",
            tuple(failure_id(years, name) for name in curves if found.coherent.pool.weights[name] > 0.0),
            label=_label(years, POOLED),
        )


def _enter_pooled(book: FigureBook, found: Foreseen, pooled: PooledForecast) -> None:
    stem = f"forecast.{pooled.quantity}_{pooled.years}y"
    what = Message.of(f"appraisal.forecast.{pooled.quantity}", years=pooled.years)
    told = {**pooled.members, POOLED: pooled.pool}
    for name, q in told.items():
        middle, low, high = (float(x) for x in q.at(BAND))
        parents = found.parents.get((pooled.quantity, name), ("simulation",))
        if name == POOLED:
            parents = tuple(f"{stem}.{member}" for member in pooled.members)
        label = Message.of("appraisal.figure.forecast", what=what, member=_member(name))
        kind: FigureKind = "simulated" if name == "structural" else "derived"
        book.add(f"{stem}.{name}", Estimated(middle, interval=(low, high)), MONEY, kind, parents, label=label)


def _enter_agreement(book: FigureBook, found: Foreseen) -> None:
    """What the shares are expected to be worth before and after the weights, and what they cost."""
    book.add("coherence.value_before", found.coherent.value, MONEY, "simulated", ("simulation",))
    cost = found.coherent.coherence
    if cost is None:
        return
    facts = () if found.market is None else found.market.facts
    parents = ("simulation", *facts)
    if "market_value" in cost.after:
        book.add("coherence.value_after", cost.after["market_value"], MONEY, "simulated", parents)
    _enter_debts(book, found)
    book.add("coherence.paths_left", cost.ess_share, "ratio", "simulated", parents)


def _enter_debts(book: FigureBook, found: Foreseen) -> None:
    """What quoted debt is expected to pay before and after the weights, as a share of its face."""
    cost = found.coherent.coherence
    for debt, told in zip(found.debts.asked, found.debts.priced, strict=True):
        due = debt.due.isoformat()
        for name, value in (
            ("before", float(told.paid.mean())),
            ("after", None if cost is None else cost.after.get(f"debt_{debt.name}")),
        ):
            if value is not None:
                label = Message.of(f"appraisal.figure.coherence.debt_{name}", due=due)
                parents = ("simulation", *debt.facts)
                book.add(f"coherence.debt_{name}.{debt.name}", value, "ratio", "simulated", parents, label=label)


def _of_debts(found: Foreseen) -> Iterator[Message]:
    """What became of each price of debt that is held."""
    fitted = found.coherent
    for debt, told in zip(found.debts.asked, found.debts.priced, strict=True):
        said: dict[str, str | float] = {
            "due": debt.due.isoformat(),
            "price": debt.price,
            "day": str(debt.quoted),
            "width": told.width,
        }
        before = float(told.paid.mean())
        after = None if fitted.coherence is None else fitted.coherence.after.get(f"debt_{debt.name}")
        if after is not None:
            yield Message.of("appraisal.differ.debt", **said, before=before, after=after)
        elif fitted.debt_refused is not None:
            yield Message.of("appraisal.differ.debt_refused", **said, before=before, why=fitted.debt_refused)
        else:
            yield Message.of("appraisal.differ.debt_months", **said, before=before)
    for debt in found.debts.old:
        day, due = str(debt.quoted), debt.due.isoformat()
        yield Message.of("appraisal.differ.debt_old", due=due, price=debt.price, day=day)
    for bare in found.debts.lacking:
        lacks = tuple(Message.of(f"evidence.name.{name}") for name in bare.lacks)
        yield Message.of("appraisal.differ.debt_lacks", lacks=lacks)


def _failure_sentence(found: Foreseen) -> Message:
    curves = {name: m for name, m in found.coherent.members.items() if found.coherent.pool.weights[name] > 0.0}
    parts = tuple(
        Message.of("appraisal.forecast.part", member=_view(name), value=float(member.curve.at(FIVE)))
        for name, member in curves.items()
    )
    pool = float(found.coherent.pool.curve.at(FIVE))
    if set(curves) == {"structural"}:
        return Message.of("appraisal.forecast.failure_alone", pooled=pool)
    return Message.of("appraisal.forecast.failure", members=parts, pooled=pool)


_APART = {(True, True): "above", (False, False): "below", (True, False): "earlier", (False, True): "later"}
"""Whether the model sees more distress than the rating class within a year and within five: what is said of it."""


def _of_failure(own: float, theirs: float, own_5: float, theirs_5: float) -> Message:
    """How distress by the model lies to that of the rating class, within a year and within five."""
    name = f"appraisal.differ.failure_{_APART[own > theirs, own_5 > theirs_5]}"
    return Message.of(name, own=own, rating=theirs, own_5=own_5, rating_5=theirs_5)


def _differences(book: FigureBook, found: Foreseen) -> tuple[Message, ...]:
    """Where we differ from the market, and why: before the weights, and what they changed."""
    fitted, market = found.coherent, found.market
    said: list[Message] = []
    if market is None:
        said.append(book.say("appraisal.differ.no_price", value=fitted.value))
    else:
        said.append(
            book.say(
                "appraisal.differ.value",
                value=fitted.value,
                market=market.value,
                day=str(market.period),
                share=fitted.value / market.value - 1.0,
            )
        )
    rating = fitted.members.get("rating")
    if rating is not None:
        own, theirs = float(fitted.members["structural"].curve.at(1.0)), float(rating.curve.at(1.0))
        own_5, theirs_5 = float(fitted.members["structural"].curve.at(FIVE)), float(rating.curve.at(FIVE))
        said.append(_of_failure(own, theirs, own_5, theirs_5))
    elif found.unclassed is not None:
        said.append(found.unclassed)
    said.extend(_of_debts(found))
    cost = fitted.coherence
    if cost is not None:
        said.append(Message.of("appraisal.differ.weighted", ess=cost.ess_share))
    elif fitted.refused is not None:
        said.append(Message.of("appraisal.differ.refused", why=fitted.refused))
    else:
        said.append(Message.of("appraisal.differ.nothing_asked"))
    return tuple(said)


def _column(name: str, unit: str) -> Column:
    return Column(label=text(Message.of(f"appraisal.forecast.column.{name}")), unit=unit)


def _failure_table(found: Foreseen) -> TableData:
    rows: list[tuple[float | str | Text | None, ...]] = []
    for name, member in found.coherent.members.items():
        curve = tuple(float(member.curve.at(y)) for y in YEARS)
        weight = found.coherent.pool.weights[name]
        rows.append((text(_view(name)), *curve, weight, text(member.source)))
    pool = tuple(float(found.coherent.pool.curve.at(y)) for y in YEARS)
    rows.append((text(_member(POOLED)), *pool, 1.0, text(Message.of("appraisal.forecast.pooled_odds"))))
    return TableData(
        id="failure",
        label=text(Message.of("appraisal.forecast.failure_table")),
        columns=(
            _column("member", ""),
            *(_column(f"year_{y}", "ratio") for y in YEARS),
            _column("weight", "ratio"),
            _column("source", ""),
        ),
        rows=tuple(rows),
        sentence=text(_failure_sentence(found)),
        parents=tuple(failure_id(y, name) for y in YEARS for name in (*found.coherent.members, POOLED)),
    )


def _ensemble_table(book: FigureBook, found: Foreseen) -> TableData:
    rows: list[tuple[float | str | Text | None, ...]] = []
    for pooled in found.pooled:
        what = Message.of(f"appraisal.forecast.{pooled.quantity}", years=pooled.years)
        for name, q in {**pooled.members, POOLED: pooled.pool}.items():
            label = Message.of("appraisal.forecast.row", what=what, member=_member(name))
            middle, low, high = (float(x) for x in q.at(BAND))
            rows.append((text(label), middle, low, high, pooled.weights.get(name, 1.0)))
    return TableData(
        id="ensemble",
        label=text(Message.of("appraisal.forecast.ensemble_table")),
        columns=(
            _column("row", ""),
            _column("median", book.unit(MONEY)),
            _column("band_low", book.unit(MONEY)),
            _column("band_high", book.unit(MONEY)),
            _column("weight", "ratio"),
        ),
        rows=tuple(rows),
        sentence=text(Message.of("appraisal.forecast.ensemble_sentence")),
        parents=tuple(f"forecast.{p.quantity}_{p.years}y.{POOLED}" for p in found.pooled),
    )
