"""Derives the shipped precedents from the outcomes of the shipped cases; run it after a case or its label changed.

python scripts/precedents.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guanzi.advice.backtest import load_library, precedents_text

FILE = Path(__file__).resolve().parents[1] / "src" / "guanzi" / "library" / "precedents" / "precedents.yaml"


def main() -> None:
    """Write the file."""
    cases, _ = load_library()
    FILE.write_text(precedents_text(cases, date.today()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
