"""A small case whose company has an owner, a director and somebody who sits with the director on another board."""

import base64
import io
import json
import zipfile

SLUG = "tied-case"
CASE = """\
format: 1
case: tied-case
title: A small maker
company: {id: maker, name: Small Maker, name_zh: 小厂}
region: {id: city, name: Small City}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2026-06-30
question: Shall the city invest?
"""
FACTS = """\
sources:
  register: {publisher: Register, title: Extract, date: 2026-01-10, grade: A}
facts:
  - {id: sold, name: deliveries, period: 2025, value: 900, unit: vehicles, known_on: 2026-02-01, source: register}
"""
STAMP = {"known_on": "2026-01-10", "source": "register"}


def entity(id, schema, **properties):
    """A line of the file of entities."""
    held = {name: [value] if isinstance(value, str) else value for name, value in properties.items()}
    return json.dumps({"id": id, "schema": schema, "properties": held, **STAMP}, ensure_ascii=False)


TIES = (
    entity("maker", "Company", name=["Small Maker", "小厂"]),
    entity("holding", "Company", name="Holding"),
    entity("board-elsewhere", "Company", name="Another Works"),
    entity("owner", "Person", name="Oswald Ownerman"),
    entity("director", "Person", name=["Xu Dongshi", "许董实"]),
    entity("colleague", "Person", name="Cornelia Colleaguer"),
    entity("stranger", "Person", name="Stefan Strangerson"),
    entity("t1", "Ownership", owner="owner", asset="holding", percentage="60"),
    entity("t2", "Ownership", owner="holding", asset="maker", percentage="30"),
    entity("t3", "Directorship", director="director", organization="maker"),
    entity("t4", "Directorship", director="director", organization="board-elsewhere", endDate="2021"),
    entity("t5", "Directorship", director="colleague", organization="board-elsewhere", endDate="2022"),
)


def files(ties=TIES):
    """The files of the case."""
    held = {"case.yaml": CASE, "facts/facts.yaml": FACTS}
    return held | ({"entities.ftm.json": "\n".join(ties) + "\n"} if ties else {})


def archive(held=None):
    """The case as a form sends it."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as out:
        for name, text in (held or files()).items():
            out.writestr(name, text)
    return base64.b64encode(box.getvalue()).decode()
