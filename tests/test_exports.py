"""What a package exports somebody else uses: the rest is its own."""

import ast
import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from tests.sources import trees

REPO = Path(__file__).parents[1]
SRC = REPO / "src"
READ = [path for root in ("src", "tests", "benchmarks", "scripts", "docs") for path in (REPO / root).rglob("*.py")]
PAGES = [*(REPO / "docs").rglob("*.md"), REPO / "README.md", REPO / "CONTRIBUTING.md"]
OPEN = {
    "guanzi": "what people who program begin with",
    "guanzi.notebook": "what these get",
    "guanzi.office": "what Django looks for by name",
    "guanzi.office.models": "what Django looks for by name",
    "guanzi.deal.terms.instruments": "the data of each instrument, also of one that only tests build",
    "guanzi.engine.company.models": "each company model",
}
"""Packages whose exports are used by others than ourselves, and by whom."""


def exported():
    """Names that a package exports -> its file; what it hands on from an open one is left out."""
    free = {name for package in OPEN for name in getattr(import_module(package), "__all__", ())}
    for path in SRC.rglob("__init__.py"):
        package = ".".join(path.parent.relative_to(SRC).parts)
        if "__all__" in path.read_text("utf-8") and package not in OPEN:
            yield package, path, set(import_module(package).__all__) - free


def used(packages):
    """What is asked of a package, in code outside of its face and in text."""
    found, texts = defaultdict(set), [path.read_text("utf-8") for path in (*READ, *PAGES)]
    for path, text in zip(READ, texts, strict=False):
        modules = {}
        tree = trees().get(path) or ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in node.names:
                    if packages.get(node.module, path) != path:
                        found[node.module].add(name.name)
                    modules[name.asname or name.name] = f"{node.module}.{name.name}"
            elif isinstance(node, ast.Import):
                modules |= {name.asname or name.name: name.name for name in node.names}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                told = ast.unparse(node.value)
                found[modules.get(told, told)].add(node.attr)
    every = "\n".join(texts)
    for package in packages:
        found[package] |= set(re.findall(rf"{re.escape(package)}[.:](\w+)", every))
    return found


def test_what_a_package_exports_is_used_by_somebody_else():
    held = list(exported())
    asked = used({package: path for package, path, _ in held})
    unused = {f"{package}.{name}" for package, _, names in held for name in names if name not in asked[package]}
    assert not unused, "it need not be exported"
