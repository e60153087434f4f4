"""Stations on the screen: which sites to build, what they cover, and how far from the best plan that can be."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.chains import stations, townships
from guanzi.jobs.shared.show import print_message, show_found
from guanzi.record.evidence import find_territory


def show_stations(request: stations.Request, out: Path | None, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, a plan of stations; with ``out`` also a map."""
    placed = stations.place(request)
    if out is not None:
        stations.write(placed, out, lang)
    show_found(placed, stations.data, stations.document_of, lang, as_json)
    if out is not None and not as_json:
        print_message("coverage.written", lang, file=str(out))


def show_townships(text: str, radius: float, sites: int | None, out: Path | None, lang: str, as_json: bool) -> bool:
    """Print what the circle and every township take; False where the text names a folder and no shipped city.

    Raises:
        InvalidInput: The radius or the number of stations is none, or the file cannot be written.
    """
    territory = None if Path(text).is_dir() else find_territory(text)
    if territory is None:
        return False
    found = townships.answer(territory, radius, sites)
    show_found(found, townships.data, townships.document_of, lang, as_json, out)
    return True


def read_numbers(text: str | None) -> tuple[int, ...]:
    """Numbers of sites of phases as they are typed, parted by commas."""
    if text is None:
        return ()
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        cause, fix = Message.of("coverage.numbers", text=text), Message.of("coverage.numbers.mend")
        raise InvalidInput(Problem(cause, Place("--phases"), fix, excerpt=text)) from None
