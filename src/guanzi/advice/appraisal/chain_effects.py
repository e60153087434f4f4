"""What an input-output table says of the plant, in the budget and the cluster account: gross and net apart.

The data come with the case (``effects.json``) and stand beside what is simulated: they hold the plant's own jobs and
tax, too, so that nothing is added to anything. Whether they would turn the advice is asked by putting them in the place
of what is simulated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook, text
from guanzi.advice.appraisal.chain_account import value_words
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.effects import LocalEffects
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.base.core import Message
from guanzi.record.evidence import EffectsFormat

PARENT = "effects"
"""The parent of these figures is the file of the case."""
BUDGET = ("budget.chain_tax", "budget.chain_tax_net", "budget.chain_tax_city")
CLUSTER = (
    "cluster.chain_jobs",
    "cluster.chain_jobs_net",
    "cluster.chain_added",
    "cluster.chain_added_net",
    "cluster.chain_displaced",
    "cluster.chain_outside",
)
"""Figures of the accounts, in reading order."""
_MEASURES = ("output", "value_added", "wages", "taxes", "employment", "imports")


@dataclass(frozen=True, slots=True)
class ChainEffects:
    """Effects of a year with what is due to the deal.

    Attributes:
        form: The file of the case.
        local: Priors of the appraisal, for what the file leaves open; None where nothing is simulated.
    """

    form: EffectsFormat
    local: LocalEffects | None

    def scale(self, measure: str) -> float:
        """From the unit of the table to millions; persons stay."""
        return 1.0 if measure == "employment" else self.form.unit / 1e6

    def gross(self, measure: str) -> tuple[float, float] | None:
        """All that the plant and its chain bring."""
        found = next((e for e in self.form.effects if e.measure == measure), None)
        return None if found is None else _scaled(found.gross, self.scale(measure))

    def net(self, measure: str) -> tuple[float, float] | None:
        """What is due to the deal and not taken from others: by the file, else by the priors of the appraisal."""
        found = next((e for e in self.form.effects if e.measure == measure), None)
        if found is None:
            return None
        if found.net is not None:
            return _scaled(found.net, self.scale(measure))
        due = self.due
        if due is None:
            return None
        least, most = due
        return _scaled((found.gross[0] * least, found.gross[1] * most), self.scale(measure))

    @property
    def due(self) -> tuple[float, float] | None:
        """Part of the gross effect that counts, by the priors of the appraisal; None where they do not say."""
        if self.local is None or self.local.effects.displacement is None:
            return None
        ends = np.array([0.05, 0.95])
        tipped = self.local.effects.but_for.quantile(ends)
        taken = self.local.effects.displacement.quantile(ends)
        return float(tipped[0] * (1.0 - taken[1])), float(tipped[1] * (1.0 - taken[0]))

    def net_parents(self, measure: str) -> tuple[str, ...]:
        """What a net figure rests on."""
        stated = any(e.measure == measure and e.net is not None for e in self.form.effects)
        return (PARENT,) if stated else (PARENT, "parameter.effect.but_for", "parameter.effect.displacement")

    @property
    def city(self) -> tuple[float, float] | None:
        """Part of value-added tax that can be the city's."""
        taxes = None if self.local is None else self.local.effects.taxes
        found = None if taxes is None else next((part for part in taxes.parts if part[0] == "value_added"), None)
        return None if found is None else (found[1], found[2])

    @property
    def source_words(self) -> Message:
        """Where the figures come from, in words."""
        form = self.form
        held = {"table": form.table, "sector": form.sector, "day": form.known_on.isoformat()}
        if form.bill is None:
            return Message.of("appraisal.why.effects.sector", **held)
        return Message.of("appraisal.why.effects.bill", bill=form.bill, **held)


def _scaled(ends: tuple[float, float], factor: float) -> tuple[float, float]:
    return ends[0] * factor, ends[1] * factor


def enter_chain_effects(book: FigureBook, found: ChainEffects) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Enter the figures; returns those of the budget and those of the cluster account, in reading order."""
    before = set(book.figures())
    _pair(book, found, "taxes", "budget.chain_tax", MONEY)
    net, city = found.net("taxes"), found.city
    if net is not None:
        if city is None:
            book.gap("budget.chain_tax_city", MONEY, Message.of("appraisal.gap.no_city_part"))
        else:
            parents = ("budget.chain_tax_net", "parameter.effect.city_part")
            _bounds(book, "budget.chain_tax_city", (net[0] * city[0], net[1] * city[1]), MONEY, parents)
    _pair(book, found, "employment", "cluster.chain_jobs", "jobs")
    _pair(book, found, "value_added", "cluster.chain_added", MONEY)
    taken = found.form.displaced
    if taken is not None:
        _bounds(book, "cluster.chain_displaced", taken, "ratio", (PARENT,))
    outside = found.gross("imports")
    if outside is not None:
        _bounds(book, "cluster.chain_outside", outside, MONEY, (PARENT,))
    entered = set(book.figures()) - before
    return tuple(id for id in BUDGET if id in entered), tuple(id for id in CLUSTER if id in entered)


def _pair(book: FigureBook, found: ChainEffects, measure: str, id: str, unit: str) -> None:
    gross, net = found.gross(measure), found.net(measure)
    if gross is None:
        return
    _bounds(book, id, gross, unit, (PARENT,), found.form.invented)
    if net is not None:
        _bounds(book, f"{id}_net", net, unit, (id, *found.net_parents(measure)), found.form.invented)
    else:
        book.gap(f"{id}_net", unit, Message.of("appraisal.gap.no_net"))


def _bounds(
    book: FigureBook,
    id: str,
    ends: tuple[float, float],
    unit: str,
    parents: tuple[str, ...],
    invented: bool = False,
) -> None:
    note = Message.of("appraisal.effects.invented") if invented else None
    book.add(id, Estimated(sum(ends) / 2, interval=ends, bounds=True), unit, "derived", parents, note=note)


def effects_table(book: FigureBook, found: ChainEffects) -> TableData:
    """Gross and net, side by side, by measure; what is not known of the net is an empty cell."""
    rows: list[tuple[float | str | Text | None, ...]] = []
    for measure in _MEASURES:
        gross, net = found.gross(measure), found.net(measure)
        if gross is not None:
            unit = "jobs" if measure == "employment" else book.unit(MONEY)
            ends = (*gross, *(net or (None, None)))
            label = text(Message.of(f"multipliers.measure.{measure}"))
            rows.append((label, *(None if end is None else value_words(end, unit) for end in ends)))
    columns = tuple(
        Column(label=text(Message.of(f"appraisal.column.{name}")), unit="")
        for name in ("effect", "gross_low", "gross_high", "net_low", "net_high")
    )
    return TableData(
        id="effects",
        label=text(Message.of("appraisal.table.effects")),
        columns=columns,
        rows=tuple(rows),
        sentence=text(Message.of("appraisal.table.effects.sentence", source=found.source_words)),
        parents=(PARENT,),
    )


def annuity(rate: float, years: int) -> float:
    """Present value of one a year, at the end of each of so many years.

    >>> round(annuity(0.04, 10), 4), annuity(0.0, 3)
    (8.1109, 3.0)
    """
    return float(years) if rate == 0.0 else (1.0 - (1.0 + rate) ** -years) / rate
