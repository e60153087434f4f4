"""An extension: does the stock of parts last until a second source delivers? It brings one of each kind."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from guanzi.base.core import Finding, InvalidInput, Kind, Message, Problem, Severity, parse_number
from guanzi.base.reading import read_table
from guanzi.intake.importers import DraftFact, ImportDraft, TableForm, Terms
from guanzi.office.doors import LoginBackend, Notice, Notifier
from guanzi.record.evidence import View, latest
from guanzi.study.diligence import Check, DealFacts, Need
from guanzi_stock.stock_grant import KIND, StockGrantLowering
from guanzi_stock.stock_maker import CALIBRATION, StockMaker

SHORT = 2.0
"""Months of stock below which it is told as a risk: a judgement of this extension."""


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    stock = latest(view, "inventory_cover_months")
    if stock is None:
        return ()
    short = stock.value < SHORT
    kind, severity = (Kind.RISK, Severity.MEDIUM) if short else (Kind.ASSET, Severity.LOW)
    name = "short" if short else "long"
    return (check.finding(name, kind, severity, f"stock_{name}", stock.facts, months=stock.value),)


STOCK_COVER = Check(
    id="stock-cover",
    stream="chain",
    needs=(Need("inventory_cover_months"),),
    literature="A judgement of this extension.",
    conclude=_conclude,
    severity_if_missing=Severity.LOW,
)


def _read_list(path: Path, name: str, terms: Terms) -> ImportDraft:
    """The stock on each day of a table with the columns ``day`` and ``months``."""
    draft, problems = ImportDraft(), []
    for row in read_table(path, name).rows:
        try:
            day, months = date.fromisoformat(row["day"].text), parse_number(row["months"].text)
        except (KeyError, ValueError, InvalidInput):
            problems.append(Problem(Message.of("importers.stock.row"), next(iter(row.values())).place))
            continue
        id, origin = f"{terms.prefix}-stock-{day}", (terms.known_on, terms.source)
        draft.facts.append(DraftFact(id, "inventory_cover_months", months, "months", str(day), *origin))
    if problems:
        raise InvalidInput(problems)
    return draft


def _append(notice: Notice) -> None:
    """Put a notice into the file ``GUANZI_NOTICES``, from which the bureau's own mail is sent."""
    with Path(os.environ["GUANZI_NOTICES"]).open("a", encoding="utf-8") as file:
        file.write(f"{notice.address}\t{notice.text!r}\n")


CHECKS = (STOCK_COVER,)
INSTRUMENTS = (KIND,)
LOWERINGS = (StockGrantLowering,)
MODELS = (StockMaker,)
CALIBRATIONS = (CALIBRATION,)
IMPORTERS = (TableForm("stock-list", _read_list),)
NOTIFIERS = (Notifier("stock-file", _append),)
LOGINS = (LoginBackend("stock-directory", "guanzi_stock.directory.DirectoryLogin"),)
