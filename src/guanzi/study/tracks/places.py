"""Where a place stands in the panels that come with Guanzi: its city, its province, and what each is measured by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem
from guanzi.intake.industries import IndustryPanel, PanelRecord, names_of, shipped_panel
from guanzi.study.tracks.specialization import location_quotient

if TYPE_CHECKING:
    from guanzi.study.tracks.scan import RegionScan

CITY, PROVINCE, PROVINCE_FIRMS = "cn-city-firms", "cn-employment", "cn-firms"
"""By what a city, and a province, are measured first; and by what a province is measured besides."""
BESIDE = (CITY, PROVINCE, "cn-output", "cn-exports", PROVINCE_FIRMS)
"""Measures that are laid side by side, in the order of their columns."""
SECTORS = tuple(f"H{n:02d}" for n in range(2, 25))
"""Mining, manufacturing and utilities: what every measure sees."""
PRODUCTS = "cn-products"
NEAR = 3
"""Places that are offered for a name that is none."""


@dataclass(frozen=True, slots=True)
class ChinesePlace:
    """A city with its province, or a province; ``city`` is empty where a province alone is meant."""

    city: str
    province: str

    @property
    def name(self) -> str:
        """In both languages."""
        return self.city or self.province


@dataclass(frozen=True, slots=True)
class SectorMeasure:
    """How a region stands in each sector by one measure.

    Attributes:
        record: Of the measure.
        region: Which.
        year: The last that was out.
        quotients: Of each sector within all of them, where it is known.
    """

    record: PanelRecord
    region: str
    year: int
    quotients: dict[str, float]


@dataclass(frozen=True, slots=True)
class ProductShare:
    """Output of a product: its share of all provinces in the first and the last year that are held; the last value."""

    product: str
    years: tuple[int, int]
    shares: tuple[float, float]
    value: float


@dataclass(frozen=True, slots=True)
class Beside:
    """The same place by other measures.

    Attributes:
        place: City and province.
        scan: By the second measure; None where too little of it was out.
        sectors: How it stands in each sector by every measure.
        known: Companies of the province whose city is known, and all of them; None where no city is meant.
        products: Shares of the province in four products.
        asked: Years ahead that were asked; the panel may carry fewer.
    """

    place: ChinesePlace
    scan: RegionScan | None
    sectors: tuple[SectorMeasure, ...]
    known: tuple[int, int] | None
    products: tuple[ProductShare, ...]
    asked: int


def find_place(text: str, option: str = "--city") -> ChinesePlace:
    """The place that a text names: in English or Chinese, or by its code; ``option``: where the text was given.

    Raises:
        InvalidInput: There is none of that name.
    """
    provinces, cities = names_of("province"), names_of("city")
    province, city = (
        {key: one for one in named.values() for key in _keys(one.code, one.name)} for named in (provinces, cities)
    )
    wanted = _plain(text)
    if wanted not in province and wanted not in city:
        near = get_close_matches(wanted, (*city, *province), n=NEAR)
        names = tuple(dict.fromkeys((city.get(one) or province[one]).name for one in near))
        fix = Message.of("desk.scan.no_place.near", near=names) if names else Message.of("desk.scan.no_place.mend")
        raise InvalidInput(Problem(Message.of("desk.scan.no_place", place=text), Place(option), fix, excerpt=text))
    own = city.get(wanted)
    if own is None or (wanted in province and province[wanted].code != own.upper):
        return ChinesePlace("", province[wanted].name)
    return ChinesePlace(own.name, provinces[own.upper].name)


def is_place(text: str) -> bool:
    """Whether a text names a province or city of China, in English or Chinese, or by its code."""
    wanted = _plain(text)
    return any(wanted in _keys(one.code, one.name) for kind in ("province", "city") for one in names_of(kind).values())


def by_sectors(id: str, region: str, panel: IndustryPanel) -> SectorMeasure | None:
    """How a region stands by a measure in the last year of a panel; None where it holds nothing then.

    Args:
        id: Of the measure.
        region: As the panel calls it.
        panel: The shipped panel of the measure, cut at a day.
    """
    record = panel.record
    if record is None or not panel.years or region not in panel.regions:
        return None
    year, kinds = panel.years[-1], names_of(record.industries)
    sector = {str(one.name): code if record.industries == "sector" else one.upper for code, one in kinds.items()}
    values, lacking = panel.matrix(year), panel.unknown(year)
    columns = [[k for k, name in enumerate(panel.industries) if sector[str(name)] == code] for code in SECTORS]
    sums = np.column_stack([values[:, at].sum(axis=1) for at in columns])
    r = panel.region_at(region)
    if not sums[r].any():
        return None
    quotient = location_quotient(sums)[r]
    known = [bool(at) and not lacking[r, at].any() and np.isfinite(q) for at, q in zip(columns, quotient, strict=True)]
    told = zip(SECTORS, quotient, known, strict=True)
    return SectorMeasure(record, panel.regions[r], year, {code: float(q) for code, q, said in told if said})


def known_share(city_panel: IndustryPanel, province: str) -> tuple[int, int]:
    """Companies of a province of which the city is known, and all of them, in the last year of a panel of cities."""
    year = city_panel.years[-1]
    inside = {
        str(one.name) for one in names_of("city").values() if str(names_of("province")[one.upper].name) == province
    }
    at = [k for k, region in enumerate(city_panel.regions) if str(region) in inside]
    firms = shipped_panel(PROVINCE_FIRMS)
    return int(city_panel.matrix(year)[at].sum()), int(firms.matrix(year)[firms.region_at(province)].sum())


def product_shares(panel: IndustryPanel, province: str) -> Iterator[ProductShare]:
    """The four products of a province as far as they are held."""
    if province not in panel.regions:
        return
    for product in panel.industries:
        held = [y for y, value in panel.series(province, product).items() if np.isfinite(value)]
        if held:
            k, r = panel.industry_at(product), panel.region_at(province)
            columns = [panel.matrix(year)[:, k] for year in (held[0], held[-1])]
            first, last = (float(column[r] / column.sum()) for column in columns)
            yield ProductShare(product, (held[0], held[-1]), (first, last), float(columns[1][r]))


def _keys(code: str, name: Bilingual) -> set[str]:
    return {_plain(text) for text in (code, str(name), name.zh)}


def _plain(text: str) -> str:
    bare = re.sub(r"[\s'’_-]", "", text).casefold()
    return re.sub(r"(?:(?:维吾尔|壮族|回族)?自治区|省|市)$", "", bare) or bare
