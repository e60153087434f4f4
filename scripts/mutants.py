"""Mutation test: how many small faults in money code, waterfall and checks do the tests notice?

Takes a seeded sample of all mutants of the modules below, plants one at a time in a copy of the tree outside the work
tree, and runs the tests of its module; a mutant that no test notices has survived. Equivalent mutants count as
survivors. The sample is the mutants with the smallest hashes, so a change in one module leaves it as it is in others.

Mutants: a comparison, arithmetic operator, ``and``/``or``, number or truth is replaced by another; a ``not`` or a minus
is dropped; a condition is negated; a statement that only calls something is dropped; ``continue`` becomes ``break``.
Annotations, decorators and texts are left alone.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src/guanzi")
LOWERING = (
    *(f"tests/deal/terms/test_{name}.py" for name in ("waterfall_mutants", "support_mutants")),
    "tests/deal/program/test_lowering.py",
    "tests/deal/terms/test_example.py",
    *(f"tests/deal/terms/test_{name}.py" for name in ("given", "promises", "loans", "preference", "returns")),
    "tests/deal/terms/test_convertible_note.py",
)
FISCAL = ("local", "cash_calls", "butfor", "debt_service", "forgone", "displacement", "sharing")
WATERFALL = (
    "equity",
    "put",
    "call",
    "preference",
    "loan",
    "grant",
    "clawback",
    "claim",
    "waterfall",
    "deal",
    "values",
    "events",
)

# Group of modules -> (module, or pattern for modules; the tests that must notice its mutants, quick ones first).
GROUPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "money": (
        ("base/core/money.py", ("tests/base/core/test_money.py",)),
        *((f"study/fiscal/{name}.py", (f"tests/study/fiscal/test_{name}.py", "tests/study/fiscal")) for name in FISCAL),
        ("engine/machine/irr.py", ("tests/engine/machine/test_irr.py",)),
    ),
    "waterfall": tuple((f"deal/program/{name}.py", LOWERING) for name in WATERFALL),
    "checks": (
        ("study/diligence/checks/*.py", ("tests/study/diligence",)),
        ("study/diligence/ratios.py", ("tests/study/diligence",)),
        ("study/diligence/trend.py", ("tests/study/diligence",)),
        ("record/playbooks/table.py", ("tests/record/playbooks",)),
    ),
}

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small fault: ``before`` becomes ``after`` between two byte positions of a file."""

    group: str
    path: Path
    line: int
    start: int
    end: int
    before: str
    after: str
    tests: tuple[str, ...]

    def rank(self, seed: int, source: str) -> str:
        """Place in the order from which the sample is taken: it depends on the text of the line, not on its number."""
        lines = source.splitlines()
        text = lines[self.line - 1].strip()
        same = sum(line.strip() == text for line in lines[: self.line - 1])
        column = len(source.encode()[: self.start].splitlines()[-1]) if self.start else 0
        key = f"{seed}|{self.path}|{text}|{same}|{column}|{self.before}|{self.after}"
        return hashlib.sha256(key.encode()).hexdigest()

    def __str__(self) -> str:
        short = (re.sub(r"\s+", " ", text) for text in (self.before, self.after))
        return f"{self.path.relative_to(PACKAGE)}:{self.line}: {' -> '.join(short)}"


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """What can be put in a node's place: the node to replace (itself or a child) and the new text."""
    match node:
        case ast.Compare(left, ops, comparators):
            for i, op in enumerate(ops):
                swapped = [*ops[:i], OPERATORS[type(op)](), *ops[i + 1 :]]
                yield node, ast.unparse(ast.Compare(left, swapped, comparators))  # type: ignore[arg-type]
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            yield node, f"({ast.unparse(ast.BinOp(left, OPERATORS[type(op)](), right))})"  # type: ignore[arg-type]
        case ast.AugAssign(target, op, value) if type(op) in OPERATORS:
            yield node, ast.unparse(ast.AugAssign(target, OPERATORS[type(op)](), value))  # type: ignore[arg-type]
        case ast.BoolOp(op, values):
            yield node, f"({ast.unparse(ast.BoolOp(OPERATORS[type(op)](), values))})"  # type: ignore[arg-type]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield node, f"({ast.unparse(operand)})"
        case ast.Constant(bool() as value):
            yield node, str(not value)
        case ast.Constant(int() | float() as number):
            yield node, repr(number + 1)
        case ast.If(test) | ast.While(test) | ast.IfExp(test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield test, f"(not ({ast.unparse(test)}))"
        case ast.Expr(ast.Call()):
            yield node, "pass"
        case ast.Continue():
            yield node, "break"


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those of annotations, decorators and texts."""
    yield tree
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "type_params"} or isinstance(tree, ast.JoinedStr):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from nodes(child)


def mutants_of(tree: Path, group: str, path: Path, tests: tuple[str, ...]) -> Iterator[Mutant]:
    """All mutants of a module."""
    source = (tree / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in nodes(ast.parse(source)):
        for place, after in changes(node):
            assert isinstance(place, ast.expr | ast.stmt)
            start = starts[place.lineno - 1] + place.col_offset
            end = starts[(place.end_lineno or 0) - 1] + (place.end_col_offset or 0)
            yield Mutant(group, path, place.lineno, start, end, source[start:end].decode(), after, tests)


def all_mutants(tree: Path) -> list[Mutant]:
    """All mutants of all modules."""
    found: list[Mutant] = []
    for group, entries in GROUPS.items():
        for pattern, tests in entries:
            paths = sorted((tree / PACKAGE).glob(pattern))
            assert paths, f"no module {pattern}"
            for path in paths:
                found += mutants_of(tree, group, path.relative_to(tree), tests)
    return found


def copy_tree(source: Path, target: Path) -> Path:
    """A copy of what the tests need, outside the work tree."""
    target.mkdir(parents=True)
    for name in ("src", "tests", "benchmarks", "docs"):
        shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(source / "pyproject.toml", target)
    return target


def run_tests(tree: Path, tests: tuple[str, ...], timeout: float) -> int:
    """Exit code of the tests in a copy; 1 also when they do not come to an end."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", *(t for t in tests if (tree / t).exists())]
    try:
        return subprocess.run(
            command, cwd=tree, env=os.environ | {"PYTHONPATH": str(tree / "src")}, capture_output=True, timeout=timeout
        ).returncode
    except subprocess.TimeoutExpired:
        return 1


