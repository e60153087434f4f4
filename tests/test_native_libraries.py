"""Native libraries end the process where they are called wrongly from threads: which may be, and which may not."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "guanzi"
READER = "guanzi.record.evidence.dataroom.readers"
PLACING = "guanzi.record.evidence.dataroom.placing"
CONFINED = {("pypdfium2", READER), ("pdfplumber", READER), ("pypdfium2", PLACING)}
"""Libraries that may not be called from threads, and the modules that load them, in a confined process."""
TABLE = ROOT / "docs" / "reference" / "limits.md"
NATIVE = {
    *("z3", "vl_convert", "numba", "numpy", "scipy", "duckdb", "lightgbm", "lxml", "yaml", "typst", "pyarrow"),
    *("pypdfium2", "pdfplumber", "openpyxl", "zipfile", "sqlite3", "pydantic", "cryptography"),
}


def imported(tree):
    """Modules that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def everything():
    for path in SOURCES.rglob("*.py"):
        module = ".".join(("guanzi", *path.relative_to(SOURCES).with_suffix("").parts))
        yield module, ast.parse(path.read_text("utf-8"))


def test_native_libraries_answer_right_from_several_threads_at_once():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "native_at_once.py"), "2"],
        capture_output=True,
        text=True,
        timeout=600,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]


def test_what_may_not_be_called_from_threads_is_loaded_by_the_confined_reader_alone():
    loaded = {(name.partition(".")[0], module) for module, tree in everything() for name in imported(tree)}
    assert {pair for pair in loaded if pair[0] in {name for name, _ in CONFINED}} == CONFINED
    worker, placing, gridding = (
        f"guanzi.record.evidence.dataroom.{name}" for name in ("worker", "placing", "gridding")
    )
    users = {
        name: {module for module, tree in everything() if name in imported(tree)}
        for name in (READER, placing, gridding)
    }
    assert users == {READER: {worker, placing, gridding}, placing: {worker}, gridding: {worker}}


def test_no_kernel_starts_threads_of_its_own():
    """The threading layer ``workqueue`` of Numba ends the process where two kernels run in parallel at once."""
    for module, tree in everything():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "parallel":
                assert isinstance(node.value, ast.Constant), module
                assert node.value.value is False, module
            assert not (isinstance(node, ast.Attribute | ast.Name) and "prange" in ast.dump(node)), module


def test_no_call_of_the_solver_uses_the_context_that_threads_share():
    tree = ast.parse((SOURCES / "deal" / "lint" / "reasoning.py").read_text("utf-8"))
    makers = {"Int", "Real", "Bool", "IntVal", "RealVal", "BoolVal", "Solver", "Optimize", "Const", "Function"}
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in makers
    ]
    assert calls
    assert all("context" in ast.dump(call) for call in calls)
    assert [module for module, tree in everything() if "z3" in imported(tree)] == ["guanzi.deal.lint.reasoning"]


def test_every_native_library_stands_in_the_table():
    loaded = {name.partition(".")[0] for _, tree in everything() for name in imported(tree)}
    told = TABLE.read_text("utf-8")
    assert [name for name in sorted(loaded & NATIVE) if f"`{name}`" not in told] == []
