"""The names on which the code of others may rest: they are there, are said, are few, and are enough."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from tests.sources import SRC

REPO = Path(__file__).parents[1]
PAGE = (REPO / "docs" / "reference" / "public.md").read_text("utf-8")
LISTED: dict[str, tuple[str, ...]] = {}
for _module, _names in re.findall(r"^- `([\w.]+)`: (.*)$", PAGE, re.MULTILINE):  # one may stand in two chapters
    LISTED[_module] = (*LISTED.get(_module, ()), *re.findall(r"`(\w+)`", _names))
MOST = 250
"""So many names are promised at most."""


def test_they_are_few():
    assert sum(map(len, LISTED.values())) <= MOST


@pytest.mark.parametrize("module", LISTED)
def test_they_are_there_and_are_said(module):
    held = import_module(module)
    named = {name: getattr(held, name) for name in LISTED[module]}
    assert [name for name, item in named.items() if callable(item) and not (item.__doc__ or "").strip()] == []


def test_an_extension_needs_no_other():
    asked = {
        (part.module, name.name)
        for path in (REPO / "docs" / "extension").rglob("*.py")
        for part in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(part, ast.ImportFrom) and part.module and part.module.startswith("guanzi.")
        for name in part.names
    }
    assert asked
    assert {(module, name) for module, name in asked if name not in LISTED.get(module, ())} == set()


def test_every_service_is_among_them():
    missing = []
    for path in sorted((SRC / "jobs").glob("*/*.py")):
        made = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
        module = f"guanzi.jobs.{path.parent.name}.{path.stem}"
        missing += [f"{module}.{node.name}" for node in made if node.name == "Request" and module not in LISTED]
    assert missing == []
