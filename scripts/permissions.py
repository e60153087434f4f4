"""Writes `docs/reference/permissions.md`: who may do what in the office, from the actions themselves.

Usage: python scripts/permissions.py
"""

import os
from pathlib import Path

HEAD = """# Who may do what

*After this page you can say who may take which action in the office, at which cases, and until when.*

*Every action of the office, from the code itself. `tests/office/test_permissions.py` tries each of them with every
role in every relation to a case; `scripts/permissions.py` writes this page.*

A **role** is what somebody is in the organisation; a **part** is what he is at one case. Chair, finance bureau, auditor
and leads of cases see every case of their organisation, others those at which they have a seat. Whoever has an interest
in a case sees nothing of it, whatever his role; nobody sees anything of another organisation, not even counts. What
somebody does not see is told of at no address (`tests/office/test_every_seat.py`).

Who sits for the company of a signed case hands in there and may nothing else; at another case, or once the seat has
ended, it may nothing at all. Whoever sees a case discusses it, but for an expert who has still to answer a panel blind:
he neither reads nor writes a remark, and on a question whose round is blind nobody does
(`tests/office/test_discussions.py`).

"""
PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "permissions.md"

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanzi.office.settings")
    import django

    django.setup()
    from guanzi.office.actions.matrix import as_markdown

    PAGE.write_text(HEAD + as_markdown(), "utf-8")
