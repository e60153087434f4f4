"""The Leontief system of an economy: factored once, then asked for multipliers, outputs, linkages and extractions."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

type Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
type Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


class NotProductive(ValueError):
    """An economy that uses up more than it makes: no output could serve a final demand."""


def coefficients(flows: Matrix, output: Vector) -> Matrix:
    """Input coefficients: what each sector (column) buys per unit of its output; nought where it makes nothing.

    >>> coefficients(np.array([[1.0, 4.0], [2.0, 0.0]]), np.array([10.0, 20.0])).tolist()
    [[0.1, 0.2], [0.2, 0.0]]
    """
    found: Matrix = np.divide(flows, output, out=np.zeros_like(flows, dtype=float), where=output > 0.0)
    return found


@dataclass(frozen=True, eq=False)
class Leontief:
    """The system I − A, factored once.

    Attributes:
        lower_upper: Factors of its transpose: LAPACK goes by columns, which are then the rows of the table, uncopied.
        pivots: Which rows were exchanged.
    """

    lower_upper: Matrix
    pivots: Any

    @property
    def size(self) -> int:
        """Number of sectors."""
        return len(self.lower_upper)

    def output(self, demand: Matrix | Vector) -> Any:
        """Output that a final demand calls for: the solution of (I − A) x = f, of one or of several demands."""
        from scipy.linalg import lu_solve

        return lu_solve((self.lower_upper, self.pivots), demand, trans=1, check_finite=False)

    def multipliers(self, direct: Matrix | Vector) -> Any:
        """What a unit of final demand for each product sets off in all sectors: v (I − A)⁻¹.

        Args:
            direct: Per unit of output of each sector, e.g. ones for output, persons for jobs; one column per question.
        """
        from scipy.linalg import lu_solve

        return lu_solve((self.lower_upper, self.pivots), direct, check_finite=False)

    def diagonal(self) -> Vector:
        """The diagonal of the inverse, from the inverses of both factors, at half the work of the whole inverse."""
        from scipy.linalg.lapack import dtrtri

        n = self.size
        upper, _ = dtrtri(self.lower_upper, lower=0)
        lower, _ = dtrtri(self.lower_upper, lower=1, unitdiag=1)
        order = np.arange(n)
        for i, other in enumerate(self.pivots):
            order[[i, other]] = order[[other, i]]
        place = np.empty(n, dtype=int)
        place[order] = np.arange(n)
        found = np.empty(n)
        columns = np.ascontiguousarray(lower.T)
        for j in range(n):
            # Row j of the upper factor starts at j, column k of the lower one at k, with a one.
            k = place[j]
            start = max(j, k + 1)
            found[j] = upper[j, start:] @ columns[k, start:] + (upper[j, k] if k >= j else 0.0)
        return found


def factor(inputs: Matrix) -> Leontief:
    """Factor the Leontief system of input coefficients.

    Raises:
        NotProductive: Some final demand would call for a negative output, or for one without bounds.
    """
    from scipy.linalg import lu_factor

    matrix = np.negative(inputs, order="C", dtype=float)
    matrix[np.diag_indices(len(matrix))] += 1.0
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a diagonal is nought is asked below
        factors, pivots = lu_factor(matrix.T, overwrite_a=True, check_finite=False)
    system = Leontief(factors, pivots)
    if not np.all(np.abs(np.diag(factors)) > 1e-12):
        raise NotProductive
    # Prices that leave every sector a gain exist just when every demand can be served (Hawkins and Simon 1949).
    prices = system.multipliers(np.ones(system.size))
    if not np.isfinite(prices).all() or float(prices.min()) <= 0.0:
        raise NotProductive
    return system


@dataclass(frozen=True, eq=False)
class Closed:
    """Multipliers of a system that households close: what they earn, they spend.

    Attributes:
        open: Type I: direct and indirect.
        closed: Type II: with what the wages of all of them buy.
    """

    open: Matrix
    closed: Matrix


def with_households(system: Leontief, direct: Matrix, wages: Vector, spending: Vector) -> Closed:
    """Type I and type II multipliers from one factorisation.

    The system that households close is the open one with a border of one row and one column, so that
    μ_II = μ_I + (μ_I · c) / (1 − w L c) · (w L).

    Args:
        system: Of the open economy.
        direct: Per unit of output, one column per question.
        wages: Earned per unit of output.
        spending: Bought of each product per unit that is earned.

    Raises:
        NotProductive: Households would earn more by each round of spending than they spent.
    """
    found = system.multipliers(np.column_stack([direct, wages]))
    opened, earned = found[:, :-1], found[:, -1]
    again = float(earned @ spending)
    if again >= 1.0:
        raise NotProductive
    closed = opened + np.outer(earned, opened.T @ spending) / (1.0 - again)
    return Closed(opened, closed)


@dataclass(frozen=True, eq=False)
class Linkages:
    """How strongly sectors pull and push, over the mean of all (Rasmussen 1956).

    Attributes:
        backward: Column sums of the Leontief inverse.
        forward: Row sums of the Ghosh inverse.
    """

    backward: Vector
    forward: Vector

    @property
    def key(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Sectors that pull and push more than the mean."""
        return (self.backward > self.backward.mean()) & (self.forward > self.forward.mean())


def linkages(system: Leontief, output: Vector) -> Linkages:
    """Backward linkages by demand, forward linkages by supply: (I − B)⁻¹ = x̂⁻¹ L x̂, hence from the same factors."""
    forward = system.output(output)
    forward = np.divide(forward, output, out=np.ones_like(forward), where=output > 0.0)
    return Linkages(system.multipliers(np.ones(system.size)), forward)


def extraction(system: Leontief, output: Vector, direct: Matrix | Vector) -> Any:
    """What is lost where a sector is taken out, with its purchases, sales and final demand, for every sector.

    In closed form from one factorisation (Miller and Lahr 2001; Dietzenbacher and Lahr 2013): the economy without
    sector j makes less by xⱼ μⱼ / Lⱼⱼ, of anything that goes with output.

    Args:
        system: Of the economy.
        output: Of its sectors, the solution for its final demand.
        direct: Per unit of output, e.g. ones or jobs; one column per question.

    Returns:
        The loss of all sectors together, for each that is taken out, in the form of ``direct``.
    """
    of_each = system.multipliers(direct)
    part = output / system.diagonal()
    return of_each * (part if np.ndim(of_each) == 1 else part[:, None])
