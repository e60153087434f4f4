"""Variance of six headline figures by ways of drawing, and what an answer of a given precision costs.

Each case is run as its decision set, with the same outputs for every way: the plain stream, the plain stream with
control variates, antithetic pairs, strata along the direction that moves the value most, and importance sampling
towards failure. Ways are compared by independent randomisations, and each is held against the plain stream for bias.
Only the machine's draws are replaced; the program is the same. No path of any way costs less than one of the plain
stream, so what the variance falls by bounds what CPU time can be saved.

Run it with ``python -m benchmarks.precision [RANDOMISATIONS]``; it writes ``precision.json`` and ``precision.md`` in
``benchmarks/results``, and ``docs/images/precision.svg``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.precision_page import picture, tables
from numpy.typing import NDArray
from scipy.special import ndtri

from guanzi.advice.appraisal import precision as searched
from guanzi.advice.appraisal import prepare, run, simulated_figures
from guanzi.advice.appraisal.apart import HEADLINES, SURE
from guanzi.deal.program import grid_of
from guanzi.engine.machine.assembler import Assembled, assemble
from guanzi.engine.machine.lanes import LaneCode, code_of
from guanzi.engine.machine.values import RECORDS, UNIFORMS, values_of
from guanzi.engine.simulation import Running
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.errors import PathValues
from guanzi.engine.simulation.pruning import prune
from guanzi.engine.simulation.run import LEAF, NO_INPUTS, NOTHING_HELD, Scratch, ThreadRecords, run_lanes, run_numbered
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
PICTURE = HERE.parent / "docs" / "images" / "precision.svg"
CASES = {"nio-hefei-2020": "NIO", "cxmt-hefei-2017": "a fab", "ehang-hefei-2023": "a deep-tech grant"}
FIGURES = ("value, mean", "value, 5 % quantile", "failure", "loss", "put's receipt", "loss on failure")
PATHS, PILOT = 512, 4_096
TILT = 1.0
"""By how many standard deviations half of the paths are moved towards failure."""
FAILED, HELD = "with.failed_step", "without.held"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Deal:
    """A decision set whose random numbers are given from outside.

    Attributes:
        program: The deal, cut down to the outputs of six figures.
        code: Its lanes, with inputs where it drew.
        normal: Which inputs are standard normal; the others are uniform.
        value: Output of the value.
        put: Output of what a put brings once it is open; empty: there is none.
        steps: Steps of five years.
    """

    program: Assembled
    code: LaneCode
    normal: NDArray[np.bool_]
    value: str
    put: str
    steps: float

    def outputs(self, drawn: Floats) -> dict[str, Floats]:
        """Outputs of paths with these draws: (inputs, paths)."""
        out = np.empty((len(self.program.outputs), drawn.shape[1]))
        ids = np.arange(drawn.shape[1], dtype=np.uint64)
        drawn = np.ascontiguousarray(drawn)
        run_lanes(self.program, Scratch(self.code, self.program), 1, ids, drawn, NOTHING_HELD, out)
        return dict(zip(self.program.outputs, out, strict=True))


def load(case: str) -> Deal:
    """The decision set of a case."""
    prepared = prepare(load_case(find_case(case)), None, load_playbook("hefei"))
    assert prepared.sheet is not None
    assert prepared.model is not None
    assert prepared.policy is not None
    whole = compose(prepared.sheet, prepared.model, prepared.policy)
    names = assemble(whole).outputs
    put = next((name for name in names if name.endswith(".payable_open")), "")
    value = "public.npv" if prepared.sheet.only_gives else "fund.npv"
    program = assemble(prune(whole, tuple(name for name in (value, FAILED, HELD, put) if name)))
    values = values_of(program)
    ops, args, data = list(values.ops), list(values.args), list(values.data)
    normal = []
    for i in values.live:
        if ops[i] == "PART" and values.ops[values.args[i][0]] == "DRAW":
            normal.append(values.data[i][0] < UNIFORMS)
            ops[i], args[i], data[i] = "INPUT", (), (len(normal) - 1,)
    needed: set[int] = set()
    for i in reversed(values.live):
        if ops[i] in RECORDS or i in needed:
            needed.update((i, *args[i]))
    given = replace(values, ops=ops, args=args, data=data, live=[i for i in values.live if i in needed])
    return Deal(
        program, code_of(given, program.flows), np.array(normal), value, put, 5.0 * 12 / grid_of(prepared.sheet).months
    )


def figures_of(deal: Deal, out: dict[str, Floats], weights: Floats) -> list[float]:
    """The six figures of weighted paths; NaN where the deal has none."""
    value, step = out[deal.value], out[FAILED]
    w = weights / weights.sum()
    ever, failed = step >= 0.0, (step >= 0.0) & (step < deal.steps)
    order = np.argsort(value)
    low = float(value[order][min(int(np.searchsorted(np.cumsum(w[order]), 0.05)), len(value) - 1)])
    put = float("nan")
    if deal.put and (opened := out[deal.put] > 0.0).any():
        put = float(w[opened] @ out[deal.put][opened] / w[opened].sum())
    lost = -float(w[ever] @ value[ever] / w[ever].sum()) if ever.any() else float("nan")
    return [float(w @ value), low, float(w[failed].sum()), float(w[value < 0.0].sum()), put, lost]


@dataclass(frozen=True, slots=True)
class Pilot:
    """What an independent run says: directions along which value and failure move most, and the mean of the control."""

    value: Floats
    failure: Floats


def pilot(deal: Deal) -> Pilot:
    """Directions of the normals, from paths that no figure is taken of."""
    drawn = plain(deal, np.random.default_rng(99), PILOT)
    out, z = deal.outputs(drawn), drawn[deal.normal]

    def direction(y: Floats) -> Floats:
        found = z @ (y - y.mean())
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-300))

    return Pilot(direction(out[deal.value]), direction((out[FAILED] >= 0.0).astype(np.float64)))


def plain(deal: Deal, rng: np.random.Generator, paths: int) -> Floats:
    """Independent draws: (inputs, paths)."""
    u = rng.random((len(deal.normal), paths))
    u[deal.normal] = ndtri(u[deal.normal])
    return u


type Way = Callable[[Deal, Pilot, np.random.Generator], list[float]]


def by_plain(deal: Deal, known: Pilot, rng: np.random.Generator) -> list[float]:
    """Plain stream."""
    return figures_of(deal, deal.outputs(plain(deal, rng, PATHS)), np.ones(PATHS))


def by_controls(deal: Deal, known: Pilot, rng: np.random.Generator) -> list[float]:
    """Control variates: the two directions, their squares less one, which are nought on average."""
    drawn = plain(deal, rng, PATHS)
    a, b = known.value @ drawn[deal.normal], known.failure @ drawn[deal.normal]
    x = np.stack([a, a * a - 1.0, b, b * b - 1.0])
    centred = x - x.mean(1, keepdims=True)
    moved = np.linalg.lstsq(centred @ centred.T / PATHS, -x.mean(1), rcond=None)[0]
    return figures_of(deal, deal.outputs(drawn), np.maximum(1.0 + moved @ centred, 0.0))


def by_pairs(deal: Deal, known: Pilot, rng: np.random.Generator) -> list[float]:
    """Antithetic pairs."""
    half = plain(deal, rng, PATHS // 2)
    other = np.where(deal.normal[:, None], -half, 1.0 - half)
    return figures_of(deal, deal.outputs(np.hstack([half, other])), np.ones(PATHS))


def by_strata(deal: Deal, known: Pilot, rng: np.random.Generator) -> list[float]:
    """Strata of the direction along which the value moves most."""
    drawn = plain(deal, rng, PATHS)
    z = drawn[deal.normal]
    place = ndtri((rng.permutation(PATHS) + rng.random(PATHS)) / PATHS)
    drawn[deal.normal] = z + np.outer(known.value, place - known.value @ z)
    return figures_of(deal, deal.outputs(drawn), np.ones(PATHS))


def by_importance(deal: Deal, known: Pilot, rng: np.random.Generator) -> list[float]:
    """Importance sampling: half of the paths moved towards failure, each weighted by the mixture of both."""
    drawn = plain(deal, rng, PATHS)
    drawn[deal.normal, : PATHS // 2] += TILT * known.failure[:, None]
    along = known.failure @ drawn[deal.normal]
    return figures_of(deal, deal.outputs(drawn), 2.0 / (1.0 + np.exp(TILT * along - TILT * TILT / 2)))


WAYS: dict[str, Way] = {
    "plain": by_plain,
    "control variates": by_controls,
    "antithetic pairs": by_pairs,
    "strata of the main direction": by_strata,
    "importance sampling": by_importance,
}


def compared(case: str, runs: int) -> dict[str, Any]:
    """The six figures by each way, in independent randomisations."""
    deal = load(case)
    known = pilot(deal)
    found = {
        name: np.array([way(deal, known, np.random.default_rng((n, run))) for run in range(runs)])
        for n, (name, way) in enumerate(WAYS.items())
    }
    reference = found["plain"]
    rows: dict[str, Any] = {}
    for name, values in found.items():
        spread, plainly = values.var(0, ddof=1), reference.var(0, ddof=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = (values.mean(0) - reference.mean(0)) / np.sqrt((spread + plainly) / runs)
            less = plainly / spread
        rows[name] = {
            "mean": _plain(values.mean(0)),
            "sd": _plain(np.sqrt(spread)),
            "apart": _plain(apart),
            "less_variance": _plain(less),
        }
    return {"what": CASES[case], "inputs": len(deal.normal), "ways": rows}


def _plain(values: Floats) -> list[float | None]:
    return [float(f"{x:.5g}") if np.isfinite(x) else None for x in values]


def stopping(runs: int, first: int = LEAF, most: int = 5 * LEAF) -> dict[str, Any]:
    """Bias of the rule that stops at a precision: the probability of failure at the stop less that of all paths."""
    deal, apart, stops, covered = load("nio-hefei-2020"), [], [], []
    records = ThreadRecords(deal.program)
    whole = []
    for seed in range(runs):
        ids = np.arange(most, dtype=np.uint64)
        parts = (ids[i : i + LEAF] for i in range(0, most, LEAF))
        leaves = [run_numbered(deal.program, records, 1_000 + seed, part, NO_INPUTS) for part in parts]
        out = dict(zip(deal.program.outputs, np.concatenate(leaves, axis=1), strict=True))
        failed = (out[FAILED] >= 0.0) & (out[FAILED] < deal.steps)
        paths = first
        while True:
            error = SURE * (PathValues({}, {"failed": failed[:paths]}, paths).share("failed") or 0.0)
            more = searched.next_paths(paths, error, BOUND, most)
            if more is None:
                break
            paths = more
        stops.append(paths)
        whole.append(float(failed.mean()))
        apart.append(float(failed[:paths].mean()) - whole[-1])
        covered.append((float(failed[:paths].mean()), error))
    truth = float(np.mean(whole))
    inside = float(np.mean([abs(value - truth) <= error for value, error in covered]))
    mean, error = float(np.mean(apart)), float(np.std(apart, ddof=1) / np.sqrt(runs))
    told = {"bound": BOUND, "runs": runs, "paths": float(np.mean(stops)), "stops": sorted(set(stops)), "inside": inside}
    return told | {"bias": mean, "bias_error": error}


BOUND = 0.008


def curve() -> list[dict[str, float]]:
    """Errors of the headline figures of NIO against CPU seconds of its whole sheet, as paths double."""
    prepared = prepare(load_case(find_case("nio-hefei-2020")), None, load_playbook("hefei"))
    points = []
    for paths in (4_096, 8_192, 16_384, 32_768, 65_536, 131_072):
        result = run(prepared, paths, 1, Running(1))
        assert result is not None
        figures = simulated_figures(prepared, result)
        errors = {id: SURE * (figures[id].error or 0.0) for id in HEADLINES}
        points.append({"paths": paths, "seconds": result.cpu_seconds, **errors})
    return points


def weighted(runs: int = 60, paths: int = 4_096) -> dict[str, Any]:
    """Whole runs of NIO, weights learned anew in each: what they differ by, and what each says of its own error."""
    prepared = prepare(load_case(find_case("nio-hefei-2020")), None, load_playbook("hefei"))
    found = []
    for seed in range(1, runs + 1):
        result = run(prepared, paths, seed, Running(1))
        assert result is not None
        figures = simulated_figures(prepared, result)
        found.append([(figures[id].value or 0.0, figures[id].error or 0.0) for id in HEADLINES])
    values, errors = np.moveaxis(np.array(found), 2, 0)
    inside = np.abs(values - values.mean(0)) <= SURE * errors
    rows = zip(HEADLINES, values.std(0, ddof=1), errors.mean(0), inside.mean(0), strict=True)
    held = {id: {"sd": float(sd), "error": float(error), "inside": float(share)} for id, sd, error, share in rows}
    return {"runs": runs, "paths": paths, "figures": held}


def main(runs: int) -> None:
    """Measure, and write the page of results and the picture."""
    kept = RESULTS / "precision.json"
    data: dict[str, Any] = {"runs": runs, "paths": PATHS, "load": [os.getloadavg()[0]], "cases": {}}
    data |= {"stopping": stopping(runs), "curve": curve(), "weighted": weighted()}
    for case in CASES:
        data["cases"][case] = compared(case, runs)
        kept.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8", newline="\n")
    data["load"].append(os.getloadavg()[0])
    kept.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8", newline="\n")
    (RESULTS / "precision.md").write_text(tables(data, FIGURES), encoding="utf-8", newline="\n")
    PICTURE.write_text(picture(data["curve"]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
