"""Files with the sourced inputs of a calculation: a point, an interval or a distribution each, with its origin.

The file says what the numbers are and where they come from; which inputs a calculation has, in which units, is checked
by the calculation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.base.reading import DataPath, Format, Report, YamlDocument, read_yaml
from guanzi.record.evidence import Number, Slug, Source, SourceEntry, Words, read_source_entry, validate

type Shape = Literal["point", "interval", "triangular", "lognormal"]

#: The fields that together make a shape.
SHAPES: dict[frozenset[str], Shape] = {
    frozenset({"value"}): "point",
    frozenset({"low", "high"}): "interval",
    frozenset({"low", "mode", "high"}): "triangular",
    frozenset({"median", "p90"}): "lognormal",
}
_NUMBERS = ("value", "low", "mode", "high", "median", "p90")


class StatedInput(Format):
    """One statement about one input (or, under ``published``, about one result)."""

    input: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$", max_length=60)]
    unit: Words
    value: Number | None = None
    low: Number | None = None
    mode: Number | None = None
    high: Number | None = None
    median: Number | None = None
    p90: Number | None = None
    known_on: date | None = None
    source: Slug | None = None
    judgement: Annotated[str, Field(description="Why this number, where no source states it")] = ""
    note: str = ""


class InputsFormat(Format):
    """A file of inputs: for which model, in which currency, from which sources."""

    format: Literal[1]
    unitcost: Slug
    title: Words
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code")]
    sources: Annotated[dict[Slug, SourceEntry], Field(default_factory=dict)]
    inputs: Annotated[tuple[StatedInput, ...], Field(min_length=1)]
    published: tuple[StatedInput, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcedInput:
    """A statement about an input.

    Attributes:
        name: Of the input.
        unit: As the file states it.
        shape: ``point``, ``interval``, ``triangular`` (low, mode, high) or ``lognormal`` (median, 90 % quantile).
        numbers: In this order.
        source: None for a judgement.
        judgement: The reason of a judgement; empty for a source.
        known_on: Day from which it could be known; None for a judgement, which is method.
        note: What a reader should know about it.
        report: Makes a problem that points to it.
    """

    name: str
    unit: str
    shape: Shape
    numbers: tuple[float, ...]
    source: Source | None
    judgement: str
    known_on: date | None
    note: str
    report: Report


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of inputs.

    Attributes:
        name: As places call it.
        model: Which calculation it is for.
        title: In words.
        currency: ISO 4217.
        inputs: Statements in the order of the file; several about one input are a conflict, or a range.
        published: What others say that the results are.
        document: The text with its positions.
    """

    name: str
    model: str
    title: str
    currency: str
    inputs: tuple[SourcedInput, ...]
    published: tuple[SourcedInput, ...]
    document: YamlDocument


def read_inputs(path: Path, name: str | None = None, as_of: date | None = None) -> InputFile:
    """Read a file of inputs.

    Args:
        path: The YAML file.
        name: How problems should call it.
        as_of: Leave out what was known only later; None: take all.

    Raises:
        InvalidInput: Everything that is wrong with it.
    """
    document = read_yaml(path, name)
    form = validate(InputsFormat, document)
    problems: list[Problem] = []
    sources = {id: read_source_entry(id, entry) for id, entry in form.sources.items()}
    inputs = _statements(document, "inputs", form.inputs, sources, problems)
    published = _statements(document, "published", form.published, sources, problems)
    if problems:
        raise InvalidInput(problems)
    return InputFile(
        document.file,
        form.unitcost,
        form.title,
        form.currency,
        tuple(s for s in inputs if _known(s, as_of)),
        tuple(s for s in published if _known(s, as_of)),
        document,
    )


def _known(stated: SourcedInput, as_of: date | None) -> bool:
    return as_of is None or stated.known_on is None or stated.known_on <= as_of


def _statements(
    document: YamlDocument,
    key: str,
    entries: tuple[StatedInput, ...],
    sources: dict[str, Source],
    problems: list[Problem],
) -> list[SourcedInput]:
    found = []
    for index, entry in enumerate(entries):
        report = _reporter(document, (key, index))
        wrong = _wrong(entry, sources, report)
        problems.extend(wrong)
        if not wrong:
            found.append(_statement(entry, sources, report))
    return found


def _wrong(entry: StatedInput, sources: dict[str, Source], report: Report) -> list[Problem]:
    given = _given(entry)
    shape = SHAPES.get(frozenset(given))
    if shape is None:
        fix = Message.of("evidence.inputs.shape.mend")
        return [
            report(("input",), Message.of("evidence.inputs.shape", input=entry.input, fields=tuple(given)), fix, False)
        ]
    found: list[Problem] = []
    numbers = list(given.values())
    if shape != "point" and sorted(numbers) != numbers:
        fix = Message.of("evidence.inputs.order.mend", fields=tuple(given))
        found.append(report((next(iter(given)),), Message.of("evidence.inputs.order", input=entry.input), fix, False))
    elif shape == "lognormal" and not 0.0 < numbers[0] < numbers[1]:
        fix = Message.of("evidence.inputs.lognormal.mend")
        found.append(report(("median",), Message.of("evidence.inputs.lognormal", input=entry.input), fix, False))
    if (entry.source is None) == (not entry.judgement):
        fix = Message.of("evidence.inputs.origin.mend")
        found.append(report(("input",), Message.of("evidence.inputs.origin", input=entry.input), fix, False))
    elif entry.source is not None and entry.source not in sources:
        fix = Message.of("evidence.inputs.source.mend", sources=tuple(sources))
        found.append(report(("source",), Message.of("evidence.inputs.source", source=entry.source), fix, False))
    elif entry.source is not None:
        known, published = _day(entry, sources), sources[entry.source].date
        fix = Message.of("evidence.inputs.known_on.mend")
        if known is None:
            found.append(report(("input",), Message.of("evidence.inputs.known_on", input=entry.input), fix, False))
        elif published is not None and known < published:
            cause = Message.of(
                "evidence.inputs.too_early", input=entry.input, known=known.isoformat(), published=published.isoformat()
            )
            found.append(report(("known_on",), cause, fix, False))
    return found


def _day(entry: StatedInput, sources: dict[str, Source]) -> date | None:
    """Day from which a statement could be known: as stated, or else the day of its source."""
    if entry.known_on is not None or entry.source is None:
        return entry.known_on
    return sources[entry.source].date


def _given(entry: StatedInput) -> dict[str, float]:
    return {name: value for name in _NUMBERS if (value := getattr(entry, name)) is not None}


def _statement(entry: StatedInput, sources: dict[str, Source], report: Report) -> SourcedInput:
    given = _given(entry)
    return SourcedInput(
        name=entry.input,
        unit=entry.unit,
        shape=SHAPES[frozenset(given)],
        numbers=tuple(float(v) for v in given.values()),
        source=sources[entry.source] if entry.source is not None else None,
        judgement=entry.judgement,
        known_on=_day(entry, sources),
        note=entry.note,
        report=report,
    )


def _reporter(document: YamlDocument, prefix: DataPath) -> Report:
    def report(path: DataPath, cause: Message, fix: Message | None, at_key: bool) -> Problem:
        return document.problem((*prefix, *path), cause, fix, at_key=at_key)

    return report
