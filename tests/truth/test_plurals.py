"""One thing is told in the singular: a count before a noun of many has a form for one."""

import re
from fnmatch import fnmatchcase

from babel.messages.pofile import read_po
from tests.sources import SRC

from guanzi.base.core import catalogue

DOMAINS = sorted(path.stem for path in (SRC / "library" / "locale" / "zh").glob("*.po"))

COUNTED = re.compile(
    r"\{(\w+):(?:count|n)\} "
    r"(?:(?:more|other|further|planned|public|published|yearly|percentage|equal|simulated|training|seed|independent|"
    r"fresh|late|large) )*"
    r"([a-z]{2,}[^su\W]s|people|are|were|have)\b"
)
"""A number, and what is counted in the plural after it."""
NO_NOUNS = {"times", "its", "has", "does", "was", "makes", "lies"}
"""Words that end like nouns of many and are none; a factor is said as “1 times”."""
NEVER_ONE = {"paths", "steps", "fresh", "race", "most", "most_cases", "most_versions"}
"""Parameters that are never one: a simulation has many paths, and what is refused has passed a ceiling."""
ALWAYS_MANY = {
    "appraisal.failure.structural": "simulated futures",
    "appraisal.implausible.unit_revenue.*": "the upper end of a range in dollars",
    "appraisal.note.failure_tested": "counts of a table of the library",
    "appraisal.table.value.wages": "a share of yearly wages or several, a median",
    "cli.distress.by_folds": "five folds",
    "cli.distress.score": "columns of the model of distress",
    "cli.replicate.counts": "requirements of a playbook",
    "cli.routes.market*": "sales of a whole market",
    "cli.workbook.entities": "companies, people and ties together",
    "desk.earlier.paths": "simulated paths",
    "diligence.trend.deliveries.flat": "a trend takes three quarters at least",
    "diligence.trend.deliveries.unsure": "a trend takes three quarters at least",
    "forecasting.*": "simulated paths",
    "lint.GZ705": "the upper end of a range",
    "office.refused.quota_*": "a quota that is used up",
    "office.refused.documents_*": "ceilings that are set",
    "office.run.done": "simulated paths",
    "panels.official.several": "told of two codes and more",
    "playbooks.require.*": "cities of a table of the library",
    "reading.csv.too_many": "ceilings that are set",
    "reading.workbook.*": "a file that is too large",
    "reports.townships.*": "towns, stations and units of a city",
    "reports.figure.sample_paths": "simulated paths",
    "reports.intro.fans": "simulated paths",
    "reports.intro.sensitivity": "simulated paths",
    "reports.proposal.paths": "simulated paths",
    "reports.row.unclear": "simulated paths",
    "reports.simulation.text": "two worlds, with and without the deal",
    "room.refused.*": "a file that is too large",
}
"""Messages whose count is never one, each with the reason; a star stands for any end."""


def sentences():
    """Id to English text, over all catalogues."""
    for path in sorted((SRC / "library" / "locale" / "en").glob("*.po")):
        with path.open("rb") as file:
            yield from ((str(m.id), str(m.string)) for m in read_po(file) if m.id)


def without_one(texts):
    """Sentences that would tell one thing in the plural."""
    for id, text in texts:
        if id.endswith(".many") or any(fnmatchcase(id, pattern) for pattern in ALWAYS_MANY):
            continue
        for found in COUNTED.finditer(text):
            if found[1] not in NEVER_ONE and found[2] not in NO_NOUNS:
                yield f"{id}: …{found[0]}"


def test_a_count_has_a_form_for_one():
    assert sorted(without_one(sentences())) == []


def test_a_plural_without_a_form_for_one_is_found():
    assert list(without_one([("x.y", "{n:count} more questions are left")])) == ["x.y: …{n:count} more questions"]
    assert not list(without_one([("x.y", "{n:count} {n:one question is|questions are} left")]))


ONE_OF_ONE = re.compile(r"\{\w+:count\}笔[^，。；：]*中[^，。；：]*有\{\w+:count\}笔")


def test_no_chinese_sentence_counts_deals_or_payments_out_of_one():
    said = {id: text for domain in DOMAINS for id, text in catalogue(domain, "zh").items()}
    assert len(said) > 4000
    assert not [id for id, text in said.items() if ONE_OF_ONE.search(text)]


def test_the_public_side_has_one_name_in_chinese():
    assert not [text for domain in DOMAINS for text in catalogue(domain, "zh").values() if "公共方" in text]
