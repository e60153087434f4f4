"""The release: its wheel, in an empty environment, demonstrates, opens the office and takes an extension."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.test_public import LISTED

pytestmark = pytest.mark.prove

REPO = Path(__file__).resolve().parents[1]
VERSION = "from importlib.metadata import version; print(version('guanzi'))"


def built(project: Path, folder: Path) -> Path:
    """The wheel of a project."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=project, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The commands of an environment that holds the packages of the lock file, the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    bins = folder / "env" / "bin"
    install = [str(bins / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = subprocess.run([*install, "--require-hashes", "-r", str(REPO / "requirements.lock")], capture_output=True)
    if locked.returncode:
        pytest.skip(f"the packages of the lock file cannot be fetched here: {locked.stderr.decode()[-200:]}")
    subprocess.run([*install, "--no-deps", str(built(REPO, folder / "wheel"))], check=True)
    subprocess.run([*install, "--no-deps", str(built(REPO / "docs" / "extension", folder / "extension"))], check=True)
    return bins


@pytest.fixture
def run(environment, tmp_path):
    """A command of the environment, in a folder of its own where nothing of the project is seen."""

    def call(*words: str) -> str:
        told = [str(environment / words[0]), *words[1:]]
        return subprocess.run(told, cwd=tmp_path, env=bare(), check=True, capture_output=True, text=True).stdout

    return call


def bare() -> dict[str, str]:
    """The environment of the test without what points to the project."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GUANZI", "VIRTUAL_ENV"))}


NAMES = """
import importlib, json, os, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "guanzi.office.settings"
django.setup()
for module, names in json.loads(sys.argv[1]).items():
    held = importlib.import_module(module)
    [getattr(held, name) for name in names]
print(importlib.import_module("guanzi").__file__)
"""


def test_every_public_name_is_imported_from_the_wheel(run, environment):
    told = run("python", "-c", NAMES, json.dumps(LISTED))
    assert Path(told.strip()).is_relative_to(environment.parent)
    assert run("guanzi", "--version").split()[-1] == run("python", "-c", VERSION).strip()


def test_the_demonstration_writes_its_dossier(run, tmp_path):
    run("guanzi", "demo")
    (dossier,) = tmp_path.rglob("dossier.html")
    found = json.loads((dossier.parent / "appraisal.json").read_text("utf-8"))
    assert found["as_of"] == "2020-04-29"
    assert found["figures"]["public.value_mean"]["value"] != 0


def test_an_extension_brings_its_playbook(run):
    assert "hefei-stock" in run("guanzi", "playbook", "list")


def test_the_office_answers(environment, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(environment / "guanzi"), "office", "--empty", "--port", str(port), "--data", str(tmp_path / "data")]
    with subprocess.Popen(
        command, cwd=tmp_path, env=bare(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as server:
        try:
            page = answer(f"http://127.0.0.1:{port}/enter/", server)
        finally:
            server.terminate()
    assert "<form" in page


def answer(address: str, server: "subprocess.Popen[bytes]") -> str:
    """The page of an office that is just starting."""
    for _ in range(240):
        assert server.poll() is None, server.stderr.read().decode()
        try:
            with urllib.request.urlopen(address) as page:
                return str(page.read().decode())
        except OSError:
            time.sleep(0.5)
    pytest.fail("the office did not answer in two minutes")
