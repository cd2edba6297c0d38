"""The pages of ``docs/reference``, made from the code, so that they say what is so.

    python docs/make.py [--check]

A test calls it with ``--check``: it ends with 1 where a page is not what the code says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent / "reference"
_NOTE = "<!-- 由 docs/make.py 按程序生成，请勿手改 -->"


def codes() -> Iterator[str]:
    """What reading and checking can say."""
    from aiwei_cli.checking.rule import LABELS
    from aiwei_cli.checking.run import RULES
    from aiwei_cli.notice.codes import ADVICE, CODES

    yield "# 代码：读公文时的疑点，查公文时的毛病"
    yield "命令行里看一条：`aiwei explain S001`。代码只增加，意思不变。"
    yield "## 疑点（读公文时）"
    for code, says in CODES.items():
        one = ADVICE[code]
        yield f"### {code}　{says}"
        yield f"{one.why}\n\n- 例：{one.example}\n- 怎么办：{one.cure}"
    yield "## 毛病（`aiwei check`）"
    yield "| 代码 | 名称 | 轻重 | 说的是什么 | `--fix` |\n| --- | --- | --- | --- | --- |\n" + "\n".join(
        f"| [{rule.code}](#{rule.code.lower()}) | `{rule.name}` | {LABELS[rule.level]} | {rule.says} | "
        f"{'改' if rule.fixes else ''} |"
        for rule in RULES.values()
    )
    for rule in RULES.values():
        yield f'### <a id="{rule.code.lower()}"></a>{rule.code}　{rule.says}'
        cure = "`aiwei check --fix` 可以改" if rule.fixes else "在原文里改"
        yield f"`{rule.name}`，{LABELS[rule.level]}。{rule.why}依据：{rule.source}。{cure}。"
        yield f"错：\n\n```text\n{rule.bad.rstrip()}\n```\n\n对：\n\n```text\n{rule.good.rstrip()}\n```"


def commands() -> Iterator[str]:
    """Every command with its options."""
    from aiwei_cli.cli.app import COMMANDS, build

    yield "# 命令"
    yield "每个命令的用法也可以这样看：`aiwei list -h`。"
    for name in COMMANDS:
        command = build(name)
        yield f"## aiwei {name}"
        yield _fenced(command.help or "")
        options = [part for part in command.params if not getattr(part, "hidden", False)]
        rows = [f"| {_shown(part)} | {_cell(getattr(part, 'help', '') or '')} |" for part in options]
        yield "| 参数 | 意思 |\n| --- | --- |\n" + "\n".join(rows)


def _fenced(help: str) -> str:
    """The help of a command, its examples as code."""
    found: list[str] = []
    within = False
    for line in help.rstrip().split("\n"):
        if line.startswith("  ") != within:
            found += ["```sh"] if not within else ["```"]
            within = not within
        found.append(line.strip())
    return "\n".join([*found, *(["```"] if within else [])])


def _shown(part: Any) -> str:
    names = [*part.opts, *part.secondary_opts]
    if part.param_type_name == "argument":
        return f"`{(part.metavar or part.name).upper()}`"
    kind = "" if getattr(part, "is_flag", False) else f" {part.metavar or part.type.name.upper()}"
    choices = getattr(part.type, "choices", None)
    if choices and not part.metavar:
        kind = " " + "\\|".join(str(getattr(one, "value", one)) for one in choices)
    return "、".join(f"`{each}`" for each in names) + (f"{kind}" if kind else "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def schema() -> Iterator[str]:
    """The tree, a table a class."""
    from aiwei_cli.notice.schema import schema as made

    whole = made()
    yield f"# 树：{whole['title']}"
    yield (
        f"{whole['description'].rstrip('。')}。`aiwei parse --format json` 写的就是它，"
        "`aiwei schema` 给出它的 JSON Schema。键名只增加，已有的不变；位置是解码后原文的字符数，从 0 数起，不含止处。"
    )
    yield _fields("公文", whole)
    for name, one in whole["$defs"].items():
        if name != "span":
            yield _fields(f'<a id="{name}"></a>{name}：{one.get("description", "")}', one)


def _fields(title: str, one: dict[str, Any]) -> str:
    rows = [
        f"| `{name}` | {_kind(said)} | {_cell(said.get('description', ''))} | "
        f"{'' if name in one['required'] else '可以没有'} |"
        for name, said in one["properties"].items()
    ]
    return f"## {title}\n\n| 键 | 类型 | 意思 | |\n| --- | --- | --- | --- |\n" + "\n".join(rows)


def _kind(said: dict[str, Any]) -> str:
    if "$ref" in said:
        name = said["$ref"].rsplit("/", 1)[1]
        return "位置" if name == "span" else f"[{name}](#{name})"
    if "anyOf" in said:
        return " 或 ".join(_kind(one) for one in said["anyOf"])
    if "enum" in said:
        return "、".join(f"`{one}`" for one in said["enum"])
    if "const" in said:
        return f"`{said['const']}`"
    kind = said.get("type", "")
    if kind == "array":
        return "列表：" + _kind(said["items"])
    names = {"string": "文字", "integer": "整数", "boolean": "是否", "null": "空", "object": "映射"}
    return " 或 ".join(names[one] for one in ([kind] if isinstance(kind, str) else kind))


def columns() -> Iterator[str]:
    """The columns of each kind of row."""
    from aiwei_cli.query import table
    from aiwei_cli.query.pairs import PAIR_COLUMNS

    yield "# 栏目：表里的各列"
    yield (
        "csv、tsv、json、jsonl、yaml 和管道里的键名是英文，给人看的 xlsx、docx、md、html 和屏幕上的表用中文；"
        "`--labels zh|en` 可以换。各列的次序不变，新的加在最后。"
    )
    for title, found in (
        ("事项一行（`list`、`export`、`search`）", table.ITEM_COLUMNS),
        ("责任一行（`--per duty`）", table.DUTY_COLUMNS),
        ("单位对一行（`--per pair`）", PAIR_COLUMNS),
        ("单位一行（`offices`）", table.OFFICE_COLUMNS),
        ("章节一行（`sections`）", table.SECTION_COLUMNS),
    ):
        rows = [f"| `{one.key}` | {one.label} | {_yes(one.program)} | {_yes(one.person)} |" for one in found]
        yield f"## {title}\n\n| 键 | 中文 | 给程序 | 给人 |\n| --- | --- | --- | --- |\n" + "\n".join(rows)


def _yes(holds: bool) -> str:
    return "是" if holds else ""


def rules() -> Iterator[str]:
    """The files of rules, each with what is said at its top."""
    from aiwei_cli.lexicon import NAMES
    from aiwei_cli.resources import folder

    yield "# 规则文件"
    yield (
        "`aiwei rules init 文件夹` 建一份自己的，`aiwei rules check 文件夹` 查一遍，"
        "用 `--rules 文件夹` 或环境变量 `AIWEI_RULES` 指给 aiwei。"
        "自己的只写要加的，不用抄随附的。"
    )
    for name in NAMES:
        text = (folder("rules") / f"{name}.yaml").read_text(encoding="utf-8")
        lines: list[str] = []
        for line in text.splitlines():
            if not line.startswith("#"):
                break
            lines.append(line.removeprefix("#").removeprefix(" "))
        yield f"## {name}.yaml\n\n```text\n" + "\n".join(lines).rstrip() + "\n```"


def library() -> Iterator[str]:
    """What ``import aiwei_cli`` offers, with its docstrings."""
    import inspect

    import aiwei_cli

    yield "# Python 库"
    yield "说明同 `help(aiwei_cli)`，是英文的；例子由测试运行。出了错是 `AiweiError`，内容是一句给人看的话。"
    yield f"```text\n{inspect.getdoc(aiwei_cli)}\n```"
    for name in aiwei_cli.__all__:
        thing = getattr(aiwei_cli, name)
        if name == "__version__" or (inspect.isclass(thing) and issubclass(thing, Exception)):
            continue
        shown = f"{name}{inspect.signature(thing)}" if inspect.isfunction(thing) else f"class {name}"
        yield f"## {name}\n\n```text\n{shown}\n\n{inspect.getdoc(thing)}\n```"
        if inspect.isclass(thing):
            yield from _methods(thing)


def _methods(cls: type) -> Iterator[str]:
    import inspect

    for name, thing in vars(cls).items():
        made = thing.__func__ if isinstance(thing, classmethod) else thing
        if name.startswith("_") or not (inspect.isfunction(made) or isinstance(made, property)):
            continue
        shown = f"{name}{inspect.signature(made)}" if inspect.isfunction(made) else name
        yield f"### {cls.__name__}.{name}\n\n```text\n{shown}\n\n{inspect.getdoc(made) or ''}\n```"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "commands": commands,
    "columns": columns,
    "schema": schema,
    "codes": codes,
    "rules": rules,
    "library": library,
}


def made(name: str) -> str:
    """A page as it should be."""
    return "\n\n".join((_NOTE, *PAGES[name]())) + "\n"


def main() -> int:
    """Write the pages; with ``--check`` only compare them."""
    stale = []
    for name in PAGES:
        path, text = REFERENCE / f"{name}.md", made(name)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
    if "--check" in sys.argv:
        print("\n".join(f"docs/reference/{name}: run python docs/make.py" for name in stale), end="")
        return 1 if stale else 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
