"""A panel of industries from what another library holds: data frames through Narwhals, queries through a connection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries.gathering import Advance, Gathering, gathered
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.roles import Roles

_BATCH = 1 << 19


def industries_of_frame(frame: Any, roles: Roles, name: str = "data") -> IndustryPanel:
    """The panel of a table that another library holds.

    Args:
        frame: A pandas or Polars data frame, an Arrow table, a lazy frame or a DuckDB relation.
        roles: Which column says what.
        name: How problems call it; rows are counted from 1.

    Raises:
        InvalidInput: It is no table, lacks a column, or holds rows that cannot be used; all problems at once.
    """
    import narwhals as nw

    try:
        native = nw.from_native(frame)
    except TypeError as error:
        cause = Message.of("panels.no_frame", kind=type(frame).__name__)
        raise InvalidInput(Problem(cause, Place(name), Message.of("panels.no_frame.mend"))) from error
    roles.check(native.collect_schema().names(), name)
    wanted = native.select(list(roles.columns))
    held = wanted.collect() if isinstance(wanted, nw.LazyFrame) else wanted
    gathering = Gathering(name, roles, rows=len(held))
    for first in range(0, len(held), _BATCH):  # in parts, so that no second copy of the whole is made
        table = held[first : first + _BATCH].to_arrow()
        gathering.add({column: table.column(column).combine_chunks() for column in roles.columns})
    return gathering.finish()


def industries_of_query(
    connection: Any, query: str, roles: Roles, name: str = "query", advance: Advance | None = None
) -> IndustryPanel:
    """The panel of a query.

    Args:
        connection: A connection by Python's database interface (PEP 249), or one of DuckDB.
        query: A statement whose columns have the names of the roles.
        roles: Which column says what.
        name: How problems call it.
        advance: Told the number of rows after each batch.

    Raises:
        InvalidInput: The database refuses the query, or its rows cannot be used; all problems at once.
    """
    cursor = connection.cursor()
    try:
        cursor.execute(query)
    except Exception as error:  # each driver has errors of its own
        cause = Message.of("panels.query", reason=str(error).splitlines()[0])
        raise InvalidInput(Problem(cause, Place(name), Message.of("panels.query.mend"))) from error
    held = [str(column[0]) for column in cursor.description or ()]
    roles.check(held, name)
    return gathered(_batches(cursor, held), Gathering(name, roles), advance)


def _batches(cursor: Any, names: list[str]) -> Iterator[Any]:
    import pyarrow as pa

    if hasattr(cursor, "fetch_record_batch"):  # a database that speaks Arrow hands over columns
        yield from cursor.fetch_record_batch(_BATCH)
        return
    while rows := cursor.fetchmany(_BATCH):
        columns = [_column(values) for values in zip(*rows, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, names=names)


def _column(values: tuple[Any, ...]) -> Any:
    import pyarrow as pa

    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # texts among numbers, as SQLite allows
        return pa.array([None if value is None else str(value) for value in values])
