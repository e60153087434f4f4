"""Where packs lie: those that are shipped, and a folder of your own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from guanzi.core import InvalidInput, Message, Place, Problem
from guanzi.evidence import TextFile, YamlDocument, parse_yaml, read_yaml
from guanzi.terms.compliance.reading import Packs, read_packs

_ORDER = ("cn", "eu", "uk", "us", "us-chips", "wto", "good-practice")


@cache
def shipped_packs() -> Packs:
    """The packs of the library: law by country first, then world trade, then good practice."""
    folder = files("guanzi.library").joinpath("rules")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    names.sort(key=lambda name: _ORDER.index(stem) if (stem := name.removesuffix(".yaml")) in _ORDER else -1)
    texts = [(name, folder.joinpath(name).read_text("utf-8")) for name in names]
    return read_packs([parse_yaml(TextFile(name, text, tuple(text.splitlines()))) for name, text in texts])


def packs_with(folder: Path | None) -> Packs:
    """The shipped packs, and those of a folder (or one file) of your own.

    Raises:
        InvalidInput: There is nothing to read, or something is wrong with it.
    """
    shipped = shipped_packs()
    if folder is None:
        return shipped
    own = read_packs(pack_documents(folder), shipped)
    return Packs((*shipped.packs, *own.packs), own.questions)


def pack_documents(path: Path) -> list[YamlDocument]:
    """The packs of a folder, in the order of their names, or the one in a file.

    Raises:
        InvalidInput: There is none, or a file is no YAML.
    """
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
    if not paths:
        cause = Message.of("compliance.problem.nothing", path=str(path))
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("compliance.problem.nothing.mend")))
    return [read_yaml(found) for found in paths]
