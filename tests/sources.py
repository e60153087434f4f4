"""The code of Guanzi as trees: each file is read, and each tree walked, once for all tests that do."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from guanzi.base.core import without_collection

SRC = Path(__file__).resolve().parents[1] / "src" / "guanzi"
CODE_READERS = frozenset(
    f"tests/{name}.py"
    for name in (
        "base/reading/test_newbook",
        "docs/test_asking_outside",
        "docs/test_openings",
        "test_architecture",
        "test_bounded_caches",
        "test_enumerations",
        "test_exports",
        "test_messages",
        "test_native_libraries",
        "test_public",
        "test_words",
        "truth/test_plurals",
    )
)
"""Files whose tests read the code of Guanzi as trees: one worker reads it, once for all of them."""


def reads_code(nodeid: str) -> bool:
    """Whether a test is of a file that reads the code."""
    return nodeid.partition("::")[0] in CODE_READERS


@cache
def modules() -> list[Path]:
    """Every file of Guanzi that is written by hand, in the order of their names."""
    return sorted(path for path in SRC.rglob("*.py") if path.parent.name != "migrations")


@cache
@without_collection()
def trees() -> dict[Path, ast.Module]:
    """The tree of every file of Guanzi that is written by hand."""
    return {path: ast.parse(path.read_text("utf-8")) for path in modules()}


@cache
@without_collection()
def _by_kind() -> dict[type[ast.AST], list[tuple[Path, ast.AST]]]:
    found: dict[type[ast.AST], list[tuple[Path, ast.AST]]] = {}
    for path, tree in trees().items():
        for node in ast.walk(tree):
            found.setdefault(type(node), []).append((path, node))
    return found


def forget() -> None:
    """Let go of all trees: a million nodes would slow the collector of garbage in every later test of the process."""
    _by_kind.cache_clear()
    trees.cache_clear()


def nodes[T: ast.AST](kind: type[T], within: Path = SRC) -> Iterator[tuple[Path, T]]:
    """The nodes of a kind in the files under a folder, each with its file."""
    files = {path for path in modules() if path.is_relative_to(within)}
    for path, node in _by_kind().get(kind, []):
        if path in files:
            assert isinstance(node, kind)
            yield path, node


def imported(within: Path = SRC) -> Iterator[tuple[Path, int, str]]:
    """The modules that files import, each with its file and line; empty where one is named by dots alone."""
    for path, module in nodes(ast.Import, within):
        yield from ((path, module.lineno, alias.name) for alias in module.names)
    for path, part in nodes(ast.ImportFrom, within):
        yield path, part.lineno, part.module or ""


def called(call: ast.Call) -> str:
    """The name of what is called, with its dots; empty for what has no name."""
    parts: list[str] = []
    function = call.func
    while isinstance(function, ast.Attribute):
        parts.append(function.attr)
        function = function.value
    return ".".join([function.id, *reversed(parts)]) if isinstance(function, ast.Name) else ""
