"""Reading a document from outside: in a process of its own, which may fail, hang or ask for too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import Ceilings, Unfinished, confined
from guanzi.record.evidence.dataroom.kinds import DocumentKind, kind_of
from guanzi.record.evidence.dataroom.limits import refusal
from guanzi.record.evidence.dataroom.pages import Page

#: Seconds without a page after which a document is given up.
PATIENCE = 90.0
#: Seconds after which a document is given up, however many pages came of it.
LONGEST = 600.0
_READER = "guanzi.record.evidence.dataroom.worker:pages"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a document says: its kind, its pages, and remarks (names of the sentences ``room.remark.…``)."""

    kind: DocumentKind
    pages: tuple[Page, ...]
    remarks: tuple[str, ...]

    @property
    def characters(self) -> int:
        """Characters of text in all."""
        return sum(len(page.text) for page in self.pages)


def extract(
    path: Path, name: str, advance: Callable[[int], None] | None = None, patience: float = PATIENCE
) -> Extracted:
    """Read a document.

    Args:
        path: The file.
        name: How places should call it.
        advance: Told of every page that is read.
        patience: Seconds without a page after which it is given up.

    Raises:
        InvalidInput: It is of a kind that is not kept, not safe to open, damaged, encrypted or too long.
    """
    kind = kind_of(path, name)
    given = {"kind": kind, "path": str(path.resolve()), "name": name}
    ceilings = Ceilings(LONGEST, patience, alone=kind != "text")  # nothing of a text is interpreted
    pages: list[Page] = []
    remarks: tuple[str, ...] = ()
    try:
        for said in confined(_READER, given, ceilings, name):
            if "remarks" in said:
                remarks = tuple(said["remarks"])
                continue
            pages.append(Page.from_content(said["page"]))
            if advance is not None:
                advance(1)
    except Unfinished as error:
        if error.why in ("late", "exhausting"):
            raise refusal(name, "exhausting") from error
        if error.why == "broken":  # to the room the file is damaged
            raise refusal(name, "damaged") from error
        raise
    return Extracted(kind, tuple(pages), remarks)
