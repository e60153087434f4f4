"""Compiled functions on machines that cannot keep them, or that kept them badly."""

import os
import pickle
import subprocess
import sys

import pytest

CODE = """
from guanzi.base.core import compiled

@compiled(nogil=True)
def double(x):
    return 2.0 * x

print(double(21.0))
"""
WITHOUT = "import numba.core.caching as caching\ncaching.CacheImpl._locator_classes = []\n"


@pytest.fixture
def run(tmp_path):
    (tmp_path / "doubling.py").write_text(CODE, "utf-8")
    (tmp_path / "nowhere.py").write_text(WITHOUT + CODE, "utf-8")

    def call(file="doubling.py"):
        # Python itself keeps bytecode by second and size, and the test changes a file within one second.
        kept = {"NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}
        environment = os.environ | kept
        command = [sys.executable, str(tmp_path / file)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "42.0\n"), done.stderr
        return done.stderr

    return call


@pytest.mark.parametrize("ending", ["nbc", "nbi"])
def test_damaged_code_is_compiled_anew_which_is_said_once(run, tmp_path, ending):
    assert run() == ""
    (kept,) = (tmp_path / "kept").rglob(f"*.{ending}")
    whole = kept.read_bytes()
    kept.write_bytes(b"damage" + whole[6:])
    assert "is damaged" in run()
    assert run() == ""


def test_one_byte_is_enough_to_see_that_code_is_damaged(run, tmp_path):
    run()
    (kept,) = (tmp_path / "kept").rglob("*.nbc")
    whole = bytearray(kept.read_bytes())
    whole[len(whole) // 2] ^= 1
    kept.write_bytes(bytes(whole))
    assert "is damaged" in run()


def test_where_nothing_can_be_kept_it_runs_all_the_same_and_says_so(run):
    assert "cannot be stored" in run("nowhere.py")


ARRAYS = """
import sys
import numpy as np
from guanzi.base.core import compiled

@compiled()
def largest(values):
    held = np.zeros(2 * values.size)
    for i in range(values.size):
        held[i] = np.sqrt(values[i])
    return np.dot(held, held) + 33.0

print(largest(np.array([4.0, 5.0])))
print("numba.cpython.listobj" in sys.modules, file=sys.stderr)
"""


def test_code_that_was_kept_runs_without_what_only_compiling_needs(run, tmp_path):
    (tmp_path / "arrays.py").write_text(ARRAYS, "utf-8")
    assert [run("arrays.py"), run("arrays.py")] == ["True\n", "False\n"]


OTHER = """
from numba import njit

@njit
def twice(x):
    return {factor} * x
"""


def test_code_of_another_file_that_changed_is_compiled_anew(run, tmp_path):
    code = CODE.replace("nogil=True", "(Path(__file__).with_name('other.py'),)").replace("2.0 * x", "twice(x)")
    (tmp_path / "doubling.py").write_text(f"from pathlib import Path\nfrom other import twice\n{code}", "utf-8")
    (tmp_path / "other.py").write_text(OTHER.format(factor=3.0), "utf-8")
    with pytest.raises(AssertionError, match="63"):
        run()
    (tmp_path / "other.py").write_text(OTHER.format(factor=2.0), "utf-8")
    run()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners of files")
@pytest.mark.parametrize("ending", ["nbc", "nbi"])
def test_code_that_others_could_have_written_is_not_read(run, tmp_path, ending):
    run()
    (kept,) = (tmp_path / "kept").rglob(f"*.{ending}")
    index = kept.read_bytes()
    kept.write_bytes(pickle.dumps(Planted(str(tmp_path / "run"))) if ending == "nbi" else index)
    kept.chmod(0o666)
    run()
    assert not (tmp_path / "run").exists()
    assert not kept.stat().st_mode & 0o022


class Planted:
    """What makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners of files")
def test_a_folder_that_others_write_is_left_for_one_of_the_user(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run()
    (kept,) = (tmp_path / "kept").rglob("*.nbi")
    shared = kept.parent
    kept.unlink()
    shared.chmod(0o777)
    assert run() == ""
    assert not list(shared.glob("*.nbi"))
    (own,) = (tmp_path / "cache" / "guanzi").iterdir()
    assert own.stat().st_mode & 0o777 == 0o700
    assert list(own.glob("*.nbi"))


def test_code_of_this_user_is_kept_whatever_his_umask(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = os.umask(0o002)
    try:
        run()
        (kept,) = tmp_path.rglob("*.nbc")
        held = kept.stat().st_mtime_ns
        assert run() == ""
    finally:
        os.umask(before)
    assert kept.stat().st_mtime_ns == held
