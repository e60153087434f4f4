"""The page and the picture of :mod:`benchmarks.precision`, from its figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

COLOURS = {"fund.npv_mean": "#1f5fa8", "fund.loss_probability": "#b3541e", "company.failure_probability_5y": "#3d7a3d"}
NAMES = {
    "fund.npv_mean": "value, mean (CNY m)",
    "fund.loss_probability": "loss (hundredths of a point)",
    "company.failure_probability_5y": "failure within five years (hundredths of a point)",
}


def tables(data: dict[str, Any], figures: Sequence[str]) -> str:
    """The tables of the page, each between the marks by which documentation takes it in."""
    parts = {
        "ways": _ways(data, figures),
        "bias": _bias(data, figures),
        "stopping": _stopping(data["stopping"]),
        "curve": _curve(data["curve"]),
        "weighted": _weighted(data["weighted"]),
    }
    loads = " and ".join(f"{x:.1f}" for x in data["load"])
    head = (
        "# How exact, and at what price\n\nMade by `python -m benchmarks.precision` from precision.json; do not edit. "
        f"{data['runs']} independent randomisations of {data['paths']:,} paths for each way and case. Load of the "
        f"machine (two cores) at begin and end: {loads}; times are CPU seconds of the process.\n"
    )
    return head + "".join(
        f"\n<!-- --8<-- [start:{name}] -->\n" + "\n".join(lines) + f"\n<!-- --8<-- [end:{name}] -->\n"
        for name, lines in parts.items()
    )


def gains(data: dict[str, Any]) -> list[float]:
    """For each case and figure the most that any way divides the variance by; the plain stream divides it by 1."""
    found = []
    for case in data["cases"].values():
        rows = [way["less_variance"] for way in case["ways"].values()]
        found += [max(x for x in column if x is not None) for column in zip(*rows, strict=True) if None not in column]
    return sorted(found)


def _ways(data: dict[str, Any], figures: Sequence[str]) -> Iterator[str]:
    yield "By what each way divides the variance: above 1 fewer paths, below 1 more, for an equal error.\n"
    yield f"| case | way | {' | '.join(figures)} |"
    yield "|---|---|" + "---|" * len(figures)
    for case in data["cases"].values():
        for name, way in case["ways"].items():
            cells = " | ".join("–" if x is None else f"{x:.2f}" for x in way["less_variance"])
            yield f"| {case['what']} | {name} | {cells} |"
    best = gains(data)
    middle = best[len(best) // 2] if len(best) % 2 else sum(best[len(best) // 2 - 1 : len(best) // 2 + 1]) / 2
    yield ""
    yield (
        f"With the best way for each figure: {middle:.2f} times at the median of {len(best)} figures, {best[0]:.2f} at "
        "the worst, before any way is charged for its own work; asked were 4 and 2."
    )


def _bias(data: dict[str, Any], figures: Sequence[str]) -> Iterator[str]:
    yield "Mean of the randomisations less that of the plain stream, in standard errors of the difference.\n"
    yield f"| case | way | {' | '.join(figures)} |"
    yield "|---|---|" + "---|" * len(figures)
    for case in data["cases"].values():
        for name, way in case["ways"].items():
            if name != "plain":
                cells = " | ".join("–" if x is None else f"{x:+.1f}" for x in way["apart"])
                yield f"| {case['what']} | {name} | {cells} |"


def _stopping(found: dict[str, Any]) -> Iterator[str]:
    bound, bias, error = (100 * found[name] for name in ("bound", "bias", "bias_error"))
    stops = found["stops"]
    yield (
        f"NIO, failure within five years, asked ± {bound:.1f} points, {found['runs']} seeds: the rule stopped after "
        f"{found['paths']:,.0f} paths on average (from {stops[0]:,} to {stops[-1]:,}). The estimate at the stop "
        f"differs from that of all paths by {bias:+.3f} ± {error:.3f} points on average (standard error); "
        f"{found['inside']:.0%} of the estimates lie within their own error of the mean of all seeds."
    )


def _weighted(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['runs']} runs of NIO with {found['paths']:,} paths, each with its own seed and weights.\n"
    yield "| figure | runs differ by (standard deviation) | a run says of itself (standard error) | within their ± |"
    yield "|---|---|---|---|"
    for id, row in found["figures"].items():
        yield f"| `{id}` | {row['sd']:.3g} | {row['error']:.3g} | {row['inside']:.0%} |"


def _curve(points: Sequence[dict[str, float]]) -> Iterator[str]:
    yield "| paths | CPU seconds | value, mean | failure | loss | loss on failure |"
    yield "|---|---|---|---|---|---|"
    for p in points:
        failure, loss = (100 * p[id] for id in ("company.failure_probability_5y", "fund.loss_probability"))
        yield (
            f"| {p['paths']:,.0f} | {p['seconds']:.2f} | ± {p['fund.npv_mean']:.0f} m | ± {failure:.2f} points | "
            f"± {loss:.2f} points | ± {p['exposure.failure_p95']:.0f} m |"
        )


def picture(points: Sequence[dict[str, float]]) -> str:
    """Error against CPU seconds, both on logarithmic scales, as SVG."""
    width, height, left, top, right, bottom = 640, 360, 60, 20, 30, 56
    curves = {id: [(p["seconds"], p[id] * (1e4 if "probability" in id else 1.0)) for p in points] for id in COLOURS}
    xs = [x for curve in curves.values() for x, _ in curve]
    ys = [y for curve in curves.values() for _, y in curve if y > 0]
    x0, x1 = math.log10(min(xs)) - 0.05, math.log10(max(xs)) + 0.05
    y0, y1 = math.log10(min(ys)) - 0.1, math.log10(max(ys)) + 0.1

    def at(x: float, y: float) -> str:
        across = left + (math.log10(x) - x0) / (x1 - x0) * (width - left - right)
        down = top + (y1 - math.log10(y)) / (y1 - y0) * (height - top - bottom)
        return f"{across:.1f},{down:.1f}"

    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">']
    lines.append(f'<rect width="{width}" height="{height}" fill="#ffffff"/>')
    foot = height - bottom
    for p in points:
        tick = at(p["seconds"], 10**y0).split(",")[0]
        lines.append(f'<line x1="{tick}" x2="{tick}" y1="{top}" y2="{foot}" stroke="#dddddd"/>')
        lines.append(_words(tick, foot + 16, f"{p['seconds']:.2g} s"))
        lines.append(_words(tick, foot + 30, f"{p['paths']:,.0f}"))
    for n, (id, curve) in enumerate(curves.items()):
        drawn = [(x, y) for x, y in curve if y > 0]
        path = " ".join(at(x, y) for x, y in drawn)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[id]}" stroke-width="2"/>')
        for seconds, error in drawn:
            across, down = at(seconds, error).split(",")
            lines.append(f'<circle cx="{across}" cy="{down}" r="3" fill="{COLOURS[id]}"/>')
            lines.append(_words(across, float(down) + (16 if n == 0 else -7), f"{error:.0f}", COLOURS[id]))
        lines.append(_words(f"{width - right - 140}", top + 14 + 15 * n, NAMES[id], COLOURS[id]))
    lines.append(_words(f"{width / 2}", foot + 46, "CPU seconds of the simulation, and paths; ± beside each point"))
    return "\n".join([*lines, "</svg>", ""])


def _words(x: str, y: float, said: str, colour: str = "#444444") -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="11" fill="{colour}" text-anchor="middle">{said}</text>'
