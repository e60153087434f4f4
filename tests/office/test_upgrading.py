"""An office that another version serves has its indexes made anew; one of this version is left as it is."""

import pytest

from guanzi.office.auditlog import log as logs
from guanzi.office.auditlog.log import VERSION, account_for_office, accounted_before, office_log
from guanzi.office.models import IndexedFact
from guanzi.office.serving.rebuilding import other_rows, remake_indexes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worded_otherwise(committee):
    """An office whose index holds a fact under another topic, as an earlier version may have made it."""
    account_for_office(remake_indexes)
    first = IndexedFact.objects.order_by("pk").first()
    IndexedFact.objects.filter(pk=first.pk).update(topic="none" if first.topic != "none" else "")
    return committee


def test_another_version_makes_the_indexes_anew_and_says_in_the_log_that_it_serves(worded_otherwise, monkeypatch):
    assert {table for table, _ in other_rows(frozenset())} == {"office.indexedfact"}
    size = office_log().size
    monkeypatch.setattr(logs, "__version__", "99.0.0")
    account_for_office(remake_indexes)
    assert not list(other_rows(frozenset()))
    assert accounted_before(office_log())[VERSION] == "99.0.0"
    assert office_log().size == size + 1


def test_the_same_version_leaves_what_was_altered_to_the_check(worded_otherwise):
    size = office_log().size
    account_for_office(remake_indexes)
    assert {table for table, _ in other_rows(frozenset())} == {"office.indexedfact"}
    assert office_log().size == size
