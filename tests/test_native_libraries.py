"""Native libraries end the process where they are called wrongly from threads: which may be, and which may not."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.sources import SRC, imported, nodes

ROOT = Path(__file__).parents[1]
READER = "guanzi.record.evidence.dataroom.readers"
PLACING = "guanzi.record.evidence.dataroom.placing"
PICTURING = "guanzi.record.evidence.dataroom.picturing"
CONFINED = {("pypdfium2", READER), ("pdfplumber", READER), ("pypdfium2", PLACING), ("pypdfium2", PICTURING)}
"""Libraries that may not be called from threads, and the modules that load them, in a confined process."""
TABLE = ROOT / "docs" / "reference" / "limits.md"
NATIVE = {
    *("z3", "vl_convert", "numba", "numpy", "scipy", "duckdb", "lightgbm", "lxml", "yaml", "typst", "pyarrow"),
    *("pypdfium2", "pdfplumber", "openpyxl", "zipfile", "sqlite3", "pydantic", "cryptography"),
}


def module_of(path):
    return ".".join(("guanzi", *path.relative_to(SRC).with_suffix("").parts))


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
    loaded = {(name, module_of(path)) for path, _, name in imported()}
    packages = {(name.partition(".")[0], module) for name, module in loaded}
    assert {pair for pair in packages if pair[0] in {name for name, _ in CONFINED}} == CONFINED
    worker, placing, gridding = (
        f"guanzi.record.evidence.dataroom.{name}" for name in ("worker", "placing", "gridding")
    )
    users = {name: {module for loads, module in loaded if loads == name} for name in (READER, placing, gridding)}
    assert users == {READER: {worker, placing, gridding, PICTURING}, placing: {worker}, gridding: {worker}}

    drawing = [node for _, node in nodes(ast.Name) if node.id == "pictured"]
    assert not drawing, "a page is drawn in a process of its own: its function is named, and never called"


def test_no_kernel_starts_threads_of_its_own():
    """The threading layer ``workqueue`` of Numba ends the process where two kernels run in parallel at once."""
    for path, option in nodes(ast.keyword):
        if option.arg == "parallel":
            assert isinstance(option.value, ast.Constant), path
            assert option.value.value is False, path
    assert not [path for path, node in nodes(ast.Attribute) if node.attr == "prange"]
    assert not [path for path, node in nodes(ast.Name) if node.id == "prange"]
    assert not [path for path, node in nodes(ast.alias) if node.name == "prange"]


def test_no_call_of_the_solver_uses_the_context_that_threads_share():
    within = SRC / "deal" / "lint" / "reasoning.py"
    makers = {"Int", "Real", "Bool", "IntVal", "RealVal", "BoolVal", "Solver", "Optimize", "Const", "Function"}
    calls = [
        node for _, node in nodes(ast.Call, within) if isinstance(node.func, ast.Attribute) and node.func.attr in makers
    ]
    assert calls
    assert all("context" in ast.dump(call) for call in calls)
    assert {module_of(path) for path, _, name in imported() if name == "z3"} == {"guanzi.deal.lint.reasoning"}


def test_every_native_library_stands_in_the_table():
    loaded = {name.partition(".")[0] for _, _, name in imported()}
    told = TABLE.read_text("utf-8")
    assert [name for name in sorted(loaded & NATIVE) if f"`{name}`" not in told] == []
