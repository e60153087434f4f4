"""Held to what a column holds: the words that stand over it are its own."""

from __future__ import annotations

from collections.abc import Iterator

from tests.truth.faults import Fault
from tests.truth.reading import Reading, within

from guanzi.base.core import Message, catalogue
from guanzi.render import Column, Document, Table, localise

ENDS = ("_low", "_high")
"""What a label of one end of a range has after the name of the quantity."""


def misheaded(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Heads of columns that are made for other columns, or that are not those of the data."""
    labels = _labels(reading)
    for table in document.tables():
        for column in table.columns:
            if isinstance(column.head, Message) and (own := _own(column.id, column.head)) is not None:
                yield _fault(name, table, column, own)
        if table.id in labels:
            yield from _of_data(name, table, labels[table.id])
        if name == "money":
            yield from _of_parties(reading, name, table)
        yield from _of_figures(reading, name, table)


def _own(id: str, head: Message) -> str | None:
    """The message that is made for a column and is not its head; None: it has its own, or there is none."""
    stem, _, end = head.id.rpartition(".")
    parts = end.split("_")
    if end == id or end.endswith(f"_{id}"):
        return None
    known = catalogue(stem.partition(".")[0])
    made = (f"{stem}.{'_'.join([*parts[:n], id])}" for n in range(len(parts)))
    return next((one for one in made if one in known), None)


def _labels(reading: Reading) -> dict[str, list[str]]:
    """Ends of the labels of the columns of each table that the appraisal publishes."""
    found = reading.appraisal
    tables = [*found.fiscal, found.outside, found.odds, found.alike, found.applicant and found.applicant.table]
    tables += [found.forecast.failure, found.forecast.ensemble] if found.forecast is not None else []
    return {f"table-{one.id}": [column.label.id for column in one.columns] for one in tables if one is not None}


def _of_parties(reading: Reading, name: str, table: Table) -> Iterator[Fault]:
    """Column ``pN`` is of the N-th public party."""
    if reading.sheet is None:
        return
    names = {party.id: localise(party.name or party.id, "en") for party in reading.sheet.parties}
    heads = {f"p{n}": names[id] for n, id in enumerate(reading.sheet.public)}
    for column in table.columns:
        if column.id in heads and localise(column.head, "en") != heads[column.id]:
            yield _fault(name, table, column, heads[column.id])


def _of_figures(reading: Reading, name: str, table: Table) -> Iterator[Fault]:
    """A row that shows one figure of the appraisal is called as that figure is."""
    for row in table.rows:
        shown = {one for cell in row.cells for one in cell.rests if one.startswith(FIGURE)}
        figure = reading.appraisal.figures.get(next(iter(shown)).removeprefix(FIGURE)) if len(shown) == 1 else None
        told = [one.id for one in within(row.head.value) if one.id.startswith("appraisal.figure.")]
        if figure is not None and told and f'"{told[0]}"' not in figure.label.model_dump_json(by_alias=True):
            yield Fault("grounded", name, table.id, told[0], f"it shows {shown}", f"row-head:{table.id}.{told[0]}")


FIGURE = "figure:"


def _of_data(name: str, table: Table, labels: list[str]) -> Iterator[Fault]:
    """Column ``cN`` is the N-th of the data; both ends of a range are one column, called as the quantity is."""
    for column in table.columns:
        number = column.id.removeprefix("c")
        if not number.isdecimal() or not isinstance(column.head, Message) or int(number) >= len(labels):
            continue
        label = labels[int(number)]
        ends = {label.rpartition(".")[2]} | {label.rpartition(".")[2].removesuffix(end) for end in ENDS}
        if not any(one.id.rpartition(".")[2] in ends for one in within(column.head)):
            yield _fault(name, table, column, label)


def _fault(name: str, table: Table, column: Column, own: str) -> Fault:
    return Fault(
        "grounded",
        name,
        table.id,
        localise(column.head, "en"),
        f"column {column.id} is {own}",
        f"column-head:{table.id}.{column.id}",
    )
