"""Tables of owners, customers and suppliers: whose share a row states, by what stands in it and by its rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guanzi.base.core import Message, Period
from guanzi.intake.reading.amounts import PrintedFigure
from guanzi.intake.reading.blocks import FigureBlock, Figures
from guanzi.intake.reading.found import FoundFact, Spot
from guanzi.intake.reading.heads import ColumnSpan, Title
from guanzi.intake.reading.layout import Piece
from guanzi.intake.reading.lexicon import closed, fold
from guanzi.intake.reading.scaling import scaled
from guanzi.record.evidence import PlacedPage

_HOLDING = re.compile(
    r"(?:持股|股权|占(?:总)?股(?:本|份)(?:总数|总额)?的?)比例|(?:share|equity) ?holding|ownership (?:%|percentage)"
    r"|(?:% |percentage )of (?:(?:total|ordinary|common|outstanding|issued) )*(?:share|equity|ownership|class)"
)
_VOTES = re.compile(r"表决|投票|质押|冻结|vot(?:es?|ing)|pledg|after|发行后|本次变动后")
_OWNERS = (
    ("founder_share", re.compile(r"创始人|创始$|founder")),
    (
        "public_stake",
        re.compile(
            r"(?<!非)国有(?:股东|资本|独资|法人|控股)|国资委?|财政局|人民政府|\(ss\)|state-owned|municipal government"
        ),
    ),
)
_RANKED = (
    ("largest_customer_share", re.compile(r"前五(?:大|名)(?:销售)?客户|(?:five|top) (?:five )?(?:largest )?customers")),
    ("largest_supplier_share", re.compile(r"前五(?:大|名)供应商|(?:five|top) (?:five )?(?:largest )?suppliers")),
)
_OF_ALL = re.compile(r"占.{0,12}(?:收入|销售|采购).{0,6}比|占比|% of|percentage of|share of")
_SUM = re.compile(r"合计|总计|小计|total")
_SURE, _RECOGNISED = 0.85, 0.1


def read_shares(
    page: PlacedPage, block: FigureBlock, columns: Sequence[ColumnSpan], texts: Sequence[str], title: Title
) -> Iterator[FoundFact]:
    """The shares that a table of owners, customers or suppliers states.

    Args:
        page: The page.
        block: The table.
        columns: Its columns.
        texts: The heads of the columns.
        title: What stands above it.
    """
    heads = [closed(fold(text)) for text in texts]
    above = " ".join(closed(fold(row.text)) for row in block.above)
    rows = [one for one in block.held if not _SUM.match(fold(one.name.text))]
    holding = [i for i, head in enumerate(heads) if _HOLDING.search(head) and not _VOTES.search(head)]
    of_all = [i for i, head in enumerate(heads) if _OF_ALL.search(head)]
    if title.hindrance:
        return
    if len(holding) == 1:
        for fact, owner in _OWNERS:
            found = [one for one in rows if owner.search(closed(fold(block.rows[one.row].text)))]
            if len(found) == 1 and (piece := _share(found[0], columns[holding[0]], heads[holding[0]])) is not None:
                yield _made(page, block, found[0], piece, (fact, title.time.stock(), "document"))
    for fact, ranked in _RANKED:
        shares = [_share(one, columns[of_all[0]], heads[of_all[0]]) for one in rows] if len(of_all) == 1 else []
        if ranked.search(above) and len(shares) > 1 and shares[0] is not None:
            values = [_figure(piece).value for piece in shares if piece is not None]
            if values == sorted(values, reverse=True):
                yield _made(page, block, rows[0], shares[0], (fact, title.time.flow(), "flow"))


def _figure(piece: Piece) -> PrintedFigure:
    assert piece.figure is not None
    return piece.figure


def _share(one: Figures, column: ColumnSpan, head: str) -> Piece | None:
    """The figure of a row in a column of percentages."""
    found = (p for p in one.figures if p.figure is not None and column.left <= p.left and p.right <= column.right)
    piece = next(found, None)
    if piece is None or not (_figure(piece).percent or "%" in head) or not 0 < _figure(piece).value <= 100:
        return None
    return piece


def _made(
    page: PlacedPage, block: FigureBlock, one: Figures, piece: Piece, meant: tuple[str, Period | None, str]
) -> FoundFact:
    fact, period, lacks = meant
    spot = Spot(page.number, block.rows[one.row].text, piece.box, page.label, piece.cell)
    reasons = ["head", *(["recognised"] if page.recognised else [])]
    sure = round(_SURE - (_RECOGNISED if page.recognised else 0.0), 2)
    told = tuple(Message.of(f"reading.reason.{reason}") for reason in reasons)
    value = scaled(_figure(piece).value, 0.01)
    return FoundFact(fact, value, "ratio", period, spot, sure, told, piece.text, "" if period is not None else lacks)
