"""Cases that carry what became known after signing: each fact from its day, and trouble is seen."""

from datetime import date

import pytest

from guanzi.record.evidence import WATCHED, builtin_cases, find_case, load_case, watched_case
from guanzi.study.monitoring import signs, warning_rules

WATCHED_CASES = [id for id in builtin_cases() if (find_case(id) / WATCHED).is_dir()]


@pytest.mark.parametrize("id", WATCHED_CASES)
def test_what_came_after_signing_is_known_from_the_day_of_its_source_on(id):
    case = load_case(find_case(id))
    watched = watched_case(case)
    sources = {source.id: source for source in watched.sources}
    added = [fact for fact in watched.facts if fact.place.file.startswith(f"{WATCHED}/")]
    assert added
    for fact in added:
        published = sources[fact.source].date
        assert published is None or fact.known_on >= published, fact.id
        assert fact.name == "milestone_promised" or fact.period.start <= fact.known_on, fact.id


@pytest.mark.parametrize(
    ("id", "day", "expected"),
    [
        ("byton-nanjing-2018", date(2020, 6, 30), {"executives", "supplier-arrears"}),
        ("byton-nanjing-2018", date(2019, 4, 15), set()),
        ("evergrande-guangzhou-2019", date(2021, 12, 31), {"cash-months", "executives", "supplier-arrears"}),
        ("evergrande-guangzhou-2019", date(2021, 8, 31), {"executives"}),
    ],
)
def test_a_company_in_crisis_is_warned_of_by_what_was_published(id, day, expected):
    """The day before Byton stopped and the crisis of Evergrande once left all eight rules without a fact."""
    found = signs(watched_case(load_case(find_case(id))).view(day), warning_rules())
    assert {sign.rule.id for sign in found.found} == expected
