"""What a new appraisal replaces: an earlier result in the same folder, and by what the two differ."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from guanzi.advice.appraisal import Appraisal
from guanzi.base.core import InvalidInput, Message, read_input

RESULT = "appraisal.json"
#: Pages that are written on request.
ON_REQUEST = ("brief.html", "hindsight.json", "scan.html", "scan.json")


def earlier_result(folder: Path, content: str) -> dict[str, Any] | None:
    """The result that lies in a folder, if it is another one than the new content.

    Returns:
        Its data; empty where the file cannot be read as a result; None when there is none, or it is the same.
    """
    try:
        text = read_input(folder / RESULT).decode("utf-8")
    except (InvalidInput, ValueError):
        return {} if (folder / RESULT).exists() else None
    if text == content:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def pages_on_request(folder: Path) -> set[str]:
    """The pages in a folder that were written on request."""
    return {name for name in ON_REQUEST if (folder / name).is_file()}


def replacement(earlier: dict[str, Any], appraisal: Appraisal, folder: Path, gone: Collection[str]) -> list[Message]:
    """Sentences on a result that was replaced: what it was, by what it differs, and what went with it.

    Args:
        earlier: The data of the earlier result.
        appraisal: The new one.
        folder: Where it is written.
        gone: Pages of the earlier result that were not written anew.
    """
    advice = earlier.get("advice")
    said = Message.of(f"cli.advice.{advice}") if advice in _ADVICE else None
    differences = tuple(_differences(earlier, appraisal)) or (Message.of("desk.earlier.code"),)
    told = [Message.of("desk.earlier.replaced", folder=str(folder), advice=said, differences=differences)]
    if gone:
        told.append(Message.of("desk.earlier.gone", files=tuple(sorted(gone))))
    return told


_ADVICE = ("back", "back_with_conditions", "decline", "insufficient_evidence")


def _differences(earlier: dict[str, Any], new: Appraisal) -> list[Message]:
    before = earlier.get("versions")
    before = before if isinstance(before, dict) else {}
    after = new.versions
    found = []
    if before.get("view_sha256") != after.view_sha256:
        found.append(Message.of("desk.earlier.view"))
    if before.get("method_sha256") != after.method_sha256:
        book = earlier.get("playbook")
        name = book.get("id") if isinstance(book, dict) else None
        same = name == new.playbook.id
        found.append(Message.of("desk.earlier.method" if same else "desk.earlier.playbook", name=str(name)))
    if _panel(earlier.get("track")) != (None if new.track is None else new.track.sha256):
        found.append(Message.of("desk.earlier.panel"))
    for key, value in (("paths", after.paths), ("seed", after.seed)):
        if isinstance(before.get(key), int) and before[key] != value:
            found.append(Message.of(f"desk.earlier.{key}", before=before[key], after=value))
    return found


def _panel(track: object) -> object:
    return track.get("sha256") if isinstance(track, dict) else None
