"""Where packs lie: those that are shipped, and a folder of your own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml, read_yaml
from guanzi.deal.compliance.reading import Packs, read_packs

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
    """The shipped packs, and those of a folder (or one file) of your own; of two with one id, your own.

    Raises:
        InvalidInput: There is nothing to read, or something is wrong with it.
    """
    if folder is None:
        return shipped_packs()
    documents = pack_documents(folder)
    others = beside(documents)
    own = read_packs(documents, others)
    return Packs((*others.packs, *own.packs), own.questions)


def beside(documents: Sequence[YamlDocument]) -> Packs:
    """The shipped packs, but for those that some documents replace by a pack of the same id."""
    taken = {document.data.get("pack") for document in documents if isinstance(document.data, dict)}
    kept = tuple(pack for pack in shipped_packs().packs if pack.id not in taken)
    return Packs(kept, {name: question for pack in kept for name, question in pack.form.questions.items()})


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
