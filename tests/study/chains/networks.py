"""Random networks of firms with sizes far apart."""

import numpy as np

from guanzi.study.chains.disruption import Network


def random_network(firms, links, sectors=8, seed=0, leak=0.4, essential=0.4):
    """A network whose firms sell the part ``leak`` of their output to final demand."""
    rng = np.random.default_rng(seed)
    sector = rng.integers(0, sectors, firms)
    size = rng.pareto(1.1, firms) + 1.0
    weight = size**0.6 / (size**0.6).sum()
    pairs = np.stack([rng.choice(firms, links, p=weight), rng.choice(firms, links, p=weight)], axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    supplier, buyer = pairs[:, 0], pairs[:, 1]
    value = rng.lognormal(0.0, 1.3, len(pairs)) * np.minimum(size[supplier], size[buyer]) ** 0.5
    sold = np.bincount(supplier, value, firms)
    output = np.where(sold > 0.0, sold / (1.0 - leak), 1.0)
    recipe = rng.random((sectors, sectors)) < essential
    return Network(sector, output, supplier, buyer, value, recipe[sector[supplier], sector[buyer]])
