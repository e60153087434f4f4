"""What binding would have saved, day by day, on the bets whose payments are dated.

``python -m benchmarks.dated_replay freeze`` hashes the sheets that are proposed on the day of each decision, and this
file. ``python -m benchmarks.dated_replay`` pays each instalment only if its condition was true on its day by what
really happened (``benchmarks/dated/payments.yaml``), and writes ``benchmarks/results/dated-replay.md``. Refused where a
sheet is not as it was hashed.

Against: as really drawn, four equal yearly parts without conditions, and nothing at all. Amounts are parts of the sum
that was agreed. What was paid to a failure is lost, half of it to a partial success, nothing to a success.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from guanzi.advice.appraisal import prepare
from guanzi.advice.calibration import calibrate
from guanzi.advice.structuring import bind_to_tiers
from guanzi.base.core import sha256_of
from guanzi.deal.terms import (
    EventHappened,
    Expression,
    Logic,
    Number,
    Observable,
    Payout,
    Relation,
    TermSheet,
    TierInForce,
    Total,
    Unknown,
    payments,
)
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

HERE = Path(__file__).resolve().parent
DATA, FROZEN = HERE / "dated/payments.yaml", HERE / "dated/frozen.json"
RESULT = HERE / "results/dated-replay.md"
LOST = {"failure": 1.0, "partial": 0.5, "success": 0.0}
PARTS, LATE = 4, 0.25
SEED, DRAWS = 29, 10_000
STREAM = f"numpy PCG64, seed {SEED}"
HALF_WIDTH = 0.1
"""An interval of nine in ten this wide to each side would tell a saving of a tenth of the sum from none."""
NORMAL = 1.6448536269514722

AGAINST = {"drawn": "as really drawn", "quarters": "equal yearly quarters", "never": "nothing at all"}
HEAD_BETS = (
    "| bet | outcome | drawn | equal quarters | proposed | proposed, later than drawn | saved against drawn "
    "| against quarters |"
)
HEAD_MEANS = (
    "| saving a bet, against | (a) nothing else changes | (b) late successes are lost | (c) as many walk away |"
)
HEAD_CLAUSES = "| bet | division into yearly parts | steps and other conditions | together |"

type Row = Mapping[str, Any]


@dataclass(frozen=True)
class Bet:
    """A bet with its proposed sheet and what really happened.

    Attributes:
        row: Of the file of payments.
        signed, bound: The deal as signed, and as it is proposed on the day of the decision.
        units: Units of a year before signing, as the steps count them.
    """

    row: Row
    signed: TermSheet
    bound: TermSheet
    units: float

    @property
    def ended(self) -> date:
        """The day after which nothing is paid."""
        day: date = self.row.get("ended", date.max)
        return day

    def asked(self, sheet: TermSheet) -> list[Payout]:
        """The public payments of a sheet that are replayed, in the order of their days."""
        clauses, released = self.row.get("clauses"), self.row.get("released", ())
        found = [p for p in payments(sheet) if p.nature != "works" and p.asked not in released]
        return sorted((p for p in found if clauses is None or p.clause in clauses), key=lambda p: p.due)


def bets() -> list[Bet]:
    """Every bet of the file, with the sheet that the tool proposes."""
    found = []
    for row in yaml.safe_load(DATA.read_text("utf-8"))["bets"]:
        case = load_case(find_case(row["case"]))
        prepared = prepare(case, case.decision_date, load_playbook("hefei"))
        assert prepared.sheet is not None
        model = prepared.model or calibrate(prepared.view, prepared.sheet)
        form = bind_to_tiers(prepared.sheet, model)
        units = model.parameters.get("units")
        found.append(Bet(row, form.signed, form.bound, 4.0 * units.distribution.median if units else 0.0))
    return found


def amount_of(payment: Payout) -> float:
    """The amount of a payment; the middle of a bracket."""
    value = payment.amount
    return (value.low + value.high) / 2.0 if isinstance(value, Unknown) else float(value)  # type: ignore[operator]


def hashes(found: Sequence[Bet]) -> dict[str, str]:
    """Case to the hash of its proposed payments and steps, and the hash of this file."""
    told = {"benchmarks/dated_replay.py": sha256(Path(__file__).resolve().read_bytes()).hexdigest()}
    for bet in found:
        asked = [(p, p.condition.text if p.condition else "") for p in bet.asked(bet.bound)]
        rows = [[p.id, amount_of(p), p.due.isoformat(), str(p.expires), text] for p, text in asked]
        steps = [[tier.id, tier.when.text] for tier in bet.bound.tiers if tier.when is not None]
        told[bet.row["case"]] = sha256_of([rows, steps])
    return told


def holds(tree: Expression, bet: Bet, day: date) -> bool | None:
    """Whether a condition was true on a day by what really happened; None where that is not known."""
    if isinstance(tree, Logic):
        parts = [holds(item, bet, day) for item in tree.items]
        decided = tree.op == "or"
        return decided if decided in parts else None if None in parts else not decided
    if isinstance(tree, TierInForce):
        when = next(tier.when for tier in bet.bound.tiers if tier.id == tree.tier)
        return None if when is None else holds(when.tree, bet, day)
    if isinstance(tree, EventHappened):
        return came_by(bet.row.get("events", {}).get(tree.event, ...), day)
    if isinstance(tree, Observable):
        return came_by(bet.row.get("states", {}).get(tree.name, {"came": ...})["came"], day)
    assert isinstance(tree, Relation), tree
    assert tree.op == ">=", tree
    value = figure(tree.left, bet, day)
    assert isinstance(tree.right, Number), tree
    return None if value is None else value >= tree.right.value


def came_by(on: Any, day: date) -> bool | None:
    """Whether something that came on a day, or never, had come by another; None where that is not known."""
    return None if on is ... else on is not None and on <= day


def figure(tree: Expression, bet: Bet, day: date) -> float | None:
    """The last reading of a figure on a day."""
    readings = bet.row.get("readings", {})
    if isinstance(tree, Observable):
        return latest(readings.get(tree.name, ()), day)
    assert isinstance(tree, Total), tree
    assert tree.months == 12, tree
    sales = latest(readings.get("sales_12m", ()), day)
    if sales is not None:  # the file tells sales where the sheet counts units by sales
        return float(sales / bet.row["sales_of_a_year"] * bet.units)
    return latest(readings.get("units_12m", ()), day)


def latest(rows: Sequence[Row], day: date) -> float | None:
    """The value from the last of these days on."""
    known = [row["value"] for row in rows if row["from"] <= day]
    return known[-1] if known else None


def quarter_ends(first: date, last: date) -> Iterator[date]:
    """The ends of calendar quarters from one day to another."""
    ends = ((3, 31), (6, 30), (9, 30), (12, 31))
    yield from (
        day for y in range(first.year, last.year + 1) for m, d in ends if first <= (day := date(y, m, d)) <= last
    )


def paid_on(payment: Payout, bet: Bet) -> date | None:
    """The first day, from that on which it is due, on which its condition was surely true; None where there is none."""
    last = min(payment.expires or payment.due, bet.ended)
    for day in (payment.due, *quarter_ends(payment.due, last)):
        if day <= last and (payment.condition is None or holds(payment.condition.tree, bet, day)):
            return day
    return None


def flows(bet: Bet) -> dict[str, list[tuple[date, float]]]:
    """Rule to days and parts of the agreed sum that were paid on them."""
    asked = bet.asked(bet.signed)
    whole = sum(amount_of(p) for p in asked)
    first = asked[0].due
    totals = [(row["by"], row["total"] / whole) for row in bet.row["drawn"]]
    drawn = [
        (day, total - before) for (day, total), before in zip(totals, [0.0, *(t for _, t in totals)], strict=False)
    ]
    years = (first.replace(year=first.year + n) for n in range(PARTS))
    bound = [(paid_on(p, bet), amount_of(p) / whole) for p in bet.asked(bet.bound)]
    if all(p.nature == "contingent" for p in asked):  # a guarantee is not divided: what it covers is drawn as it was
        bound = list(drawn)
    return {
        "drawn": drawn,
        "quarters": [(day, 1.0 / PARTS) for day in years if day <= bet.ended],
        "bound": [(day, part) for day, part in bound if day is not None],
    }


def by(found: Sequence[tuple[date, float]], day: date) -> float:
    """What was paid by a day."""
    return sum(part for when, part in found if when <= day)


def outcome(bet: Bet) -> dict[str, Any]:
    """What each rule pays and loses, what comes later than as drawn, and the savings under each bound."""
    found = flows(bet)
    lost = LOST[bet.row["result"]]
    paid = {rule: by(rows, date.max) for rule, rows in found.items()} | {"never": 0.0}
    days = [day for rows in found.values() for day, _ in rows]
    ends = list(quarter_ends(min(days), max(days).replace(month=12, day=31)))
    late = max(by(found["drawn"], day) - by(found["bound"], day) for day in ends)
    loss = {rule: lost * part for rule, part in paid.items()}
    return {"case": bet.row["case"], "cluster": bet.row["cluster"], "result": bet.row["result"], "paid": paid,
            "loss": loss, "late": late}  # fmt: skip


def savings(told: Sequence[Row], against: str) -> dict[str, np.ndarray]:
    """Bound to the saving of each bet: (a) nothing else changes, (b) late successes are lost, (c) as many walk away."""
    worked = np.array([1.0 - LOST[row["result"]] for row in told])
    late = np.array([row["late"] > LATE for row in told])
    plain = np.array([row["loss"][against] - row["loss"]["bound"] for row in told])
    share = float((worked * late).sum() / worked.sum())
    away = np.array([row["loss"][against] for row in told]) - worked
    return {"a": plain, "b": np.where(late, plain - worked, plain), "c": (1.0 - share) * plain + share * away}


def mean_of(values: np.ndarray, clusters: Sequence[str]) -> tuple[float, float, float]:
    """The mean, and its interval of nine in ten, clusters drawn whole."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    names = sorted(set(clusters))
    groups = [values[[c == name for c in clusters]] for name in names]
    drawn = rng.integers(0, len(groups), (DRAWS, len(groups)))
    sums, sizes = np.array([g.sum() for g in groups]), np.array([len(g) for g in groups])
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return float(values.mean()), float(np.quantile(means, 0.05)), float(np.quantile(means, 0.95))


