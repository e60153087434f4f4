"""The book of figures: every number that a reader sees is entered once, with its parents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import Figure
from guanzi.base.core import HOME, Message
from guanzi.base.core import Parameter as MessageParameter
from guanzi.record.evidence import Resolution, is_expected

MONEY, PRICE = "{} m", "{}"
"""Units of amounts, in millions and in units of the currency of a case, which stands in the place of the braces."""

type FigureKind = Literal["fact", "derived", "simulated", "policy", "gap"]


def text(message: Message) -> Text:
    """A message as it stands in the appraisal."""
    plain = message.as_dict()
    return Text(id=plain["id"], params=plain["params"])


class Estimated(NamedTuple):
    """A number with what is known of its uncertainty.

    Attributes:
        value: None: there is no number.
        interval: 90 % of its distribution, or what may be at all where ``bounds`` says so.
        sample: Paths (or checks, or precedents) that show it, of how many.
        bounds: The interval is what may be at all, no part of a distribution.
        error: Standard error from the number of simulated paths; None: not estimated, or it has none.
    """

    value: float | None
    interval: tuple[float | None, float | None] = (None, None)
    sample: tuple[int, int] | None = None
    bounds: bool = False
    error: float | None = None


def outlying(value: float | None, low: float | None, high: float | None) -> Message | None:
    """Why a mean lies outside its 90 % interval, to rounding of floats; None where it does not, or one is unknown."""
    if value is None or low is None or high is None:
        return None
    slack = 1e-9 * max(1.0, abs(value))
    if low - slack <= value <= high + slack:
        return None
    return Message.of(f"appraisal.note.few_futures.{'above' if value > high else 'below'}")


class FigureBook:
    """Collects figures; refuses a second one of the same id, and a number without parents.

    Attributes:
        currency: Of the amounts in it.
    """

    def __init__(self, currency: str = HOME, figures: Iterable[Figure] = ()) -> None:
        self.currency = currency
        self._figures = {figure.id: figure for figure in figures}

    def unit(self, unit: str) -> str:
        """A unit, with the currency where it is :data:`MONEY` or :data:`PRICE`."""
        return unit.format(self.currency)

    def say(self, id: str, /, **params: MessageParameter) -> Message:
        """A sentence that tells amounts of the book."""
        return Message.of_money(self.currency, id, **params)

    def add(
        self,
        id: str,
        value: float | Estimated | None,
        unit: str,
        kind: FigureKind,
        parents: Iterable[str],
        *,
        label: Message | None = None,
        note: Message | None = None,
    ) -> str:
        """Enter a figure and return its id; its label is ``appraisal.figure.<id>`` unless given.

        A mean that lies outside its interval says so, and why, unless a note is given.
        """
        if id in self._figures:
            raise ValueError(f"two figures of id {id}")
        known = value if isinstance(value, Estimated) else Estimated(value)
        held = tuple(dict.fromkeys(parents))
        if known.value is not None and not held:
            raise ValueError(f"figure {id} has no parent")
        low, high = known.interval
        if note is None:
            note = outlying(known.value, *known.interval)
        self._enter(
            Figure(
                id=id,
                label=text(label or Message.of(f"appraisal.figure.{id}")),
                value=known.value,
                unit=self.unit(unit),
                kind=kind if known.value is not None else "gap",
                parents=held,
                low=low,
                high=high,
                sample=known.sample,
                note=None if note is None else text(note),
                bounds=known.bounds,
                error=None if known.value is None else known.error,
            )
        )
        return id

    def _enter(self, figure: Figure) -> None:
        self._figures[figure.id] = figure

    def gap(self, id: str, unit: str, why: Message, label: Message | None = None) -> str:
        """Enter the stated absence of a number."""
        return self.add(id, None, unit, "gap", (), note=why, label=label)

    def fact(
        self,
        id: str,
        resolution: Resolution,
        rates: tuple[str, ...] = (),
        label: Message | None = None,
        note: Message | None = None,
    ) -> str:
        """Enter a fact of the view under its own label, with the period it is about and the rates it was told at."""
        fact = resolution.fact
        low, high = resolution.interval
        label = label or Message.of(f"appraisal.figure.{id}", period=str(fact.period))
        if is_expected(fact):
            label = Message.of("appraisal.figure.expected", label=label, day=fact.known_on.isoformat())
        return self.add(
            id,
            Estimated(resolution.value, interval=(low, high) if low != high else (None, None)),
            fact.unit,
            "fact",
            (fact.id, *(other.id for other in resolution.others), *rates),
            label=label,
            note=note,
        )

    def value(self, id: str) -> float | None:
        """Value of a figure; None when it is a gap or was not entered."""
        figure = self._figures.get(id)
        return None if figure is None else figure.value

    def error(self, id: str) -> float | None:
        """Standard error of a simulated figure; None where it has none, or was not entered."""
        figure = self._figures.get(id)
        return None if figure is None else figure.error

    def bounds(self, id: str) -> tuple[float, float] | None:
        """The ends between which a figure may be anywhere; None for one of which a number is known."""
        figure = self._figures.get(id)
        if figure is None or not figure.bounds or figure.low is None or figure.high is None:
            return None
        return figure.low, figure.high

    def __contains__(self, id: str) -> bool:
        return id in self._figures

    def figures(self) -> dict[str, Figure]:
        """All figures by id, in id order."""
        return dict(sorted(self._figures.items()))

    def moved(self, values: Mapping[str, float]) -> FigureBook:
        """The same book with other values of some figures, to ask what would follow; ids that it lacks are left out."""
        other = FigureBook(self.currency)
        other._figures = {
            id: figure.model_copy(update={"value": values[id], "bounds": False}) if id in values else figure
            for id, figure in self._figures.items()
        }
        return other

    def values(self) -> dict[str, float | None]:
        """Value of every figure, for a decision table."""
        return {id: figure.value for id, figure in self._figures.items()}
