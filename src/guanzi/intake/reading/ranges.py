"""Tables of guidance: the least and the most of what is expected, in two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guanzi.base.core import Message
from guanzi.intake.reading.amounts import NamedUnit, without_unit
from guanzi.intake.reading.blocks import FigureBlock, Figures
from guanzi.intake.reading.found import FoundFact, Spot
from guanzi.intake.reading.heads import ColumnSpan, Title
from guanzi.intake.reading.layout import Piece, box_around
from guanzi.intake.reading.lexicon import closed, fold, item_of
from guanzi.intake.reading.scaling import scaled
from guanzi.record.evidence import PlacedPage

_LOW = re.compile(r"(?:low|lower|minimum|least|下限|最低)(?: end)?(?:值)?")
_HIGH = re.compile(r"(?:high|upper|maximum|most|上限|最高)(?: end)?(?:值)?")
_EXPECTED = re.compile(r"guidance|outlook|expect|forecast|指引|展望|预计|预期")
_FACTS = {"deliveries": "delivery_guidance", "revenue": "plan_revenue"}
_SURE, _RECOGNISED = 0.85, 0.1


def read_ranges(
    page: PlacedPage, block: FigureBlock, columns: Sequence[ColumnSpan], texts: Sequence[str], title: Title
) -> Iterator[FoundFact]:
    """The ranges of deliveries and revenue that a table of guidance states.

    Args:
        page: The page.
        block: The table.
        columns: Its columns.
        texts: The heads of the columns.
        title: What stands above it.
    """
    heads = [closed(fold(text)) for text in texts]
    ends = [[i for i, head in enumerate(heads) if end.fullmatch(head)] for end in (_LOW, _HIGH)]
    above = " ".join(closed(fold(row.text)) for row in block.above)
    period = title.time.flow()
    if [len(end) for end in ends] != [1, 1] or not _EXPECTED.search(above) or period is None:
        return
    for one in block.held:
        name, unit = without_unit(one.name.text)
        known = item_of(name)
        fact = _FACTS.get(known[0].fact) if known is not None else None
        low, high = (_in_column(one, columns[end[0]]) for end in ends)
        if fact is None or low is None or high is None:
            continue
        stated = _stated(fact, low, high, unit or title.unit)
        if stated is None:
            continue
        spot = Spot(page.number, block.rows[one.row].text, box_around((*low.words, *high.words)), page.label, low.cell)
        reasons = ["head", *(["recognised"] if page.recognised else [])]
        sure = round(_SURE - (_RECOGNISED if page.recognised else 0.0), 2)
        told = tuple(Message.of(f"reading.reason.{reason}") for reason in reasons)
        yield FoundFact(fact, *stated, period, spot, sure, told, low.text)


def _in_column(one: Figures, column: ColumnSpan) -> Piece | None:
    found = (p for p in one.figures if p.figure is not None and column.left <= p.left and p.right <= column.right)
    return next(found, None)


def _stated(fact: str, low: Piece, high: Piece, unit: NamedUnit | None) -> tuple[tuple[float, float], str] | None:
    """The range in base units, and its unit; None where it has none or is no range."""
    assert low.figure is not None
    assert high.figure is not None
    if fact == "delivery_guidance":
        scale, named = (unit.scale or 1.0, unit.count) if unit is not None and unit.count else (1.0, "vehicles")
    elif unit is None or unit.count or unit.percent or not (unit.currency or low.figure.currency):
        return None
    else:
        scale, named = unit.scale or 1.0, unit.currency or low.figure.currency
    least, most = scaled(low.figure.value, scale), scaled(high.figure.value, scale)
    return ((least, most), named) if 0 <= least < most else None
