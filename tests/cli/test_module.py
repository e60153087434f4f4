"""The command without the script: where only Python and the package are there."""

import subprocess
import sys


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "guanzi", "cases"], capture_output=True, text=True, check=True)
    assert "nio-hefei-2020" in done.stdout
