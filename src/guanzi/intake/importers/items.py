"""Which name of a source means which fact: a table that is data, for taxonomies and for tables in two languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from guanzi.base.reading import Format, read_yaml
from guanzi.record.evidence import FactName, validate


class ImportItem(Format):
    """An item of a statement.

    Attributes:
        fact: The fact that holds it.
        kind: ``flow`` of a period, or ``stock`` as at a day.
        loss: The fact that holds a negative amount, turned into a positive one.
        turned: Its name states a loss: a positive number is a loss already.
        positive: It is entered without the minus that some sources give it.
        us_gaap: Concepts of the US-GAAP taxonomy, the preferred first.
        ifrs: Concepts of the IFRS taxonomy.
        en: Names in English tables.
        zh: Names in Chinese tables.
    """

    fact: FactName
    kind: Literal["flow", "stock"]
    loss: FactName | None = None
    turned: bool = False
    positive: bool = False
    us_gaap: tuple[str, ...] = ()
    ifrs: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def fact_of(self, amount: float) -> tuple[str, float]:
        """The fact and the value that an amount of this item becomes.

        A loss is a positive number under its own name; a "net loss" that carries a minus in a table is a loss all the
        same.
        """
        if self.turned:
            return self.fact, abs(amount)
        if self.loss is not None and amount < 0:
            return self.loss, -amount
        return self.fact, abs(amount) if self.positive else amount


class ItemTable(Format):
    """``library/importers/items.yaml``."""

    items: tuple[ImportItem, ...]


@cache
def import_items() -> tuple[ImportItem, ...]:
    """The items that importers know."""
    path = Path(str(files("guanzi"))) / "library" / "importers" / "items.yaml"
    return validate(ItemTable, read_yaml(path, path.name)).items


@cache
def items_by_concept(taxonomy: Literal["us-gaap", "ifrs-full"]) -> Mapping[str, tuple[int, ImportItem]]:
    """Items by concept of a taxonomy, with the rank of the concept among those of its item."""
    found: dict[str, tuple[int, ImportItem]] = {}
    for item in import_items():
        for rank, concept in enumerate(item.us_gaap if taxonomy == "us-gaap" else item.ifrs):
            found[concept] = (rank, item)
    return found


@cache
def items_by_label() -> Mapping[str, ImportItem]:
    """Items by their names in tables, both languages, as :func:`plain_label` leaves them."""
    return {plain_label(label): item for item in import_items() for label in (*item.en, *item.zh)}


@cache
def stocks() -> frozenset[str]:
    """Facts that are as at a day, not of a period."""
    return frozenset(item.fact for item in import_items() if item.kind == "stock")


_NUMBERED = re.compile(
    r"^(?:\(?[一二三四五六七八九十]+[、)]\s*|\(?\d+[、.)]\s*|[ivx]{1,4}[.、)]\s*|[a-h]\.\s*(?=[a-z]{3})|其中[:：]\s*|[加减][:：]\s*"
    r"|(?:including|less|add|plus):\s*)+"
)


def plain_label(text: str) -> str:
    """A name of a row without numbering, remarks on signs, and marks.

    >>> plain_label("五、净利润（净亏损以“-”号填列）"), plain_label("  Total assets: "), plain_label("Less: Costs")
    ('净利润', 'total assets', 'costs')
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    plain = _NUMBERED.sub("", plain)
    plain = re.sub(
        r"\((?:净?亏损|净?损失?|毛损|[^)]*填列)[^)]*\)$|\((?:net )?loss(?:es)? [^)]*[\"'“”-][^)]*\)$", "", plain
    ).strip()
    return re.sub(r"\s+", " ", plain.replace("’", "'")).strip(" :*.").replace("( ", "(")
