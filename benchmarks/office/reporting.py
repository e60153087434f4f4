"""The report: tables of what was measured, before what is said about them by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

COMMENT = "## What these figures say"
LIMIT = 0.2
_RUNS = {
    "one": "one person alone, no pause",
    "pause": "20 people, a second between two pages of one of them",
    "no pause": "20 people, no pause at all",
    "simulating": "20 people, a second's pause, while the background simulates",
}


def report(machine: str, made: Mapping[str, Any], runs: Mapping[str, Any], peer: Mapping[str, Any], old: Path) -> str:
    """The whole page; what was written by hand stays."""
    parts = [
        "# Pages of the office under a crowd",
        f"Made by `python -m benchmarks.office` on {machine}.",
        _folder(made),
    ]
    for database, found in runs.items():
        parts.append(f"## The office on {database}")
        parts.append(_alone(found["alone"]))
        parts += [_crowd(title, found[name]) for name, title in _RUNS.items() if name in found]
        if "actions" in found:
            parts.append(
                "Actions of the crowds: {confirmed:,} confirmed, {lost:,} of them lost.".format(**found["actions"])
            )
        if "background" in found:
            parts.append(f"Rows of the background afterwards: {_counts(found['background'])}.")
    for name, found in peer.items():
        parts.append(f"## {name}")
        parts.append(_alone(found))
    before = old.read_text("utf-8") if old.exists() else ""
    said = before[before.index(COMMENT) :] if COMMENT in before else COMMENT + "\n"
    return "\n\n".join([*parts, said.rstrip()]) + "\n"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _folder(made: Mapping[str, Any]) -> str:
    check = made["check"]
    grave = ", ".join(check["grave"]) or "nothing grave"
    return (
        f"The folder: {made['cases']:,} cases in {made['organisations']} organisations ({_counts(made['states'])} in "
        f"the city's), {made['facts']:,} facts, {made['pages']:,} pages of documents, {made['seats']:,} seats, "
        f"{made['runs']:,} actions and {made['entries']:,} entries of the log, {made['people']} people; "
        f"{made['bytes'] / 1e9:.2f} GB of SQLite, played and written in {made['seconds']:,} s. "
        f"`guanzi office check` finds {grave} in {check['cpu']:,} s of the processor with {check['memory']:,} MB."
    )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _alone(rows: Mapping[str, Any]) -> str:
    head = [
        "| one person alone | queries | CPU, ms | p95 of CPU, ms | clock, ms | KB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines = []
    for name, row in rows.items():
        cpu, wall, size = 1000 * row["cpu"], 1000 * row["wall"], row["bytes"] / 1024
        slow = f"{1000 * row['cpu95']:.1f}" if "cpu95" in row else "–"
        lines.append(f"| {name} | {row['queries']} | {cpu:.1f} | {slow} | {wall:.1f} | {size:.0f} |")
    return "\n".join([*head, *lines])


def _crowd(title: str, found: Mapping[str, Any]) -> str:
    head = [f"| {title} | pages | p50, ms | p95, ms | p99, ms | failed |", "|---|---:|---:|---:|---:|---:|"]
    took, lines = found["took"], []
    if not any(took.values()):
        return f"{title}: no page came back within {found['seconds']:.0f} seconds."
    for name, values in [*sorted(took.items()), ("all", [one for some in took.values() for one in some])]:
        failed = sum(found["failed"].values()) if name == "all" else found["failed"].get(name, 0)
        p50, p95, p99 = (f"{1000 * percentile(values, share):,.0f}" for share in (0.5, 0.95, 0.99))
        mark = "**" if percentile(values, 0.95) > LIMIT else ""
        lines.append(f"| {name} | {len(values):,} | {p50} | {mark}{p95}{mark} | {p99} | {failed} |")
    count = sum(map(len, took.values()))
    own = found["own_cpu"] / found["seconds"]
    told = (
        f"{count / found['seconds']:.1f} pages a second; of the two processors the server took "
        f"{found['server_cpu']:.2f}, the crowd {own:.2f}"
    )
    if found.get("worker_cpu", 0.0) > 0.05:
        told += f", the background {found['worker_cpu']:.2f}"
    return "\n".join([*head, *lines]) + f"\n\n{told}; the server held {found['memory']:.0f} MB."
