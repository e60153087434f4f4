"""A demonstration: one organisation, people of all roles with passwords for one time, cases, and a vote on one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from guanzi.office.actions import load_actions, perform
from guanzi.office.auditlog.log import MACHINE, LogRecord, Subject, enter_action, write_transaction
from guanzi.office.faults import faults_as_refusals
from guanzi.office.models import Organisation, Person, RoleHeld
from guanzi.office.people.credentials import hash_password
from guanzi.office.roles import Role
from guanzi.office.serving.abandoned import end_abandoned
from guanzi.office.serving.logging import errors_alone
from guanzi.office.serving.sample import play

PEOPLE: Mapping[str, tuple[str, str, tuple[Role, ...]]] = {
    "lin": ("Lin Yue", "林悦", (Role.LEAD, Role.ANALYST)),
    "zhao": ("Zhao Ming", "赵明", (Role.ANALYST,)),
    "sun": ("Sun Rui", "孙睿", (Role.ANALYST,)),
    "qian": ("Qian Wei", "钱伟", (Role.EXPERT,)),
    "he": ("He Fang", "何芳", (Role.EXPERT,)),
    "wu": ("Wu Jian", "吴建", (Role.MEMBER,)),
    "zheng": ("Zheng Hua", "郑华", (Role.MEMBER,)),
    "wang": ("Wang Lei", "王磊", (Role.MEMBER,)),
    "feng": ("Feng Jie", "冯洁", (Role.MEMBER,)),
    "chen": ("Chen Bo", "陈波", (Role.MEMBER,)),
    "zhou": ("Zhou Min", "周敏", (Role.CHAIR, Role.MEMBER)),
    "xu": ("Xu Tao", "徐涛", (Role.FINANCE,)),
    "yang": ("Yang Jing", "杨静", (Role.MANAGER,)),
    "gao": ("Gao Yuan", "高远", (Role.AUDITOR,)),
    "admin": ("Ma Li", "马丽", (Role.ADMINISTRATOR,)),
}
"""Invented people: username -> name, name in Chinese, roles."""
ORGANISATION = "demo-city"
CASES = ("nio-hefei-2020", "boe-hefei-2008", "borgward-beijing-2019")


@faults_as_refusals()
@errors_alone()
def demonstrate() -> Mapping[str, str]:
    """Fill an empty office; go on where an earlier process was killed before it had told the passwords.

    Returns:
        Username -> password for one time; empty where the office has people already.
    """
    if Person.objects.exists() and not _unfinished():
        return {}
    load_actions()
    end_abandoned()
    told = invent_people(must_change=False)
    lead = Person.objects.get(username="lin")
    for slug in CASES:
        perform(lead, "case.open", {"builtin": slug}, f"demonstration-{slug}")
    play()
    with write_transaction() as log:
        Person.objects.update(must_change=True)
        enter_action(log, "demonstration.end", MACHINE, Subject(ORGANISATION), LogRecord())
    return told


def invent_people(*, must_change: bool) -> Mapping[str, str]:
    """Make the demonstration's organisation and its people, or give those that are there passwords for one time.

    Args:
        must_change: Whether each has to choose a password before anything else.

    Returns:
        Username -> password for one time.
    """
    told = {username: secrets.token_urlsafe(9) for username in PEOPLE}
    hashes = {username: hash_password(password) for username, password in told.items()}
    with write_transaction() as log:
        city, _ = Organisation.objects.get_or_create(
            slug=ORGANISATION, defaults={"name": "Demonstration city", "name_zh": "示范市"}
        )
        for username, (name, name_zh, roles) in PEOPLE.items():
            person, new = Person.objects.get_or_create(
                username=username, defaults={"name": name, "name_zh": name_zh, "organisation": city}
            )
            person.password, person.must_change = hashes[username], must_change
            person.save()
            if new:
                RoleHeld.objects.bulk_create(RoleHeld(person=person, role=role) for role in roles)
        enter_action(log, "demonstration.begin", MACHINE, Subject(city.slug), LogRecord())
    return told


def _unfinished() -> bool:
    """Whether there is a demonstration whose passwords nobody was told: nobody entered, or has to choose another."""
    people = Person.objects.filter(must_change=True) | Person.objects.filter(last_login__isnull=False)
    return Organisation.objects.filter(slug=ORGANISATION).exists() and not people.exists()
