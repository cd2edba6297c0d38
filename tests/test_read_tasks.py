"""Rows of a table of tasks as a notice would say them, case by case."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_read_grid import Sketch, lines

_HEAD = ("序号", "工作任务", "牵头单位", "配合单位")

_CASES: dict[str, tuple[Sequence[Sketch], list[str]]] = {
    "a number of the outline and nothing else is a heading": (
        [_HEAD, ("一、道路", "<", "", ""), ("1", "修路", "甲局", "")],
        ["一、道路", "1.修路", "牵头单位：甲局"],
    ),
    "one cell over most of the row is a heading": (
        [_HEAD, ("道路", "<", "<", ""), ("1", "修路", "甲局", "")],
        ["道路", "1.修路", "牵头单位：甲局"],
    ),
    "words where the numbers are are a heading": (
        [_HEAD, ("道路", "", "", ""), ("1", "修路", "甲局", "")],
        ["道路", "1.修路", "牵头单位：甲局"],
    ),
    "a count alone is a row": (
        [_HEAD, ("1", "修路", "甲局", ""), ("2", "", "", ""), ("3", "修桥", "乙局", "")],
        ["1.修路", "牵头单位：甲局", "2.", "3.修桥", "牵头单位：乙局"],
    ),
    "a count in brackets alone is one too": (
        [_HEAD, ("（1）", "", "", ""), ("1", "修路", "甲局", "")],
        ["（1）", "1.修路", "牵头单位：甲局"],
    ),
    "a Chinese number alone is a heading": (
        [_HEAD, ("一", "", "", ""), ("1", "修路", "甲局", "")],
        ["一", "1.修路", "牵头单位：甲局"],
    ),
    "without numbers an outline number makes a heading": (
        [("工作任务", "牵头单位"), ("一、道路", ""), ("修路", "甲局")],
        ["一、道路", "1.修路", "牵头单位：甲局"],
    ),
    "without numbers a wide cell makes a heading": (
        [("工作任务", "牵头单位", "配合单位"), ("道路", "<", ""), ("修路", "甲局", "")],
        ["道路", "1.修路", "牵头单位：甲局"],
    ),
    "without numbers a cell over half of the row is a task": (
        [
            ("工作任务", "措施", "牵头单位", "配合单位"),
            ("道路", "<", "", ""),
            ("桥梁", "<", "<", ""),
            ("修桥", "", "甲局", ""),
        ],
        ["1.道路", "桥梁", "2.修桥", "牵头单位：甲局"],
    ),
    "without numbers one cell alone is a task": (
        [("工作任务", "牵头单位"), ("道路", ""), ("修路", "甲局")],
        ["1.道路", "2.修路", "牵头单位：甲局"],
    ),
    "rows count on from the last number": (
        [_HEAD, ("5", "修路", "甲局", ""), ("", "修桥", "乙局", ""), ("7.", "拆除", "丙局", "")],
        ["5.修路", "牵头单位：甲局", "6.修桥", "牵头单位：乙局", "7.拆除", "牵头单位：丙局"],
    ),
    "signs that repeat the cell above": (
        [_HEAD, ("1", "修路", "甲局", "乙局"), ("2", "修桥", "〃", "（同上）"), ("3", "拆除", "同上", '"')],
        [
            "1.修路",
            "牵头单位：甲局",
            "配合单位：乙局",
            "2.修桥",
            "牵头单位：甲局",
            "配合单位：乙局",
            "3.拆除",
            "牵头单位：甲局",
            "配合单位：乙局",
        ],
    ),
    "signs repeat no heading": (
        [_HEAD, ("1", "修路", "甲局", ""), ("二、其他", "<", "<", "<"), ("2", "修桥", "〃", "")],
        ["1.修路", "牵头单位：甲局", "二、其他", "2.修桥", "牵头单位：〃"],
    ),
    "remarks and sums are no tasks": (
        [_HEAD, ("1", "修路", "甲局", ""), ("备注", "无", "", ""), ("合计", "1", "", "")],
        ["1.修路", "牵头单位：甲局", "备注\t无", "合计\t1"],
    ),
    "a row without number and task goes on with the one above": (
        [_HEAD, ("1", "修路", "甲局", ""), ("", "", "乙局", "")],
        ["1.修路", "牵头单位：甲局", "牵头单位：乙局"],
    ),
    "a blank row says nothing": (
        [_HEAD, ("1", "修路", "甲局", ""), ("", "", "", ""), ("2", "修桥", "", "丙局")],
        ["1.修路", "牵头单位：甲局", "2.修桥", "配合单位：丙局"],
    ),
    "a blank office before a task is the one above": (
        [("牵头单位", "工作任务"), ("甲局", "修路"), ("", "修桥"), ("乙局", "拆除")],
        ["1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：甲局", "3.拆除", "牵头单位：乙局"],
    ),
    "a blank office without a task goes on with the row above": (
        [("牵头单位", "工作任务", "备注"), ("甲局", "修路", ""), ("", "", "急")],
        ["1.修路", "牵头单位：甲局", "备注：急"],
    ),
    "a name cut after a part of it is one": (
        [_HEAD, ("1", "修路", "县发展和\n改革局", "")],
        ["1.修路", "牵头单位：县发展和改革局"],
    ),
    "two names on two lines are two": (
        [_HEAD, ("1", "修路", "县水利局\n县财政局", "")],
        ["1.修路", "牵头单位：县水利局、县财政局"],
    ),
    "a name cut in a word is one": (
        [_HEAD, ("1", "修路", "市场监督管\n理局", "")],
        ["1.修路", "牵头单位：市场监督管理局"],
    ),
    "a mark that begins a line parts the names": (
        [_HEAD, ("1", "修路", "县水利局（牵头）\n、县财政局", "")],
        ["1.修路", "牵头单位：县水利局（牵头）、县财政局"],
    ),
    "brackets on a line of their own belong to the name": (
        [_HEAD, ("1", "修路", "县水利局\n（防汛办）", "")],
        ["1.修路", "牵头单位：县水利局（防汛办）"],
    ),
    "a mark that ends a line parts the names": (
        [_HEAD, ("1", "修路", "县水利局，\n县财政局", "")],
        ["1.修路", "牵头单位：县水利局，县财政局"],
    ),
    "a name cut before its own and is one": (
        [_HEAD, ("1", "修路", "自然资源\n和规划局", "")],
        ["1.修路", "牵头单位：自然资源和规划局"],
    ),
    "a name cut before its last words is one": (
        [_HEAD, ("1", "修路", "县古树名木保\n护中心", ""), ("2", "修桥", "古树\n园林局", "")],
        ["1.修路", "牵头单位：县古树名木保护中心", "2.修桥", "牵头单位：古树园林局"],
    ),
    "a line that is a whole name is one": (
        [_HEAD, ("1", "修路", "古树\n园林中心", ""), ("2", "修桥", "综合\n县林场", "")],
        ["1.修路", "牵头单位：古树、园林中心", "2.修桥", "牵头单位：综合、县林场"],
    ),
    "a name cut after and is one, however long the rest": (
        [_HEAD, ("1", "修路", "古树名木保护和\n园林中心", "")],
        ["1.修路", "牵头单位：古树名木保护和园林中心"],
    ),
    "numbers that count offices are left out": (
        [_HEAD, ("1", "修路", "1.甲局\n2.乙局。", "")],
        ["1.修路", "牵头单位：甲局、乙局"],
    ),
    "a number without an office counts none": (
        [_HEAD, ("1", "修路", "1.甲局\n2.\n3.。", "")],
        ["1.修路", "牵头单位：甲局"],
    ),
    "nothing but numbers is kept, so that it is reported": (
        [_HEAD, ("1", "修路", "甲局", "1.\n2.")],
        ["1.修路", "牵头单位：甲局", "配合单位：1.、2."],
    ),
    "a number before one office too": ([_HEAD, ("1", "修路", "1.甲局", "")], ["1.修路", "牵头单位：甲局"]),
    "a Chinese number may be of the name": (
        [_HEAD, ("1", "修路", "一、二中队", "")],
        ["1.修路", "牵头单位：一、二中队"],
    ),
    "cells that say their labels keep them": (
        [_HEAD, ("1", "修路", "牵头单位：甲局\n配合单位：乙局", "")],
        ["1.修路", "牵头单位：甲局", "配合单位：乙局"],
    ),
    "persons go into one clause with the last duty": (
        [("序号", "工作任务", "牵头单位", "责任人", "完成时限"), ("1", "修路", "甲局", "张三", "年底")],
        ["1.修路", "牵头单位：甲局", "完成时限：年底；责任人：张三"],
    ),
    "persons with labels keep them": (
        [
            ("序号", "工作任务", "牵头单位", "责任人", "完成时限"),
            ("1", "修路", "甲局", "组长：张三\n副组长：李四", "年底"),
        ],
        ["1.修路", "牵头单位：甲局", "完成时限：年底；组长：张三；副组长：李四"],
    ),
    "persons without offices have a line of their own": (
        [("序号", "工作任务", "责任人", "完成时限"), ("1", "修路", "张三\n李四", "")],
        ["1.修路", "责任人：张三、李四"],
    ),
    "a rule in the title is said of each row": (
        [("工作任务", "责任单位（排第一位的为牵头单位）"), ("修路", "甲局、乙局")],
        ["1.修路", "责任单位：甲局、乙局，排第一位的为牵头单位"],
    ),
    "lines of a time are joined": (
        [("工作任务", "牵头单位", "完成时限"), ("修路", "甲局", "6月\n底前")],
        ["1.修路", "牵头单位：甲局", "完成时限：6月底前"],
    ),
    "groups without numbers are said of each item": (
        [
            ("序号", "类别", "工作任务", "牵头单位"),
            ("1", "交通", "修路", "甲局"),
            ("2", "^", "修桥", "乙局"),
            ("3", "水利", "清淤", "丙局"),
        ],
        [
            "1.修路",
            "类别：交通",
            "牵头单位：甲局",
            "2.修桥",
            "类别：交通",
            "牵头单位：乙局",
            "3.清淤",
            "类别：水利",
            "牵头单位：丙局",
        ],
    ),
    "groups with numbers are headings once": (
        [
            ("序号", "类别", "工作任务", "牵头单位"),
            ("1", "一、交通", "修路", "甲局"),
            ("2", "^", "修桥", "乙局"),
            ("3", "二、水利", "清淤", "丙局"),
        ],
        ["一、交通", "1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：乙局", "二、水利", "3.清淤", "牵头单位：丙局"],
    ),
    "one numbered paragraph is a task like others": (
        [("工作任务", "牵头单位"), ("1.修路", "甲局"), ("修桥", "甲局")],
        ["1.修路", "牵头单位：甲局", "2.修桥", "牵头单位：甲局"],
    ),
    "paragraphs numbered like parts are text": (
        [("工作任务", "牵头单位"), ("（一）勘察\n（二）施工", "甲局")],
        ["1.（一）勘察；（二）施工", "牵头单位：甲局"],
    ),
    "paragraphs numbered in digits are items below the office": (
        [("工作任务", "牵头单位"), ("1.勘察\n2.施工", "甲局")],
        ["一、甲局", "1.勘察", "牵头单位：甲局", "2.施工", "牵头单位：甲局"],
    ),
    "measures below a task have their own offices": (
        [("序号", "工作任务", "措施", "牵头单位"), ("1", "修路", "勘察", "甲局"), ("^", "^", "施工", "乙局")],
        ["1.修路", "（1）勘察", "牵头单位：甲局", "（2）施工", "牵头单位：乙局"],
    ),
    "what all measures share is of the task": (
        [
            ("序号", "工作任务", "措施", "牵头单位", "完成时限"),
            ("1", "修路", "勘察", "甲局", "年底"),
            ("^", "^", "施工", "^", "^"),
        ],
        ["1.修路", "牵头单位：甲局", "完成时限：年底", "（1）勘察", "（2）施工"],
    ),
    "a measure that names offices gets all of its row": (
        [
            ("序号", "工作任务", "措施", "牵头单位", "配合单位"),
            ("1", "修路", "勘察", "甲局", "丙局"),
            ("^", "^", "施工", "^", "丁局"),
        ],
        ["1.修路", "（1）勘察", "牵头单位：甲局", "配合单位：丙局", "（2）施工", "牵头单位：甲局", "配合单位：丁局"],
    ),
    "numbered paragraphs are children after the duties": (
        [_HEAD, ("1", "修路\n（1）勘察\n（2）施工", "甲局", "")],
        ["1.修路", "牵头单位：甲局", "（1）勘察", "（2）施工"],
    ),
    "numbers like the row's are text": (
        [_HEAD, ("1", "1.修路\n2.修桥", "甲局", "")],
        ["1.修路；2.修桥", "牵头单位：甲局"],
    ),
    "numbers like the row's in the task are text": (
        [_HEAD, ("1", "修路。\n1.勘察\n2.施工；", "甲局", "")],
        ["1.修路。1.勘察；2.施工；", "牵头单位：甲局"],
    ),
    "the outline number of the task is its own": (
        [_HEAD, ("1", "一、修路\n（一）勘察", "甲局", "")],
        ["一、修路", "牵头单位：甲局", "（一）勘察"],
    ),
    "unless more of its level follow": (
        [_HEAD, ("1", "（一）修路\n（二）勘察", "甲局", "")],
        ["1.（一）修路；（二）勘察", "牵头单位：甲局"],
    ),
    "a number of two parts is one like 1.": (
        [_HEAD, ("1.2", "一、修路\n（一）勘察", "甲局", ""), ("1.3", "修桥\n（1）勘察\n（2）施工", "甲局", "")],
        [
            *("一、修路", "牵头单位：甲局", "（一）勘察"),
            *("1.3 修桥", "牵头单位：甲局", "（1）勘察", "（2）施工"),
        ],
    ),
    "below an odd number all numbers are text": (
        [_HEAD, ("A1", "一、修路\n二、修桥", "甲局", "")],
        ["A1 一、修路；二、修桥", "牵头单位：甲局"],
    ),
    "digits do not run into the number": (
        [_HEAD, ("1", "2023年修路", "甲局", ""), ("二", "2023年修桥", "甲局", "")],
        ["1. 2023年修路", "牵头单位：甲局", "二、2023年修桥", "牵头单位：甲局"],
    ),
    "a task of children alone has only its number": (
        [_HEAD, ("1", "（1）勘察\n（2）施工", "甲局", "")],
        ["1.", "牵头单位：甲局", "（1）勘察", "（2）施工"],
    ),
    "one numbered paragraph is the task": ([_HEAD, ("1", "（1）勘察", "甲局", "")], ["1.（1）勘察", "牵头单位：甲局"]),
    "tasks with numbered parts get Chinese numbers": (
        [("工作任务", "牵头单位"), ("修路\n1.勘察\n2.施工", "甲局"), ("修桥", "乙局")],
        ["一、修路", "牵头单位：甲局", "1.勘察", "2.施工", "二、修桥", "牵头单位：乙局"],
    ),
    "a list alone is below the names of its offices": (
        [("工作任务", "牵头单位"), ("1.勘察\n2.施工", "甲局、乙局"), ("修桥", "乙局")],
        [
            "一、甲局、乙局",
            "1.勘察",
            "牵头单位：甲局、乙局",
            "2.施工",
            "牵头单位：甲局、乙局",
            "二、修桥",
            "牵头单位：乙局",
        ],
    ),
    "a heading that is an office is responsible": (
        [("工作任务", "完成时限"), ("县水利局（2项）", "<"), ("清淤", "年底"), ("县财政局", "<"), ("拨款", "年底")],
        [
            "县水利局（2项）",
            "1.清淤",
            "责任单位：县水利局",
            "完成时限：年底",
            "县财政局",
            "2.拨款",
            "责任单位：县财政局",
            "完成时限：年底",
        ],
    ),
    "a task over several items is said of each": (
        [("序号", "任务", "措施", "牵头单位"), ("1", "道路", "修路", "甲局"), ("2", "^", "修桥", "乙局")],
        ["1.修路", "任务：道路", "牵头单位：甲局", "2.修桥", "任务：道路", "牵头单位：乙局"],
    ),
    "a number that the task has itself is written once": (
        [_HEAD, ("1", "1.修路", "甲局", "")],
        ["1.修路", "牵头单位：甲局"],
    ),
    "a number of no kind is kept": ([_HEAD, ("第一项", "修路", "甲局", "")], ["第一项 修路", "牵头单位：甲局"]),
}


@pytest.mark.parametrize("why", _CASES)
def test_a_row_reads_as_a_notice_would_say_it(why: str) -> None:
    rows, said = _CASES[why]
    assert lines(*rows) == said
