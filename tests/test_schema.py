"""The tree of a notice: it is what the published schema says, and it can be read back."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from shell import aiwei, duty, filled, sample, two_plans

from aiwei_cli.notice.model import Citation, Deadline, Diagnostic, Duty, Node, Notice, Person, Plan
from aiwei_cli.notice.schema import schema, schema_text
from aiwei_cli.notice.source import Source
from aiwei_cli.parsing import parse
from aiwei_cli.resources import bundled_notice

VALIDATOR = Draft202012Validator(schema())
CASES = sorted(Path(__file__).parent.glob("cases/*.txt"))


def bundled() -> Notice:
    return parse(bundled_notice().read_text("utf-8"))


WHO = (Person("责任领导", "张三", (2, 4)),)


TRACKED: Any = {"task": 12, "status": "推进中", "moved": "2023-07-31"}


def whole() -> Notice:
    """A notice in which every field holds something."""
    notice = sample()
    return replace(
        notice,
        document_number="某政发〔2023〕1号",
        closing="打印本页",
        date="2023-02-01",
        signature=("某镇人民政府",),
        annexes=("1.分工表",),
        copies=("县政府",),
        plans=two_plans().plans,
        duties=(replace(duty("lead", "财政局"), rule="列第一位者为牵头单位，下同", stated="table"),),
        citations=(Citation("意见", None, (3, 5)),),
        deadlines=(Deadline("每月5日前", None, (3, 5), recurs="FREQ=MONTHLY;BYMONTHDAY=5"),),
        diagnostics=(Diagnostic("N001", "缺标点", (1, 2), 3, 4),),
        fields=(("title", (0, 31)),),
        clauses=((40, 50),),
        layout=((60, 61),),
        margins=((1, "— 1 —"),),
        version=2,
        **TRACKED,
        body=(
            replace(
                notice.body[0],
                title_span=(2, 4),
                clauses=((5, 9),),
                place="第3段",
                persons=WHO,
                extra=(("进展", "已开工"),),
                **TRACKED,
            ),
            *notice.body[1:],
        ),
    )


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_command_prints_the_published_schema() -> None:
    assert aiwei("schema").out == schema_text()


@pytest.mark.parametrize(
    "notice", [bundled(), sample(), whole(), two_plans(), parse("")], ids=["000", "sample", "whole", "plans", "empty"]
)
def test_every_tree_is_as_the_schema_says(notice: Notice) -> None:
    tree = json.loads(json.dumps(notice.to_dict()))
    assert list(VALIDATOR.iter_errors(tree)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_cases_are_as_the_schema_says(case: Path) -> None:
    tree = parse(case.read_bytes().decode("utf-8-sig")).to_dict()
    assert [error.message for error in VALIDATOR.iter_errors(tree)] == []


@pytest.mark.parametrize(
    "notice", [bundled(), sample(), whole(), two_plans(), parse("")], ids=["000", "sample", "whole", "plans", "empty"]
)
def test_a_tree_reads_back_as_the_notice_without_its_text(notice: Notice) -> None:
    tree = json.loads(json.dumps(notice.to_dict()))
    assert Notice.from_dict(tree) == replace(notice, text="")


def test_the_contract_of_the_handbook_holds_for_the_bundled_notice() -> None:
    tree = bundled().to_dict()
    assert tree["schema"] == "aiwei.notice.v1"
    assert tree["title"] == "图克镇人民政府关于印发《2023年爱国卫生运动工作要点》的通知"
    assert tree["issuer"] == "图克镇人民政府" and tree["year"] == 2023
    assert tree["document_number"] is None and tree["date"] is None
    assert tree["addressees"] == ["各嘎查村（社区）", "二级单位"]
    top = tree["body"][0]
    assert (top["id"], top["number"], top["level"], top["title"], top["text"]) == (
        "一",
        "一、",
        1,
        "推动落实的重点工作",
        "",
    )
    item = top["children"][0]["children"][5]
    assert item["id"] == "一/（一）/6"
    assert [(d["role"], d["office"], d["written"], d["inherited"]) for d in item["duties"]] == [
        ("responsible", "综合执法局", "综合执法局", False),
        ("support", "各嘎查村（社区）", "各嘎查村社区", False),
    ]


def test_a_notice_in_which_every_field_holds_something_is_as_the_schema_says_and_reads_back() -> None:
    notice = filled(Notice, text="")
    tree = json.loads(json.dumps(notice.to_dict()))
    assert list(VALIDATOR.iter_errors(tree)) == []
    assert Notice.from_dict(tree) == notice


def test_the_schema_only_grows() -> None:
    """The first one is kept: its fields are still there, say the same and are promised where they were."""
    kept = json.loads((Path(__file__).parent / "samples" / "notice_v1.schema.json").read_text("utf-8"))
    for name, before in {"": kept, **kept["$defs"]}.items():
        after = schema()["$defs"][name] if name else schema()
        assert before.get("required", []) == [key for key in after.get("required", []) if key in before["properties"]]
        for key, said in before.get("properties", {}).items():
            assert after["properties"][key] == said, (name, key)


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from mappings(inner)


def test_every_field_of_the_model_is_in_the_tree_and_in_the_schema() -> None:
    tree = whole().to_dict()
    shapes = [set(mapping) for mapping in mappings(tree)]
    said = schema()
    described = [set(part.get("properties", ())) for part in (said, *said["$defs"].values())]
    for kind in (Node, Duty, Person, Deadline, Citation, Diagnostic, Plan, Source, Notice):
        names = {field.name for field in fields(kind)}
        wanted = names - {"text"} | {"schema"} if kind is Notice else names
        assert wanted in shapes, kind
        assert wanted in described, kind


def test_fields_of_a_later_version_are_passed_over() -> None:
    tree = whole().to_dict()
    tree["mood"] = "good"
    tree["body"][0]["weight"] = 3
    assert Notice.from_dict(tree) == whole()
    assert VALIDATOR.is_valid(tree)


def change(tree: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(tree)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("schema",), "aiwei.notice.v9", "schema"),
        (("source",), [], "source"),
        (("body",), {}, "body"),
        (("body", 0), "一、", "body"),
        (("body", 0, "id"), 1, r"body\[0\]\.id"),
        (("body", 0, "level"), "1", r"body\[0\]\.level"),
        (("body", 0, "level"), True, r"body\[0\]\.level"),
        (("body", 0, "span"), [1], r"body\[0\]\.span"),
        (("body", 1, "children", 0, "duties", 0, "role"), "chief", r"body\[1\]\.children\[0\]\.duties\[0\]\.role"),
        (("addressees",), [1], "addressees"),
    ],
)
def test_a_tree_of_another_shape_is_refused_with_the_place(path: tuple[Any, ...], value: Any, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        Notice.from_dict(change(whole().to_dict(), path, value))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_tree_that_is_anything_else_is_refused_as_such(tree: Any) -> None:
    with pytest.raises(ValueError, match="schema"):
        Notice.from_dict(tree)
