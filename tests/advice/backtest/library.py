"""A small library of shipped cases, copied so that a test can change names, outcomes and later facts."""

from __future__ import annotations

import shutil
from pathlib import Path

from guanzi.record.evidence import find_case

CASES = ("nio-hefei-2020", "byton-nanjing-2018", "qoros-changshu-2017", "boe-hefei-2008", "tesla-shanghai-2018")


def small_library(folder: Path, cases: tuple[str, ...] = CASES) -> Path:
    """A folder with copies of a few shipped cases."""
    for name in cases:
        shutil.copytree(find_case(name), folder / name)
    return folder


def rewrite(path: Path, *changes: tuple[str, str]) -> None:
    """Replace words in a file; each must be there."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, (path, old)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
