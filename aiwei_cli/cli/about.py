"""Commands about the program itself: explain, rules, schema."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aiwei_cli.errors import UsageError
from aiwei_cli.plain_text import one_line

if TYPE_CHECKING:
    from pathlib import Path


def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="代码，如 C002、S001", show_default=False)
    ] = None,
) -> None:
    """说明一个代码：是什么、为什么、举例、怎么办。疑点和 check 查出的问题都能查；不写代码时列出全部。

    例子：
      aiwei explain C002
      aiwei explain
    """
    from aiwei_cli.checking import run  # noqa: F401 - it makes the rules
    from aiwei_cli.checking.rule import RULES, explained
    from aiwei_cli.notice.codes import ADVICE, CODES

    if code is None:
        print("\n".join(f"{each}\t{meaning}" for each, meaning in CODES.items()))
        print("\n".join(f"{one.code}\t{one.says}" for one in RULES.values()))
        return
    name = code.strip().upper()
    rule = RULES.get(name) or next((one for one in RULES.values() if one.name.upper() == name), None)
    if rule is not None:
        print(explained(rule))
        return
    if name not in CODES:
        raise UsageError(f"没有“{code}”这个代码；可用：{'、'.join([*CODES, *RULES])}")
    advice = ADVICE[name]
    print(f"{name}　{CODES[name]}\n为什么：{advice.why}\n举例：{advice.example}\n怎么办：{advice.cure}")


def rules(
    action: Annotated[
        str | None, typer.Argument(metavar="[init|check]", help="建一个规则文件夹，还是检查一个", show_default=False)
    ] = None,
    directory: Annotated[
        str | None, typer.Argument(metavar="[DIR]", help="自己的规则文件夹", show_default=False)
    ] = None,
) -> None:
    """显示规则从哪里来；建一个自己的规则文件夹，或检查它。

    自己的规则写在随附规则的前面，只写要增加的。文件夹用 --rules 或环境变量 AIWEI_RULES 给出。

    例子：
      aiwei rules
      aiwei rules init 我的规则
      aiwei rules check 我的规则
    """
    import os
    from pathlib import Path

    from aiwei_cli.compiled import load
    from aiwei_cli.lexicon import NAMES
    from aiwei_cli.resources import folder

    own = directory or os.environ.get("AIWEI_RULES") or None
    if action is None:
        for name in NAMES:
            print(f"随附\t{folder('rules') / f'{name}.yaml'}")
        for path in _files(Path(own)) if own else []:
            print(f"自己\t{one_line(str(path))}")
    elif action not in ("init", "check"):
        raise UsageError(f"没有“{action}”这个做法；可用：init、check")
    elif own is None:
        raise UsageError(f"请写明规则文件夹，如 aiwei rules {action} 我的规则")
    elif action == "init":
        _init(Path(own))
    else:
        load(Path(own))
        found = _files(Path(own))
        for path in found:
            print(f"{one_line(str(path))}\t没有问题")
        if not found:
            print(f"{one_line(own)}\t没有规则文件")


def _files(directory: "Path") -> "list[Path]":
    """The rule files of a folder."""
    if not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if path.suffix in (".yaml", ".yml"))


def _init(directory: "Path") -> None:
    """A folder with files that say how to write rules, and change nothing yet. What is there is kept."""
    from aiwei_cli.resources import folder

    if _files(directory):
        raise UsageError(f"{directory}：里面已有规则文件；请换一个文件夹，或用 aiwei rules check 检查它")
    directory.mkdir(parents=True, exist_ok=True)
    for name, example in _EXAMPLES.items():
        path = directory / f"{name}.yaml"
        head = f"# 只写要增加的，去掉行首的 # 就起作用；写法见随附的 {folder('rules') / path.name}\n"
        path.write_text(head + "".join(f"# {line}\n" for line in example), encoding="utf-8")
        print(one_line(str(path)))


_EXAMPLES = {
    "offices": ["offices:", "  - 综合行政执法局 = 综合执法局 执法局"],
    "roles": ["labels:", "  support: [补位]", "verbs:", "  responsible: [包干]"],
    "numbering": ["annexes: [附单]"],
    "header": ["metadata: {keys: [公文流水号]}", "footer: {boxed: [我要纠错]}"],
    "prose": ["lead: [抓总]", "needed: [抓总]"],
    "lights": ["yellow_days: 7"],
    "compare": ["functions: [[重点任务, 主要任务]]"],
    "checks": ["words: [{word: 狠抓, better: 抓好}]", "required: [deadline]"],
    "tables": ["offices: {lead: [统揽]}", "task: {words: [攻坚点]}", "rows: {none: [填报人]}"],
}
"""What each file may say, line by line."""


def schema(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[rows]", help="rows：list、export 的行的结构", show_default=False),
    ] = None,
) -> None:
    """显示输出结构的 JSON Schema：整篇公文的（aiwei.notice.v1），或 list、export 的行的（rows）。

    例子：
      aiwei schema > aiwei.notice.v1.json
      aiwei schema rows > aiwei.rows.v1.json
    """
    if what not in (None, "rows"):
        raise UsageError(f"没有“{what}”的结构；可用：rows（行），不写是整篇公文")
    if what == "rows":
        from aiwei_cli.query.row_schema import schema_text
    else:
        from aiwei_cli.notice.schema import schema_text
    sys.stdout.write(schema_text())
