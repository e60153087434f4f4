"""Official tables as they come: compressed or not, comma-separated, read in batches of the columns that are wanted."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from guanzi.base.core import InvalidInput, Message, Place, Problem

_BLOCK = 1 << 24


@contextmanager
def opened(path: Path, suffix: str = ".csv", named: str = "") -> Iterator[IO[bytes]]:
    """The bytes of a table: of the file itself, or of the table in an archive.

    Args:
        path: File, ``.gz`` or ``.zip``.
        suffix: How a table in an archive ends.
        named: What its name must hold.

    Raises:
        InvalidInput: It cannot be read, or the archive holds no such table.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                inner = [n for n in archive.namelist() if n.lower().endswith(suffix) and named in n]
                if not inner:
                    cause = Message.of("panels.official.no_table", suffix=suffix)
                    raise InvalidInput(Problem(cause, Place(str(path)), Message.of("panels.official.mend")))
                with archive.open(inner[0]) as member:
                    yield member
            return
        with path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            unpacked: Any = gzip.GzipFile(fileobj=plain) if packed else plain
            yield unpacked
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        cause = Message.of("panels.damaged", reason=str(error))
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("panels.official.mend"))) from error


def csv_batches(file: IO[bytes], path: Path, columns: Sequence[str], numbers: Sequence[str] = ()) -> Iterator[Any]:
    """Batches of some columns, all as texts but for the numbers.

    Raises:
        InvalidInput: The table has not the columns of its provider.
    """
    import pyarrow as pa
    import pyarrow.csv as csv

    kinds = {column: pa.float64() if column in numbers else pa.string() for column in columns}
    options = csv.ConvertOptions(include_columns=list(columns), column_types=kinds, strings_can_be_null=False)
    try:
        yield from csv.open_csv(
            pa.PythonFile(file, mode="r"), read_options=csv.ReadOptions(block_size=_BLOCK), convert_options=options
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise not_that_format(path, str(error).splitlines()[0]) from error


def not_that_format(path: Path, reason: str) -> InvalidInput:
    """The refusal of a file that is not as its provider makes them."""
    cause = Message.of("panels.official.format", reason=reason)
    return InvalidInput(Problem(cause, Place(str(path)), Message.of("panels.official.mend")))
