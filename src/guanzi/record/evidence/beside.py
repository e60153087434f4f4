"""What is done of a case that came from outside, in a process of its own: it is read once, to see that it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guanzi.record.evidence.case import load_case


def try_case(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The id of a case that can be read.

    Args:
        given: ``folder`` of the case.

    Raises:
        InvalidInput: Everything that is wrong with it.
    """
    yield {"case": load_case(Path(given["folder"])).id}
