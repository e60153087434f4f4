"""What a page of the documentation says from the code is what the code says today, wherever the page is read."""

import re

import pytest
from tests.scripts import script


@pytest.fixture(scope="module")
def hooks():
    return script("docs_hooks")


def test_the_generated_parts_of_every_page_are_of_today(hooks):
    pages = {path: path.read_text("utf-8") for path in hooks.DOCS.rglob("*.md")}
    stale = [path.name for path, text in pages.items() if hooks.filled(text) != text]
    assert not stale, f"python scripts/docs_hooks.py writes them anew: {stale}"


def test_every_generated_part_stands_on_a_page_and_none_is_left_empty(hooks):
    text = "\n".join(path.read_text("utf-8") for path in hooks.DOCS.rglob("*.md"))
    assert set(re.findall(r"^<!-- generated: ([\w-]+) -->$", text, re.MULTILINE)) == set(hooks.GENERATED)
    assert set(hooks.MARKER.findall(text)) == set(hooks.GENERATED)
    assert set(hooks.BUILT.findall(text)) == set(hooks.AT_BUILD)


def test_no_page_includes_a_file_that_only_a_site_would_show(hooks):
    """Thirty parts of results were empty to whoever read the pages as they lie in the repository."""
    for path in hooks.DOCS.rglob("*.md"):
        text = path.read_text("utf-8")
        assert "--8<--" not in text, path.name
        named = re.findall(r"^<!-- results: ([\w.:-]+) -->$", text, re.MULTILINE)
        assert named == [found[1] for found in hooks.RESULT.finditer(text)], path.name
        assert all(hooks.result(name) in text for name in named), path.name
