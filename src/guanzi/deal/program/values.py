"""Lowering of the deal's values: a known value is a constant; an unknown one is drawn from its bracket, per path."""

from __future__ import annotations

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.deal.program.representation import Emitter
from guanzi.deal.terms import Unknown, Value

STREAM = 2
"""The stream of unknown values."""


class ValueLowering:
    """Turns values into slots at step 0; every unknown value gets a uniform of its own."""

    def __init__(self, emitter: Emitter) -> None:
        self.e = emitter
        self._uniforms = 0

    def slot(self, name: str, value: Value, field: str = "") -> str:
        """Declare and fill the slot ``name``.

        Raises:
            InvalidInput: The value is unknown and no bracket is stated.
        """
        e = self.e
        slot = e.number(name)
        if not isinstance(value, Unknown):
            e.do("SET", slot, k=e.constant(name, value))
        elif value.assumed is not None:
            e.do("SET", slot, k=e.constant(name, value.assumed))
        elif value.low is None or value.high is None:
            raise InvalidInput(
                Problem(
                    Message.of("terms.lowering.unknown_without_bracket", field=field or name),
                    value.place,
                    Message.of("terms.lowering.state_bracket"),
                )
            )
        else:
            low, high = e.constant(f"{name}.low", value.low), e.constant(f"{name}.width", value.high - value.low)
            e.do("AFF", slot, self.uniform(), k=(high, low))
        return slot

    def uniform(self) -> str:
        """A uniform of this path that nothing else uses."""
        slot = self.e.number(f"unknown{self._uniforms}")
        self.e.draw("UNIFORM", slot, STREAM, self._uniforms)
        self._uniforms += 1
        return slot
