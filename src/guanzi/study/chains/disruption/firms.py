"""From files of firms and links to a network, and from a scenario in words to the firms that it hits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.intake.inputoutput import IOTable
from guanzi.intake.networks import FirmFile
from guanzi.study.chains.disruption.network import Ints, Network
from guanzi.study.chains.multipliers import home_part
from guanzi.study.chains.multipliers.leontief import Matrix, Vector

_NAMED = 12


def network_of(file: FirmFile, essential: bool = True) -> Network:
    """The network of a file.

    Args:
        file: Firms and links.
        essential: What holds for links of which the file does not say whether their buyer can do without.
    """
    held = np.array([essential if e is None else e for e in file.essential], dtype=bool)
    return Network(file.sector, file.output, file.supplier, file.buyer, file.value, held)


def chosen_firms(
    file: FirmFile, names: Sequence[str] = (), places: Sequence[str] = (), sectors: Sequence[str] = ()
) -> Ints:
    """Numbers of the firms that a scenario hits: named ones, all of a place, all of a sector.

    Raises:
        InvalidInput: Names that the file does not have, each with the nearest one that it has.
    """
    problems = []
    hit: set[int] = set()
    for option, asked, held in (
        ("--stop", names, file.names),
        ("--place", places, file.places),
        ("--sector", sectors, tuple(file.sectors[s] for s in file.sector)),
    ):
        for name in asked:
            found = [i for i, other in enumerate(held) if other == name]
            if not found:
                problems.append(
                    unknown_name(name, [other for other in dict.fromkeys(held) if other], file.name, option)
                )
            hit.update(found)
    if problems:
        raise InvalidInput(problems)
    return np.array(sorted(hit), dtype=np.int64)


def unknown_name(name: str, known: Sequence[str], file: str, option: str) -> Problem:
    """A name that a file does not have, with the nearest that it has, or the first of them."""
    cause = Message.of("disruption.unknown", name=name, file=file)
    fix = meant(name, known, Message.of("disruption.unknown.names", names=tuple(known[:_NAMED])))
    return Problem(cause, Place(option), fix, excerpt=name)


def local_flows(table: IOTable) -> tuple[Matrix, Vector]:
    """Flows of products made at home, and the final demand for them: what is left of output, exports included."""
    flows = table.flows * home_part(table)[:, None]
    return flows, np.maximum(table.output - flows.sum(axis=1), 0.0)
