"""From statements with sources to the inputs of a model: units checked, conflicts found and turned into intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import InvalidInput, Message, Problem, meant
from guanzi.intake.inputs import InputFile, SourcedInput
from guanzi.record.evidence import Source
from guanzi.study.unitcost.model import CostModel, InputSpec
from guanzi.study.unitcost.spread import Interval, Spread, hull, spread_of


@dataclass(frozen=True, slots=True)
class InputStatement:
    """One statement about an input.

    Attributes:
        spread: What it says.
        source: Who says it; None: a judgement, or figures derived from facts.
        reason: The reason of a judgement, or how facts were put together.
        facts: Ids of the facts behind it, in a case.
        known_on: Day from which it could be known; None for a judgement.
        note: What a reader should know about it.
    """

    spread: Spread
    source: Source | None
    reason: str | Message = ""
    facts: tuple[str, ...] = ()
    known_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldInput:
    """What is held on one input.

    Attributes:
        name: Of the input.
        spread: What goes into the model.
        statements: What it rests on.
        conflict: Several statements that do not agree; the spread is the interval around all of them.
    """

    name: str
    spread: Spread
    statements: tuple[InputStatement, ...]
    conflict: bool


@dataclass(frozen=True, slots=True)
class PreparedInputs:
    """The inputs of a model as far as they are held.

    Attributes:
        model: The model.
        currency: Of the amounts.
        held: Input to what is held.
        missing: Inputs that must be found before the model can run.
    """

    model: CostModel
    currency: str
    held: tuple[HeldInput, ...]
    missing: tuple[str, ...]

    @property
    def spreads(self) -> dict[str, Spread]:
        """Input to spread."""
        return {h.name: h.spread for h in self.held}


def prepare(model: CostModel, file: InputFile) -> PreparedInputs:
    """Check a file against a model.

    Raises:
        InvalidInput: It is for another model, or names inputs, units or values that the model does not know.
    """
    problems: list[Problem] = []
    if file.model != model.id:
        cause = Message.of("diligence.unitcost.problem.model", found=file.model, wanted=model.id)
        problems.append(file.document.problem(("unitcost",), cause))
    else:
        for stated in file.inputs:
            problems.extend(_wrong(model, stated, file.currency))
    if problems:
        raise InvalidInput(problems)
    found = tuple(_held(s, [i for i in file.inputs if i.name == s.name]) for s in model.inputs if _names(file, s.name))
    return PreparedInputs(model, file.currency, found, model.missing(frozenset(h.name for h in found)))


def _names(file: InputFile, name: str) -> bool:
    return any(stated.name == name for stated in file.inputs)


def _wrong(model: CostModel, stated: SourcedInput, currency: str) -> list[Problem]:
    spec = model.spec(stated.name)
    if spec is None:
        names = tuple(s.name for s in model.inputs)
        fix = meant(stated.name, names, Message.of("diligence.unitcost.problem.inputs", inputs=names))
        cause = Message.of("diligence.unitcost.problem.input", input=stated.name, model=model.id)
        return [stated.report(("input",), cause, fix, False)]
    unit = spec.unit_in(currency)
    if stated.unit != unit:
        cause = Message.of("diligence.unitcost.problem.unit", input=stated.name, unit=stated.unit)
        return [stated.report(("unit",), cause, Message.of("diligence.unitcost.problem.unit.mend", unit=unit), False)]
    return _outside(spec, stated)


def _outside(spec: InputSpec, stated: SourcedInput) -> list[Problem]:
    wrong = next((n for n in stated.numbers if not spec.low <= n <= spec.high), None)
    if wrong is None:
        return []
    cause = Message.of("diligence.unitcost.problem.range", input=spec.name, value=wrong)
    fix = Message.of("diligence.unitcost.problem.range.mend", low=spec.low, high=spec.high)
    return [stated.report(("input",), cause, fix, False)]


def _held(spec: InputSpec, statements: Sequence[SourcedInput]) -> HeldInput:
    return held(spec.name, tuple(_statement(s) for s in statements))


def _statement(stated: SourcedInput) -> InputStatement:
    spread = spread_of(stated.shape, stated.numbers)
    return InputStatement(spread, stated.source, stated.judgement, (), stated.known_on, stated.note)


def held(name: str, statements: tuple[InputStatement, ...]) -> HeldInput:
    """Statements about one input together: the one on which they agree, or the interval around them."""
    spreads = tuple(s.spread for s in statements)
    spread = hull(spreads)
    return HeldInput(name, spread, statements, len(set(spreads)) > 1 and isinstance(spread, Interval))
