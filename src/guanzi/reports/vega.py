"""Vega-Lite as plain data: layers with their marks and channels, axes, scales.

Everything is what the specification says, by the names of the specification; nothing is checked here, since a part that
is none fails where it is drawn. A part that is None stays: an axis that is None is no axis.

References:
    Satyanarayan, Moritz, Wongsuphasawat, Heer: Vega-Lite: a grammar of interactive graphics. IEEE Transactions on
        Visualization and Computer Graphics 23 (2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

KINDS = {"Q": "quantitative", "O": "ordinal", "N": "nominal", "T": "temporal"}
SECOND = frozenset({"x2", "y2"})
"""Channels whose kind is that of the first end."""

type Rows = Sequence[Mapping[str, object]]
type Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChartLayer:
    """Rows, the mark that each becomes, and what its channels show.

    Attributes:
        rows: The data.
        mark: Properties of the mark, ``type`` among them.
        channels: Channel to what it shows.
    """

    rows: Rows
    mark: Part = field(default_factory=dict)
    channels: Part = field(default_factory=dict)

    def marked(self, kind: str, **properties: Any) -> ChartLayer:
        """The same with a mark, e.g. a ``rule``."""
        return replace(self, mark={"type": kind, **dict(sorted(properties.items()))})

    def encode(self, **channels: Any) -> ChartLayer:
        """The same with channels; a text says a field, as in :func:`channel`."""
        told = {name: channel(part) if isinstance(part, str) else part for name, part in channels.items()}
        return replace(self, channels=self.channels | told)

    def part(self, data: str) -> Part:
        """The layer as a specification has it, with the name of its data."""
        encoding = {
            name: {key: x for key, x in part.items() if key != "type"} if name in SECOND else part
            for name, part in sorted(self.channels.items())
        }
        return {"data": {"name": data}, "mark": self.mark, "encoding": encoding}


def chart(rows: Rows) -> ChartLayer:
    """A layer that has neither mark nor channels yet."""
    return ChartLayer(rows)


def channel(told: str = "", **properties: Any) -> Part:
    """What a channel shows: a field with its kind, and axis, scale and the like.

    >>> channel("when:T", axis=None)
    {'axis': None, 'field': 'when', 'type': 'temporal'}
    """
    name, _, kind = told.partition(":")
    of = {"field": name, "type": KINDS[kind]} if told else {}
    return dict(sorted((properties | of).items()))


def value(told: Any) -> Part:
    """A channel that shows the same for all rows: pixels, a colour, words."""
    return {"value": told}


def axis(**properties: Any) -> Part:
    """An axis."""
    return dict(sorted(properties.items()))


def scale(**properties: Any) -> Part:
    """A scale."""
    return dict(sorted(properties.items()))
