"""``aiwei why``: the entry of the rules behind each duty, the brackets that were left, in the order of the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shell import aiwei

from aiwei_cli.parsing import parse
from aiwei_cli.why import pieces, why_data

CAUSES = {
    "（水利局牵头，住建局配合）": [("水利局", "verbs.lead 牵头", "牵头"), ("住建局", "verbs.support 配合", "配合")],
    "（牵头单位：水利局；责任单位：住建局）": [
        ("水利局", "labels.lead 牵头", "牵头单位："),
        ("住建局", "labels.responsible 责任", "责任单位："),
    ],
    "（责任单位：水利局，住建局配合）": [
        ("水利局", "labels.responsible 责任", "责任单位："),
        ("住建局", "verbs.support 配合", "配合"),
    ],
    "（水利局会同住建局按职责分工负责）": [("水利局", "together 会同", "会同"), ("住建局", "together 会同", "会同")],
    "（牵头水利局，配合住建局）": [("水利局", "verbs.lead 牵头", "牵头"), ("住建局", "verbs.support 配合", "配合")],
    "（水利局牵头住建局配合）": [("水利局", "verbs.lead 牵头", "牵头"), ("住建局", "verbs.support 配合", "配合")],
    "。\n牵头单位：水利局\n配合单位：住建局": [
        ("水利局", "labels.lead 牵头", "牵头单位："),
        ("住建局", "labels.support 配合", "配合单位："),
    ],
    "（水利局、住建局）": [("水利局", "（没有动词）", ""), ("住建局", "（没有动词）", "")],
}
LEFT = {
    "清淤（试行）工作。": "nobody",
    "清淤（补位方：水利局）。": "label",
    "清淤（要把各项工作抓到位的人参加）。": "prose",
    "清淤（水利局、住建局）工作要做好。": "place",
    "清淤，联系3个单位（水利局）。": "explains",
}


@pytest.mark.parametrize("clause", CAUSES)
def test_each_duty_names_the_entry_and_the_word_that_gave_its_role(clause: str) -> None:
    notice = parse(f"1.清淤{clause}。")
    found = [piece for piece in pieces(notice, notice.body[0]) if piece.kind == "duty"]
    words = [notice.text[slice(*piece.more["entry_span"])] for piece in found]
    offices = [notice.text[slice(*piece.span)] for piece in found]
    assert list(zip(offices, [piece.more["entry"] for piece in found], words, strict=True)) == CAUSES[clause]


@pytest.mark.parametrize("text", LEFT)
def test_each_bracket_that_is_no_clause_has_its_reason(text: str) -> None:
    notice = parse(f"1.{text}")
    found = [piece for piece in pieces(notice, notice.body[0]) if piece.kind in ("left", "diagnostic")]
    reasons = [piece.more["reason"] for piece in found if piece.kind == "left"]
    assert reasons == [LEFT[text]]
    assert notice.body[0].duties == ()


def test_pieces_come_in_the_order_of_the_text() -> None:
    notice = parse("1.清淤（试行），按《要点》办（水利局牵头，2024年6月底前）。")
    starts = [piece.span[0] for piece in pieces(notice, notice.body[0])]
    assert starts == sorted(starts)
    kinds = [piece.kind for piece in pieces(notice, notice.body[0])]
    assert [kind for kind in kinds if kind != "text"] == ["number", "left", "citation", "clause", "duty", "deadline"]


def test_the_same_as_json(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("1.清淤（水利局牵头）。\n", "utf-8")
    ran = aiwei("why", "1", file, "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, data["id"], data["path"]) == (0, "1", str(file))
    notice = parse(file.read_text("utf-8"))
    assert data["evidence"] == why_data(notice, notice.body[0])["evidence"]
    duty = next(row for row in data["evidence"] if row["kind"] == "duty")
    assert (duty["words"], duty["role"], duty["entry"], duty["span"]) == ("水利局", "lead", "verbs.lead 牵头", [5, 8])


def test_a_word_of_own_rules_is_named(tmp_path: Path) -> None:
    (tmp_path / "roles.yaml").write_text("verbs: {lead: [统揽]}\n", "utf-8")
    file = tmp_path / "通知.txt"
    file.write_text("1.清淤（市水利局统揽）。\n", "utf-8")
    ran = aiwei("why", "1", file, "--rules", tmp_path)
    assert ran.code == 0
    assert "roles.yaml verbs.lead 统揽" in ran.out
