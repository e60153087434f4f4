"""A panel of industries from a file: Parquet and CSV are read in batches, so that a register need not fit in memory."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, BinaryIO

from guanzi.base.core import InvalidInput, Message, Place, Problem, check_input, open_input
from guanzi.intake.industries.cells import NAMED, UNKNOWN
from guanzi.intake.industries.databases import damaged, is_database, read_database, rows_of_database
from guanzi.intake.industries.gathering import Advance, Gathering, gathered
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.roles import Roles

MOST_INDUSTRY_BYTES = 20_000_000_000
"""Largest file: it is read in batches, so that rows that are added up do not have to fit in memory."""
_BATCH = 1 << 20
_SAMPLES, _SAMPLE = 16, 1 << 16
"""Places of a table in text at which its lines are measured, and how many bytes of each."""


def read_industries(
    path: Path, roles: Roles, table: str | None = None, advance: Advance | None = None
) -> IndustryPanel:
    """Read a panel of industries.

    Args:
        path: Parquet, CSV with a header (comma, semicolon or tab; UTF-8), or a database of SQLite or DuckDB (the latter
            needs the extra ``panels``).
        roles: Which column says what.
        table: Table of a database; None: its only one.
        advance: Told the number of rows after each batch.

    Returns:
        The panel, with what was noticed in its ``findings``.

    Raises:
        InvalidInput: The file cannot be read, lacks a column, or holds rows that cannot be used; all problems at once.
    """
    name = str(path)
    check_input(path, name, MOST_INDUSTRY_BYTES)
    if is_database(path, MOST_INDUSTRY_BYTES):
        return read_database(path, roles, table, advance, MOST_INDUSTRY_BYTES)
    with open_input(path, name, MOST_INDUSTRY_BYTES) as file:
        start = file.read(4)
    if start[:2] == b"PK":
        raise InvalidInput(Problem(Message.of("panels.packed"), Place(name), Message.of("panels.packed.mend")))
    if start == b"PAR1":
        return _read_parquet(path, roles, advance)
    return _read_csv(path, roles, advance)


def rows_of(path: Path, table: str | None = None) -> int:
    """About how many rows a file has, for progress: Parquet and databases know, text is measured here and there.

    0 where that cannot be told; what is wrong with the file is said by whoever reads it.
    """
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        size = check_input(path, str(path), MOST_INDUSTRY_BYTES)
        if is_database(path, MOST_INDUSTRY_BYTES):
            return rows_of_database(path, table, MOST_INDUSTRY_BYTES)
        with open_input(path, str(path), MOST_INDUSTRY_BYTES) as file:
            if file.read(4) != b"PAR1":
                return _lines(file, size)
        return int(parquet.ParquetFile(path).metadata.num_rows)
    except (InvalidInput, pa.ArrowInvalid, OSError):
        return 0


def _lines(file: BinaryIO, size: int) -> int:
    """About how many lines a file of text has below its header."""
    seen = ends = 0
    for k in range(_SAMPLES):
        file.seek(max(size - _SAMPLE, 0) * k // (_SAMPLES - 1))
        part = file.read(_SAMPLE)
        seen, ends = seen + len(part), ends + part.count(b"\n")
    return max(round(size * ends / seen) - 1, 0) if seen else 0


def _read_parquet(path: Path, roles: Roles, advance: Advance | None) -> IndustryPanel:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    name = str(path)
    try:
        file = parquet.ParquetFile(path)
        roles.check([str(column) for column in file.schema_arrow.names], name)
        texts = [c for c in (roles.region, roles.industry) if pa.types.is_string(file.schema_arrow.field(c).type)]
        file = parquet.ParquetFile(path, read_dictionary=texts)
        batches = file.iter_batches(_BATCH, columns=list(roles.columns), use_threads=False)
        return gathered(batches, Gathering(name, roles), advance)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise damaged(name, error) from error


def _read_csv(path: Path, roles: Roles, advance: Advance | None) -> IndustryPanel:
    import pyarrow as pa

    name = str(path)
    with open_input(path, name, MOST_INDUSTRY_BYTES) as file:
        header = file.readline(1_000_000)
    if not header.strip():
        raise InvalidInput(Problem(Message.of("panels.no_rows"), Place(name, 1), Message.of("panels.no_rows.mend")))
    columns, delimiter = _header(header, path)
    roles.check(columns, name)
    try:
        return _csv_batches(path, roles, delimiter, pa.float64(), advance)
    except (pa.ArrowInvalid, UnicodeDecodeError):
        pass  # a number that is none, or bytes that are none of UTF-8: read again, to say where
    _refuse_garbled(path)
    try:
        return _csv_batches(path, roles, delimiter, pa.string(), None)
    except pa.ArrowInvalid as error:
        raise damaged(name, error) from error


def _csv_batches(path: Path, roles: Roles, delimiter: str, numbers: Any, advance: Advance | None) -> IndustryPanel:
    import pyarrow as pa
    import pyarrow.csv as csv

    types = dict.fromkeys((roles.region, roles.industry, roles.year), pa.string())
    types |= dict.fromkeys(roles.values, numbers)
    ragged: list[tuple[int, int, int]] = []

    def uneven(row: Any) -> str:
        ragged.append((row.number, row.actual_columns, row.expected_columns))
        return "skip"

    reader = csv.open_csv(
        path,
        read_options=csv.ReadOptions(use_threads=False, block_size=1 << 25),
        parse_options=csv.ParseOptions(delimiter=delimiter, invalid_row_handler=uneven),
        convert_options=csv.ConvertOptions(
            include_columns=list(roles.columns),
            column_types=types,
            null_values=sorted(UNKNOWN),
            strings_can_be_null=False,
        ),
    )
    gathering = Gathering(str(path), roles, header=1)
    try:
        panel = gathered(iter(reader), gathering, advance)
    except InvalidInput:
        if not ragged:
            raise
    if ragged:  # what else is wrong is told once the rows are whole: below such a row, lines cannot be counted
        number, cells, columns = ragged[0]
        lines = tuple(str(line) for line, _, _ in ragged[:NAMED])
        cause = Message.of("panels.ragged", cells=cells, columns=columns, rows=len(ragged), lines=lines)
        raise InvalidInput(Problem(cause, Place(str(path), number), Message.of("panels.ragged.mend")))
    return panel


def _header(line: bytes, path: Path) -> tuple[list[str], str]:
    import csv

    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse_garbled(path)
        raise
    if "\x00" in text:
        raise InvalidInput(Problem(Message.of("panels.format"), Place(str(path), 1), Message.of("panels.format.mend")))
    delimiter = max((",", ";", "\t"), key=text.count)
    return next(csv.reader([text.strip("\r\n")], delimiter=delimiter)), delimiter


def _refuse_garbled(path: Path) -> None:
    """Say in which line the first byte stands that is not UTF-8, and what the file may be instead."""
    with open_input(path, str(path), MOST_INDUSTRY_BYTES) as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                guess = _encoding(line)
                cause = Message.of("panels.not_utf8", byte=f"0x{line[error.start]:02X}", guess=guess)
                place = Place(str(path), number, len(line[: error.start].decode("utf-8")) + 1)
                raise InvalidInput(Problem(cause, place, Message.of("panels.not_utf8.mend", guess=guess))) from error


def _encoding(line: bytes) -> str:
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    pairs = all(len(run) % 2 == 0 for run in re.findall(rb"[\x80-\xff]+", line))
    return "GB18030" if pairs else "Windows-1252"  # Chinese characters are pairs of such bytes, umlauts stand alone
