"""An effect as a document: what a province would have had without an event, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi import __version__
from guanzi.intake.industries import IndustryPanel, PanelRecord
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import UNDATED, Block, Bullets, Cell, Document, Measurement, Row, Section, Sentence, Table
from guanzi.study.effects import FEWEST_BEFORE, FEWEST_DONORS, PlaceEffect


def effect_document(region: str, industry: str, since: int, panel: IndustryPanel, found: PlaceEffect) -> Document:
    """The document of an effect.

    Args:
        region: The province, in both languages.
        industry: Likewise.
        since: First year after the event.
        panel: What the figures are of.
        found: The effect, or the obstacle to one.
    """
    under = (message("effect.under", since=str(since), first=str(panel.years[0]), last=str(panel.years[-1])),)
    title = message("effect.title", region=region, industry=industry)
    blocks = tuple(_effect(since, found) if not found.obstacle else _obstacle(found, panel))
    sections = [Section("effect", "", blocks, first=True)]
    if panel.record is not None:
        sections.append(Section("limits", message("effect.limits"), (_limits(panel.record),), first=True))
    made = message("page.made", version=__version__)
    return Document("effect", message("effect.kicker"), title, under, UNDATED, tuple(sections), made)


def _obstacle(found: PlaceEffect, panel: IndustryPanel) -> Iterator[Block]:
    told = message(
        f"effect.none.{found.obstacle}",
        donors=len(found.donors),
        fewest=FEWEST_DONORS,
        before=len(found.before),
        years=FEWEST_BEFORE,
        last=str(panel.years[-1]),
        placebos=found.placebos,
    )
    yield Sentence(message("effect.none"), tone="strong")
    yield Sentence(told, tone="unknown")
    yield Sentence(message("effect.add"), tone="quiet")


def _effect(since: int, found: PlaceEffect) -> Iterator[Block]:
    last = found.years[-1]
    effect = Measurement(last.effect, "ratio", last.low, last.high)
    known = "shown" if last.low > 0 or last.high < 0 else "open"
    yield Sentence(message(f"effect.{known}", year=str(last.year), effect=effect), tone="strong")
    yield Sentence(message("effect.rank", chance=Measurement(found.chance, "ratio"), placebos=found.placebos))
    columns = heads("effect.head", "year", "came", "without", "effect", "low", "high")
    rows = tuple(
        Row(Cell(str(y.year)), tuple(Cell(v, "ratio") for v in (y.came, y.without, y.effect, y.low, y.high)))
        for y in found.years
    )
    yield Table("effect", message("effect.by_year"), columns, rows)
    parts = tuple(message("effect.part", place=name, share=Measurement(w, "ratio")) for name, w in found.weights)
    miss = Measurement(found.miss, "ratio")
    yield Sentence(message("effect.mixture", parts=parts, donors=len(found.donors), since=str(since), miss=miss))


def _limits(record: PanelRecord) -> Bullets:
    told = [Sentence(message("effect.all_events")), Sentence(message("effect.spill"))]
    told += [Sentence(message("effect.unseen", words=words)) for words in record.unseen]
    return Bullets(tuple(told))
