"""What compose, run, appraisal and sensitivity need of a company model, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol, Self

from guanzi.deal.program import CompanySlots, Emitter
from guanzi.engine.company.models.streams import Streams
from guanzi.engine.company.parameters import Parameter


class CompanyModel(Protocol):
    """A company as a documented step function over slots, with parameters whose origin is stated.

    A model is a frozen value: its parameters, and class attributes that say what it is. It emits plain operations; it
    computes nothing itself. In each step :func:`guanzi.engine.simulation.compose` calls, in this order, :meth:`market`
    once,
    then for the world with and the world without the deal :meth:`move`, later :meth:`mark`, then :meth:`solvency`,
    :meth:`liquidate` and :meth:`close`. What :meth:`market` emits is common to both worlds; what carries the prefix of
    a world belongs to it alone. Every movement of money is an ``XFER`` between two accounts.

    Attributes:
        parameters: Parameter name to distribution with origin; exactly the names of ``UNITS``.
        ID: The id by which a case names the model (``model:`` of its ``case.yaml``).
        VERSION: The id with a number that rises with every change of the step function.
        PARAMETERS: Names of the parameters; the place of a name is the number of its random stream.
        UNITS: Parameter to unit.
        MEANINGS: Parameter to the id of the message that says what it means.
        SHAPING: Parameters at whose distributions the steps look; of all others they use the slots alone.
    """

    ID: ClassVar[str]
    VERSION: ClassVar[str]
    PARAMETERS: ClassVar[tuple[str, ...]]
    UNITS: ClassVar[Mapping[str, str]]
    MEANINGS: ClassVar[Mapping[str, str]]
    SHAPING: ClassVar[frozenset[str]]

    def __init__(self, parameters: Mapping[str, Parameter], streams: Streams = ...) -> None:
        """All parameters must be given.

        Raises:
            ValueError: One is missing or unknown.
        """

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Parameter name to distribution with origin."""

    @property
    def streams(self) -> Streams:
        """Names under which it draws: own ones of the company, and those that it shares with its track."""

    def for_steps(self) -> Self:
        """The model as its steps see it: its other parameters cannot be looked at (:class:`ShapingParameters`)."""

    @classmethod
    def provides(cls) -> frozenset[str]:
        """Observables of the condition language that the model computes."""

    def declare(self, e: Emitter, *, given: bool = False) -> None:
        """Step 0: slots that both worlds share, and the parameters of the path: drawn, or given by the caller."""

    def market(self, e: Emitter, t: int) -> None:
        """What step t brings to both worlds alike: demand, prices, valuation, the funding window."""

    def declare_world(self, e: Emitter, w: str) -> CompanySlots:
        """Step 0: the slots of one world; ``w`` is its prefix."""

    def move(self, e: Emitter, w: str, slots: CompanySlots, t: int, bound: str | None) -> None:
        """The company moves in one world.

        Args:
            e: Emitter.
            w: Prefix of the world.
            slots: Its slots.
            t: Step.
            bound: Truth from which on the deal draws the company to the region; None: there is no deal.
        """

    def mark(self, e: Emitter, w: str, slots: CompanySlots) -> None:
        """Mark the equity to market at the end of the step, and what a failure now would fetch."""

    def solvency(self, e: Emitter, w: str, slots: CompanySlots, t: int) -> str:
        """The truth that the company fails in this step."""

    def liquidate(self, e: Emitter, w: str, slots: CompanySlots, failed: str) -> None:
        """Sell the assets of a company that failed."""

    def close(self, e: Emitter, w: str, slots: CompanySlots, failed: str) -> None:
        """After the recoveries: what is left goes to creditors and other holders; the company ends."""
