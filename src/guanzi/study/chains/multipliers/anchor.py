"""The anchor: a plant whose bill of materials stands in place of the column of its sector, in exact intervals.

The plant comes in as a sector of its own, as do components that have parts of their own. What the bill does not cover
is bought, and earned, as in the sector of the plant, without the products that the bill covers. New sectors sell to
the plant alone, and the plant to final demand: nothing feeds back, so a multiplier is a sum that runs up the bill,
linear in every share, and its bounds lie where a linear program over the shares has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guanzi.base.core import Bilingual, InvalidInput, Message
from guanzi.intake.inputoutput import Bill, BillPart, Span
from guanzi.study.chains.multipliers.economy import Economy
from guanzi.study.chains.multipliers.leontief import Vector

PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class AnchorPart:
    """What one component adds to a multiplier of the product.

    Attributes:
        id: Of the component.
        label: In words.
        share: Its part of the cost of the product.
        adds: To the multiplier of the output, at least and at most.
    """

    id: str
    label: Bilingual
    share: Span
    adds: Span


@dataclass(frozen=True, slots=True)
class Split:
    """Multipliers of a product by its bill of materials.

    Attributes:
        of: By measure.
        parts: Of the multiplier of output, components of the first level.
    """

    of: Mapping[str, Span]
    parts: tuple[AnchorPart, ...]


def check_sectors(bill: Bill, codes: Sequence[str]) -> None:
    """Refuse a bill that names sectors which a table does not have.

    Raises:
        InvalidInput: Every such name, with its place in the bill.
    """
    fix = Message.of("multipliers.bill.sector.mend")
    wrong = [(PRODUCT, bill.sectors)] if bill.sector not in codes else []
    wrong += [(c.id, c.sectors) for c in bill.components if c.sector not in codes]
    if wrong:
        raise InvalidInput(
            [bill.problem(id, "sector", Message.of("multipliers.bill.sector", codes=held), fix) for id, held in wrong]
        )


def split(bill: Bill, economy: Economy, multipliers: Mapping[str, Vector], spending: Vector | None = None) -> Split:
    """Bounds of the multipliers of a product over all shares that its bill allows.

    Args:
        bill: Its materials; their sectors are those of the economy.
        economy: Where the plant stands.
        multipliers: Of the sectors, by measure.
        spending: What households buy per unit of wages, where the multipliers hold what wages buy.
    """
    at = {code: i for i, code in enumerate(economy.codes)}
    found: dict[str, Span] = {}
    parts: tuple[AnchorPart, ...] = ()
    for measure, of_sectors in multipliers.items():
        column = _Column(bill, economy, measure, of_sectors, at, spending)
        found[measure] = column.multiplier(PRODUCT, bill.sector)
        if measure == "output":
            parts = column.parts()
    return Split(found, parts)


class _Column:
    """One measure: walks the bill from the product up."""

    def __init__(
        self,
        bill: Bill,
        economy: Economy,
        measure: str,
        of_sectors: Vector,
        at: Mapping[str, int],
        spending: Vector | None,
    ) -> None:
        self.bill, self.economy, self.of_sectors, self.at = bill, economy, of_sectors, at
        self.measure = measure
        self.direct = economy.direct[measure]
        self.trade = economy.trade
        # What a unit of the plant's own wages sets off, where households spend what they earn.
        self.spent = 0.0 if spending is None else float(spending @ of_sectors)

    def multiplier(self, id: str, sector: str) -> Span:
        """Bounds of the multiplier of a component, or of the product."""
        parts = self.bill.parts_of(id)
        if not parts:
            value = float(self.of_sectors[self.at[sector]])
            return Span(value, value)
        column = self.at[sector]
        rest, own = self._rest(column, parts)
        spans = [self._part(c, column) for c in parts]
        scale = self.bill.cost if id == PRODUCT else Span(1.0, 1.0)
        shares = [Span(c.share.low * scale.low, c.share.high * scale.high) for c in parts]
        low = rest + _extreme([s.low - rest for s in spans], shares, least=True)
        high = rest + _extreme([s.high - rest for s in spans], shares, least=False)
        return Span(own + low, own + high)

    def _rest(self, column: int, parts: Sequence[BillPart]) -> tuple[float, float]:
        """What a unit of cost that the bill does not cover sets off, and what the plant itself has of the measure.

        That cost is made up as in the sector, of its other purchases, its imports and its value added.
        """
        inputs = self.economy.total[:, column].copy()
        inputs[[self.at[c.sector] for c in parts]] = 0.0
        whole = inputs.sum() + (1.0 - self.economy.total[:, column].sum())
        if whole <= 0.0:
            return 0.0, 1.0 if self.measure == "output" else 0.0
        local = inputs * self.trade[:, column]
        through = float(local @ self.of_sectors) + self.spent * float(
            self.economy.direct.get("wages", self.direct)[column]
        )
        if self.measure == "output":
            return through / whole, 1.0
        if self.measure == "imports":
            bought = float((inputs - local).sum())
            other = self.direct[column] - float((self.economy.total[:, column] * (1.0 - self.trade[:, column])).sum())
            return (through + bought + max(other, 0.0)) / whole, 0.0
        # Staff, tax and value added belong to the cost that is not bought from the bill.
        return (through + float(self.direct[column])) / whole, 0.0

    def _part(self, component: BillPart, buyer: int) -> Span:
        """Bounds of what a unit of cost of a component sets off, by the part of it that is bought in the region."""
        of_it = self.multiplier(component.id, component.sector)
        usual = float(self.trade[self.at[component.sector], buyer])
        local = component.local or Span(usual, usual)
        if self.measure == "imports":  # what is bought outside is an import as a whole
            ends = [1.0 - t * (1.0 - m) for t in (local.low, local.high) for m in (of_it.low, of_it.high)]
            return Span(min(ends), max(ends))
        ends = [t * m for t in (local.low, local.high) for m in (of_it.low, of_it.high)]
        return Span(min(ends), max(ends))

    def parts(self) -> tuple[AnchorPart, ...]:
        """What each component of the first level adds."""
        column = self.at[self.bill.sector]
        found = []
        for c in self.bill.parts_of(PRODUCT):
            share = Span(c.share.low * self.bill.cost.low, c.share.high * self.bill.cost.high)
            span = self._part(c, column)
            found.append(AnchorPart(c.id, c.label, share, Span(share.low * span.low, share.high * span.high)))
        return tuple(found)


def _extreme(weights: Sequence[float], shares: Sequence[Span], least: bool) -> float:
    """The least or the largest Σ wᵢ sᵢ over shares within their bounds that add up to 1 at most.

    A fractional knapsack: begin at the low ends, and raise first what helps most.
    """
    value = sum(w * s.low for w, s in zip(weights, shares, strict=True))
    room = 1.0 - sum(s.low for s in shares)
    sign = -1.0 if least else 1.0
    for w, s in sorted(zip(weights, shares, strict=True), key=lambda pair: -sign * pair[0]):
        if sign * w <= 0.0 or room <= 0.0:
            break
        step = min(s.high - s.low, room)
        value += w * step
        room -= step
    return value
