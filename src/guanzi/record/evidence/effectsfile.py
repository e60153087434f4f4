"""Effects of a plant on a region, as plain data in a case: what input-output multipliers say, made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.base.reading import DataPath, Format, YamlDocument, read_yaml
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.formats import Number, Words

EFFECTS = "effects.json"
"""The file, in the folder of the case; ``guanzi chain multipliers --out`` writes it."""

type Measure = Literal["output", "value_added", "wages", "taxes", "employment", "imports"]
type Ends = Annotated[tuple[Number, Number], Field(strict=False, description="Lowest and highest")]


class EffectEntry(Format):
    """One effect of a year, in the money of the table, or persons. Gross and net are two figures, never added."""

    measure: Measure
    gross: Ends
    net: Annotated[Ends | None, Field(description="Without what would have come anyway and what others here lose")] = (
        None
    )
    parents: Annotated[tuple[Words, ...], Field(min_length=1, strict=False)]


class EffectsFormat(Format):
    """What a plant and its chain bring in a year."""

    format: Literal[1]
    known_on: Annotated[date, Field(strict=False, description="First day on which table and bill were held")]
    table: Annotated[Words, Field(description="Name of the input-output table")]
    invented: Annotated[bool, Field(description="The table is made up, to try things")] = False
    sector: Annotated[Words, Field(description="Its sector to which the plant belongs")]
    bill: Annotated[str | None, Field(description="Bill of materials in place of the sector")] = None
    method: Annotated[str | None, Field(description="From nation to region; without one, the nation")] = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="Of the table (ISO 4217)")]
    unit: Annotated[Number, Field(gt=0, description="How much of the currency one unit of the table is")]
    output: Annotated[Ends, Field(description="What the plant makes a year, in the money of the table")]
    anyway: Annotated[Ends | None, Field(description="Part that would be there without the deal, 0 to 1")] = None
    displaced: Annotated[Ends | None, Field(description="Part taken from others in the region, 0 to 1")] = None
    effects: Annotated[tuple[EffectEntry, ...], Field(strict=False)]

    def of(self, measure: Measure) -> EffectEntry | None:
        """One effect, None where the table did not have what it needs."""
        return next((effect for effect in self.effects if effect.measure == measure), None)


def read_effects(folder: Path, currency: str) -> EffectsFormat | None:
    """The effects of a case; None where it has none.

    Args:
        folder: Of the case.
        currency: Of the case; empty where it is not known.

    Raises:
        InvalidInput: All that is wrong with the file, by line: ends in the wrong order, parts that are none, a measure
            twice, another currency than that of the case.
    """
    path = folder / EFFECTS
    if not path.is_file():
        return None
    document = read_yaml(path, EFFECTS)
    form = validate(EffectsFormat, document)
    problems = [*_wrong(form, document)]
    if currency and form.currency != currency:
        cause = Message.of("evidence.effects.currency", effects=form.currency, case=currency)
        problems.append(document.problem(("currency",), cause, Message.of("evidence.effects.currency.mend")))
    if problems:
        raise InvalidInput(problems)
    return form


def _wrong(form: EffectsFormat, document: YamlDocument) -> Iterator[Problem]:
    spans: list[tuple[DataPath, tuple[float, float] | None, float]] = [
        (("output",), form.output, float("inf")),
        (("anyway",), form.anyway, 1.0),
        (("displaced",), form.displaced, 1.0),
    ]
    for i, effect in enumerate(form.effects):
        spans += [
            (("effects", i, "gross"), effect.gross, float("inf")),
            (("effects", i, "net"), effect.net, float("inf")),
        ]
        if any(other.measure == effect.measure for other in form.effects[:i]):
            cause = Message.of("evidence.effects.twice", measure=effect.measure)
            yield document.problem(("effects", i, "measure"), cause, Message.of("evidence.effects.twice.mend"))
        if effect.net is not None and effect.net[1] > effect.gross[1] > 0.0:
            cause = Message.of("evidence.effects.net", measure=effect.measure)
            yield document.problem(("effects", i, "net"), cause, Message.of("evidence.effects.net.mend"))
    for path, ends, most in spans:
        if ends is not None and not (ends[0] <= ends[1] <= most and (most > 1.0 or ends[0] >= 0.0)):
            cause = Message.of("evidence.effects.span", low=ends[0], high=ends[1])
            yield document.problem(path, cause, Message.of("evidence.effects.span.mend"))


def effects_of(folder: Path, currency: str, problems: list[Problem]) -> EffectsFormat | None:
    """See :func:`read_effects`; what is wrong is noted."""
    try:
        return read_effects(folder, currency)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None
