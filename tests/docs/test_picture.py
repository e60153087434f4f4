"""The picture in the README is of the dossier as it looks today."""

import importlib.util
import json

import pytest
from tests.reports.nio import nio


@pytest.fixture(scope="module")
def picture(repository):
    spec = importlib.util.spec_from_file_location("picture", repository / "scripts" / "picture.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_was_taken_of_a_dossier_of_today(picture):
    held = json.loads((picture.IMAGES / "dossier.json").read_text("utf-8"))
    assert held == picture.shown(nio()), "python scripts/picture.py takes it anew"
    assert held["first"]
    assert (picture.IMAGES / "dossier.png").stat().st_size > 20_000
