"""Who is behind a company: shares through chains and circles, control, and who shares a director or an address.

Effective shares solve a linear system, so that circular holdings, in which a company owns a part of itself through
others, are counted to the end: with ``A`` the direct shares of companies in companies and ``B`` those of outsiders,
the integrated shares are ``B (I - A)^-1`` (Brioschi, Buzzacchi & Colombo, Risk Capital Financing and the Separation of
Ownership and Control in Business Groups, Journal of Banking and Finance 13, 1989; Chapelle & Szafarz, Controlling Firms
Through the Majority Voting Rule, Physica A 355, 2005). Control is told apart from it: a majority, counted with the
votes of companies already controlled (Chapelle & Szafarz), and beside it the weakest link of a chain (La Porta,
Lopez-de-Silanes & Shleifer, Corporate Ownership Around the World, Journal of Finance 54(2), 1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

MAJORITY = 0.5
_SHORT = 1e-9


@dataclass(frozen=True, slots=True)
class Shareholding:
    """A direct share: ``owner`` holds ``share`` (0 to 1) of ``company``; ``id`` names the tie, if it has a name."""

    owner: str
    company: str
    share: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """An owner behind a company.

    Attributes:
        owner: Who.
        direct: The share it holds itself.
        effective: The share that is its in the end, through all chains and circles.
        controls: Whether it commands a majority, with the votes of companies it controls.
        weakest_link: The best chain to the company, measured by its smallest share.
    """

    owner: str
    direct: float
    effective: float
    controls: bool
    weakest_link: float


class TooMuchHeld(ValueError):
    """More than all of a company is held; ``company`` says which, ``share`` how much."""

    def __init__(self, company: str, share: float) -> None:
        self.company, self.share = company, share
        super().__init__(f"{company}: {share}")


def _direct(holdings: Iterable[Shareholding]) -> dict[tuple[str, str], float]:
    direct: dict[tuple[str, str], float] = {}
    held: dict[str, float] = {}
    for holding in holdings:
        key = holding.owner, holding.company
        direct[key] = direct.get(key, 0.0) + holding.share
        held[holding.company] = held.get(holding.company, 0.0) + holding.share
    for company, share in held.items():
        if share > 1.0 + _SHORT:
            raise TooMuchHeld(company, share)
    return direct


def who_is_behind(company: str, holdings: Iterable[Shareholding]) -> tuple[Behind, ...]:
    """Everybody who stands behind a company, the largest effective share first.

    Args:
        company: The company asked about.
        holdings: Direct shares; what is not stated is held by unknown others, each too small to matter or unknown.

    Raises:
        TooMuchHeld: The shares of a company add up to more than one.

    >>> circle = [Shareholding("anna", "a", 0.6), Shareholding("b", "a", 0.4), Shareholding("a", "b", 0.5)]
    >>> [(one.owner, round(one.effective, 3)) for one in who_is_behind("a", circle)]
    [('anna', 0.75), ('b', 0.4)]
    """
    direct = _direct(holdings)
    above = everybody_above(company, direct)
    companies = sorted({held for _, held in direct if held in above})
    place = {name: i for i, name in enumerate(companies)}
    inner = np.zeros((len(companies), len(companies)))
    for (owner, held), share in direct.items():
        if owner in place and held in place:
            inner[place[owner], place[held]] = share
    if company not in place:
        return ()
    # flow[k]: how much of the company comes through k, circles included
    target = np.zeros(len(companies))
    target[place[company]] = 1.0
    flow = np.linalg.lstsq(np.eye(len(companies)) - inner, target, rcond=None)[0]
    found: list[Behind] = []
    for owner in sorted(above - {company}):
        if owner in place:  # as if its own owners were strangers: what it holds, and what circles return to it
            effective = _of_inner(owner, place, inner, company)
        else:
            effective = sum(
                share * flow[place[held]] for (who, held), share in direct.items() if who == owner and held in place
            )
        controls = company in controlled_by(owner, direct)
        found.append(
            Behind(
                owner, direct.get((owner, company), 0.0), float(effective), controls, _weakest(owner, company, direct)
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.effective, one.owner)))


def _of_inner(owner: str, place: Mapping[str, int], inner: np.ndarray, company: str) -> float:
    cut = inner.copy()
    cut[:, place[owner]] = 0.0
    target = np.zeros(len(place))
    target[place[company]] = 1.0
    flow = np.linalg.lstsq(np.eye(len(place)) - cut, target, rcond=None)[0]
    return float(flow[place[owner]])


def everybody_above(company: str, direct: Iterable[tuple[str, str]]) -> set[str]:
    """A company with all who hold a part of it, directly or through others; from pairs of owner and company."""
    pairs = tuple(direct)
    above, open_ends = {company}, [company]
    while open_ends:
        held = open_ends.pop()
        for owner, of in pairs:
            if of == held and owner not in above:
                above.add(owner)
                open_ends.append(owner)
    return above


def controlled_by(owner: str, direct: Mapping[tuple[str, str], float]) -> frozenset[str]:
    """The companies in which an owner commands more than half of the votes, with those of companies it controls."""
    controlled: set[str] = set()
    while True:
        votes: dict[str, float] = {}
        for (who, held), share in direct.items():
            if who == owner or who in controlled:
                votes[held] = votes.get(held, 0.0) + share
        grown = {held for held, share in votes.items() if share > MAJORITY and held != owner}
        if grown <= controlled:
            return frozenset(controlled)
        controlled |= grown


def _weakest(owner: str, company: str, direct: Mapping[tuple[str, str], float]) -> float:
    best = {company: 1.0}
    open_ends = [company]
    while open_ends:
        held = open_ends.pop()
        for (who, of), share in direct.items():
            if of == held and min(share, best[held]) > best.get(who, 0.0) and who != company:
                best[who] = min(share, best[held])
                open_ends.append(who)
    return best.get(owner, 0.0)


def circles(holdings: Iterable[Shareholding]) -> tuple[tuple[str, ...], ...]:
    """Groups of companies that hold one another in a circle, each group in the order of its ids."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    direct = _direct(holdings)
    names = sorted({name for pair in direct for name in pair})
    if not names:
        return ()
    place = {name: i for i, name in enumerate(names)}
    rows, columns = zip(*((place[owner], place[held]) for owner, held in direct), strict=True)
    graph = coo_matrix((np.ones(len(rows)), (np.array(rows), np.array(columns))), shape=(len(names), len(names)))
    _, groups = connected_components(graph, connection="strong")
    members: dict[int, list[str]] = {}
    for name, group in zip(names, groups, strict=True):
        members.setdefault(int(group), []).append(name)
    own = {owner for owner, held in direct if owner == held}
    return tuple(tuple(group) for group in members.values() if len(group) > 1 or group[0] in own)


