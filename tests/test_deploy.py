"""deploy/: what the recipes of containers name is there, and they fit one another."""

import json
import re
import shlex

import pytest
import yaml
from typer.main import get_command

from guanzi.cli.app import app

SERVICE_KEYS = {
    "build", "cap_drop", "depends_on", "environment", "image", "network_mode", "ports", "restart", "security_opt",
    "volumes",
}  # fmt: skip
"""Keys of a service in the compose specification that are used here."""


@pytest.fixture(scope="module")
def recipe(repository):
    text = (repository / "deploy" / "Containerfile").read_text("utf-8")
    return [line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def services(repository):
    return yaml.safe_load((repository / "deploy" / "compose.yaml").read_text("utf-8"))["services"]


def one(recipe, word):
    (rest,) = (rest for found, rest in recipe if found == word)
    return rest


def test_what_the_image_copies_is_there(repository, recipe):
    sources = [source for word, rest in recipe if word == "COPY" for source in rest.split()[:-1]]
    assert {"requirements.lock", "src"} <= set(sources)
    assert all((repository / source).exists() for source in sources)


def test_the_image_starts_by_options_that_there_are_and_asks_its_own_port(recipe):
    program, office, *words = json.loads(one(recipe, "CMD"))
    group = vars(get_command(app))["commands"][office]
    known = {name for param in group.params for name in param.opts}
    assert (program, office) == ("guanzi", "office")
    assert {word for word in words if word.startswith("--")} <= known
    port = words[words.index("--port") + 1]
    assert f":{port}/health/" in one(recipe, "HEALTHCHECK")
    assert port == one(recipe, "EXPOSE")
    assert words[words.index("--data") + 1] == one(recipe, "VOLUME")


def test_the_services_name_what_is_there(repository, recipe, services):
    office, front = services["office"], services["front"]
    assert all(service.keys() <= SERVICE_KEYS for service in services.values())
    build = repository / "deploy" / office["build"]["context"]
    assert (build / office["build"]["dockerfile"]).resolve() == repository / "deploy" / "Containerfile"
    assert office["volumes"] == [f"data:{one(recipe, 'VOLUME')}"]
    assert (repository / "deploy" / front["volumes"][0].partition(":")[0]).is_file()
    documented = (repository / "docs" / "howto" / "office-running.md").read_text("utf-8")
    assert all(f"`{name}`" in documented for name in office["environment"])
    assert office["environment"]["GUANZI_HTTPS"] == "1"


def test_nothing_but_the_server_in_front_is_reached_from_outside(repository, recipe, services):
    """It lives in the network of the office, so that the office is reached at this address of its machine alone."""
    conf = (repository / "deploy" / "nginx.conf").read_text("utf-8")
    listens = re.findall(r"listen (\d+) ssl;", conf)
    assert services["office"]["ports"] == [f"{port}:{port}" for port in listens]
    assert services["front"]["network_mode"] == "service:office"
    assert "ports" not in services["front"]
    assert set(re.findall(r"proxy_pass http://([^;]+);", conf)) == {f"127.0.0.1:{one(recipe, 'EXPOSE')}"}
    certificates = re.findall(r"ssl_certificate(?:_key)? ([^;]+);", conf)
    mounted = {volume.split(":")[1] for volume in services["front"]["volumes"]}
    assert set(certificates) <= mounted
    assert all(volume.endswith(":ro") for volume in services["front"]["volumes"])


def test_every_line_of_the_recipe_is_in_the_results(repository, recipe):
    results = (repository / "benchmarks" / "results" / "container.md").read_text("utf-8")
    assert all(f"| `{word} {rest}` |" in results for word, rest in recipe)
    assert "**" not in results
    assert shlex.join(json.loads(one(recipe, "CMD"))) in results
