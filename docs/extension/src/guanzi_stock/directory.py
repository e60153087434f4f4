"""A log-in back-end: passwords of the people of the office as another bureau keeps them, in a file of its hashes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from guanzi.office.models import Person

FILE = "GUANZI_DIRECTORY"
"""Names a file with a line ``username:hash`` for each person."""


class DirectoryLogin(ModelBackend):
    """Who stands in the file enters by the password that it has the hash of; nobody is made whom the office lacks."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **given: Any
    ) -> Person | None:
        """The person of the name whose password it is."""
        if password is None:
            return None
        lines = Path(os.environ[FILE]).read_text("utf-8").splitlines()
        held = dict(line.split(":", 1) for line in lines if ":" in line)
        right = check_password(password, held.get(username or "", ""))
        return Person.objects.filter(username=username).first() if right else None
