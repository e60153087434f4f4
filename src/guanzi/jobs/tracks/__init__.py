"""Tracks: which industry a region could enter, on which day, and how well that can be told."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.tracks.documents.entry_test import entry_test_document
    from guanzi.jobs.tracks.documents.scan import scan_document
    from guanzi.jobs.tracks.documents.track_window import window_document

__all__ = [
    "entries",
    "entry_test_document",
    "industries",
    "official",
    "regionscan",
    "scan_document",
    "trackwindow",
    "window_document",
]

_LATE = {
    "documents.entry_test": ("entry_test_document",),
    "documents.scan": ("scan_document",),
    "documents.track_window": ("window_document",),
}
__getattr__ = late_names(__name__, _LATE, ("entries", "industries", "official", "regionscan", "trackwindow"))
