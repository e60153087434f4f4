"""Writing results: files that appear whole or not at all, and JSON with one spelling."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guanzi.base.core.scratch import one_writer, scratch_directory

_DRAFTS = ".guanzi-"
_READABLE = 0o644


def write_file(path: Path, text: str) -> None:
    """Write a text file in UTF-8 that appears whole or not at all; one that is there keeps its rights.

    Raises:
        OSError: It cannot be written.
        InvalidInput: Another process is still writing in its folder.
    """
    write_files(path.parent, {path.name: text})


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder: each is complete before it takes its name; others that lie there are let be.

    Args:
        folder: An existing folder.
        files: File name to text, or to its bytes.

    Raises:
        OSError: It cannot be written.
        InvalidInput: Another process is still writing in the folder.
    """
    with scratch_directory(folder, _DRAFTS) as work, one_writer(folder):
        for name, content in files.items():
            held = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
            (work / name).write_bytes(held)
            present = folder / name
            os.chmod(work / name, present.stat().st_mode & 0o777 if present.exists() else _READABLE)
        for name in files:
            os.replace(work / name, folder / name)


def dump_json(data: Any) -> str:
    """JSON to be read by people and machines: keys sorted, indented, every script as it is, no NaN, a final line end.

    >>> print(dump_json({"b": "合肥", "a": 1}), end="")
    {
      "a": 1,
      "b": "合肥"
    }
    """
    return json.dumps(data, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