def survives(mutant: Mutant, tree: Path, stamp: int) -> bool:
    """Plant a mutant in a copy, run its tests, and take it out again.

    ``stamp`` is the file's time, another for each mutant and long ago, so that no compiled file of another is taken.
    """
    path = tree / mutant.path
    source = path.read_bytes()
    path.write_bytes(source[: mutant.start] + mutant.after.encode() + source[mutant.end :])
    os.utime(path, (stamp, stamp))
    code = run_tests(tree, (mutant.tests[0], str(mutant.path), *mutant.tests[1:]), timeout=600)
    path.write_bytes(source)
    return code == 0


def sample_of(tree: Path, population: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """As many mutants of each group, as far as that goes; groups take turns, so the first few already show all."""
    texts = {m.path: (tree / m.path).read_text() for m in population}
    ranked = sorted(population, key=lambda m: m.rank(seed, texts[m.path]))
    turns = zip_longest(*([m for m in ranked if m.group == group] for group in GROUPS))
    return [m for turn in turns for m in turn if m is not None][:size]


def report(sample: list[Mutant], lived: list[Mutant], population: list[Mutant], seed: int) -> str:
    """The result as text: rates, then each survivor."""
    tried, left, every = (Counter((m.group, str(m.path)) for m in x) for x in (sample, lived, population))
    rows = [f"{'module':44} {'mutants':>8} {'tried':>6} {'killed':>7} {'survived':>9}"]
    weighted = 0.0
    for group in GROUPS:
        paths = [path for name, path in sorted(every) if name == group]
        total, n, s = (sum(count[group, path] for path in paths) for count in (every, tried, left))
        weighted += total * (n - s) / n
        rows.append(f"{group:44} {total:8} {n:6} {n - s:7} {s:9}")
        for path in paths:
            total, n, s = (count[group, path] for count in (every, tried, left))
            rows.append(f"  {path.removeprefix(f'{PACKAGE}/'):42} {total:8} {n:6} {n - s:7} {s:9}")
    killed = len(sample) - len(lived)
    head = f"""Mutation test: {killed} of {len(sample)} mutants killed, {killed / len(sample):.1%}
with each group weighted by its mutants: {weighted / len(population):.1%}
Sample with seed {seed}, groups alike, of {len(population)} mutants; equivalent ones count as survivors.
"""
    return "\n".join([head, *rows, "", "Survivors", *(sorted(map(str, lived)) or ["none"]), ""])


def main() -> int:
    """Run the test and write the report; exit code 1 when too few mutants are killed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=200, help="number of mutants")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--least", type=float, default=0.85, help="share that must be killed")
    parser.add_argument("--output", type=Path, help="file for the report")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        first = copy_tree(ROOT, Path(folder) / "0")
        trees: SimpleQueue[Path] = SimpleQueue()
        trees.put(first)
        for i in range(1, options.workers):
            trees.put(copy_tree(first, Path(folder) / str(i)))
        population = all_mutants(first)
        sample = sample_of(first, population, options.sample, options.seed)
        for tests in dict.fromkeys(m.tests for m in sample):
            if run_tests(first, tests, timeout=600):
                parser.error(f"without a mutant these tests already fail: {' '.join(tests)}")

        def judge(item: tuple[int, Mutant]) -> bool:
            tree = trees.get()
            lives = survives(item[1], tree, stamp=item[0] + 1)
            trees.put(tree)
            print("survived" if lives else "killed  ", item[1], flush=True)
            return lives

        with ThreadPoolExecutor(options.workers) as pool:
            lived = [m for m, lives in zip(sample, pool.map(judge, enumerate(sample)), strict=True) if lives]
    text = report(sample, lived, population, options.seed)
    print(f"\n{text}")
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(text)
    return 0 if len(lived) <= (1 - options.least) * len(sample) else 1


if __name__ == "__main__":
    sys.exit(main())
