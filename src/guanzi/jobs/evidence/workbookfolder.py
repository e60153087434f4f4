"""A workbook that somebody sent, made into the folder of a case in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guanzi.base.core import problem_as_dict
from guanzi.jobs.evidence.workbooks import import_workbook


def make_folder(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What the reader of a workbook should know, once its folder is made.

    Args:
        given: ``workbook``, with ``documents`` beside it, and the ``folder`` to make.

    Raises:
        InvalidInput: Everything that is wrong with it, by cell.
    """
    made = import_workbook(given["workbook"], Path(given["folder"]))
    yield {"remarks": [problem_as_dict(one) for one in made.warnings]}
