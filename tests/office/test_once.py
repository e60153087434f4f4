"""A test of the office begins with a copy of what was played once, whatever another test did with its own."""

from pathlib import Path

import pytest
from django.conf import settings
from tests.office.once import played_once

from guanzi.office.models import Organisation

TIMES = []


@played_once
def town(office):
    TIMES.append(len(TIMES))
    (settings.DATA / "note.txt").write_text("of the town", "utf-8")
    office.town = Organisation.objects.create(slug="town", name="Town")
    return office.town


@played_once
def village(town):
    return Organisation.objects.create(slug="village", name=f"Near {town.name}")


def slugs():
    return sorted(Organisation.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("turn", range(3))
def test_each_has_rows_file_and_value_of_its_own_though_it_is_played_once(office, town, turn):
    assert (len(TIMES), town.name, slugs()) == (1, "Town", ["city", "town"])
    assert office.town is town
    assert Organisation.objects.get(slug="town") == town
    note = Path(settings.DATA / "note.txt")
    assert note.read_text("utf-8") == "of the town"
    note.write_text("of another", "utf-8")
    town.name = "Another"
    Organisation.objects.filter(slug="town").delete()


@pytest.mark.parametrize("turn", range(2))
def test_what_is_played_upon_another_is_a_copy_of_both(village, turn):
    assert (village.name, slugs()) == ("Near Town", ["city", "town", "village"])
    assert len(TIMES) == 1


@pytest.fixture
def unplayed(office):
    return Organisation.objects.create(slug="hamlet", name="Hamlet")


@played_once
def port(office):
    return Organisation.objects.create(slug="port", name="Port")


def test_upon_what_another_fixture_wrote_it_is_played_anew(unplayed, port):
    assert slugs() == ["city", "hamlet", "port"]


def test_what_another_fixture_wrote_is_kept_for_nobody(port):
    assert slugs() == ["city", "port"]


def test_the_rest_begins_with_nothing(db):
    assert slugs() == []
