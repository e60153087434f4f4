"""The scan of a city leads from an industry to the window of its track, its chain and whom to invite."""

import re

from guanzi.jobs.chains import chain_names
from guanzi.jobs.tracks import regionscan
from guanzi.office.pages import scanning
from guanzi.record.evidence import track_names


def settled(client, address):
    """The page once the scan is there."""
    page = client.get(address)
    if 'role="status"' in page.content.decode():
        scanning._kept["hefei"].result(300)
        page = client.get(address)
    return page


def test_the_short_list_of_a_city_is_that_of_the_command_line_and_leads_to_its_chain(office, client):
    client.force_login(office.analyst)
    page = settled(client, "/studies/scan/?city=hefei")
    assert page.status_code == 200
    words = page.content.decode()
    found = scanning._kept["hefei"].result()
    rows = re.findall(r'<tr><th[^>]*scope="row"[^>]*>(.*?)</th>', words)
    assert rows == [str(one.explanation.industry) for one in found.scan.recommendations]
    assert "/studies/tracks/ai/" in words, "software is on the list, and has a track"
    assert client.get("/studies/targets/?chain=ai&city=hefei").status_code == 200
    assert "/studies/targets/?chain=ai&amp;city=hefei" in words
    report = client.get("/studies/scan/hefei/report/")
    assert report.status_code == 200
    assert str(found.scan.recommendations[0].explanation.industry) in report.content.decode()


def test_a_track_has_at_most_one_chain_and_both_are_shipped():
    assert set(regionscan.CHAIN_OF_TRACK) <= set(track_names())
    assert set(regionscan.CHAIN_OF_TRACK.values()) <= set(chain_names())
    assert set(regionscan.TRACKS.values()) <= set(track_names())


def test_a_city_that_the_library_does_not_hold_is_not_there(office, client):
    client.force_login(office.analyst)
    for wrong in ("?city=atlantis", "?city=../x", ""):
        assert client.get(f"/studies/scan/{wrong}").status_code == 404
    assert client.get("/studies/scan/atlantis/report/").status_code == 404
