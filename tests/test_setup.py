"""scripts/setup.sh: what was killed in the middle is made anew, and a Python that was named is taken or refused."""

import shutil
import subprocess
import sys

import pytest

#: An interpreter that makes an environment of itself; it is killed where a file ``killed`` lies beside it.
PYTHON = """\
#!/bin/sh
here=$(dirname "$0")
case "$*" in
    *"-m venv"*)
        rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python; : >.venv/pyvenv.cfg
        if [ -e "{stub}/killed" ]; then kill -9 $PPID $$; fi
        : >.venv/bin/pip; echo made >>"{stub}/log" ;;
    *"-m pip --version"*) [ -e .venv/bin/pip ] ;;
    *"-m pip install"*) echo "installed $*" >>"{stub}/log"
        if [ -e "{stub}/killed" ]; then kill -9 $PPID $$; fi ;;
    -V) echo "Python 3.13.0" ;;
esac
exit $?
"""


@pytest.fixture
def tree(repository, tmp_path):
    """A tree with the script, and an interpreter that only acts as one."""
    for name in ("pyproject.toml", "requirements.lock", "scripts/setup.sh"):
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(repository / name, tmp_path / "tree" / name)
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "python3.13").write_text(PYTHON.format(stub=stub), "utf-8")
    (stub / "python3.13").chmod(0o755)
    return tmp_path


def set_up(tree, **named):
    environment = {"PATH": f"{tree / 'stub'}:/usr/bin:/bin", "HOME": str(tree), **named}
    command = ["sh", "scripts/setup.sh"]
    done = subprocess.run(command, cwd=tree / "tree", env=environment, capture_output=True, text=True, check=False)
    log = tree / "stub" / "log"
    steps = log.read_text("utf-8").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return done, [step.split()[0] for step in steps]


def test_it_is_made_once_and_then_let_be(tree):
    done, steps = set_up(tree)
    assert (done.returncode, steps) == (0, ["made", "installed", "installed"])
    assert set_up(tree)[1] == []
    assert not (tree / "tree" / ".venv-unfinished").exists()


@pytest.mark.parametrize("sound", [False, True], ids=["before the installer", "while packages are installed"])
def test_what_was_killed_is_made_anew(tree, sound):
    if sound:
        set_up(tree)
        (tree / "tree" / ".venv" / ".guanzi-run").unlink()
    (tree / "stub" / "killed").touch()
    done, _ = set_up(tree)
    assert done.returncode != 0
    (tree / "stub" / "killed").unlink()
    done, steps = set_up(tree)
    assert (done.returncode, steps) == (0, ["made", "installed", "installed"])


def test_an_environment_of_earlier_versions_without_an_installer_is_made_anew(tree):
    set_up(tree)
    for name in ("bin/pip", ".guanzi-run"):
        (tree / "tree" / ".venv" / name).unlink()
    assert set_up(tree)[1] == ["made", "installed", "installed"]


def test_a_python_that_was_named_and_does_not_serve_is_refused(tree):
    done, steps = set_up(tree, PYTHON="/nowhere/python")
    assert (done.returncode, steps) == (2, [])
    assert "PYTHON=/nowhere/python does not serve" in done.stderr
    assert set_up(tree, PYTHON=str(tree / "stub" / "python3.13"))[0].returncode == 0


def test_no_script_is_called_like_a_module_of_the_standard_library(repository):
    """The folder of a script comes first on the path: benchmarks/warnings.py kept all others from starting."""
    scripts = [p for folder in ("benchmarks", "scripts") for p in (repository / folder).rglob("*.py")]
    assert scripts
    assert not [str(p) for p in scripts if p.stem in sys.stdlib_module_names]
