"""A thousand deals together: CPU time of the tail, and the same bytes on workers of a cluster, one of them killed.

Run it with ``python -m benchmarks.portfolio_thousand``; it rewrites ``benchmarks/results/portfolio-thousand.md``. With
``--scaling`` it measures one thread, then one, two and four workers on a quiet machine instead, and writes
``benchmarks/results/scaling.md``; where bytes differ it ends with exit code 1. The deals are those of the library that
can be simulated and are in yuan, each for many companies that do not exist: like terms, like odds, own luck, common
tracks.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path

from guanzi.advice.structuring import DealSetting, Holding, Portfolio, portfolio
from guanzi.advice.structuring.portfolio import OUTPUTS
from guanzi.base.core import InvalidInput
from guanzi.engine.company import Streams
from guanzi.engine.simulation import Cluster, Running, Sampler
from guanzi.jobs.shared.versions import find_version, setting_of
from guanzi.record.evidence import builtin_cases
from guanzi.record.playbooks import load_playbook

RESULTS = Path(__file__).parent / "results" / "portfolio-thousand.md"
SCALING = RESULTS.with_name("scaling.md")
DEALS, PATHS, SEED = 1000, 20_000, 1
FEW = 10
"""Deals of which the way of before is timed: a program assembled for each company."""


LIMITS = """\
**Limits.** Wall time says little here: the machine had other work, so the load was far above its processors. What
more workers save on a quiet machine stands in [scaling](scaling.md). A worker costs CPU of its own to load the code
and to hand over 320 MB of values. `--engine dask` is taken by `simulate`, `appraise`,
`portfolio`, `backtest` and `structure`. Of a backtest each case is a task; four workers, one of them killed, are
held to the bytes of threads (`tests/advice/backtest/test_backtest_cluster.py`). Three cases at 200 paths took 4.4 CPU
seconds on threads and at least 30.3 on four workers, which load the code first (27 and 143 seconds of wall time on
the loaded machine); how the whole library scales was not measured. Of `structure` each term sheet is a task; two
workers, one of them killed, are held to the bytes of each alone (`tests/jobs/test_structures_cluster.py`). The
company panel is no command."""


def holdings(count: int) -> list[Holding]:
    """Deals of invented companies on the terms of the library's cases."""
    method, held = load_playbook("hefei"), []
    for name in builtin_cases():
        version = find_version(name)
        if version.case is None or version.sheet.currency != "CNY":
            continue
        view = version.case.view(version.case.decision_date)
        try:
            held.append((name, view, setting_of(version, view, method)))
        except InvalidInput:  # no money moves, or a value is unknown
            continue
    made = []
    for n, (name, view, setting) in enumerate(islice(cycle(held), count)):
        company = f"{name}-{n}"
        model = type(setting.model)(setting.model.parameters, Streams(company, view.industry))
        deal = DealSetting(setting.sheet, model, setting.policy)
        made.append(Holding(company, company, view.industry, f"city-{n % 40}", deal))
    return made


def told(found: Portfolio) -> str:
    """The hash of all that is said of a portfolio."""
    return sha256(json.dumps(found.data()).encode()).hexdigest()


def seconds_before(deals: list[Holding]) -> float:
    """CPU seconds a deal where each company has a program of its own, as it was before."""
    sampler = Sampler(OUTPUTS, paths=PATHS, seed=SEED, threads=1)
    began = time.process_time()
    for deal in deals:
        sampler.draw(deal.setting.sheet, deal.setting.model, deal.setting.policy)
    return (time.process_time() - began) / len(deals)


def on_workers(deals: list[Holding], count: int, kill: bool = False) -> tuple[Portfolio, float, float]:
    """The portfolio on so many workers: it, wall seconds, and CPU seconds of this process and its workers."""
    with Cluster(workers=count) as engine:
        engine.client.wait_for_workers(count)
        pids = engine.client.run(os.getpid)
        list(engine.each(_warm, [deals[:8]] * count))
        before = sum(engine.client.run(time.process_time).values()) + time.process_time()
        began, killed = time.perf_counter(), []

        def progress(_: int) -> None:
            if kill and not killed:
                killed.append(min(pids.values()))
                os.kill(killed[0], signal.SIGKILL)

        found = portfolio(deals, "CNY", paths=PATHS, seed=SEED, running=Running(progress=progress, engine=engine))
        wall = time.perf_counter() - began
        spent = sum(engine.client.run(time.process_time).values()) + time.process_time() - before
    return found, wall, spent


