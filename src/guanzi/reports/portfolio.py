"""Many deals together as a document: the whole in each account with its parts, concentration, limits and notes."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from guanzi import __version__
from guanzi.advice.structuring import Portfolio, PortfolioAccount
from guanzi.base.core import Message
from guanzi.render import UNDATED, Block, Bullets, Cell, Document, Measurement, Row, Section, Sentence, Table
from guanzi.reports.words import heads, message

NAMED = 4
"""Shares that a group names, the largest first."""


def portfolio_document(found: Portfolio) -> Document:
    """The document of many deals together."""
    parts = [
        (one.id, Message.of(f"structuring.account.{one.id}"), tuple(_account(one, found))) for one in found.accounts
    ]
    parts.append(("where", message("portfolio.where"), (Bullets(tuple(_where(found))),)))
    if found.notes:
        parts.append(("notes", message("portfolio.notes"), (Bullets(tuple(map(Sentence, found.notes))),)))
    return Document(
        id="portfolio",
        kicker=message("portfolio.kicker"),
        title=message("portfolio.title", deals=len(found.money), paths=found.paths, seed=found.seed),
        under=(),
        dated=UNDATED,
        sections=tuple(Section(id, heading, blocks, first=True) for id, heading, blocks in parts),
        footer=message("page.made", version=__version__),
    )


def _account(one: PortfolioAccount, found: Portfolio) -> Iterator[Block]:
    """What the whole is worth and may lose, and what each deal adds to its tail."""
    unit = f"{found.currency} m"

    def money(value: float) -> Measurement:
        return Measurement(value, unit)

    value = {"mean": money(one.mean.mean), "se": money(one.mean.se), "low": money(one.p5), "high": money(one.p95)}
    spread = {"alone": money(one.alone), "benefit": money(one.benefit), "bets": one.bets}
    yield Bullets(
        (
            Sentence(message("portfolio.value", loss=one.loss, **value)),
            Sentence(message("portfolio.tail", tail=money(one.cvar.mean), se=money(one.cvar.se))),
            Sentence(message("portfolio.benefit", **spread)),
        )
    )
    names = ("deal", "money", "mean", "alone", "contribution", "error", "share")
    rows = []
    for part in one.parts:
        tail = (part.alone.mean, part.contribution.mean, part.contribution.se, part.share)
        held = (found.money[part.label], part.mean.mean, *tail)
        rows.append(Row(Cell(part.label), tuple(Cell(x if isfinite(x) else "") for x in held)))
    yield Table(
        f"{one.id}_parts", message("portfolio.parts"), heads("portfolio.head", *names, share="ratio"), tuple(rows), unit
    )


def _where(found: Portfolio) -> Iterator[Sentence]:
    """Where the expected money goes, and which limits are broken."""
    for group in found.concentration:
        shares = tuple(message("portfolio.share", name=name, share=share) for name, share in group.shares[:NAMED])
        named = {"by": message(f"portfolio.by.{group.by}"), "shares": shares}
        yield Sentence(message("portfolio.group", effective=group.effective, index=group.herfindahl, **named))
    for limit in found.exceeded:
        by = message(f"portfolio.by.{limit.by}")
        told = message("portfolio.exceeded", by=by, name=limit.name, share=limit.share, limit=limit.limit)
        yield Sentence(told, tone="risk")
    if found.limits and not found.exceeded:
        yield Sentence(message("portfolio.kept"), tone="good")
