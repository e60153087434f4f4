"""Cost shares of the components in the whole product, as intervals over what sources say of stated bases."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.intake.chains import ChainStatement, ChainView


@dataclass(frozen=True, slots=True)
class CostShare:
    """What part of the cost of the product a component is.

    Attributes:
        low: Lower end, a ratio of the product's cost.
        high: Upper end; where no source states a share, that of the parent: a part cannot cost more than its whole.
        statements: What sources say; empty when the interval is only what the parent allows.
        disputed: Whether two sources state intervals that do not meet.
    """

    low: float
    high: float
    statements: tuple[ChainStatement, ...] = ()
    disputed: bool = False

    @property
    def stated(self) -> bool:
        """Whether a source states it."""
        return bool(self.statements)


def cost_shares(view: ChainView) -> dict[str, CostShare]:
    """The share of each component in the cost of the product.

    A statement of a component against a base is carried to the product by the interval of the base: low by low, high
    by high. Several statements give their hull: sources that contradict each other widen the interval and are told
    of as disputed, none is thrown away.
    """
    stated: dict[str, list[ChainStatement]] = {}
    for statement in view.of_kind("share"):
        stated.setdefault(statement.to[0], []).append(statement)
    found: dict[str, CostShare] = {}
    for id, component in view.components.items():
        if not component.parent:
            found[id] = CostShare(1.0, 1.0)
            continue
        whole = found[component.parent]
        carried: list[tuple[float, float, ChainStatement]] = []
        for statement in stated.get(id, ()):
            base = found.get(statement.unit)
            if base is not None and (base.stated or statement.unit == view.root):
                low, high = statement.interval
                carried.append((low * base.low, high * base.high, statement))
        if not carried:
            found[id] = CostShare(0.0, whole.high)
            continue
        low = min(c[0] for c in carried)
        high = min(max(c[1] for c in carried), whole.high)
        disputed = max(c[0] for c in carried) > min(c[1] for c in carried)
        found[id] = CostShare(min(low, high), high, tuple(c[2] for c in carried), disputed)
    return found
