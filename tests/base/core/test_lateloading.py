"""A name that loads late is told once, where types are."""

import sys
from types import ModuleType

import pytest

from guanzi.base.core import late_names

FACE = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email import header
    from fractions import Fraction
else:
    __all__, __getattr__ = late_names(__name__)
"""


@pytest.fixture
def getter(tmp_path, monkeypatch):
    (tmp_path / "face.py").write_text(FACE)
    face = ModuleType("email")
    face.__file__ = str(tmp_path / "face.py")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "email", face)
        names, get = late_names("email")
    assert names == ["Fraction", "header"]
    return get


def test_a_name_of_another_module_and_a_module_of_its_own_are_loaded_when_asked_for(getter):
    assert getter("Fraction").__module__ == "fractions"
    assert getter("header").__name__ == "email.header"


def test_what_is_not_imported_there_is_not_there(getter):
    with pytest.raises(AttributeError, match="no attribute 'Decimal'"):
        getter("Decimal")
