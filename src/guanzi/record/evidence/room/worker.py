"""The process in which a document is opened: with a ceiling on memory, so that a file can stop it but nothing else.

It writes one JSON object a line: the pages, then the remarks, or why the document is refused. Started by
:mod:`extraction`; the first argument is the kind, the second the path, the third the name.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput
from guanzi.record.evidence.room.kinds import ENDINGS
from guanzi.record.evidence.room.readers import DocumentReading, read_pages

MOST_MEMORY = 2_000_000_000
_DEEPEST = 2_000


def main(kind: str, path: str, name: str) -> None:
    """Read one document and write what it says to standard output."""
    sys.setrecursionlimit(_DEEPEST)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)  # libraries complain of a damaged file once a line
    _confine()
    reading = DocumentReading(Path(path), name)
    known = next(k for k in ENDINGS if k == kind)
    try:
        for page in read_pages(known, reading):
            _tell({"page": page.content()})
    except InvalidInput as error:
        cause = error.problems[0].cause
        _tell({"refused": cause.id.removeprefix("room.refused."), "params": dict(cause.params)})
    except MemoryError:
        _tell({"refused": "exhausting", "params": {}})
    except Exception as error:  # a library raises whatever its parsers do; to the room the file is damaged
        _tell({"refused": "damaged", "params": {"reason": type(error).__name__}})
    else:
        _tell({"remarks": reading.remarks})


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _confine() -> None:
    try:
        import resource
    except ImportError:  # a system without such limits
        return
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    ceiling = MOST_MEMORY + used * 1_024
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling if hard < 0 else min(ceiling, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:4])
