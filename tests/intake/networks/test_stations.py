"""Sites and demand that cannot be are refused in their row, and so are aims and means."""

import numpy as np
import pytest

from guanzi.base.core import InvalidInput, render
from guanzi.intake.networks import find_stations, read_stations
from guanzi.record.evidence.headed import shipped_names
from guanzi.study.chains.coverage import Asked, place_stations

SITES = "site,lon,lat,cost,capacity,existing\nA,117.20,31.80,3,,yes\nB,117.24,31.82,2,5,\n"
DEMAND = "point,lon,lat,weight\np,117.21,31.80,4\nq,117.24,31.83,6\n"


def folder(tmp_path, sites=SITES, demand=DEMAND):
    (tmp_path / "sites.csv").write_text(sites, encoding="utf-8")
    (tmp_path / "demand.csv").write_text(demand, encoding="utf-8")
    return tmp_path


def test_a_field_is_read(tmp_path):
    found = read_stations(folder(tmp_path))
    assert (found.space, found.sites, found.points) == ("globe", ("A", "B"), ("p", "q"))
    assert found.existing.tolist() == [True, False]
    assert found.capacity.tolist() == [np.inf, 5.0]
    placed = place_stations(found, Asked("most", 2.0, 1, None))
    assert placed.standing == pytest.approx(0.4)
    assert placed.plans[0].value == pytest.approx(9.0)  # all of p, and what B can serve of q


@pytest.mark.parametrize(
    ("sites", "demand", "cause", "line"),
    [
        (SITES.replace("2,5,", "2,-5,"), DEMAND, "no_amount", 3),
        (SITES.replace(",2,5,", ",-2,5,"), DEMAND, "no_amount", 3),
        (SITES.replace(",2,5,", ",0,5,"), DEMAND, "no_cost", 3),
        (SITES.replace("117.24,31.82", "31.82,117.24"), DEMAND, "no_place", 3),
        (SITES.replace("yes", "soon"), DEMAND, "existing", 2),
        (SITES.replace("B,", "A,"), DEMAND, "twice", 3),
        (SITES, DEMAND.replace(",6", ",-6"), "no_amount", 3),
        (SITES, DEMAND.replace("lat", "north"), "no_column", 1),
        (SITES, "point,lon,lat\n", "empty", 0),
    ],
)
def test_what_cannot_be_is_refused_in_its_row(sites, demand, cause, line, tmp_path):
    with pytest.raises(InvalidInput) as error:
        read_stations(folder(tmp_path, sites, demand))
    problem = error.value.problems[0]
    assert (problem.cause.id, problem.place.line) == (f"chaintables.firms.{cause}", line)


@pytest.mark.parametrize(
    ("asked", "cause"),
    [
        (Asked("best", 2.0, 3, None), "objective"),
        (Asked("most", -1.0, 3, None), "radius"),
        (Asked("most", 2.0, 99, None), "many"),
        (Asked("most", 2.0, None, -5.0), "budget"),
        (Asked("most", 2.0, None, None), "no_means"),
        (Asked("most", 2.0, None, None, (30, 30)), "phases"),
        (Asked("most", 0.0001, 3, None), "nobody"),
    ],
)
def test_objectives_and_means_that_cannot_be_are_refused_with_the_mend(asked, cause):
    with pytest.raises(InvalidInput) as error:
        place_stations(find_stations("invented-stations"), asked)
    assert error.value.problems[0].cause.id == f"coverage.{cause}"
    assert error.value.problems[0].fix is not None


def test_capacities_are_not_passed_over_in_silence(tmp_path):
    with pytest.raises(InvalidInput) as error:
        place_stations(read_stations(folder(tmp_path)), Asked("all", 2.0, None, None))
    assert [p.cause.id for p in error.value.problems] == ["coverage.capacity"]


def test_the_map_holds_every_site_and_point_with_its_part_in_the_plan():
    placed = place_stations(find_stations("invented-stations"), Asked("most", 2.0, None, None, (2, 3)))
    features = placed.as_geojson()["features"]
    roles = [f["properties"]["role"] for f in features if f["properties"]["kind"] == "site"]
    assert (roles.count("new"), roles.count("existing"), len(roles)) == (5, 2, 40)
    weights = [f["properties"]["weight"] for f in features if f["properties"].get("covered")]
    assert sum(weights) == pytest.approx(placed.plans[-1].value)


def test_a_city_without_stations_is_refused_with_the_tables_and_cities_that_there_are():
    with pytest.raises(InvalidInput) as error:
        find_stations("atlantis")
    (problem,) = error.value.problems
    assert problem.fix is not None
    for lang in ("en", "zh"):
        told = render(problem.fix, lang)
        assert all(word in told for word in ("sites", "demand", *shipped_names("territories")))
