"""A page of a document as a picture, with the box of a figure marked on it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from guanzi.base.core import Ceilings, confined
from guanzi.record.evidence.dataroom.kinds import kind_of
from guanzi.record.evidence.dataroom.limits import refusal
from guanzi.record.evidence.dataroom.pages import Box

_DRAWER = "guanzi.record.evidence.dataroom.picturing:pictured"
_SCALE = 110 / 72
"""Points of the picture to a point of the sheet: 110 to the inch."""
_MOST_POINTS = 4_000_000
_ROOM = 3.0
"""Points of the sheet between a figure and its mark."""
_MARK = (200, 30, 30)
SECONDS = 60.0


def picture_of_page(path: Path, name: str, page: int, box: Box | None = None) -> bytes | None:
    """A page as PNG, with a box marked; None for kinds of documents without a fixed sheet.

    Args:
        path: The file.
        name: How places should call it.
        page: Number of the page, from 1.
        box: In points from the upper left corner.

    Raises:
        InvalidInput: It is damaged or has no such page.
        Unfinished: It took too long.
    """
    kind = kind_of(path, name)
    if kind not in ("pdf", "image"):
        return None
    given = {"kind": kind, "path": str(path.resolve()), "name": name, "page": page, "box": box}
    (drawn,) = confined(_DRAWER, given, Ceilings(SECONDS), name)
    return b64decode(drawn["png"])


def pictured(given: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The page as a picture, drawn in a process of its own."""
    image, scale = _drawn(given)
    if given["box"] is not None:
        from PIL import ImageDraw

        left, top, right, bottom = given["box"]
        around = (left - _ROOM, top - _ROOM, right + _ROOM, bottom + _ROOM)
        ImageDraw.Draw(image).rectangle(tuple(side * scale for side in around), outline=_MARK, width=3)
    held = BytesIO()
    image.save(held, "PNG", optimize=False)
    yield {"png": b64encode(held.getvalue()).decode("ascii")}


def _drawn(given: Mapping[str, Any]) -> tuple[Any, float]:
    """The page in colours, and how many of its points a point of the sheet is."""
    path, name = Path(given["path"]), given["name"]
    if given["kind"] == "image":
        from guanzi.record.evidence.dataroom.readers import open_image

        image = open_image(path, name)
        dots = float(image.info.get("dpi", (0, 0))[0]) or 150.0
        return image.convert("RGB"), dots / 72
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        sheet = document[given["page"] - 1]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise refusal(name, "damaged") from error
    width, height = sheet.get_size()
    scale = float(min(_SCALE, (_MOST_POINTS / max(width * height, 1.0)) ** 0.5))
    return sheet.render(scale=scale).to_pil().convert("RGB"), scale
