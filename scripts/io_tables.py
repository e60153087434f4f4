"""Make the input-output tables that are shipped: ``PYTHONPATH=. python scripts/io_tables.py FOLDER``.

FOLDER holds the publishers' tables as CSV (``chains/``, ``china/``). They keep the publisher's codes, so that the
reader of any table reads them; names stand in both languages. The American is added up to groups (``io_sectors.py``).
Hashes go into the cards (``library/inputoutput/tables.yaml``), which say who published a table and why it may be used.
"""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts.io_sectors import CN153, US

LIBRARY = Path(__file__).resolve().parents[1] / "src" / "guanzi" / "library" / "inputoutput"
type Rows = list[list[str]]
AT_WORK = {"primary": 177_150_000, "secondary": 215_430_000, "tertiary": 358_060_000}
"""Persons at work in China at the end of 2020 (National Bureau of Statistics, as quoted by huaon.com, rank/765481)."""
_PRIMARY = ("01001", "02002", "03003", "04004")
_SERVICES = ("05005", "11011", "43097")
"""Sectors among farming and industry that the classification of three strata (2018) counts as tertiary."""


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if value else ""


def _written(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _chinese(rows: Rows, english: dict[str, str]) -> Rows:
    """A table of China or of a province: codes and figures as published, names in both languages."""
    head = ["code", "name", "name_zh", *rows[0][2:]]
    return [head] + [[r[0], english.get(r[0], r[1]), r[1], *(_number(float(x or 0)) for x in r[2:])] for r in rows[1:]]


def _at_work(rows: Rows) -> list[str]:
    """Persons at work of each sector: those of its stratum, spread by compensation of employees."""
    sectors, wages = rows[0][2:155], next(r for r in rows if r[0] == "VA001")[2:155]
    strata = [
        "primary" if c in _PRIMARY else "secondary" if int(c[:2]) <= 50 and c not in _SERVICES else "tertiary"
        for c in sectors
    ]
    paid = {s: sum(float(w) for w, of in zip(wages, strata, strict=True) if of == s) for s in AT_WORK}
    persons = [_number(AT_WORK[s] * float(w) / paid[s]) for w, s in zip(wages, strata, strict=True)]
    return ["EMP", "persons at work", "就业人员", *persons, *[""] * (len(rows[0]) - 155)]


def _domestic(rows: Rows) -> Rows:
    """The table of 42 that tells domestic from imported use: what is imported becomes one row of costs."""
    at_home = [r for r in rows[1:] if r[3] != "Imports"]
    abroad = [sum(float(r[i] or 0) for r in rows[1:] if r[3] == "Imports") for i in range(4, 46)]
    imported = ["IM", "imports", "进口", *map(_number, abroad)]
    width = len(rows[0]) - 1
    kept = [[r[0], r[1], r[2], *(_number(float(x or 0)) for x in r[4:])] for r in at_home if r[0] != "TII"]
    kept.insert(42, imported + [""] * (width - len(imported)))
    # consumption of households and of the government stands in one column, which is neither
    return [["code", "name", "name_zh", *("OTHER" if c == "TC" else c for c in rows[0][4:])], *kept]


def _american(rows: Rows) -> Rows:
    """The use table of detail, added up to groups of sectors."""
    groups: dict[str, tuple[str, str, str]] = {}
    for line in US.strip().splitlines():
        prefixes, english, chinese = line.split("|")
        for prefix in prefixes.split():
            groups[prefix] = (prefixes.split()[0], english, chinese)

    def group(code: str) -> tuple[str, str, str]:
        found = max((p for p in groups if code.startswith(p)), key=len, default="")
        return groups[found] if found and not re.match(r"S00[349]", code) else (code, code, code)

    kinds = [group(code) for code in rows[0][1:]]
    columns = list(dict.fromkeys(kind[0] for kind in kinds))
    sums: dict[str, dict[str, float]] = {}
    names: dict[str, tuple[str, str, str]] = {}
    for row in rows[1:]:
        into = group(row[0])
        names[into[0]] = into
        held = sums.setdefault(into[0], dict.fromkeys(columns, 0.0))
        for kind, value in zip(kinds, row[1:], strict=True):
            held[kind[0]] += float(value or 0)
    return [["code", "name", "name_zh", *columns]] + [
        [*names[code], *(_number(held[c]) for c in columns)] for code, held in sums.items()
    ]


def made(folder: Path) -> dict[str, str]:
    """The shipped files by their path in the library, without ending, as text."""
    chains, china = folder / "chains", folder / "china"
    whole = _read(chains / "cn_io_2020_153_cny10k.csv")
    parted = _read(china / "cn_io_2020_42_noncompetitive_cny10k.csv")
    english = {row[0]: row[1] for row in parted[1:]}
    names = [name for line in CN153.strip().splitlines() for name in line.split("|")]
    tables = {
        "china-2020": [*_chinese(whole, english | dict(zip(whole[0][2:], names, strict=False))), _at_work(whole)],
        "china-2020-42": _domestic(parted),
        **{
            f"anhui-{year}": _chinese(_read(chains / f"anhui_io_{year}_42_cny10k.csv"), english)
            for year in (2012, 2017)
        },
        "us-2017": _american(_read(chains / "us_bea_use_2017_detail.csv")),
    }
    written = {f"tables/{name}": _written(rows) for name, rows in tables.items()}
    return {**written, "regions/provinces-2017": _provinces(china), "regions/together-2017": _together(china)}


def _together(china: Path) -> str:
    """The tables of all provinces in 2017, one below the other: what is used, earned, and traded with others."""
    from pyarrow.parquet import read_table

    names = {r[0]: [r[1], r[2]] for r in _read(china / "province_io_gross_output_1997_2017.csv")[1:] if r[7] == "2017"}
    cells: dict[str, dict[str, dict[str, float]]] = {}
    for cell in read_table(china / "province_io42_full_2012_2017.parquet", filters=[("year", "=", 2017)]).to_pylist():
        cells.setdefault(cell["region_code"], {}).setdefault(cell["row"], {})[cell["col"]] = float(cell["value"] or 0.0)
    sectors = [f"{n:02d}" for n in range(1, 43)]
    columns = [*sectors, "FU101", "FU102", "FU103", "FU201", "FU202", "EX", "OF", "IM", "IF", "ERR", "GO"]
    body = [
        [code, *names[code], row, *(_number(held.get(column, 0.0)) for column in columns)]
        for code, rows in sorted(cells.items())
        for row, held in sorted(rows.items())
        if row in (*sectors, "VA001", "VA002", "VA003", "VA004")
    ]
    return _written([["province", "name_zh", "name", "code", *columns], *body])


def _provinces(china: Path) -> str:
    """Gross output of the sectors of each province in 2017: how large a region is, where quotients are wanted."""
    rows = [r for r in _read(china / "province_io_gross_output_1997_2017.csv")[1:] if r[7] == "2017"]
    names = {r[0]: [r[1], r[2]] for r in rows}
    sizes = {(r[0], r[3].removeprefix("IO2017-")): float(r[8]) for r in rows}
    codes = sorted({code for _, code in sizes})
    body = [[p, *names[p], *(_number(sizes.get((p, c), 0.0)) for c in codes)] for p in sorted(names)]
    return _written([["code", "name_zh", "name", *codes], *body])


def main(folder: Path) -> None:
    """Write the tables, and print the hash of each for its card."""
    for name, text in made(folder).items():
        content = text.encode("utf-8")
        (LIBRARY / f"{name}.csv.xz").write_bytes(lzma.compress(content, preset=9))
        print(name, hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
