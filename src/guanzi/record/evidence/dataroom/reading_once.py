"""What stands where in a document, read once: page by page, and kept by the hash of its bytes in the user's cache."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from guanzi.base.core import Ceilings, InvalidInput, Unfinished, confined, hash_of_file, write_files
from guanzi.record.evidence.dataroom.kinds import kind_of
from guanzi.record.evidence.dataroom.limits import refusal
from guanzi.record.evidence.dataroom.placed import PlacedPage

_READER = "guanzi.record.evidence.dataroom.worker:placed"
_VERSION = 7
LONGEST, PATIENCE = 1_800.0, 180.0
"""Seconds of its own work in all, and for one page, after which reading ends; to recognise a page may take a minute."""
MOST_KEPT = 200
"""Documents of which the pages are kept; the one that was read longest ago goes first."""


def cache_of_pages() -> Path | None:
    """Where pages that were read are kept: in the cache folder of the user; None where there is none."""
    above = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return above / "guanzi" / "pages" if above.is_dir() else None


def read_placed(path: Path, name: str, first: int = 1, cache: Path | None = None) -> Iterator[PlacedPage]:
    """The pages of a document one after the other; what ends the reading within it is a page that was not read.

    Args:
        path: The file.
        name: How places should call it.
        first: Number of the first page.
        cache: Where pages are kept once they were read; None: nowhere.

    Raises:
        InvalidInput: It is of a kind that is not read, not safe to open, damaged or encrypted.
    """
    kind = kind_of(path, name)
    models = "-recognised" if find_spec("rapidocr") else ""
    kept = cache / f"{hash_of_file(path)}-{kind}-{first}-{_VERSION}{models}.jsonl.gz" if cache is not None else None
    if kept is not None and kept.is_file():
        with suppress(OSError, EOFError, ValueError, KeyError, TypeError):
            with gzip.open(kept, "rt", encoding="utf-8") as held:
                pages = [PlacedPage.from_content(json.loads(line)) for line in held]
            os.utime(kept)
            yield from pages
            return
    given = {"kind": kind, "path": str(path.resolve()), "name": name, "first": first}
    yield from _kept(_read(given, name), kept) if kept is not None else _read(given, name)


def _read(given: dict[str, object], name: str) -> Iterator[PlacedPage]:
    ceilings = Ceilings(LONGEST, PATIENCE, alone=True)
    number = 0
    try:
        for content in confined(_READER, given, ceilings, name):
            page = PlacedPage.from_content(content)
            number = page.number
            yield page
    except Unfinished as error:
        if error.why not in ("late", "exhausting", "broken"):
            raise
        if not number:
            what = "damaged" if error.why == "broken" else "exhausting"
            raise refusal(name, what, reason=error.reason) from error
        yield PlacedPage(number + 1, unread="damaged" if error.why == "broken" else "exhausting")


def _kept(pages: Iterator[PlacedPage], kept: Path) -> Iterator[PlacedPage]:
    """The pages, which lie in the file once all of them were read; a folder that cannot be written keeps nothing."""
    packed, complete = BytesIO(), True
    with gzip.open(packed, "wt", compresslevel=1, encoding="utf-8") as stream:
        for page in pages:
            stream.write(json.dumps(page.content(), ensure_ascii=False) + "\n")
            complete = page.unread != "exhausting"  # another time there may be more room
            yield page
    if not complete:
        return
    with suppress(OSError, InvalidInput):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_files(kept.parent, {kept.name: packed.getvalue()})
        for old in sorted(kept.parent.glob("*.jsonl.gz"), key=lambda p: p.stat().st_mtime)[:-MOST_KEPT]:
            old.unlink()
