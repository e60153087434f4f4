"""Many deals together as a document: the whole in each account with its parts, concentration, limits and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from guanzi.advice.structuring import Portfolio, PortfolioAccount
from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import heads, member_words, message
from guanzi.jobs.structuring.documents.deal_figures import deal_document, part
from guanzi.record.evidence import View
from guanzi.render import UNDATED, Block, Bullets, Cell, Document, Measurement, Row, Sentence, Table

NAMED = 4
"""Shares that a group names, the largest first."""
FIELDS = {"company": "company", "track": "industry", "city": "region"}
"""Group to what of a case it goes by."""


def portfolio_document(found: Portfolio, views: Sequence[View]) -> Document:
    """The document of many deals together."""
    title = message("portfolio.title", deals=len(found.money), paths=found.paths, seed=found.seed)
    parts = [part(Message.of(f"structuring.account.{a.id}"), *_account(a, found), id=a.id) for a in found.accounts]
    parts.append(part(message("portfolio.where"), Bullets(tuple(_where(found, views))), id="where"))
    if found.notes:
        parts.append(part(message("fund.section.notes"), Bullets(tuple(map(Sentence, found.notes))), id="notes"))
    return deal_document("portfolio", title, UNDATED, parts)


def _account(one: PortfolioAccount, found: Portfolio) -> Iterator[Block]:
    """What the whole is worth and may lose, and what each deal adds to its tail."""
    unit = f"{found.currency} m"

    def money(value: float) -> Measurement:
        return Measurement(value, unit)

    value = {"mean": money(one.mean.mean), "se": money(one.mean.se), "low": money(one.p5), "high": money(one.p95)}
    alone, benefit = money(one.alone), money(one.benefit)
    yield Bullets(
        (
            Sentence(message("portfolio.value", loss=one.loss, **value)),
            Sentence(message("portfolio.tail", tail=money(one.cvar.mean), se=money(one.cvar.se))),
            Sentence(message("portfolio.benefit", alone=alone, benefit=benefit, bets=one.bets)),
        )
    )
    names = ("deal", "money", "mean", "alone", "contribution", "error", "share")
    rows = []
    for deal in one.parts:
        tail = (deal.alone.mean, deal.contribution.mean, deal.contribution.se, deal.share)
        held = (found.money[deal.label], deal.mean.mean, *tail)
        rows.append(Row(Cell(deal.label), tuple(Cell(x if isfinite(x) else "") for x in held)))
    columns = heads("deal.head", *names, share="ratio")
    yield Table(f"{one.id}_parts", message("portfolio.parts"), columns, tuple(rows), unit)


def _where(found: Portfolio, views: Sequence[View]) -> Iterator[Sentence]:
    """Where the expected money goes, and which limits are broken."""
    for group in found.concentration:
        named = ((member_words(views, FIELDS[group.by], name), share) for name, share in group.shares[:NAMED])
        shares = tuple(message("portfolio.share", name=name, share=share) for name, share in named)
        by, counts = message(f"portfolio.by.{group.by}"), {"effective": group.effective, "index": group.herfindahl}
        yield Sentence(message("portfolio.group", by=by, shares=shares, **counts))
    for limit in found.exceeded:
        by = message(f"portfolio.by.{limit.by}")
        name = member_words(views, FIELDS[limit.by], limit.name)
        told = message("portfolio.exceeded", by=by, name=name, share=limit.share, limit=limit.limit)
        yield Sentence(told, tone="risk")
    if found.limits and not found.exceeded:
        yield Sentence(message("portfolio.kept"), tone="good")
