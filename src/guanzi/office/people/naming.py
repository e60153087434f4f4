"""Names that are given so that a refusal tells nobody what is not his: of people, and of cases.

Two people of an office never bear the same user name, and two cases of an organisation never the same id. So whoever
may choose freely could ask whether a name is taken, where he is told nothing. The names that somebody may choose
therefore lie apart from all that he cannot see: people of every organisation but the first bear its id after an ``@``,
and whoever does not see every case names one ``<user name>_…``, which nobody else does.
"""

from __future__ import annotations

from guanzi.office.models import Organisation, Person

USERNAME = r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$"
"""User names within an organisation: no ``_``, which ends one in the id of a case, and no ``@``."""
SHORTEST, LONGEST = 2, 50
"""Characters of such a name."""


def full_username(organisation: Organisation, name: str) -> str:
    """The user name of somebody of an organisation; those of the first organisation of an office stand alone."""
    first = Organisation.objects.order_by("pk").values_list("pk", flat=True).first()
    return name if organisation.pk == first else f"{name}@{organisation.slug}"


def own_prefix(person: Person) -> str:
    """With what the ids of the cases begin that only this person of the organisation opens."""
    return f"{person.username.partition('@')[0]}_"
