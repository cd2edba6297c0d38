"""YAML as plain data: strings, numbers, truth values, lists and mappings; dates and 1:30 stay the strings they are.

PyYAML's safe loader runs nothing, but it trusts what a tag says: ``!!bool foo`` is a KeyError to it, a date that is no
date a ValueError, and ``1:1:1:1…`` a number that takes a minute to add up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_LEFT_OUT = (*_NUMBERS, "tag:yaml.org,2002:timestamp")
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,18})")
_FRACTION = re.compile(
    r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})(?:[eE][-+]?[0-9]{1,3})?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[A-Za-z0-9_-]+(?=[\s,\]}]|$)", re.M)
DEEPEST = 300
"""Levels of brackets or indents; a notice has some twenty. With more of them C code would exhaust its stack."""


def is_endless(text: str) -> bool:
    """Whether there are aliases in it, by which a small file can grow endless."""
    import yaml

    if not _ALIAS.search(text):
        return False
    return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, loader()))


def is_too_deep(text: str) -> bool:
    """Whether brackets or indents nest deeper than in any file that is meant."""
    depth = deepest = 0
    for match in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if match[0] in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        return True
    return re.search(rf"^(?:[ ]{{{2 * DEEPEST}}}|(?:[-?:] ){{{DEEPEST}}})", text, re.M) is not None


@lru_cache(maxsize=1)
def loader() -> Any:
    """The loader: the C one where PyYAML has it, which is five times faster. All it raises is a YAMLError."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        yaml_implicit_resolvers = {  # noqa: RUF012
            first: [(tag, pattern) for tag, pattern in pairs if tag not in _LEFT_OUT]
            for first, pairs in base.yaml_implicit_resolvers.items()
        }

    for tag, pattern in zip(_NUMBERS, (_WHOLE, _FRACTION), strict=True):
        Loader.add_implicit_resolver(tag, re.compile(rf"(?:{pattern.pattern})\Z"), list("-+.0123456789"))

    def careful(tag: str) -> Any:
        usual = base.yaml_constructors[tag]

        def construct(self: Any, node: Any) -> Any:
            words = getattr(node, "value", "")
            try:
                if tag in _NUMBERS and len(words) > 40:
                    raise ValueError(words[:40])
                made = usual(self, node)
                return list(made) if tag.endswith(("omap", "pairs")) else made
            except (ValueError, LookupError, AttributeError, TypeError, OverflowError, ArithmeticError) as error:
                raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error

        return construct

    for name in ("int", "float", "bool", "timestamp", "binary"):
        tag = f"tag:yaml.org,2002:{name}"
        Loader.add_constructor(tag, careful(tag))
    return Loader
