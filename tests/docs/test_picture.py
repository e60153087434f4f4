"""The picture in the README is of the dossier as it looks today."""

import json

import pytest
from tests.jobs.nio import nio
from tests.scripts import script


@pytest.fixture(scope="module")
def picture():
    return script("picture")


def test_the_picture_was_taken_of_a_dossier_of_today(picture):
    held = json.loads((picture.IMAGES / "dossier.json").read_text("utf-8"))
    assert held == picture.shown(nio()), "python scripts/picture.py takes it anew"
    assert held["first"]
    assert (picture.IMAGES / "dossier.png").stat().st_size > 20_000
