"""A client that is made of the description alone reads and acts: what is sent and what is answered is as it says."""

import re
from datetime import date, datetime
from functools import reduce
from types import GenericAlias
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

import pytest
from pydantic import ConfigDict, Field, TypeAdapter, create_model
from tests.office.asking import ASKED

from guanzi.office.actions import perform

SLUG = "nio-hefei-2020"


PLAIN = {"string": str, "integer": int, "number": float, "boolean": bool, "null": None}
FORMATS = {"date": date, "date-time": datetime}
BOUNDS = {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern", "minimum": "ge",
          "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt", "minItems": "min_length",
          "maxItems": "max_length"}  # fmt: skip


class ClientMade:
    """Types of the schemas of a description, and a call for each of its operations."""

    def __init__(self, described, send):
        self.schemas, self.send = described["components"]["schemas"], send
        self.made: dict[str, Any] = {}
        self.calls = {
            operation["operationId"]: (method, path, operation)
            for path, methods in described["paths"].items()
            for method, operation in methods.items()
        }

    def type_of(self, schema) -> Any:
        """The type that a client writes for a schema."""
        if "$ref" in schema:
            return self.model(schema["$ref"].rpartition("/")[2])
        if "const" in schema or "enum" in schema:
            return Literal.__getitem__(tuple(schema.get("enum", [schema.get("const")])))
        if options := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
            return reduce(lambda one, other: one | other, map(self.type_of, options))
        of: Any
        match schema.get("type"):
            case None:
                return Any
            case "array":
                of = GenericAlias(list, self.type_of(schema.get("items", {})))
            case "object" if "properties" in schema:
                of = self.object(schema.get("title", "Object"), schema)
            case "object":
                further = schema.get("additionalProperties", True)
                of = GenericAlias(dict, (str, Any if further is True else self.type_of(further)))
            case kind:
                of = FORMATS.get(schema.get("format", "")) or PLAIN[kind]
        bounds = {name: schema[said] for said, name in BOUNDS.items() if said in schema}
        return Annotated[of, Field(**bounds)] if bounds else of

    def model(self, name):
        """The model of a named schema."""
        if name not in self.made:
            schema = self.schemas[name]
            self.made[name] = self.object(name, schema) if "properties" in schema else self.type_of(schema)
        return self.made[name]

    def object(self, name, schema):
        needed = schema.get("required", [])
        fields: dict[str, Any] = {
            field: (self.type_of(of), ... if field in needed else of.get("default"))
            for field, of in schema["properties"].items()
        }
        return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)

    def ask(self, name, body=None, key="", **given):
        """Call an operation; answers its status and what it said, read by the type that the description gives."""
        method, path, operation = self.calls[name]
        asked: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
        if key:
            asked["header"]["Idempotency-Key"] = key
        for one in operation.get("parameters", []):
            if one["name"] in given:
                asked[one["in"]][one["name"]] = TypeAdapter(self.type_of(one["schema"])).validate_python(
                    given.pop(one["name"])
                )
            elif one.get("required"):
                assert one["name"] in asked["header"], f"{name} asks for {one['name']}"
        assert not given, given
        sent = None
        if body is not None:
            (content,) = operation["requestBody"]["content"].items()
            assert content[0] == "application/json"
            model = self.type_of(content[1]["schema"])
            sent = model.model_validate(body).model_dump_json(exclude_unset=True)
        for field, value in asked["path"].items():
            path = path.replace(f"{{{field}}}", quote(str(value)))
        address = f"{path}?{urlencode(asked['query'])}" if asked["query"] else path
        answer = self.send(method, address, asked["header"], sent)
        ((kind, content),) = operation["responses"][str(answer.status_code)]["content"].items()
        assert answer.headers["Content-Type"].partition(";")[0] == kind
        if kind != "application/json":
            return answer.status_code, answer.content
        return answer.status_code, TypeAdapter(self.type_of(content["schema"])).validate_json(answer.content)


@pytest.fixture
def made(office, client):
    scopes = ["read", "write", "decide", "money"]
    token = perform(office.lead, "token.make", {"name": "t", "scopes": scopes}, "t").answer["token"]

    def send(method, address, headers, body):
        headers = {"Authorization": f"Bearer {token}", **headers}
        if method == "get":
            return client.get(address, headers=headers)
        return client.post(address, body, content_type="application/json", headers=headers)

    return ClientMade(client.get("/api/openapi.json").json(), send)


def test_every_schema_of_the_description_is_a_type(made):
    for name in made.schemas:
        TypeAdapter(made.model(name))
    assert all(re.fullmatch("[a-z_]+", name) for name in made.calls)


def test_it_opens_a_case_and_asks_every_question(made, office):
    status, done = made.ask("case_open", {"builtin": SLUG}, key="1")
    assert (status, done.answer.case) == (200, SLUG)
    person = office.analyst.username
    assert made.ask("case_give_seat", {"case": SLUG, "person": person, "part": "analyst"}, key="2")[0] == 200
    asked = {"case": SLUG, "stream": "finance", "person": person}
    assert made.ask("streams_assign", asked, key="3")[0] == 200
    assert made.ask("interest_declare", {"case": SLUG, "has_interest": False}, key="4")[0] == 200
    given = {"case": SLUG, "file": "case.yaml", "limit": 3, "budget": 8000.0, "cases": SLUG}
    questions = [name for name, (method, _, _) in made.calls.items() if method == "get"]
    assert len(questions) == 9 + len(ASKED)
    for name in questions:
        asks = {one["name"] for one in made.calls[name][2].get("parameters", [])}
        asked = {field: value for field, value in given.items() if field in asks} | ASKED.get(name, {})
        status, answer = made.ask(name, **asked)
        assert (status, bool(answer)) == (200, True), name


def test_it_reads_a_list_to_its_end(made):
    made.ask("case_open", {"builtin": SLUG}, key="1")
    seen, after = [], ""
    while after is not None:
        _, page = made.ask("read_facts", case=SLUG, limit=40, after=after)
        seen += [fact.fact for fact in page.items]
        after = page.next
    assert len(seen) == len(set(seen)) > 40


REFUSED = [
    ("read_case", None, "", {"case": "no-such-case"}, 404),
    ("read_file", None, "", {"case": "no-such-case", "file": "case.yaml"}, 404),
    ("case_open", {"builtin": "no-such-case"}, "k", {}, 409),
    ("interest_clear", {"case": SLUG, "interest": 1, "reasons": "y"}, "k", {}, 404),
    ("device_begin", {}, "k", {}, 403),
]


@pytest.mark.parametrize(("name", "body", "key", "given", "status"), REFUSED)
def test_what_it_is_refused_comes_in_the_form_and_by_the_code_described(made, name, body, key, given, status):
    got, answer = made.ask(name, body, key, **given)
    assert (got, bool(answer.problems[0].text)) == (status, True)
