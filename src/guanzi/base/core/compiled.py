"""Compiled functions, kept on disk between runs, on machines where that may fail.

What was kept is used only with the hash under which it was written: a damaged file, or one that a killed process left
behind for other code, is compiled anew. Where nothing can be kept, every run compiles. Both are said.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from guanzi.base.core.messages import Message
from guanzi.base.core.text import catalogue_languages, render

_DIGEST = hashlib.sha256().digest_size


def compiled(made_of: Sequence[Path] = (), **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A decorator that compiles a function with Numba and keeps the result on disk where that is possible.

    Args:
        made_of: Other files whose code is compiled in: what was kept counts while they, too, are as they were.
        options: Those of ``numba.njit``, but for ``cache``.
    """
    from numba import njit

    def compile(function: Callable[..., Any]) -> Any:
        dispatcher = njit(**options)(function)
        try:
            dispatcher._cache = _careful_cache()(function, made_of)
        except (RuntimeError, OSError):  # no folder that could be written
            _say("core.compiled.nowhere")
        return dispatcher

    return compile


def folder_of(function: Any) -> Path | None:
    """The folder in which a compiled function is kept between runs; None where nothing can be kept."""
    path = function.stats.cache_path
    return None if path is None else Path(path)


@cache
def _careful_cache() -> type:
    """A cache that never ends a run; made late, since Numba takes long to load."""
    from numba.core import caching as of_numba

    caching: Any = of_numba

    class File(caching.IndexDataCacheFile):  # type: ignore[misc]
        """Data behind their hash, and that of the code they were made of."""

        def _digest(self, data: bytes) -> bytes:
            return hashlib.sha256(repr(self._source_stamp).encode() + data).digest()

        def _save_data(self, name: str, data: Any) -> None:
            content = self._dump(data)
            with self._open_for_write(self._data_path(name)) as file:
                file.write(self._digest(content) + content)

        def _load_data(self, name: str) -> Any:
            with open(self._data_path(name), "rb") as file:
                content = file.read()
            if content[:_DIGEST] != self._digest(content[_DIGEST:]):
                raise ValueError(name)
            return pickle.loads(content[_DIGEST:])

    class Cache(caching.FunctionCache):  # type: ignore[misc]
        """What cannot be read is thrown away; what cannot be written is done without."""

        def __init__(self, function: Callable[..., Any], made_of: Sequence[Path]) -> None:
            super().__init__(function)
            files: Any = self._cache_file  # type: ignore[has-type]
            base = self._impl.filename_base
            others = hashlib.sha256(b"".join(file.read_bytes() for file in made_of)).hexdigest()
            self._cache_file = File(files._cache_path, base, (files._source_stamp, others))

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            try:
                return super().load_overload(sig, target_context)
            except Exception:  # whatever a damaged file makes of the readers: pickle, Numba, LLVM
                _say("core.compiled.damaged")
                try:
                    self.flush()
                except OSError:
                    self.disable()
                return None

        def save_overload(self, sig: Any, data: Any) -> None:
            try:
                super().save_overload(sig, data)
            except OSError:
                self.disable()
                _say("core.compiled.nowhere")

    return Cache


@cache
def _say(id: str) -> None:
    """Say it once, on standard error, in the language that the environment asks for."""
    asked = os.environ.get("GUANZI_LANG", "en")
    print(render(Message.of(id), asked if asked in catalogue_languages() else "en"), file=sys.stderr)