def shared(ties: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What several companies have in common: from pairs of (director or address, company) those with two or more."""
    groups: dict[str, set[str]] = {}
    for common, company in ties:
        groups.setdefault(common, set()).add(company)
    return tuple((common, tuple(sorted(of))) for common, of in sorted(groups.items()) if len(of) > 1)


def find_overheld(holdings: Iterable[Shareholding]) -> dict[str, float]:
    """Companies of which more than all is held, with how much: one of the shares must be wrong or have ended."""
    held: dict[str, float] = {}
    for holding in holdings:
        held[holding.company] = held.get(holding.company, 0.0) + holding.share
    return {company: share for company, share in sorted(held.items()) if share > 1.0 + _SHORT}


def related_buyers(seller: str, buyers: Iterable[str], holdings: Iterable[Shareholding]) -> tuple[tuple[str, str], ...]:
    """Buyers that control the seller, or are controlled by whoever controls the seller, or by the seller itself.

    Returns:
        Buyer and who ties it to the seller.
    """
    direct = _direct(holdings)
    owners = {who for who, _ in direct}
    behind = sorted(owner for owner in owners if seller in controlled_by(owner, direct))
    found: list[tuple[str, str]] = []
    for buyer in buyers:
        for owner in (*behind, seller):
            if buyer == owner != seller or buyer in controlled_by(owner, direct):
                found.append((buyer, owner))
                break
    return tuple(found)
