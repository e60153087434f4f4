"""Tracks: which industry a region could enter, on which day, and how well that can be told."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.tracks import declared, effects, entries, industries, official, regionscan, trackwindow
else:
    __all__, __getattr__ = late_names(__name__)