def needed(values: np.ndarray) -> int:
    """Bets by which the interval of the mean would be a tenth to each side, if they scatter as these do."""
    return int(np.ceil((NORMAL * float(values.std(ddof=1)) / HALF_WIDTH) ** 2))


def pct(x: float) -> str:
    """A part as a percentage."""
    return f"{100.0 * x + 0.0:.0f} %"


def table(name: str, head: str, rows: Sequence[str]) -> list[str]:
    """A table that the documentation shows by its name."""
    rule = "|---" * (head.count("|") - 1) + "|"
    return [
        f"<!-- --8<-- [start:{name}] -->",
        *([head, rule] if head else []),
        *rows,
        f"<!-- --8<-- [end:{name}] -->",
        "",
    ]


def page(told: Sequence[Row]) -> list[str]:
    """The page of results."""
    plain, even = savings(told, "drawn")["a"], savings(told, "quarters")["a"]
    clusters = [row["cluster"] for row in told]
    each, clauses, means = [], [], []
    for row, saved, saved_even in zip(told, plain, even, strict=True):
        paid, parted = row["paid"], row["loss"]["drawn"] - row["loss"]["quarters"]
        cells = (paid["drawn"], paid["quarters"], paid["bound"], max(row["late"], 0.0), saved, saved_even)
        each.append(f"| {row['case']} | {row['result']} | " + " | ".join(map(pct, cells)) + " |")
        clauses.append(f"| {row['case']} | {pct(parted)} | {pct(saved - parted)} | {pct(saved)} |")
    for against, words in AGAINST.items():
        found = (mean_of(values, clusters) for values in savings(told, against).values())
        means.append(
            f"| {words} | " + " | ".join(f"{pct(m)} ({pct(low)} to {pct(high)})" for m, low, high in found) + " |"
        )
    need = needed(plain)
    count = (
        f"{len(told)} bets of {len(set(clusters))} companies and cities ({STREAM}; clusters drawn whole). With such "
        f"scatter, {need} bets would tell a saving of a tenth of the sum from none: {max(need - len(told), 0)} more."
    )
    title = [
        "# What binding would have saved: the dated replay",
        "",
        "Written by `python -m benchmarks.dated_replay`.",
        "",
    ]
    return [
        *title,
        *table("bets", HEAD_BETS, each),
        *table("means", HEAD_MEANS, means),
        *table("clauses", HEAD_CLAUSES, clauses),
        *table("count", "", [count]),
    ]


def main(arguments: list[str]) -> int:
    """Freeze the sheets, or replay them."""
    found = bets()
    if arguments == ["freeze"]:
        FROZEN.write_text(json.dumps(hashes(found), indent=1, sort_keys=True) + "\n", "utf-8")
        return 0
    if json.loads(FROZEN.read_text("utf-8")) != hashes(found):
        raise SystemExit("a sheet, or the replay, is not as it was hashed")
    RESULT.write_text("\n".join(page([outcome(bet) for bet in found])), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
