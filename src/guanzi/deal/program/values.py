"""Lowering of the deal's values: a known value is a constant; an unknown one is drawn from its bracket, per path."""

from __future__ import annotations

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.deal.program.representation import Emitter
from guanzi.deal.terms import Unknown, Value

FIRST_STREAM = 128
"""Streams from here on belong to unknown values; each stream gives two uniforms."""


class ValueLowering:
    """Turns values into slots at step 0; every unknown value gets a uniform of its own."""

    def __init__(self, emitter: Emitter) -> None:
        self.e = emitter
        self._uniforms = 0
        self._block = ""

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
        index, second = divmod(self._uniforms, 2)
        self._uniforms += 1
        if not second:
            stem = f"unknown{index}"
            self._block = self.e.number(f"{stem}.z0")
            for part in ("z1", "u0", "u1"):
                self.e.number(f"{stem}.{part}")
            self.e.draw(self._block, FIRST_STREAM + index)
        return f"unknown{index}.u{second}"
