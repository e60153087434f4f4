"""A network of firms: who supplies whom with how much, and what each sells to nobody in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

type Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
type Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
type Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class Network:
    """Firms and their links, by number.

    Attributes:
        sector: Of each firm.
        output: Sales of each firm a year, at least those within the network: the rest goes to final demand, which no
            failure within the network takes away.
        supplier, buyer: Of each link.
        value: Of each link, in the money of the output.
        essential: Of each link: without what this supplier's sector delivers the buyer cannot produce; otherwise it is
            one input among others, and what is missing of it is missing by its part of all purchases.
    """

    sector: Ints
    output: Floats
    supplier: Ints
    buyer: Ints
    value: Floats
    essential: Bools

    @property
    def size(self) -> int:
        """Number of firms."""
        return len(self.sector)

    @cached_property
    def arrays(self) -> Arrays:
        """The links in the order in which shocks walk them."""
        return _arrays(self)

    def without(self, gone: Bools) -> Network:
        """The network without some firms, which keep their number, their output of nought and no links."""
        kept = ~(gone[self.supplier] | gone[self.buyer])
        output = np.where(gone, 0.0, self.output)
        return Network(
            self.sector, output, self.supplier[kept], self.buyer[kept], self.value[kept], self.essential[kept]
        )


@dataclass(frozen=True, eq=False)
class Arrays:
    """Compressed rows of the network.

    Attributes:
        out: Where the sales of each firm begin.
        out_buyer: Buyer of each sale.
        out_group: Group of each sale: the purchases of one buyer from one sector.
        out_down: What the loss of the supplier takes from the buyer: its part of the group, or of all purchases where
            the group is not essential, times the part of the supplier in its sector, since others can step in.
        group_essential: Of each group.
        group_buyer: Of each group.
        into: Where the purchases of each firm begin.
        into_supplier: Supplier of each purchase.
        into_up: What the loss of the buyer takes from the supplier: its part of the supplier's output.
    """

    out: Ints
    out_buyer: Ints
    out_group: Ints
    out_down: Floats
    group_essential: Bools
    group_buyer: Ints
    into: Ints
    into_supplier: Ints
    into_up: Floats


def _arrays(network: Network) -> Arrays:
    n, sectors = network.size, int(network.sector.max(initial=0)) + 1
    key = network.buyer * sectors + network.sector[network.supplier]
    keys, group = np.unique(key, return_inverse=True)
    essential = np.zeros(len(keys), bool)
    np.logical_or.at(essential, group, network.essential)
    of_group = np.bincount(group, network.value, len(keys))
    bought = np.bincount(network.buyer, network.value, n)
    base = np.where(essential[group], of_group[group], bought[network.buyer])
    in_sector = np.bincount(network.sector, network.output, sectors)
    part = np.divide(network.output, in_sector[network.sector], out=np.zeros(n), where=network.output > 0.0)
    down = np.divide(network.value, base, out=np.zeros_like(base), where=base > 0.0) * part[network.supplier]
    sold = network.output[network.supplier]
    up = np.divide(network.value, sold, out=np.zeros_like(sold), where=sold > 0.0)
    by_supplier = np.argsort(network.supplier, kind="stable")
    by_buyer = np.argsort(network.buyer, kind="stable")
    starts = np.arange(n + 1)
    return Arrays(
        np.searchsorted(network.supplier[by_supplier], starts),
        network.buyer[by_supplier],
        group[by_supplier],
        down[by_supplier],
        essential,
        keys // sectors,
        np.searchsorted(network.buyer[by_buyer], starts),
        network.supplier[by_buyer],
        up[by_buyer],
    )
