"""Every page of the documentation begins with what its reader can do after it."""

from tests.sources import SRC

DOCS = SRC.parents[1] / "docs"
OTHERS = {"changes.md": "the list of changes, which the site takes from CHANGELOG.md"}
"""Page -> why it begins otherwise."""


def begins_well(text):
    """Whether the first paragraph after the heading says what the reader can do."""
    heading, *paragraphs = text.split("\n\n")
    return heading.startswith("# ") and paragraphs[0].startswith("*After this page you ")


def test_every_page_begins_with_what_its_reader_can_do():
    pages = {str(path.relative_to(DOCS)): path.read_text("utf-8") for path in DOCS.rglob("*.md")}
    assert {name for name, text in pages.items() if not begins_well(text)} == OTHERS.keys()


def test_a_page_that_begins_with_its_package_is_found():
    assert not begins_well("# A study\n\n*Package: `guanzi.study`*\n\n*After this page you can use it.*\n")


def test_the_changes_of_a_version_fit_on_two_pages():
    for version in (DOCS.parent / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1:]:
        assert len(version.split()) <= 1_000, version.splitlines()[0]
