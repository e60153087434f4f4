"""An economy as multipliers need it: local input coefficients, and what goes with a unit of output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.inputoutput import IOTable, RegionFile
from guanzi.study.chains.multipliers.gras import balance
from guanzi.study.chains.multipliers.leontief import Matrix, Vector, coefficients
from guanzi.study.chains.multipliers.regional import Method, charm, cross_hauling, trade_coefficients

MEASURES = ("output", "value_added", "wages", "taxes", "employment", "imports")
"""What is counted per unit of output; what a table does not have is left out."""
_NAMED = 5


@dataclass(frozen=True, eq=False)
class Economy:
    """Local coefficients of a nation or a region.

    Attributes:
        codes: Of the sectors.
        total: What sectors buy of products wherever made, per unit of output.
        trade: Which part of what sector j (column) buys of product i (row), or would buy, is made at home.
        direct: Per unit of output of each sector, by measure; see :data:`MEASURES`. Imports are all that is bought
            outside, also from elsewhere in the nation.
        output: Of each sector.
        spending: What households buy of each local product per unit of wages, at least and at most; None where the
            table does not show wages or households.
        remarks: What was decided.
    """

    codes: tuple[str, ...]
    total: Matrix
    trade: Matrix
    direct: Mapping[str, Vector]
    output: Vector
    spending: tuple[Vector, Vector] | None
    remarks: tuple[Message, ...]

    @property
    def local(self) -> Matrix:
        """What sectors buy of products made at home, per unit of output."""
        return self.total * self.trade


def national(table: IOTable) -> Economy:
    """The economy of a table.

    Where flows hold imports, each use of a product at home holds the same part of imported goods (the assumption of
    proportion), and exports hold none.
    """
    inputs = coefficients(table.flows, table.output)
    part = home_part(table)
    trade = np.repeat(part[:, None], len(part), axis=1)
    direct = _direct(table, inputs, inputs * trade)
    spending = None
    households = table.final.get("households")
    wages = table.primary.get("wages")
    if households is not None and wages is not None and wages.sum() > 0.0:
        bought = households * part
        # Wages alone pay for it, or all that is earned: the truth lies between, and the table does not say where.
        most = bought / max(float(wages.sum()), float(bought.sum()))
        least = bought / max(float(table.value_added.sum()), float(bought.sum()))
        spending = (np.minimum(least, most), np.maximum(least, most))
    return Economy(table.codes, inputs, trade, direct, table.output, spending, table.remarks)


def home_part(table: IOTable) -> Vector:
    """Which part of what is used of each product at home is made at home."""
    if table.domestic:
        return np.ones(len(table.codes))
    exports = table.final.get("exports", np.zeros(len(table.codes)))
    return 1.0 - bought_share(table.output, table.imports, exports)


def bought_share(output: Vector, bought: Vector, sold: Vector) -> Vector:
    """Which part of what is used of each product comes from outside, where what is sold outside was made at home.

    >>> bought_share(np.array([100.0]), np.array([30.0]), np.array([70.0])).tolist()
    [0.5]
    """
    used = output + bought - sold
    share = np.divide(bought, used, out=np.zeros_like(used), where=used > 0.0)
    return np.clip(share, 0.0, 1.0)


def _direct(table: IOTable, inputs: Matrix, local: Matrix) -> dict[str, Vector]:
    def per_output(amount: Vector) -> Vector:
        return np.divide(amount, table.output, out=np.zeros_like(amount), where=table.output > 0.0)

    found = {"output": np.ones(len(table.codes)), "value_added": per_output(table.value_added)}
    if "wages" in table.primary:
        found["wages"] = per_output(table.primary["wages"])
    taxes = [table.primary[k] for k in ("production_taxes", "product_taxes") if k in table.primary]
    if taxes:
        found["taxes"] = per_output(sum(taxes[1:], taxes[0]))
    if table.employment is not None:
        found["employment"] = per_output(table.employment)
    bought = table.primary.get("imports", np.zeros(len(table.codes)))
    found["imports"] = per_output(bought) + (inputs - local).sum(axis=0)
    return found


def regional(table: IOTable, sizes: RegionFile, method: Method, delta: float = 0.25) -> Economy:
    """The economy of a region by the size of its sectors.

    Args:
        table: Of the nation.
        sizes: Output or employment of the sectors in the region, and of the nation where the file has it.
        method: ``flq``, ``slq``, ``cilq`` or ``charm``.
        delta: The exponent of FLQ.

    Raises:
        InvalidInput: A sector of the file is not in the table, the region has nothing, or CHARM lacks trade.
    """
    region, nation = _sizes(table, sizes)
    base = national(table)
    charmed = method == "charm"
    trade = _charm(table, region, nation) if charmed else trade_coefficients(method, region, nation, delta)
    scale = np.divide(region, nation, out=np.zeros_like(region), where=nation > 0.0)
    output = table.output * scale
    local, over = balanced(base.total, base.trade * trade, output)
    local = np.minimum(local, base.trade)  # no region buys more at home than the nation does
    outside = base.direct["imports"] + (base.local - base.total * local).sum(axis=0)
    remarks: tuple[Message, ...] = ()
    if over.any():
        named = tuple(label for label, held in zip(table.labels, over, strict=True) if held)
        remarks = (Message.of("multipliers.balanced", n=len(named), sectors=named[:_NAMED]),)
    spending = None
    if base.spending is not None:
        # Of each product households buy that part in the region which the quotient of the seller allows.
        of_seller = np.minimum(np.diag(trade), 1.0)
        spending = (base.spending[0] * of_seller, base.spending[1] * of_seller)
    direct = {**base.direct, "imports": outside}
    return Economy(base.codes, base.total, local, direct, output, spending, (*base.remarks, *remarks))


def balanced(total: Matrix, trade: Matrix, output: Vector) -> tuple[Matrix, Any]:
    """Trade of a region in which no sector sells more within it than it makes.

    Quotients look at one pair of sectors at a time, so that all buyers together may ask a sector for more than it has.
    GRAS brings what is bought in the region, with a row for what is bought outside, to what each sector makes; what
    sectors buy in all stays.

    Args:
        total: What sectors buy of products wherever made, per unit of output.
        trade: Which part of it is bought in the region.
        output: Of the sectors of the region.

    Returns:
        The trade, and which sectors had sold too much.
    """
    needed = total * output
    local = needed * trade
    sold = local.sum(axis=1)
    over = sold > output * (1.0 + 1e-9)
    if not over.any():
        return trade, over
    rows = np.where(over, output, sold)
    # Whoever bought all in the region can buy outside, too: what is nought would stay so.
    least = np.where((local[over] > 0.0).any(axis=0), 1e-3 * np.abs(needed).sum(axis=0), 0.0)
    outside = np.maximum((needed - local).sum(axis=0), least)
    totals = np.append(rows, needed.sum() - rows.sum())
    found = balance(np.vstack([local, outside]), totals, needed.sum(axis=0), error=1e-8).matrix[:-1]
    part = np.divide(found, needed, out=np.zeros_like(found), where=needed != 0.0)
    bought: Matrix = np.minimum(np.where(needed != 0.0, part, trade), 1.0)
    return bought, over


def _sizes(table: IOTable, sizes: RegionFile) -> tuple[Vector, Vector]:
    at = {code: i for i, code in enumerate(table.codes)}
    problems = [
        Problem(
            Message.of("multipliers.region.sector", code=code),
            sizes.places[code],
            Message.of("multipliers.region.sector.mend", table=table.name),
            excerpt=code,
        )
        for code in sizes.region
        if code not in at
    ]
    region = np.array([sizes.region.get(code, 0.0) for code in table.codes])
    nation = np.array([sizes.nation.get(code, 0.0) for code in table.codes])
    if not sizes.nation:
        nation = table.output
        for code, size in sizes.region.items():
            if code in at and size > table.output[at[code]]:
                cause = Message.of("multipliers.region.larger", code=code, region=size, nation=float(nation[at[code]]))
                problems.append(Problem(cause, sizes.places[code], Message.of("multipliers.region.larger.mend")))
    if not problems and region.sum() <= 0.0:
        fix = Message.of("multipliers.region.nothing.mend")
        problems.append(Problem(Message.of("multipliers.region.nothing"), Place(sizes.name), fix))
    if problems:
        raise InvalidInput(problems)
    return region, nation


def _charm(table: IOTable, region: Vector, nation: Vector) -> Matrix:
    exports = table.final.get("exports")
    if exports is None or not table.imports.any():
        fix = Message.of("multipliers.charm.mend")
        raise InvalidInput(Problem(Message.of("multipliers.charm"), Place(table.name), fix))
    at_home = [amount for kind, amount in table.final.items() if kind != "exports"]
    use = table.flows.sum(axis=1) + sum(at_home[1:], at_home[0])
    heterogeneity = cross_hauling(table.output, use, exports, table.imports)
    scale = np.divide(region, nation, out=np.zeros_like(region), where=nation > 0.0)
    output = table.output * scale
    size = float(region.sum() / nation.sum())
    final = sum(at_home[1:], at_home[0]) * size
    region_use = coefficients(table.flows, table.output) @ output + final
    part = charm(output, region_use, heterogeneity)
    # The part counts all that is bought outside, abroad, too, which the national coefficients leave out already.
    at_home_part = home_part(table)
    ratio = np.divide(part, at_home_part, out=np.zeros_like(part), where=at_home_part > 0.0)
    return np.repeat(np.clip(ratio, 0.0, 1.0)[:, None], len(part), axis=1)
