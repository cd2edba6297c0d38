"""The arguments and options that several commands share, each written once.

Without ``from __future__ import annotations`` here and in the command modules: typer would have to evaluate every
annotation again, at every start.
"""

from typing import Annotated

import typer

from aiwei_cli.cli.complete import (
    complete_formats,
    complete_ids,
    complete_offices,
    complete_roles,
    complete_sections,
    complete_stated,
)

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="公文、文件夹、-（标准输入）、台账或 aiwei 写的结果", show_default=False),
]
Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID [FILE]...",
        help="事项的编号，如 一/（一）/6，也可写 1/1/6、一（一）6；能认出来时只写末尾的 6 也行，可以写几个；后面是文件",
        show_default=False,
        autocompletion=complete_ids,
    ),
]
Task = Annotated[
    list[str] | None,
    typer.Option("--task", metavar="任务号", help="台账里的这个任务，如 12，几个写 12,13 或 12-15；可重复"),
]

Office = Annotated[
    list[str] | None,
    typer.Option(
        "--office", metavar="单位", help="只看这个单位的，简称、全称都行；可重复", autocompletion=complete_offices
    ),
]
Role = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="分工",
        help="只看这种分工：牵头（lead）、负责（responsible）、配合（support）；可重复",
        autocompletion=complete_roles,
    ),
]
Stated = Annotated[
    list[str] | None,
    typer.Option(
        "--stated",
        metavar="出处",
        help="只看这样写明的分工：分工条款（clause）、任务表（table）、正文的句子（prose）；可重复",
        autocompletion=complete_stated,
    ),
]
Section = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        metavar="章节",
        help="只看这一章节：序号（二、二/（一））或标题里的字；可重复",
        autocompletion=complete_sections,
    ),
]
Keyword = Annotated[
    list[str] | None,
    typer.Option("--keyword", metavar="字词", help="内容、标题里有这些字；空格隔开的几个都要有；可重复"),
]
Words = Annotated[bool, typer.Option("--words", help="--keyword 按词查找（用 jieba 分词），不查词的一部分")]
DueBefore = Annotated[
    str | None,
    typer.Option(
        "--due-before",
        metavar="日期",
        help="在这一天之前到期的，不含这一天，如 2023-07-01；要含这一天用 --due-by",
        show_default=False,
    ),
]
NoOwner = Annotated[bool, typer.Option("--no-owner", help="只看没有责任单位的事项")]
Unknown = Annotated[
    bool, typer.Option("--unknown", help="只看规则里没有的单位；--format yaml 写成 offices.yaml 的草稿")
]
ByPlace = Annotated[
    bool, typer.Option("--by-place", help="同名的单位按所在地（发文机关的县、市、省）分开，末尾加一列所在地")
]
Own = Annotated[bool, typer.Option("--own", help="只算自己写明的分工，不算承自上级标题的")]

NoticeWords = Annotated[
    list[str] | None,
    typer.Option("--notice", metavar="字词", help="只看这篇公文：标题、机关、文号或文件名里有这些字；可重复"),
]
Year = Annotated[
    list[str] | None,
    typer.Option("--year", metavar="年份", help="只看这一年的公文，如 2023；可重复"),
]
AllVersions = Annotated[bool, typer.Option("--all-versions", help="台账里改过的公文，旧版本也算")]

Per = Annotated[
    str,
    typer.Option(
        "--per",
        metavar="item|duty|pair",
        help="一行一个事项（item，默认）、一个单位的一项责任（duty）还是一项任务里两个一起做事的单位（pair）",
        show_default=False,
    ),
]
Weight = Annotated[
    str,
    typer.Option(
        "--weight",
        metavar="task|shared",
        help="--per pair 的权重：每项任务的每一对都是 1（task，默认），或一项任务的各对合起来是 1（shared）",
        show_default=False,
    ),
]
SplitBy = Annotated[
    str | None,
    typer.Option(
        "--split-by",
        metavar="方式",
        help="每个单位（office）、章节（section）或公文（notice）一个文件，写到 -o 给出的文件夹；"
        "-o 表.xlsx 则各写一张工作表",
        show_default=False,
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        "--title", metavar="标题", help="表上面的标题（xlsx、docx、html），代替“《…》任务分解表”", show_default=False
    ),
]
Force = Annotated[bool, typer.Option("--force", help="--split-by 的文件夹里已有文件时也写：同名的覆盖，其他的不动")]
Top = Annotated[
    int | None,
    typer.Option("--top", metavar="个数", help="只要责任最多的这么多个单位", show_default=False),
]
Depth = Annotated[
    int | None,
    typer.Option(
        "--depth",
        metavar="层数",
        help="章节分到第几层：1 是 一、，2 是 （一）；0 是整篇公文（不写时一篇公文分到 2，几篇按公文）",
        show_default=False,
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        help="格式：table、tsv、csv、json、jsonl、yaml、md、xlsx、docx、html、parquet",
        autocompletion=complete_formats,
    ),
]
ExportFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        help="格式：table、tsv、csv、json、jsonl、yaml、md、xlsx、docx、html、parquet、edges、graphml、gexf、sqlite",
        autocompletion=complete_formats,
    ),
]
TreeFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="格式", help="格式：yaml、json、jsonl", autocompletion=complete_formats),
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="文件", help="写到这个文件；格式可由扩展名看出", show_default=False),
]
Header = Annotated[
    bool | None,
    typer.Option("--header/--no-header", help="有没有表头一行", show_default=False),
]
Labels = Annotated[
    str | None,
    typer.Option("--labels", metavar="zh|en", help="表头用中文（zh）还是英文（en）", show_default=False),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不在屏幕上提示有几处疑点")]
Strict = Annotated[bool, typer.Option("--strict", help="有疑点退出码就是 1，结果照写")]
NoDoubts = Annotated[bool, typer.Option("--no-doubts", help="结果里不带疑点")]
NoPersons = Annotated[bool, typer.Option("--no-persons", help="结果里不带人名和电话，给外面的人看时用")]
RulesDir = Annotated[
    str | None,
    typer.Option("--rules", metavar="文件夹", help="自己的规则文件夹，也可用环境变量 AIWEI_RULES", show_default=False),
]
Brief = Annotated[bool, typer.Option("--brief", help="一行一个事项，长的截短，便于快速浏览")]
