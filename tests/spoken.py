"""Which ids of messages the code can say: what it puts together, with what the callers of a function give it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from math import prod
from pathlib import Path

from tests.sources import SRC, called, nodes, trees

ANY = ".+"
_MANY = 2_000
"""Ways to put a string together above which the part that can be most things can be anything."""
_OF_FILE = "\0"
_PART = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")
_ID = re.compile(r"[a-z]+(\.[A-Za-z0-9_-]+)+")
_QUOTED = re.compile(r"'([A-Za-z0-9_.-]+)'(\s*[~+])?")

_KNOWN: dict[tuple[ast.AST, str], frozenset[str]] = {}
"""Function and parameter -> what its callers give."""

type Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def forget() -> None:
    """Let go of all that was found."""
    _KNOWN.clear()
    for found in (_calls, _imports, _functions, _words):
        found.cache_clear()


def mentions() -> tuple[set[str], list[re.Pattern[str]]]:
    """Ids that code, templates and data spell out, and patterns of those of which a part is known only at work."""
    texts = {re.escape(node.value) for _, node in nodes(ast.Constant) if isinstance(node.value, str)}
    for module, node in nodes(ast.JoinedStr):
        begun = node.values[0]
        if isinstance(begun, ast.Constant) and re.match(r"[a-z]+\.", str(begun.value)):
            texts |= set(_texts(node, module))
    for path in SRC.rglob("*"):
        if path.suffix in {".html", ".j2", ".yaml", ".svg"}:
            text = path.read_text("utf-8")
            texts |= {re.escape(match.group()) for match in _ID.finditer(text)}
            if path.suffix == ".j2":  # what a page says is said by the catalogue of the reports or of the office
                said = {re.escape(quoted) + (ANY if joined else "") for quoted, joined in _QUOTED.findall(text)}
                texts |= {rf"{domain}\.{part}" for domain in ("reports", "office") for part in said}
    patterns = [re.compile(text) for text in texts if ANY in text and re.match(r"[a-z]+\\\.", text)]
    return {text.replace("\\", "") for text in texts if ANY not in text}, patterns


def _texts(node: ast.expr, module: Path) -> Iterator[str]:
    """What an expression can be, as patterns; nothing where it is not spelt out."""
    match node:
        case ast.Constant(value=str(value)):
            yield re.escape(value)
        case ast.JoinedStr(values=values):
            parts = [{*_part(part, node, module)} for part in values]
            while prod(map(len, parts)) > _MANY:
                parts[max(range(len(parts)), key=lambda n: len(parts[n]))] = {ANY}
            yield from map("".join, product(*parts))
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body, module), *_texts(orelse, module))


def _part(part: ast.expr, within: ast.JoinedStr, module: Path) -> Iterator[str]:
    """A part of a string: its words, what callers give for a parameter, or anything."""
    if not isinstance(part, ast.FormattedValue):
        yield from _texts(part, module)
        return
    name = part.value.id if isinstance(part.value, ast.Name) else ""
    function = next((f for f in _functions().get(within, ()) if name in _parameters(f)), None)
    given = {ANY} if function is None else _given(function, name, module)
    begun = within.values[0]
    told = part is within.values[1] and isinstance(begun, ast.Constant) and str(begun.value).count(".") == 1
    for text in given:  # an id without its catalogue is spelt out in the file that asks for it; its end need not be
        yield from (_words(Path(text[1:])) if told else (ANY,)) if text.startswith(_OF_FILE) else (text,)


def _given(function: Function, name: str, module: Path) -> frozenset[str]:
    """What the callers of a function give for a parameter; where that is not spelt out, the file that gives it."""
    if isinstance(function, ast.Lambda):
        return frozenset()  # a word of the templates, which are read by themselves
    if (function, name) in _KNOWN:
        return _KNOWN[function, name]
    _KNOWN[function, name], found = frozenset(), set[str]()  # a function that calls itself gives nothing new
    place = _parameters(function).index(name)
    bound = _parameters(function)[0] in ("self", "cls")
    for where, call in _calls().get(function.name, ()):
        if not bound and where != module and _imports().get((where, function.name)) not in _names(module):
            continue
        given = [k.value for k in call.keywords if k.arg == name] or call.args[place - bound : place - bound + 1]
        for value in given:
            found |= set(_texts(value, where)) or {ANY if bound else f"{_OF_FILE}{where}"}
    _KNOWN[function, name] = frozenset(found) or frozenset({ANY})  # it is called by another name
    return _KNOWN[function, name]


def _names(module: Path) -> list[str]:
    """By which a file can be imported from: itself, and the packages above it."""
    parts = ("guanzi", *module.relative_to(SRC).with_suffix("").parts)
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def _parameters(function: Function) -> list[str]:
    return [arg.arg for arg in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]


@cache
def _functions() -> dict[ast.AST, list[Function]]:
    """A string that is put together -> the functions around it, the nearest first."""
    found: dict[ast.AST, list[Function]] = {}
    every: list[tuple[Path, Function]] = [*nodes(ast.FunctionDef), *nodes(ast.AsyncFunctionDef), *nodes(ast.Lambda)]
    for _, function in every:
        for node in ast.walk(function):
            if isinstance(node, ast.JoinedStr):
                found.setdefault(node, []).insert(0, function)
    return found


@cache
def _calls() -> dict[str, list[tuple[Path, ast.Call]]]:
    found: dict[str, list[tuple[Path, ast.Call]]] = {}
    for module, call in nodes(ast.Call):
        found.setdefault(called(call).rpartition(".")[2], []).append((module, call))
    return found


@cache
def _imports() -> dict[tuple[Path, str], str]:
    """File and name -> from where the name is imported."""
    return {(path, alias.asname or alias.name): node.module or ""
            for path, node in nodes(ast.ImportFrom) for alias in node.names}  # fmt: skip


@cache
def _words(module: Path) -> frozenset[str]:
    """All words of a file that may be a part of an id."""
    found: set[str] = set()
    for node in ast.walk(trees()[module]):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _PART.fullmatch(node.value):
            found.add(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            found.add("".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ANY for v in node.values))
    return frozenset(found)
