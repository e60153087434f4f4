"""Names and sentences use the terms of the field, and none of the homemade words that once stood for them."""

import ast
import re

import pytest
from babel.messages.pofile import read_po
from tests.sources import SRC, trees

TERMS = {
    "allowance": "permission policy",
    "allowances": "permission policy",
    "aim": "objective",
    "aims": "objective",
    "beforehand": "prefetch",
    "chamber": "chaos test",
    "court": "rule-pack selection",
    "courts": "rule-pack selection",
    "desk": "service",
    "doing": "action context",
    "duties": "task inbox",
    "duty": "task inbox",
    "extent": "options",
    "floor": "layer",
    "floors": "layer",
    "forget": "erasure",
    "forgetting": "erasure",
    "forgotten": "erasure",
    "fresh": "out of sample",
    "guess": "login rate limit",
    "guesses": "login rate limit",
    "guessing": "login rate limit",
    "house": "product, package",
    "keeping": "audit log",
    "leaves": "paths",
    "material": "context",
    "mend": "fix",
    "mended": "fix",
    "mends": "fix",
    "owed": "task inbox",
    "room": "data room, package",
    "rooms": "data room, package",
    "roomindexes": "data room",
    "said": "localised text",
    "secondperson": "four-eyes control",
    "silence": "severity if missing",
    "stakes": "loss given failure",
    "summons": "task inbox",
    "swing": "tornado",
    "swings": "tornado",
    "telling": "rendering, localised text",
    "told": "rendering, localised text",
    "turn": "write lock, transaction",
    "turns": "write lock, transaction",
    "workshop": "scratch directory",
    "workshops": "scratch directory",
}
"""Homemade word -> the term of the field."""

SPACE = "the space that is left, on a page or under a limit"
GIVEN = "a first value from which a solver or a reader starts"
MONEY = "what a debtor owes"
STORED = "files, entries of the log or the database hold the name"
LEAST = "the least value of a figure or a price"
TREE = "the ends of a tree, as a hash tree or a nested value has them"
SHARES = "shares of a company that somebody holds"
MATTERS = "large enough to turn the advice"
ORDINARY = {
    "FLOORS": LEAST,
    "_floors": LEAST,
    "class_of_floor": LEAST,
    "floor": LEAST,
    "floor_parameters": LEAST,
    "floors": LEAST,
    "MOST_LEAVES": TREE,
    "_leaves": TREE,
    "leaves": TREE,
    "leaves_of": TREE,
    "merge_leaves": TREE,
    "_OF_STAKES": SHARES,
    "public_stakes": SHARES,
    "stakes": SHARES,
    "MATERIAL_GAIN": MATTERS,
    "material": MATTERS,
    "_check_room": SPACE,
    "_room": SPACE,
    "_ROOM": SPACE,
    "debt_room": SPACE,
    "over_debt_room": SPACE,
    "room": SPACE,
    "share_of_room": SPACE,
    "_guesses": GIVEN,
    "guess": GIVEN,
    "guesses": GIVEN,
    "_owed": MONEY,
    "owed": MONEY,
    "owed_by": MONEY,
    "FigureOwed": STORED,
    "GuessCount": STORED,
    "forgotten": STORED,
    "mend": STORED,
    "said": STORED,
    "swings": STORED,
    "_court_records": "courts of law",
    "FRESH": "how long ago somebody entered",
    "is_fresh": "how long ago somebody entered",
    "fresh": "a sign that was not there at signing",
    "silence": "an output that nobody takes",
    "turns": "how likely an answer turns the choice",
    "turns_alone": "whether a change alone turns the advice",
}
"""Name -> why it stays: the word has its ordinary sense there, or files and databases hold the name."""

SENTENCES = {
    "en": r"\b(evidence room|use cases?|mend(s|ed|ing)?|fresh (draws|paths)|with the house|workshop|chamber|summons"
    r"|forgetting|desk|turn to write)\b(?![^{]*})",
    "zh": "证据室|证据库",
}
"""Language -> homemade words of its sentences."""
ROOT = SRC.parents[1]
READ = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
"""Pages that people read; what they say in code is held by the names."""
CODE = r"(?ms)^[ ]*```.*?^[ ]*```|`[^`\n]*`|\]\([^)\n]*\)"
"""Blocks and spans of code, and the addresses of links."""


def words(name):
    """The words of which a name is made, in small letters."""
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def names_of(tree):
    """Classes, functions, their parameters, fields, and what a module holds: all that others may call by name."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, body=body):
                yield name
                yield from (
                    n.target.id for n in body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
                )
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.arg(arg=name):
                yield name
            case ast.TypeAlias(name=ast.Name(id=name)):
                yield name
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from (one.id for one in targets if isinstance(one, ast.Name))


def homemade(names):
    """Those of the names that hold a homemade word; "data room" is none."""
    return {name for name in names if words(re.sub("(?i)data_?room", "", name)) & TERMS.keys()}


def test_no_name_holds_a_homemade_word():
    found = {name: path for path, tree in trees().items() for name in homemade([*names_of(tree), path.stem])}
    assert {name: str(path.relative_to(SRC)) for name, path in found.items() if name not in ORDINARY} == {}
    assert ORDINARY.keys() - found.keys() == set(), "what is gone needs no reason"


def test_no_package_holds_a_homemade_word():
    assert homemade({part for path in trees() for part in path.relative_to(SRC).parts[:-1]}) == set()


@pytest.mark.parametrize("name", ["ToldCell", "room_of", "_mend", "keeping", "Doing", "TURN"])
def test_a_homemade_word_is_found_in_any_kind_of_name(name):
    assert homemade([name]) == {name}


@pytest.mark.parametrize("lang", SENTENCES)
def test_no_sentence_holds_a_homemade_word(lang):
    found = {}
    for path in sorted((SRC / "library" / "locale" / lang).glob("*.po")):
        with path.open("rb") as file:
            found |= {
                str(one.id): str(one.string) for one in read_po(file) if re.search(SENTENCES[lang], str(one.string))
            }
    assert found == {}


def homemade_on(text):
    """Homemade words in the English prose of a page."""
    return [found[0] for found in re.finditer(SENTENCES["en"], re.sub(CODE, "", text), re.IGNORECASE)]


def test_no_page_holds_a_homemade_word():
    found = {str(path.relative_to(ROOT)): homemade_on(path.read_text("utf-8")) for path in READ}
    assert {path: words for path, words in found.items() if words} == {}


def test_a_homemade_word_of_a_page_is_found_in_its_prose_and_not_in_its_code():
    assert homemade_on("Mend: see `mend` at [it](desk.md).\n\n```text\nchamber\n```\n\nA workshop.") == [
        "Mend",
        "workshop",
    ]
