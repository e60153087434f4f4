"""Whether the window of a track was open on a day, by dated figures of its market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from guanzi.record.evidence import Fact, load_track
from guanzi.study.technology import Opening, judge_window

if TYPE_CHECKING:
    from guanzi.render import Document


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a shipped track or a file, and the day (None: that of its newest figure)."""

    track: str
    as_of: date | None = None


def judge(request: Request) -> Opening:
    """What could be said of the window on the day.

    Raises:
        InvalidInput: There is no such track, or what is wrong with its file.
    """
    track = load_track(request.track)
    return judge_window(track, request.as_of or max(f.known_on for f in track.facts))


def document_of(found: Opening) -> Document:
    """The window as a document."""
    from guanzi.jobs.tracks.documents.track_window import window_document  # loads late: charts need a large library

    return window_document(found)


def data(found: Opening) -> dict[str, Any]:
    """The window as plain data: each kind of evidence with what it says and its figures."""
    return {
        "track": found.track.id,
        "as_of": found.as_of.isoformat(),
        "verdict": found.verdict,
        "figures": found.figures,
        "wanted": dict(found.wanted),
        "undone_by": dict(found.undone_by),
        "half": list(found.half),
        "signals": [
            {"kind": s.kind, "tendency": s.tendency, "figures": [_figure(f) for f in s.facts]} for s in found.signals
        ],
    }


def _figure(fact: Fact) -> dict[str, Any]:
    return {
        "period": str(fact.period),
        "value": fact.number,
        "source": fact.source,
        "known_on": fact.known_on.isoformat(),
    }
