"""What many tests of the office begin with is played once by a process; each test is given a copy of its own.

A fixture that is :func:`played_once` is a function of others like it. The first test that asks for it plays it; what
then lies in the database and in the folder of the office, and what was returned, is kept and copied for the others.
What is played upon nothing, an office alone, is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from inspect import Parameter, Signature, signature
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

type Key = tuple[str, str]

PLAYED: dict[Key, frozenset[Key]] = {}
"""Fixtures that are played once, by module and name: with those that they are played upon."""


@dataclass(frozen=True)
class Stage:
    """What lies in the database and the folder after a fixture was played, and what it and those below it returned."""

    rows: bytes
    files: Path
    values: dict[Key, Any]


_KEPT: dict[Key, Stage] = {}
_EMPTY: list[bytes] = []


@dataclass
class Staged:
    """What one test begins with.

    Attributes:
        shelf: Where folders are kept.
        values: What the fixtures that were played returned.
        changes: How many rows had changed when they had.
    """

    shelf: Path
    values: dict[Key, Any] = field(default_factory=dict)
    changes: int = 0

    def found(self, key: Key, play: Callable[[], Any]) -> Any:
        """What a fixture returned, which is played where it was not, and kept where nothing else was done before."""
        if key in self.values:
            return self.values[key]
        alone = PLAYED[key] and self.values.keys() == PLAYED[key] and self.changes == _changes()
        self.values[key] = play()
        self.changes = _changes()
        if alone and connection.vendor == "sqlite":
            files = self.shelf / ".".join(key)
            copytree(settings.DATA, files)
            _KEPT[key] = Stage(connection.connection.serialize(), files, deepcopy(self.values))
        return self.values[key]


def played_once[F: Callable[..., Any]](function: F) -> F:
    """A fixture that is played once by a process, and changes nothing but the database and the folder."""
    key = (function.__module__, function.__name__)
    told = signature(function).parameters
    below = [one for one in PLAYED if one[1] in told and one[0] in (key[0], _COMMON)]
    PLAYED[key] = frozenset(below).union(*(PLAYED[one] for one in below))

    def fixture(staged: Staged, **given: Any) -> Any:
        return staged.found(key, lambda: function(**given))

    fixture.__name__, fixture.__doc__, fixture.__module__ = function.__name__, function.__doc__, function.__module__
    own = [Parameter("staged", Parameter.KEYWORD_ONLY)]
    fixture.__signature__ = Signature([*told.values(), *own])  # type: ignore[attr-defined]
    return pytest.fixture(fixture)  # type: ignore[return-value]


_COMMON = "tests.office.conftest"


def begin(request: pytest.FixtureRequest, folder: Path, shelf: Path) -> Iterator[Staged]:
    """What a test begins with, before its transaction begins; afterwards the database is empty again."""
    asked = {(module, name) for module in (request.module.__name__, _COMMON) for name in request.fixturenames}
    stage = _KEPT.get(max(_KEPT.keys() & asked, key=lambda one: len(PLAYED[one]), default=("", "")))
    if "db" not in request.fixturenames:
        yield Staged(shelf)
        return
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock():
        connection.ensure_connection()
        if connection.vendor == "sqlite" and not _EMPTY:
            _EMPTY.append(connection.connection.serialize())
        if stage is None:
            yield Staged(shelf, changes=_changes())
            return
        _write(stage.rows)
        copytree(stage.files, folder, dirs_exist_ok=True)
        yield Staged(shelf, deepcopy(stage.values), _changes())
        _write(_EMPTY[0])


def _changes() -> int:
    held = connection.connection
    return held.total_changes if connection.vendor == "sqlite" else 0


def _write(rows: bytes) -> None:
    with sqlite3.connect(":memory:") as held:
        held.deserialize(rows)
        held.backup(connection.connection)
    held.close()
