"""Following a figure to its parents: facts and sources, clauses, parameters, the simulation and its seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.chain_account import PREFIX as CHAIN
from guanzi.advice.appraisal.chain_effects import PARENT as EFFECTS
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import Appraisal, FactData, Figure, ParameterData
from guanzi.advice.appraisal.oddsfigures import REGISTER
from guanzi.advice.appraisal.outside import PREFIX
from guanzi.advice.appraisal.track_data import PREFIX as INDUSTRIES
from guanzi.advice.calibration import PANEL
from guanzi.base.core import InvalidInput, Message, Place, Problem, meant, unit_words
from guanzi.record.evidence import label_of, prior_of


@dataclass(frozen=True, slots=True)
class Why:
    """One step of the way from a figure to where it comes from.

    Attributes:
        id: Id in the appraisal.
        kind: ``figure``, ``fact``, ``source``, ``clause``, ``parameter``, ``simulation``, ``playbook``, ``prior`` (a
            base rate), ``register`` (of bets), ``chain`` (of the industry), ``effects`` (of an
            input-output table), ``industries`` (a panel of them) or ``gap``.
        text: What it is, in words.
        parents: Where it comes from; empty at a leaf, and where the same step was told before.
        repeated: It was told before; its parents stand there.
    """

    id: str
    kind: str
    text: Text
    parents: tuple[Why, ...] = ()
    repeated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The tree as plain data."""
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text.model_dump(),
            "told": self.repeated,
            "parents": [parent.as_dict() for parent in self.parents],
        }


def why(appraisal: Appraisal, figure: str) -> Why:
    """The tree of parents of a figure (or of a fact, clause or parameter).

    Raises:
        InvalidInput: The appraisal has no such figure; the nearest is proposed.
    """
    return _Teller(appraisal).tell_or_refuse(figure)


class _Teller:
    """Tells each step once."""

    def __init__(self, appraisal: Appraisal) -> None:
        self.appraisal = appraisal
        self.facts = {fact.id: fact for fact in appraisal.facts}
        self.sources = {source.id: source for source in appraisal.sources}
        self.clauses = {f"terms.{clause.id}": clause for clause in appraisal.clauses}
        self.parameters = {parameter.id: parameter for parameter in appraisal.parameters}
        self.rows = {f"playbook.{row.id}": row for row in appraisal.rows}
        self.repeated: set[str] = set()

    def tell_or_refuse(self, id: str) -> Why:
        for name in (id, f"terms.{id}", f"parameter.{id}"):  # a clause goes by what `explain` calls it
            found = self.tell(name)
            if found is not None:
                return found
        names = [*self.appraisal.figures, *self.facts, *self.clauses, *self.parameters]
        fix = meant(id, names, Message.of("appraisal.why.unknown.some", figures=self.appraisal.summary.figures))
        raise InvalidInput(Problem(Message.of("appraisal.why.unknown", figure=id), Place(""), fix, excerpt=id))

    def tell(self, id: str) -> Why | None:
        makers: tuple[Callable[[str], Why | None], ...] = (
            self._figure,
            self._fact,
            self._clause,
            self._parameter,
            self._simulation,
            self._playbook,
            self._precedent,
            self._register,
            self._chain,
            self._effects,
            self._panel,
            self._industries,
            self._base_rate,
        )
        for make in makers:
            found = make(id)
            if found is not None:
                return found
        return None

    def _all(self, ids: tuple[str, ...]) -> tuple[Why, ...]:
        found = (self.tell(id) for id in ids)
        return tuple(step for step in found if step is not None)

    def _once(self, id: str, kind: str, words: Message | Text, parents: Callable[[], tuple[Why, ...]]) -> Why:
        said = text(words) if isinstance(words, Message) else words
        if id in self.repeated:
            return Why(id, kind, said, repeated=True)
        self.repeated.add(id)
        return Why(id, kind, said, parents())

    def _figure(self, id: str) -> Why | None:
        figure = self.appraisal.figures.get(id)
        if figure is None:
            return None
        kind = "gap" if figure.value is None else "figure"
        return self._once(id, kind, _figure_words(figure), lambda: self._all(figure.parents))

    def _fact(self, id: str) -> Why | None:
        fact = self.facts.get(id.removeprefix("fact."))
        if fact is None:
            return None
        return self._once(fact.id, "fact", _fact_words(fact), lambda: self._source(fact.source))

    def _source(self, id: str) -> tuple[Why, ...]:
        source = self.sources.get(id)
        if source is None:
            return ()
        if source.withheld:
            words = Message.of(f"appraisal.why.source.{source.withheld}", grade=source.grade)
            return (self._once(f"source.{id}", "source", words, tuple),)
        words = Message.of(
            "appraisal.why.source",
            publisher=source.publisher,
            title=source.title,
            date=None if source.date is None else source.date.isoformat(),
            grade=source.grade,
        )
        return (self._once(f"source.{id}", "source", words, tuple),)

    def _clause(self, id: str) -> Why | None:
        clause = self.clauses.get(id)
        if clause is None:
            return None
        words = Message.of(
            "appraisal.why.clause",
            clause=clause.id,
            text=Message.from_dict(clause.text.model_dump()),
            place=clause.place,
        )
        return self._once(id, "clause", words, lambda: self._source(clause.source))

    def _parameter(self, id: str) -> Why | None:
        parameter = self.parameters.get(id)
        if parameter is None:
            return None
        kind = "parameter" if parameter.parents else "judgement"
        return self._once(id, kind, _parameter_words(parameter), lambda: self._all(parameter.parents))

    def _simulation(self, id: str) -> Why | None:
        if id != "simulation":
            return None
        v = self.appraisal.versions
        words = Message.of(
            "appraisal.why.simulation", paths=v.paths, steps=v.steps, seed=v.seed, method=v.method_sha256[:12]
        )
        return self._once(id, "simulation", words, lambda: self._all(tuple(self.parameters)))

    def _playbook(self, id: str) -> Why | None:
        book = self.appraisal.playbook
        row = self.rows.get(id)
        if id != "playbook" and row is None:
            return None
        named = {"playbook": book.id, "version": book.version, "made_on": book.made_on.isoformat()}
        if row is None:
            return self._once(id, "playbook", Message.of("appraisal.why.playbook", **named), tuple)
        rule = Message.from_dict(row.rule.model_dump())
        return self._once(id, "playbook", Message.of("appraisal.why.row", rule=rule, **named), tuple)

    def _precedent(self, id: str) -> Why | None:
        if not id.startswith(PREFIX):
            return None
        return self._once(id, "precedent", Message.of("appraisal.why.precedent", case=id.removeprefix(PREFIX)), tuple)

    def _register(self, id: str) -> Why | None:
        found = self.appraisal.odds
        return None if id != REGISTER or found is None else self._once(id, "register", found.sentence, tuple)

    def _chain(self, id: str) -> Why | None:
        if not id.startswith(CHAIN):
            return None
        day = self.appraisal.as_of.isoformat()
        return self._once(id, "chain", Message.of("appraisal.why.chain", chain=id.removeprefix(CHAIN), day=day), tuple)

    def _effects(self, id: str) -> Why | None:
        said = self.appraisal.effects
        return None if id != EFFECTS or said is None else self._once(id, "effects", said, tuple)

    def _industries(self, id: str) -> Why | None:
        found = self.appraisal.track
        if found is None or id != f"{INDUSTRIES}{found.panel}":
            return None
        years = {"since": str(found.first_year), "last": str(found.last_year)}
        told = Message.of("appraisal.why.industries", panel=found.panel, sha256=found.sha256, **years)
        return self._once(id, "industries", told, tuple)

    def _panel(self, id: str) -> Why | None:
        if not id.startswith(PANEL):
            return None
        return self._once(id, "panel", Message.of("appraisal.why.panel", panel=id.removeprefix(PANEL)), tuple)

    def _base_rate(self, id: str) -> Why | None:
        found = prior_of(id)
        if found is None:
            return None
        named = {
            "publisher": found.source.publisher,
            "title": found.source.title,
            "known_on": found.known_on.isoformat(),
        }
        return self._once(id, "prior", Message.of("appraisal.why.prior", **named), tuple)


