"""Commands about the program itself."""

import sys


def schema() -> None:
    """显示输出结构的 JSON Schema（aiwei.notice.v1）。

    例子：
      aiwei schema > aiwei.notice.v1.json
    """
    from aiwei_cli.schema import text

    sys.stdout.write(text())
