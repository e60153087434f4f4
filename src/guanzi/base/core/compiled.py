"""Compiled functions, kept on disk between runs, on machines where that may fail.

What was kept is used only with the hash under which it was written: a damaged file, or one that a killed process left
behind for other code, is compiled anew. Reading it runs it, so that it is read only where nobody else can have written
it: see :func:`is_own`. Where nothing can be kept, every run compiles. Both are said.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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


def is_own(status: os.stat_result) -> bool:
    """Whether only this user, or the administrator of the machine, can have written a file or into a folder."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def own_folder(wanted: Path) -> Path:
    """The folder that is wanted, if only its owner can write there; else one like it in the cache of the user.

    Raises:
        OSError: Neither can be used.
    """
    if is_own(wanted.lstat()):
        return wanted
    above = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    own = above / "guanzi" / hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_own(own.lstat()):
        raise PermissionError(str(own))
    return own


@cache
def _careful_cache() -> type:
    """A cache that never ends a run; made late, since Numba takes long to load."""
    from numba.core import caching as of_numba
    from numba.core.runtime.nrt import rtsys

    caching: Any = of_numba

    class File(caching.IndexDataCacheFile):  # type: ignore[misc]
        """Data behind their hash, and that of the code they were made of."""

        def _digest(self, data: bytes) -> bytes:
            return hashlib.sha256(repr(self._source_stamp).encode() + data).digest()

        @contextmanager
        def _open_for_write(self, path: str) -> Iterator[Any]:
            with super()._open_for_write(path) as file:
                if hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o755)
                yield file

        def _load_index(self) -> Any:
            try:
                content = io.BytesIO(_read_own(self._index_path))
            except FileNotFoundError:
                return {}
            if pickle.load(content) != self._version:
                return {}
            stamp, overloads = pickle.load(content)
            return overloads if stamp == self._source_stamp else {}

        def _save_data(self, name: str, data: Any) -> None:
            content = self._dump(data)
            with self._open_for_write(self._data_path(name)) as file:
                file.write(self._digest(content) + content)

        def _load_data(self, name: str) -> Any:
            content = _read_own(self._data_path(name))
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
            self._cache_path = str(own_folder(Path(files._cache_path)))
            self._cache_file = File(self._cache_path, base, (files._source_stamp, others))

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            try:
                rtsys.initialize(target_context)  # all that code which runs as it was kept asks for
                return self._load_overload(sig, target_context)
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


def _read_own(path: str) -> bytes:
    """A file that only its owner can have written.

    Raises:
        OSError: It is another one's, or cannot be read.
    """
    with open(path, "rb") as file:
        if not is_own(os.fstat(file.fileno())):
            raise PermissionError(path)
        return file.read()


@cache
def _say(id: str) -> None:
    """Say it once, on standard error, in the language that the environment asks for."""
    asked = os.environ.get("GUANZI_LANG", "en")
    print(render(Message.of(id), asked if asked in catalogue_languages() else "en"), file=sys.stderr)
