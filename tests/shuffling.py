"""Files of tests, and the tests of each, in an order that a seed gives: what holds, holds in any."""

from collections import defaultdict
from random import Random

import pytest


def shuffled(items: list[pytest.Item], seed: int) -> list[pytest.Item]:
    """The tests in the order of a seed; those of a file stay together, since they share what is made once for it."""
    draw, files = Random(seed), defaultdict[str, list[pytest.Item]](list)
    for item in items:
        files[item.nodeid.partition("::")[0]].append(item)
    order = sorted(files)
    draw.shuffle(order)
    return [item for name in order for item in draw.sample(files[name], len(files[name]))]
