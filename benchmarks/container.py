"""The recipe of the image, step by step, where no container engine runs: in a folder, with an environment of its own.

Every line of ``deploy/Containerfile`` is done or named with the reason why it is not: the first image is the Python of
this machine, users are not made, and ``/data`` is a folder. Then the office is started by the command of the image, and
asked as its health check asks. Last, an office that another version of this repository made is served by this one.

Run: python -m benchmarks.container [--before COMMIT]. Writes container.md into benchmarks/results.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ROOT / "deploy" / "Containerfile"
RESULTS = Path(__file__).parent / "results" / "container.md"
PORT = "8231"
ALTERED = """
import sys, pathlib, guanzi.office as office
office.choose(pathlib.Path(sys.argv[1])); office.prepare()
from guanzi.office.serving.checking import altered
print(altered())
"""
"""What in a folder is not as it was written."""
TOLD = (
    "Made by `python -m benchmarks.container` on a machine without a container engine, while other programs wanted its",
    "two processors. What an engine alone does (user, volume, port, layers) is not shown, nor is `deploy/compose.yaml`",
    "but for what `tests/test_deploy.py` holds: no engine read it.",
)
type Row = tuple[str, str, float]
"""What was done, how it ended, and seconds."""


def instructions() -> Iterator[tuple[str, str]]:
    """The lines of the recipe: word and rest."""
    for line in RECIPE.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest


class Image:
    """What stands for an image.

    Attributes:
        root: Folder in place of its file system.
        here: Its working folder.
        command: By which it starts.
        health: By which its health is asked.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.here = root, root
        self.command: list[str] = []
        self.health: list[str] = []

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of its programs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUANZI", "PYTHON"))}
        path = f"{self.root / 'python' / 'bin'}:{os.environ['PATH']}"
        return kept | {"PATH": path, "VIRTUAL_ENV": str(self.root / "python"), "HOME": str(self.root / "home")}

    def do(self, word: str, rest: str) -> str:
        """Do an instruction; how it ended."""
        if word == "FROM":
            subprocess.run([sys.executable, "-m", "venv", str(self.root / "python")], check=True)
            return f"in its place Python {platform.python_version()} of this machine"
        if word == "WORKDIR":
            self.here = self.root / rest.lstrip("/")
            self.here.mkdir(parents=True)
            return "done"
        if word == "COPY":
            return self._copy(*rest.rsplit(" ", 1))
        if word == "RUN":
            return self._run(rest)
        if word in ("CMD", "HEALTHCHECK"):
            words = json.loads(rest.removeprefix("CMD "))
            self.command, self.health = (words, self.health) if word == "CMD" else (self.command, words)
            return "below"
        return "not done: no engine"

    def _copy(self, sources: str, target: str) -> str:
        for source in sources.split():
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, self.here / target)
            else:
                shutil.copy(ROOT / source, self.here / target)
        return "done"

    def _run(self, line: str) -> str:
        if line.startswith("useradd"):
            (self.root / "data").mkdir(mode=0o700)
            (self.root / "home").mkdir()
            return "in its place two folders of this user"
        done = subprocess.run(
            ["sh", "-c", line], cwd=self.here, env=self.env, capture_output=True, text=True, check=False
        )
        return "done" if done.returncode == 0 else f"**failed**: {done.stderr.strip().splitlines()[-1][:200]}"

    def program(self, *words: str, source: Path | None = None) -> list[str]:
        """A command of the image as it is run here: its folder of data, its port, and, if named, other sources."""
        swapped = {"/data": str(self.root / "data"), "8000": PORT, "0.0.0.0": "127.0.0.1"}
        found = [swapped.get(word, word).replace(":8000/", f":{PORT}/") for word in words]
        return ["env", f"PYTHONPATH={source}", *found] if source else found

    def ask(self, *words: str, source: Path | None = None) -> tuple[int, str]:
        """What a command of the image ends with, and says."""
        command = self.program(*words, source=source)
        done = subprocess.run(command, env=self.env, cwd=self.root, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def serve(self, command: Sequence[str] = (), source: Path | None = None) -> str:
        """Start the image, by its own command or another, and ask for its health as it says."""
        words = self.program(*(command or self.command), source=source)
        server = subprocess.Popen(words, env={**self.env, "GUANZI_PROXY": "1"}, cwd=self.root,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            for _ in range(240):
                time.sleep(1)
                if self.ask(*self.health)[0] == 0:
                    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/enter/") as page:
                        return f"healthy; the page of entering answers {page.status}"
            return "**not healthy** when asked 240 times"
        finally:
            server.terminate()
            server.wait(60)


def timed(name: str, ended: str, begun: float) -> Row:
    """A row, told at once."""
    print(f"{name[:90]}: {ended}", file=sys.stderr)
    return name, ended, time.monotonic() - begun


def built(image: Image) -> Iterator[Row]:
    """The recipe, and the office that it makes."""
    for word, rest in instructions():
        begun = time.monotonic()
        yield timed(f"{word} {rest}", image.do(word, rest), begun)
    begun = time.monotonic()
    yield timed(shlex.join(image.command), image.serve(), begun)


def upgraded(image: Image, before: str) -> Iterator[Row]:
    """An office that another version makes, examined and served by the image."""
    source = image.root / "before"
    source.mkdir()
    tar = subprocess.run(["git", "-C", str(ROOT), "archive", before, "src"], capture_output=True, check=True).stdout
    subprocess.run(["tar", "x", "-C", str(source)], input=tar, check=True)
    shutil.rmtree(image.root / "data")
    begun, step = time.monotonic(), [word for word in image.command if word != "--empty"]
    yield timed(f"{shlex.join(step)}, of {before}: a demonstration", image.serve(step, source / "src"), begun)
    begun = time.monotonic()
    yield timed(f"{shlex.join(image.command)}, of the image", image.serve(), begun)
    begun = time.monotonic()
    data = str(image.root / "data")
    code, said = image.ask("python", "-c", ALTERED, data)
    told = "nothing altered" if (code, said.strip()) == (0, "()") else f"**altered**: {said[-300:]}"
    yield timed("rows, files and log against one another", told, begun)


def main() -> None:
    """Build, serve, upgrade, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", default="HEAD~1", help="the version whose data are served")
    named = ["git", "-C", str(ROOT), "rev-parse", "--short", parser.parse_args().before]
    name = subprocess.run(named, capture_output=True, text=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        image = Image(Path(folder))
        rows = [*built(image), *upgraded(image, name.stdout.strip())]
    lines = ["# The recipe of the image, step by step", "", *TOLD, ""]
    lines += ["| step | how it ended | s |", "|---|---|---:|"]
    lines += [f"| `{what.replace('|', chr(92) + '|')}` | {ended} | {seconds:.0f} |" for what, ended, seconds in rows]
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
