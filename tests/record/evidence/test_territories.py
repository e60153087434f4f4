"""A shipped territory adds up: units within districts, districts within the city, and a source for every seat."""

import pytest

from guanzi.record.evidence import find_territory


@pytest.fixture(scope="module")
def hefei():
    return find_territory("合肥市")


def test_residents_of_districts_are_those_of_the_city(hefei):
    told = [hefei.newest("resident_population", part.id).number for part in hefei.districts()]
    assert sum(told) == 9_369_881  # the bulletin's own total


def test_units_that_are_told_leave_room_for_the_residents_of_their_district(hefei):
    told = [district for district in hefei.districts() if hefei.units_of(district.id)]
    assert told
    for district in told:
        units = hefei.units_of(district.id)
        counted = [hefei.newest(name, district.id).number for name in ("towns", "subdistricts", "other_units")]
        assert len(units) == sum(counted)
        ends = [hefei.newest("resident_population", unit.id).interval for unit in units]
        whole = hefei.newest("resident_population", district.id).number
        assert sum(low for low, _ in ends) <= whole <= sum(high for _, high in ends)


def test_every_seat_names_a_source_and_lies_near_the_city(hefei):
    seats = [part.seat for part in hefei.parts if part.seat] + [hefei.seat]
    assert {seat.source for seat in seats} <= {source.id for source in hefei.sources}
    for seat in seats:
        assert abs(seat.lon - hefei.seat.lon) < 1.0
        assert abs(seat.lat - hefei.seat.lat) < 1.0


def test_a_name_that_is_no_territory_is_none():
    assert find_territory("nowhere") is None
