"""From a Vega-Lite specification to an SVG that can stand in a page: the same bytes for the same specification."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from guanzi.base.core import folder_beside, keep_content, kept_content
from guanzi.render.theme import LIGHT

_VEGA_LITE = "6.1"
ON_DISK = 1024
"""Drawings that are kept between runs, some thousand bytes each: those of about thirty pages."""


@dataclass(frozen=True, slots=True)
class Size:
    """A format in which a chart is drawn: ``wide`` and ``small`` for pages and print, ``narrow`` for telephones.

    Attributes:
        plot: Width of the plotting area in pixels.
        end: Width kept free to its right for direct labels.
        wrap: Characters after which a direct label wraps.
        columns: Characters after which words across the whole drawing wrap.
    """

    name: str
    plot: int
    end: int
    wrap: int
    columns: int
    height: int


WIDE = Size("wide", plot=610, end=180, wrap=32, columns=110, height=270)
SMALL = Size("small", plot=610, end=180, wrap=32, columns=110, height=120)
NARROW = Size("narrow", plot=200, end=72, wrap=10, columns=44, height=240)
AXIS_WIDTH = 46
CHARACTER = 6.5  # width of one in a chart, in pixels

type Specification = dict[str, Any]
"""A Vega-Lite specification without its configuration."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in both sizes. It is drawn beside what the page goes on to compute: ask for it as late as possible.

    Attributes:
        large, little: The drawings, or those that are being made.
        alternative: What the chart shows, for readers who cannot see it.
    """

    large: str | Future[str]
    little: str | Future[str]
    alternative: str

    @property
    def wide(self) -> str:
        """The drawing for pages and print."""
        return self.large if isinstance(self.large, str) else self.large.result()

    @property
    def narrow(self) -> str:
        """The drawing for telephones."""
        return self.little if isinstance(self.little, str) else self.little.result()


def picture(alternative: str, build: Callable[[Size], Specification], wide: Size = WIDE) -> Picture:
    """Have a chart drawn in both sizes."""
    with debug_mode(False):  # checking every part against the schema would take as long as the drawing
        whole, small = (build(size) | {"config": _config()} for size in (wide, NARROW))
    return Picture(_pen().submit(_draw, whole), _pen().submit(_draw, small), alternative)


@cache
def _pen() -> ThreadPoolExecutor:
    """One thread: the library draws one chart at a time, and leaves the interpreter to others meanwhile."""
    return ThreadPoolExecutor(1, "pen")


def _draw(chart: Specification) -> str:
    """Draw a chart.

    Returns:
        An ``<svg>`` element without ids, so that it can stand in a page twice, and without roles: the figure around
        it carries the alternative text.
    """
    return _drawn(json.dumps(chart, ensure_ascii=False, allow_nan=False))


@lru_cache(maxsize=256)
def _drawn(specification: str) -> str:
    """Drawn in this run, or kept from an earlier one under a hash of all that it is made from.

    Whoever runs the program alone may read what is kept: a case may be confidential.
    """
    made_from = _maker() + specification.encode()
    folder = folder_beside(Path(__file__))
    file = None if folder is None else folder / "drawings" / f"{hashlib.sha256(made_from).hexdigest()}.drawing"
    kept = None if file is None else kept_content(file)
    if kept is not None:
        return kept.decode()
    drawn = _clean(vl_convert.vegalite_to_svg(specification, vl_version=_VEGA_LITE))
    if file is not None:
        keep_content(file, drawn.encode(), ON_DISK, 0o600)
    return drawn


@cache
def _maker() -> bytes:
    """A hash of what draws: this code and the library."""
    told = f"{version('vl-convert-python')} {_VEGA_LITE}".encode()
    return hashlib.sha256(told + Path(__file__).read_bytes()).digest()


@cache
def _config() -> dict[str, Any]:
    parts: dict[str, Any] = {
        "aria": False,
        "background": "transparent",
        "font": "Arial, sans-serif",
        "padding": {"left": 2, "top": 4, "right": 6, "bottom": 4},
        "view": alt.ViewConfig(stroke=None),
        "axis": alt.AxisConfig(
            labelColor=LIGHT.muted,
            titleColor=LIGHT.muted,
            titleFontWeight="normal",
            labelFontSize=11,
            titleFontSize=11,
            gridColor=LIGHT.rule,
            gridWidth=0.6,
            domainColor=LIGHT.rule,
            tickColor=LIGHT.rule,
        ),
        "text": alt.MarkConfig(fontSize=11, color=LIGHT.ink),
    }
    chart = alt.Chart(alt.InlineData(values=())).mark_point().configure(**parts)
    config: dict[str, Any] = chart.to_dict(validate=False)["config"]
    return config


def _clean(svg: str) -> str:
    svg = re.sub(r' (?:role|aria-[a-z]+|pointer-events)="[^"]*"', "", svg)
    svg = re.sub(r'<text[^>]*opacity="0"[^>]*>.*?</text>', "", svg)
    svg = re.sub(r"-?\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}", svg)
    width, height = re.findall(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"', svg)[0]
    head = f'<svg class="drawing" viewBox="0 0 {width} {height}" style="max-width:{width}px" aria-hidden="true">'
    return re.sub(r"<svg[^>]*>", head, svg, count=1)
