"""Files of official statistics: fetched once, taken up again where a line broke, and known by their hash."""

from __future__ import annotations

import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, hash_of_file

_CHUNK = 1 << 18
_PATIENCE = 60.0
"""Seconds without a byte, after which a line is given up."""

type Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that lies in the cache.

    Attributes:
        path: Where.
        address: Where from.
        sha256: Of its bytes.
        cached: Whether it lay there already.
    """

    path: Path
    address: str
    sha256: str
    cached: bool


def cache_folder() -> Path:
    """Where fetched files lie: ``guanzi`` in the cache folder of the user."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guanzi" / "official"


def fetch(address: str, folder: Path, name: str, sha256: str | None = None, advance: Advance | None = None) -> Fetched:
    """Fetch a file, unless it lies in the folder already with the bytes that were once fetched.

    A broken download is taken up where it stopped, if the server can and the file there is the same. The file takes
    its name when it is complete; beside it ``NAME.json`` keeps address and hash.

    Args:
        address: Of the file.
        folder: Made when absent.
        name: Of the file in the folder.
        sha256: What its hash must be; None: whatever comes.
        advance: Told the bytes that came and those in all (0: not known).

    Raises:
        InvalidInput: No network, no such file, another hash, or a folder that cannot be written.
    """
    path, note = folder / name, folder / f"{name}.json"
    kept = _note(note)
    if path.is_file() and kept.get("address") == address and kept.get("sha256") == hash_of_file(path):
        _check(path, address, kept["sha256"], sha256)
        return Fetched(path, address, kept["sha256"], cached=True)
    part, begun = folder / f"{name}.part", folder / f"{name}.part.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _receive(address, part, begun, advance)
    except urllib.error.HTTPError as error:
        raise _refused("answer", address, code=error.code) from error
    except urllib.error.URLError as error:
        raise _refused("no_network", address, reason=str(error.reason)) from error
    except (TimeoutError, HTTPException, ConnectionError) as error:
        raise _refused("broken", address, reason=type(error).__name__) from error
    except OSError as error:
        raise _refused("unwritable", address, folder=str(folder), reason=error.strerror or str(error)) from error
    found = hash_of_file(part)
    _check(part, address, found, sha256)
    os.replace(part, path)
    begun.unlink(missing_ok=True)
    note.write_text(json.dumps({"address": address, "sha256": found}, indent=1) + "\n", encoding="utf-8")
    return Fetched(path, address, found, cached=False)


def _receive(address: str, part: Path, begun: Path, advance: Advance | None) -> None:
    held = _note(begun)
    size = part.stat().st_size if part.is_file() and held.get("address") == address and held.get("mark") else 0
    request = urllib.request.Request(address, headers={"User-Agent": "guanzi", "Accept-Encoding": "identity"})
    if size:
        request.add_header("Range", f"bytes={size}-")
        request.add_header("If-Range", held["mark"])
    answer: HTTPResponse
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        goes_on = answer.status == 206
        size = size if goes_on else 0
        mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        begun.write_text(json.dumps({"address": address, "mark": mark}), encoding="utf-8")
        length = int(answer.headers.get("Content-Length") or 0)
        total = size + length if length else 0
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                size += len(chunk)
                if advance is not None:
                    advance(len(chunk), total)
    if total and size < total:
        raise ConnectionError(address)


def _note(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _check(path: Path, address: str, found: str, wanted: str | None) -> None:
    if wanted is not None and wanted.lower() != found:
        kept = path.with_name(path.name + ".rejected")
        shutil.move(path, kept)
        raise _refused("hash", address, found=found, wanted=wanted, file=str(kept))


def _refused(why: str, address: str, /, **params: Parameter) -> InvalidInput:
    cause = Message.of(f"panels.fetch.{why}", address=address, **params)
    return InvalidInput(Problem(cause, Place(address), Message.of(f"panels.fetch.{why}.mend")))
