"""A command loads the large libraries that it works with, and no other: start-up is most of what a short one costs."""

import subprocess
import sys

import pytest

CASE = "nio-hefei-2020"
LARGE = {
    *("altair", "docx", "duckdb", "jinja2", "lightgbm", "lxml", "networkx", "numba", "numpy", "openpyxl", "polars"),
    *("pyarrow", "pydantic", "scipy.integrate", "scipy.optimize", "scipy.sparse.csgraph", "scipy.special"),
    *("scipy.stats", "typst", "vl_convert", "z3"),
}
MODEL = {"numpy", "pydantic", "scipy.special"}
"""What reads a case and its company model."""
MACHINE = MODEL | {"numba"}
COMMANDS = {
    "--help": set(),
    "cases": {"numpy", "pydantic"},
    f"explain {CASE}": MODEL,
    "walkaway nope": MODEL,
    "structure nope": MODEL,
    "appraise nope": MODEL | {"altair", "vl_convert", "jinja2"},
    f"simulate {CASE} --paths 50": MACHINE,
    f"appraise {CASE} --paths 50": MACHINE | {"altair", "vl_convert", "jinja2", "scipy.sparse.csgraph"},
}
"""Commands, and the large libraries that each may load."""


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_loads_only_the_libraries_it_works_with(words, tmp_path):
    code = "import sys\nfrom guanzi.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *words.split()], capture_output=True, check=False, text=True, cwd=tmp_path
    )
    assert done.returncode == (2 if "nope" in words else 0)
    assert LARGE & set(done.stderr.splitlines()[-1].split()) <= COMMANDS[words]
