"""A drawing as a file of its own, for slides and papers that others make."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from guanzi.render.theme import LIGHT

IMAGE_ENDINGS = (".svg", ".png")
"""Of the files that a drawing can be written to."""
_SCALE = 2
"""Pixels of an image for each of the drawing."""
_RIM = 12
"""Pixels of paper around the drawing."""


def image_file(drawing: str, alternative: str, ending: str) -> str | bytes:
    """The content of the file: SVG as text, PNG as bytes; ink on white paper.

    Args:
        drawing: An ``<svg>`` element as a canvas gives it.
        alternative: What it shows, for readers who cannot see it.
        ending: One of :data:`IMAGE_ENDINGS`.
    """
    width, height = (float(side) for side in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)[0])
    whole = f'width="{width + 2 * _RIM:g}" height="{height + 2 * _RIM:g}"'
    size = f'{whole} viewBox="{-_RIM} {-_RIM} {width + 2 * _RIM:g} {height + 2 * _RIM:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Arial, Noto Sans CJK SC, sans-serif">'
    ground = f'<title>{escape(alternative)}</title><rect x="{-_RIM}" y="{-_RIM}" {whole} fill="{LIGHT.paper}"/>'
    svg = re.sub(r"<svg[^>]*>", lambda _: head + ground, drawing, count=1) + "\n"
    if ending == ".svg":
        return svg
    import vl_convert  # loads late: the library of charts is large

    return bytes(vl_convert.svg_to_png(svg, scale=_SCALE))
