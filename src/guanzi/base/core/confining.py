"""The process in which others' files and texts are read: under ceilings, so that they can stop it but nothing else.

It is asked for a function of ours by a line of JSON, and answers by lines of JSON: what the function yields, then that
it is done, or why not. Started by :mod:`guanzi.base.core.confined`; it ends when nobody listens any more.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TextIO

from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

MOST_MEMORY = 2_000_000_000
"""Bytes of data beyond what the process holds when it starts; a question may be given less."""
GIVES_WAY = 5
"""How far it stands behind whoever asked, where both want the processor."""
_DEEPEST = 2_000
_SECONDS_MORE = 30
_DAY = "\x00day"


def problem_as_dict(problem: Problem) -> dict[str, Any]:
    """A problem as plain data for JSON."""
    place = problem.place
    return {
        "cause": problem.cause.as_dict(),
        "place": [place.file, place.line, place.column, place.field],
        "mend": problem.fix.as_dict() if problem.fix is not None else None,
        "severity": problem.severity,
        "excerpt": problem.excerpt,
        "line": problem.line,
        "code": problem.code,
    }


def problem_of_dict(data: Mapping[str, Any]) -> Problem:
    """The inverse of :func:`problem_as_dict`."""
    file, line, column, field = data["place"]
    return Problem(
        cause=Message.from_dict(data["cause"]),
        place=Place(str(file), int(line), int(column), str(field)),
        fix=Message.from_dict(data["mend"]) if data["mend"] is not None else None,
        severity=str(data["severity"]),
        excerpt=str(data["excerpt"]),
        line=str(data["line"]),
        code=str(data["code"]),
    )


def written(what: Mapping[str, Any]) -> str:
    """Plain data and days as a line."""
    return json.dumps(what, ensure_ascii=True, default=_day) + "\n"


def read_line(line: bytes) -> dict[str, Any]:
    """The inverse of :func:`written`.

    Raises:
        ValueError: It is no such line.
    """
    said = json.loads(line, object_hook=_of_day)
    if not isinstance(said, dict):
        raise ValueError(type(said).__name__)
    return said


def _day(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    raise TypeError(type(value).__name__)


def _of_day(data: dict[str, Any]) -> Any:
    return date.fromisoformat(data[_DAY]) if data.keys() == {_DAY} else data


def main() -> None:
    """Answer one question after the other, until nobody asks any more."""
    sys.setrecursionlimit(_DEEPEST)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)  # libraries complain of a damaged file once a line
    lines, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    ceiling = _ceilings()
    asked: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    _report(lines, {"ready": True})
    while True:
        question = json.loads(asked.get(), object_hook=_of_day)
        ceiling(question["memory"], question["seconds"])
        _answer(lines, question["function"], question["given"])


def _listen(asked: SimpleQueue[str]) -> None:
    """Take questions; when whoever asked is gone, so is this process, in the middle of its work."""
    for line in sys.stdin:
        asked.put(line)
    os._exit(1)


def _answer(lines: TextIO, name: str, given: Mapping[str, Any]) -> None:
    try:
        for found in _function(name)(given):
            _report(lines, {"found": found})
    except InvalidInput as error:
        _report(lines, {"refused": [problem_as_dict(problem) for problem in error.problems]})
    except (MemoryError, RecursionError):
        _report(lines, {"stopped": "exhausting"})
    except Exception as error:  # a library raises whatever its parsers do
        _report(lines, {"stopped": "broken", "reason": type(error).__name__})
    else:
        _report(lines, {"done": True})


def _function(name: str) -> Callable[[Mapping[str, Any]], Any]:
    module, _, function = name.partition(":")
    if not module.startswith("guanzi."):
        raise ValueError(module)
    found: Callable[[Mapping[str, Any]], Any] = getattr(import_module(module), function)
    return found


def _report(lines: TextIO, what: Mapping[str, Any]) -> None:
    lines.write(written(what))
    lines.flush()


def _data_held() -> int:
    """Bytes of data of this process, on top of which its ceilings come; 0: the system does not tell.

    The largest size that it ever had, which every system tells, is that of the process which started it, too.
    """
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1_024 for line in lines if line.startswith("VmData:")), 0)


def _ceilings() -> Callable[[int, float], None]:
    """Set the ceilings of this process; what is returned lowers them for one question: bytes, and seconds of work."""
    try:
        import resource
    except ImportError:  # a system without such limits
        return lambda memory, seconds: None
    start = _data_held() or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    highest = start + MOST_MEMORY if hard < 0 else min(start + MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (highest, highest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def lower(memory: int, seconds: float) -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (min(start + memory, highest), highest))
        used = resource.getrusage(resource.RUSAGE_SELF)
        end = round(used.ru_utime + used.ru_stime + seconds) + _SECONDS_MORE
        _, last = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (end if last < 0 else min(end, last), last))

    return lower
