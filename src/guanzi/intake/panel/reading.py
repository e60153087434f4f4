"""Reading a panel from Parquet or CSV."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, read_input
from guanzi.intake.panel.table import Floats, Panel, Texts

if TYPE_CHECKING:
    import pyarrow as pa

#: What stands for "nothing" in files of the usual statistics packages.
NOTHING = ("", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", ".", "-", "#N/A")
_INFINITE = ("inf", "-inf", "Inf", "-Inf", "infinity", "Infinity", "-Infinity")
#: Its largest size: some ten million rows of a register.
MOST_PANEL_BYTES = 2_000_000_000
#: Of the texts of a column, the share that must read as numbers for the column to be one of numbers.
_MOSTLY = 0.5


def read_panel(path: Path, name: str | None = None) -> Panel:
    """Read a table of many rows.

    Args:
        path: A Parquet file, or a CSV file with a header (comma, semicolon or tab; UTF-8).
        name: How problems should call it; by default the path as given.

    Returns:
        The panel. Column names lose white space at both ends. Whole numbers, booleans, decimals and texts that are
        mostly numbers become floats; infinite values are kept for the reader to judge.

    Raises:
        InvalidInput: There is no such file, it is of another format, damaged, empty, or has two columns of one name.
    """
    called = name or str(path)
    content = read_input(path, called, MOST_PANEL_BYTES)
    table = _table(content, called)
    names = [str(column).strip() for column in table.column_names]
    _refuse_doubles(names, called)
    numbers: dict[str, Floats] = {}
    texts: dict[str, Texts] = {}
    for column, values in zip(names, table.columns, strict=True):
        read = _numbers(values)
        if read is None:
            texts[column] = _texts(values)
        else:
            numbers[column] = read
    return Panel(called, numbers, texts, table.num_rows, hashlib.sha256(content).hexdigest())


def _table(content: bytes, name: str) -> pa.Table:
    import pyarrow as pa
    import pyarrow.csv as csv
    import pyarrow.parquet as parquet

    try:
        if content[:4] == b"PAR1":
            return parquet.read_table(io.BytesIO(content), use_threads=False)
        if not content.strip():
            raise _refusal("evidence.panel.empty", name)
        if b"\x00" in content[:4096]:
            raise _refusal("evidence.panel.format", name)
        content = content.removeprefix(b"\xef\xbb\xbf")
        header = content.split(b"\n", 1)[0]
        header.decode("utf-8")
        delimiter = max((b",", b";", b"\t"), key=header.count).decode()
        table = csv.read_csv(
            io.BytesIO(content),
            read_options=csv.ReadOptions(use_threads=False, block_size=max(len(content), 1) + 1),
            parse_options=csv.ParseOptions(delimiter=delimiter),
            convert_options=csv.ConvertOptions(null_values=list(NOTHING), strings_can_be_null=True),
        )
        if any(pa.types.is_binary(kind) for kind in table.schema.types):
            content.decode("utf-8")  # bytes that are no text would become one silently
        return table
    except UnicodeDecodeError as error:
        raise _garbled(content, name) from error
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise _refusal("evidence.panel.damaged", name, reason=str(error).splitlines()[0]) from error


def _refusal(id: str, name: str, **params: Any) -> InvalidInput:
    return InvalidInput(Problem(Message.of(id, **params), Place(name), Message.of("evidence.panel.mend")))


def _garbled(content: bytes, name: str) -> InvalidInput:
    """Where the first byte stands that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").split("\n")
        cause = Message.of("reading.file.not_utf8", byte=f"0x{content[error.start]:02X}")
        place = Place(name, len(before), len(before[-1]) + 1)
        return InvalidInput(Problem(cause, place, Message.of("reading.file.not_utf8.mend")))
    return _refusal("evidence.panel.format", name)


def _refuse_doubles(names: list[str], name: str) -> None:
    twice = tuple(sorted({column for column in names if names.count(column) > 1}))
    if twice:
        cause = Message.of("evidence.panel.columns_twice", columns=twice)
        raise InvalidInput(Problem(cause, Place(name, 1), Message.of("evidence.panel.columns_twice.mend")))


def _numbers(values: pa.ChunkedArray) -> Floats | None:
    """The column as floats; None when it holds texts or days."""
    import pyarrow as pa

    kind = values.type
    if pa.types.is_dictionary(kind):
        return _numbers(values.cast(kind.value_type))
    if pa.types.is_null(kind):
        return np.full(len(values), np.nan)
    if pa.types.is_boolean(kind):
        values = values.cast(pa.int8())
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _numbers_in(values.to_pylist())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        return None
    return np.asarray(values.cast(pa.float64(), safe=False).to_numpy(), dtype=np.float64)


def _numbers_in(texts: list[str | None]) -> Floats | None:
    held = [text.strip() for text in texts if text is not None and text.strip() not in NOTHING]
    if not held or sum(_number(text) is not None for text in held) <= _MOSTLY * len(held):
        return None
    return np.array([np.nan if text is None or (n := _number(text.strip())) is None else n for text in texts])


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if np.isfinite(value) or text in _INFINITE else None


def _texts(values: pa.ChunkedArray) -> Texts:
    said = [None if value is None else str(value) for value in values.to_pylist()]
    column = np.empty(len(said), dtype=object)
    column[:] = said
    return column
