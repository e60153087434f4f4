"""The commands on names: figures on labelled pairs, and what stands in their way."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guanzi.cli.app import app

run = CliRunner().invoke
PAIRS = """schema,name1,name2,is_match,category
Person,李斌,Bin Li,1,order
Person,秦力洪,秦力宏,0,homophone
Company,Deutsche Bank AG,Deutsche Bank,True,
Company,Deutsche Bank AG,Deutsche Post AG,False,
"""


def test_figures_on_labelled_pairs(tmp_path):
    (tmp_path / "pairs.csv").write_text(PAIRS, "utf-8")
    result = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv"), "--json"])
    found = json.loads(result.stdout)
    assert (found["n"], found["positives"], found["f1"], found["auc"]) == (4, 2, 1.0, 1.0)
    assert found["precision_interval"][1] == 1.0
    assert found["pairs_per_second"] > 0
    shown = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv"), "--lang", "zh"])
    assert "查准率" in shown.stdout


def test_bad_lines_are_named_all_at_once(tmp_path):
    bad = PAIRS + "Person,,Bin Li,1,\nPerson,李斌,Bin Li,perhaps,\n"
    (tmp_path / "pairs.csv").write_text(bad, "utf-8")
    result = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv")])
    assert result.exit_code == 2
    assert "pairs.csv:6" in result.stderr
    assert "pairs.csv:7" in result.stderr
    (tmp_path / "pairs.csv").write_text("a,b\n1,2\n", "utf-8")
    result = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv")])
    assert "name1" in result.stderr


def evaluated(path, text, *, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return run(app, ["screen", "evaluate", str(path), "--json"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_pairs_as_spreadsheets_save_them(tmp_path, separator, encoding):
    text = (
        PAIRS.replace(",", separator).replace("schema", " Schema ").replace("\n", "\r\n") + 3 * separator + "\r\n\r\n"
    )
    found = json.loads(evaluated(tmp_path / "pairs.csv", text, encoding=encoding).stdout)
    assert (found["n"], found["positives"], found["f1"]) == (4, 2, 1.0)


def test_pairs_in_other_order_with_other_columns_and_quotation_marks(tmp_path):
    text = (
        "is_match,notes,name2,name1,schema\n"
        '1,"a, b","Foods, Inc.","Foods\nInc",Company\n'
        '0.0,,Bank "Rossiya",Банк Россия,\n'
        "YES,,Анна Каренина,ANNA KARENINA,Person\n"
    )
    found = json.loads(evaluated(tmp_path / "pairs.csv", text).stdout)
    assert (found["n"], found["positives"], found["recall"]) == (3, 2, 1.0)
    assert [kind["category"] for kind in found["categories"]] == [""]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Company,Foods, Inc,Foods,1,x", "6 cells, but"),
        ('Company,"Foods,Foods Inc,1,', "quotation mark"),
        ('Company,"Foods" Inc,Foods Inc,1,', "quotation mark"),
        ("Company,Foods", "names is missing"),
        ("Company,Foods,Foods Inc", "does not say"),
    ],
)
def test_lines_that_cannot_be_read_are_named(tmp_path, line, said):
    result = evaluated(tmp_path / "pairs.csv", f"{PAIRS}{line}\nPerson,a,b,0,\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pairs.csv:6" in result.stderr
    assert said in result.stderr


def test_two_names_are_compared_with_reasons():
    result = run(app, ["screen", "compare", "曾毓群", "Zeng Yuqun", "--json"])
    found = json.loads(result.stdout)
    assert found["matched"]
    assert "is read as" in found["why"][0]["text"]


@pytest.mark.parametrize(("file", "least"), [("name_pairs_latin.csv", 0.85), ("name_pairs_han.csv", 0.95)])
def test_the_labelled_pairs_of_the_anchor(file, least):
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "diligence" / file
    if not path.exists():
        pytest.skip("labelled pairs are not at hand")
    found = json.loads(run(app, ["screen", "evaluate", str(path), "--json"]).stdout)
    assert found["f1"] >= least


def entity(id, schema, **properties):
    return json.dumps({"id": id, "schema": schema, "properties": {k: [v] for k, v in properties.items()}}) + "\n"


def test_a_list_is_searched_and_a_case_screened(tmp_path):
    listed = tmp_path / "list.json"
    listed.write_text(entity("p", "Person", name="曾毓群") + entity("c", "Company", name="蔚来控股有限公司"), "utf-8")
    found = json.loads(run(app, ["screen", "search", str(listed), "Zeng Yuqun", "Nobody Else", "--json"]).stdout)
    assert [[hit["id"] for hit in result["hits"]] for result in found["results"]] == [["p"], []]
    shown = run(app, ["screen", "case", "nio-hefei-2020", "--list", str(listed)])
    assert "entities.ftm.json" in shown.stdout
    assert shown.exit_code == 0


def test_who_is_behind(tmp_path):
    file = tmp_path / "ties.json"
    file.write_text(
        entity("anna", "Person", name="Anna")
        + entity("a", "Company", name="A")
        + entity("b", "Company", name="B")
        + entity("o1", "Ownership", owner="anna", asset="a", percentage="60")
        + entity("o2", "Ownership", owner="a", asset="b", percentage="51%")
        + entity("o3", "Ownership", owner="b", asset="a", percentage="10")
        + entity("o4", "Ownership", owner="b", asset="a"),
        "utf-8",
    )
    found = json.loads(run(app, ["screen", "behind", str(file), "b", "--json"]).stdout)
    assert found["circles"] == [["a", "b"]]
    assert found["without_percentage"] == ["o4"]
    anna = next(one for one in found["behind"] if one["id"] == "anna")
    assert anna["controls"]
    assert "related_buyers" not in found
    sold = json.loads(run(app, ["screen", "behind", str(file), "b", "--buyer", "a", "--json"]).stdout)
    assert sold["related_buyers"] == [{"id": "a", "through": "a"}]
    assert "A controls the seller" in run(app, ["screen", "behind", str(file), "b", "--buyer", "a"]).stdout
    assert run(app, ["screen", "behind", str(file), "b", "--buyer", "stranger"]).exit_code == 2
    assert anna["effective"] == pytest.approx(0.6 * 0.51 / (1 - 0.051))
    assert run(app, ["screen", "behind", str(file), "nobody"]).exit_code == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", ["", '{"id": "a", "schema": "Company", "properties": {}}\n'], ids=["empty", "no name"])
def test_a_list_with_nobody_on_it_clears_nobody(tmp_path, text, lang):
    (tmp_path / "list.json").write_text(text, "utf-8")
    result = run(app, ["screen", "search", str(tmp_path / "list.json"), "Li", "--lang", lang])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "list.json" in result.stderr
    assert len(result.stderr.splitlines()) == 2  # cause and fix
    screened = run(app, ["screen", "case", "nio-hefei-2020", "--list", str(tmp_path / "list.json"), "--json"])
    assert (screened.exit_code, screened.stdout) == (2, "")


def test_a_kind_of_bearer_that_we_do_not_know_is_refused(tmp_path):
    (tmp_path / "list.json").write_text(entity("c", "Company", name="Northvolt AB"), "utf-8")
    for words in (["compare", "Northvolt AB", "Northvolt"], ["search", str(tmp_path / "list.json"), "Northvolt"]):
        result = run(app, ["screen", *words, "--schema", "company"])
        assert (result.exit_code, result.stdout) == (2, "")
        assert all(word in result.stderr for word in ("--schema", "“company”", "LegalEntity"))
        assert run(app, ["screen", *words, "--schema", "Company"]).exit_code == 0
