"""A ``guanzi`` for many commands whose code is loaded once: each command is a fork of one process that has loaded it.

The command itself is a process with its own folder, environment, arguments, input, output and exit code, as at a desk.
"""

import json
import os
import select
import socket
import stat
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

COMMAND = """\
#!{python} -IS
import json, os, socket, sys
if {apart} and sys.argv[1:2] == ["office"]:  # a server is ended by whoever began it: no fork of another process
    os.execv({python!r}, [{python!r}, "-m", "guanzi", *sys.argv[1:]])
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect({address!r})
    told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(asked, [len(told).to_bytes(4)], [0, 1, 2])
    asked.sendall(told)
    code = asked.recv(1)
sys.exit(code[0] if code else 70)
"""
# Few paths, and no browser: the commands are what is tested here, not the figures.
FEW = {"demo", "appraise", "simulate", "why", "sensitivity", "diff", "walkaway", "papers", "fund", "decide", "release"}


def few_paths(words: list[str]) -> list[str]:
    """The words of a command line with at most 128 paths, and a short search."""
    words = list(words)
    if not words or "--help" in words:
        return words
    if "--paths" in words:
        at = words.index("--paths") + 1
        words[at] = str(min(int(words[at]), 128))
    elif words[0] in FEW or (words[0] == "monitor" and words[1] not in {"import", "template"}):
        words += ["--paths", "128"]
    elif words[0] == "structure" and "--list" not in words:
        words += ["--paths", "256", "--evaluations", "40"]
    return words


class Commands:
    """A folder with a ``guanzi`` in it, as long as the process that has loaded its code lives.

    Args:
        folder: The folder.
        environment: That of the process.
        apart: An office is a process of its own; False where none is served, and nothing is done but in offices.
    """

    def __init__(self, folder: Path, environment: dict[str, str], apart: bool = True) -> None:
        address = folder / "asked"
        command = folder / "guanzi"
        command.write_text(COMMAND.format(python=sys.executable, address=str(address), apart=apart))
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(address), *(["appraising"] if apart else [])],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def serve(address: str, appraising: bool) -> None:
    """Load the code, then fork for every command that is asked for."""
    import guanzi.jobs.appraisal.documents.dossier  # noqa: F401
    from guanzi.advice.appraisal import appraise
    from guanzi.cli import main
    from guanzi.engine.simulation import Running
    from guanzi.record.evidence import find_case, load_case

    if appraising:
        appraise(load_case(find_case("nio-hefei-2020")), paths=16, running=Running(threads=1))
    assert threading.active_count() == 1, "a fork would take only one thread along"
    with socket.socket(socket.AF_UNIX) as asked:
        asked.bind(address)
        asked.listen()
        running: set[int] = set()
        print("ready", flush=True)
        while asked in select.select([asked, sys.stdin], [], [])[0]:  # or whoever started it has gone
            connection, _ = asked.accept()
            if (child := os.fork()) == 0:
                asked.close()
                _answer(connection, main)
            connection.close()
            running = {one for one in running | {child} if os.waitpid(one, os.WNOHANG) == (0, 0)}


def _answer(connection: socket.socket, main: Callable[[], None]) -> NoReturn:
    head, files, _, _ = socket.recv_fds(connection, 4, 3)
    length = int.from_bytes(head)
    told = b""
    while len(told) < length:
        told += connection.recv(length - len(told))
    words, folder, environment = json.loads(told)
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["guanzi", *few_paths(words)]
    code = 1
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connection.sendall(bytes([code]))
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1], "appraising" in sys.argv[2:])