def _figure_words(figure: Figure) -> Message:
    label = Message.from_dict(figure.label.model_dump())
    note = None if figure.note is None else Message.from_dict(figure.note.model_dump())
    if figure.value is None:
        return Message.of("appraisal.why.gap", label=label, note=note)
    code, _, millions = figure.unit.partition(" ")
    kinds = {"ratio": "ratio", "ratio points": "points", "count": "count", "x": "times"}
    kind = "money" if millions == "m" else kinds.get(figure.unit, "number")
    money = {"currency": code} if kind == "money" else {}
    unit = unit_words(figure.unit)
    value = Message.of(f"appraisal.value.{kind}", value=figure.value, unit=unit, **money)
    if figure.low is None or figure.high is None:
        return Message.of("appraisal.why.figure", label=label, value=value)
    low, high = (
        Message.of(f"appraisal.value.{kind}", value=v, unit=unit_words(figure.unit), **money)
        for v in (figure.low, figure.high)
    )
    if figure.bounds:
        return Message.of("appraisal.why.figure_bounds", label=label, low=low, high=high)
    return Message.of("appraisal.why.figure_interval", label=label, value=value, low=low, high=high)


def _fact_words(fact: FactData) -> Message:
    value = fact.value
    if isinstance(value, tuple):
        said: Message | str | float | bool = Message.of("appraisal.value.range", low=value[0], high=value[1])
    elif isinstance(value, bool | str):
        said = value
    elif fact.unit == "ratio":
        said = Message.of("appraisal.value.ratio", value=value, unit=unit_words(fact.unit))
    else:
        said = Message.of("appraisal.value.exact", value=value, unit=unit_words(fact.unit))
    return Message.of(
        "appraisal.why.fact",
        fact=fact.id,
        label=label_of(fact.name) or fact.name.replace("_", " "),
        value=said,
        period=fact.period,
        known_on=fact.known_on.isoformat(),
        held=Message.of("appraisal.why.held", reason=fact.held_because) if fact.held_because else "",
    )


def _parameter_words(parameter: ParameterData) -> Message:
    values = tuple(Message.of("appraisal.value.bare", value=v) for v in parameter.stated)
    return Message.of(
        "appraisal.why.parameter",
        label=Message.from_dict(parameter.label.model_dump()),
        distribution=Message.of(f"appraisal.distribution.{parameter.distribution}"),
        values=values,
        unit=unit_words(parameter.unit),
        because=Message.from_dict(parameter.because.model_dump()),
    )