def on_one_thread(deals: list[Holding]) -> tuple[Portfolio, float, float]:
    """The portfolio on one thread: it, wall seconds, and CPU seconds."""
    _warm(deals[:8])
    began, wall = time.process_time(), time.perf_counter()
    found = portfolio(deals, "CNY", paths=PATHS, seed=SEED, running=Running(1))
    return found, time.perf_counter() - wall, time.process_time() - began


def scaling(deals: list[Holding]) -> bool:
    """Measure one thread and one, two and four workers, and write the page; whether all have the same bytes."""
    lines = [
        "# From one worker to four",
        "",
        f"`python -m benchmarks.portfolio_thousand --scaling`: {len(deals):,} deals, {PATHS:,} paths, {os.cpu_count()} "
        "processors. Each was run once, with its workers started and their code loaded before the clock; the load is "
        "that of the last minute before it. Efficiency is speed by workers, or by processors where these are fewer.",
        "",
        "| where | load | wall, s | times as fast as one thread | times as fast as 1 worker | efficiency | CPU, s "
        "| same bytes |",
        "|---|---|---|---|---|---|---|---|",
    ]
    load = os.getloadavg()[0]
    local, thread, spent = on_one_thread(deals)
    lines.append(f"| one thread | {load:.1f} | {thread:.1f} | 1.00 | – | – | {spent:.1f} | – |")
    alone, differing = 0.0, 0
    for count in (1, 2, 4):
        load = os.getloadavg()[0]
        found, wall, spent = on_workers(deals, count)
        alone = alone or wall
        speed = alone / wall
        share = speed / min(count, os.cpu_count() or 1)
        same = told(found) == told(local)
        differing += not same
        lines.append(
            f"| {count} worker{'s' * (count > 1)} | {load:.1f} | {wall:.1f} | {thread / wall:.2f} | {speed:.2f} "
            f"| {share:.0%} | {spent:.1f} | {'yes' if same else 'NO'} |"
        )
    SCALING.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return not differing


def _warm(deals: list[Holding]) -> int:
    portfolio(deals, "CNY", paths=64, seed=SEED, running=Running(1))
    return len(deals)


def main() -> None:
    """Measure and write the page."""
    deals = holdings(DEALS)
    if "--scaling" in sys.argv:
        sys.exit(0 if scaling(deals) else 1)
    kinds = len({deal.company.rpartition("-")[0] for deal in deals})
    load = os.getloadavg()[0]
    local, wall, spent = on_one_thread(deals)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    fund = local.accounts[0]
    lines = [
        "# A portfolio of a thousand deals",
        "",
        f"`python -m benchmarks.portfolio_thousand`: {DEALS:,} deals of invented companies on the terms of {kinds} "
        f"cases of the library, {PATHS:,} paths, {os.cpu_count()} processors, load {load:.1f} when it began. All that "
        "is said is compared by the hash of the whole answer.",
        "",
        "| where | CPU, s | wall, s | same bytes |",
        "|---|---|---|---|",
        f"| one thread | {spent:.1f} | {wall:.1f} | – |",
    ]
    for count, kill in ((1, False), (2, False), (4, False), (4, True)):
        found, passed, used = on_workers(deals, count, kill)
        name = f"{count} worker{'s' * (count > 1)}" + (", one killed" if kill else "")
        cpu = "–" if kill else f"{used:.1f}"
        lines.append(f"| Dask, {name} | {cpu} | {passed:.1f} | {'yes' if told(found) == told(local) else 'NO'} |")
        print(lines[-1], flush=True)
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    each = seconds_before(deals[:FEW])
    lines += [
        "",
        "CPU of workers counts that of the workers and of this process; that of a killed one is not known. Peak "
        f"memory of the run on one thread: {memory:,.0f} MiB. Tail of the investment: the worst 5 % lose "
        f"{fund.cvar.mean:,.0f} million in the mean (standard error {fund.cvar.se:,.0f}, "
        f"{fund.cvar.se / abs(fund.cvar.mean):.1%}).",
        "",
        f"Before, each company had a program of its own: {each:.2f} CPU seconds a deal, {each * DEALS:,.0f} for all "
        f"(of {FEW} deals). Now deals on like terms share one, and only the addresses of the random numbers change.",
        "",
        LIMITS,
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
