"""The notebook of the tutorial runs from top to bottom, and every cell shows something."""

import ast
import json
from pathlib import Path

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "tutorial.ipynb"


def test_every_cell_runs_and_shows_something(capsys):
    held = json.loads(NOTEBOOK.read_text("utf-8"))
    space: dict[str, object] = {}
    for cell in held["cells"]:
        if cell["cell_type"] != "code":
            continue
        assert (cell["execution_count"], cell["outputs"]) == (None, [])
        *before, last = ast.parse("".join(cell["source"])).body
        exec(compile(ast.Module(before, []), "cell", "exec"), space)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
            assert repr(shown) not in ("", "[]", "None")
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), space)
            assert capsys.readouterr().out.strip()
