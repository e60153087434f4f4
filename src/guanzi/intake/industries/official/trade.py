"""World trade: BACI of CEPII, and the tables of Harvard's Growth Lab."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guanzi.intake.industries.gathering import Gathering
from guanzi.intake.industries.official.tables import csv_batches, not_that_format, opened
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.roles import Roles

_HARVARD = (
    ("country_iso3_code", "product_hs92_code", "year", "export_value"),
    ("location_code", "hs_product_code", "year", "export_value"),
)
"""Names of the columns: of the present tables, and of the older ones."""


def baci_address(release: str, classification: str = "HS92") -> str:
    """Where a release lies, e.g. ``202501``: all years in one archive."""
    return f"https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_{classification}_V{release}.zip"


def harvard_address(file: int) -> str:
    """Where a file of the Dataverse lies, by the number that its page shows."""
    return f"https://dataverse.harvard.edu/api/access/datafile/{file}"


def read_baci(path: Path, years: Sequence[int] = (), digits: int = 4, countries: Path | None = None) -> IndustryPanel:
    """Exports of countries by product, summed over who buys them.

    Args:
        path: The archive of a release, or the table of one year.
        years: Which years of the archive; none: all.
        digits: Of the products: 2, 4 or 6.
        countries: Table of the country codes, for ISO codes; None: the archive's own, or the numbers.

    Returns:
        The panel with one measure, ``v``: thousands of dollars.

    Raises:
        InvalidInput: A file is not of that format.
    """
    import zipfile

    import pyarrow.compute as pc

    roles = Roles("i", "k", "t", ("v",), sum_rows=True)
    gathering = Gathering(path.name, roles)
    codes = _codes(path, countries)
    parts = [""]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = sorted(name for name in archive.namelist() if "_Y" in name and name.lower().endswith(".csv"))
        parts = [name for name in parts if not years or any(f"_Y{year}_" in name for year in years)]
        if not parts:
            raise not_that_format(path, "_Y")
    for part in parts:
        with opened(path, ".csv", part) as file:
            for batch in csv_batches(file, path, ("t", "i", "k", "v"), ("v",)):
                product = pc.utf8_slice_codeunits(pc.utf8_lpad(batch["k"], 6, padding="0"), 0, digits)
                known = [codes.get(code, code) for code in batch["i"].dictionary_encode().dictionary.to_pylist()]
                exporter = _renamed(batch["i"], known)
                gathering.add({"t": batch["t"], "i": exporter, "k": product, "v": batch["v"]})
    return gathering.finish()


def read_harvard(path: Path) -> IndustryPanel:
    """Exports of countries by product, in dollars, from a table of countries, products and years.

    Raises:
        InvalidInput: The table has none of the sets of columns that are known.
    """
    with opened(path) as file:
        line = file.readline().decode("utf-8-sig").strip()
    delimiter = "\t" if "\t" in line else ","
    held = [name.strip('"') for name in line.split(delimiter)]
    names = next((names for names in _HARVARD if set(names) <= set(held)), None)
    if names is None or delimiter != ",":
        raise not_that_format(path, ", ".join(held[:8]))
    gathering = Gathering(path.name, Roles(names[0], names[1], names[2], (names[3],)))
    with opened(path) as file:
        for batch in csv_batches(file, path, names, names[3:]):
            gathering.add({name: batch[name] for name in names})
    return gathering.finish()


def _codes(path: Path, countries: Path | None) -> dict[str, str]:
    """Number of a country to its ISO code, from the table beside the trade."""
    import zipfile

    inside = countries is None and zipfile.is_zipfile(path)
    if countries is None and not inside:
        return {}
    if inside:
        with zipfile.ZipFile(path) as archive:
            if not any("country_codes" in name for name in archive.namelist()):
                return {}
    table = countries or path
    with opened(table, ".csv", "country_codes" if inside else "") as file:
        batches = list(csv_batches(file, table, ("country_code", "country_iso3")))
    pairs = [zip(b["country_code"].to_pylist(), b["country_iso3"].to_pylist(), strict=True) for b in batches]
    return {code: iso for part in pairs for code, iso in part if iso}


def _renamed(values: object, known: list[str]) -> object:
    import pyarrow as pa

    coded = values.dictionary_encode()  # type: ignore[attr-defined]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(known, pa.string()))
