"""The unit that a row names, and counts and ratios in base units."""

from __future__ import annotations

from guanzi.intake.reading.amounts import NamedUnit, is_unit, without_unit
from guanzi.intake.reading.blocks import Figures
from guanzi.intake.reading.found import Value
from guanzi.intake.reading.lexicon import MeasuredRow
from guanzi.intake.reading.scaling import scaled


def row_unit(one: Figures) -> NamedUnit | None:
    """The unit that a row names: in brackets after its name, or in a column of its own."""
    _, unit = without_unit(one.name.text)
    return unit or next((found for extra in one.extras if (found := is_unit(extra.text)) is not None), None)


def counted(
    item: MeasuredRow, value: float, own: NamedUnit | None, percent: bool, title: NamedUnit | None
) -> tuple[str, Value, str] | str:
    """Fact, value and base unit of a count or ratio, by the unit of its row or of the title; or why it has none."""
    if item.unit == "ratio":
        return (item.fact, scaled(value, 0.01), "ratio") if percent or (own is not None and own.percent) else "no_unit"
    if percent or value < 0 or (own is not None and not own.count):
        return "no_unit"
    unit = own or (title if title is not None and title.count else None)
    if unit is None:
        return item.fact, value, item.unit
    product, _, per = item.unit.partition("/")
    counted = product if unit.count == "units" else unit.count
    return item.fact, scaled(value, unit.scale or 1.0), f"{counted}/{per}" if per else counted
