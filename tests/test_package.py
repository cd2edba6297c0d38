"""What is shipped: the wheel, the sdist and the house rules that the code keeps."""

from __future__ import annotations

import ast
import doctest
import hashlib
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Container, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from shell import environment

import aiwei_cli
from aiwei_cli.resources import bundled_notice, folder

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = sorted((REPOSITORY / "aiwei_cli").rglob("*.py"))
NOTICE = "ee803880f6fcab7f80c7ea3a346ab30e42f61bec107c3250018ba5b97650bc4c"
"""SHA-256 of the notice as it was published."""

in_repository = pytest.mark.skipif(not (REPOSITORY / "pyproject.toml").is_file(), reason="the project is not here")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built by hatchling alone: no network."""
    place = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(place)],
        cwd=REPOSITORY,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return place


def shipped(top: str) -> set[str]:
    """The files of a folder of the repository, as they should be in the package."""
    files = (path for path in (REPOSITORY / top).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(REPOSITORY).as_posix() for path in files}


@in_repository
def test_the_wheel_holds_code_rules_data_schema_and_the_mark_of_types(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert archive.read("aiwei_cli/data/notice_2023.txt") == bundled_notice().read_bytes()
    beside = {f"aiwei_cli/{name}" for top in ("rules", "data") for name in shipped(top)}
    assert names == shipped("aiwei_cli") | beside
    assert {"aiwei_cli/py.typed", "aiwei_cli/store/upgrades/1.sql", "aiwei_cli/rules/offices.yaml"} <= names


@in_repository
def test_the_sdist_holds_what_builds_and_tests_it(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tops = ("aiwei_cli", "rules", "data", "tests", "benchmarks")
    single = {
        "pyproject.toml",
        "README.md",
        "README.zh-CN.md",
        "llms.txt",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    }
    single |= {"LICENSE", "PKG-INFO"}
    assert {name for top in tops for name in shipped(top)} | single <= names


@in_repository
def test_the_version_is_said_once_and_built_into_both(dist: Path) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" not in project and project["dynamic"] == ["version"]
    names = {path.name for path in dist.iterdir()}
    version = aiwei_cli.__version__
    assert names == {f"aiwei-{version}-py3-none-any.whl", f"aiwei-{version}.tar.gz"}


def test_the_bundled_notice_is_the_original_byte_for_byte() -> None:
    assert hashlib.sha256(bundled_notice().read_bytes()).hexdigest() == NOTICE
    assert {path.name for path in folder("rules").glob("*.yaml")} >= {"numbering.yaml", "roles.yaml", "offices.yaml"}


def test_the_package_runs_as_a_module_from_anywhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aiwei_cli", "--version"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.decode() == f"aiwei {aiwei_cli.__version__}\n"


def test_importing_the_library_loads_none_of_the_others() -> None:
    code = "import aiwei_cli, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint({"typer", "rich", "jieba", "yaml", "pypdfium2"})


def committed() -> Iterator[Path]:
    """The files of the repository that are text, without those that git does not know."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        path = REPOSITORY / name
        if path.is_file() and path.suffix not in (".docx", ".pdf", ".zip", ".xlsx"):
            yield path


@in_repository
def test_no_file_names_a_machine() -> None:
    homes = r"(?<![\w.])/(?:root|home/\w+|Users/\w+|work)/"
    hosts = r"(?:files\.python" + r"hosted|pypi\." + r"org|registry\.npm" + r"js|deb\.deb" + r"ian)"
    pattern = re.compile(f"{homes}|{hosts}".encode())
    named = [
        f"{path.name}: {found[0].decode()}" for path in committed() if (found := pattern.search(path.read_bytes()))
    ]
    assert not named


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_every_public_module_function_and_class_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    # What each writer's functions do is said once, in the protocol of the write room; what a rule of `check` looks for,
    # by its decorator.
    writers = {"write_table", "write_report", "write_notices", "write_value"} if path.parent.name == "write" else set()
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and node.name not in writers
        and not any(isinstance(made, ast.Call) and ast.unparse(made.func) == "rule" for made in node.decorator_list)
        and not ast.get_docstring(node)
    ]
    assert ast.get_docstring(tree) and not silent


def imported(path: Path, names: Container[str]) -> set[str]:
    """The modules of the package that a file takes something from, be it for a type or within a function."""
    froms = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom))
    pairs = ((node.module or "", alias.name) for node in froms for alias in node.names)
    wholes = ((f"{module}.{name}", module) for module, name in pairs)
    return {whole if whole in names else module for whole, module in wholes} - {""}


def test_no_files_import_each_other() -> None:
    dotted = {".".join(path.relative_to(REPOSITORY).with_suffix("").parts): path for path in SOURCES}
    paths = {name.removesuffix(".__init__"): path for name, path in dotted.items()}
    above = {name: imported(path, paths) & paths.keys() - {name} for name, path in paths.items()}
    while free := {name for name, needs in above.items() if not needs}:
        above = {name: needs - free for name, needs in above.items() if name not in free}
    assert not above, "these, or what they import, go round in a circle"


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.name)
    assert not {name: found for name, found in places.items() if len(found) > 1}


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if ">>> " in path.read_text("utf-8")],
    ids=lambda path: path.relative_to(REPOSITORY / "aiwei_cli").as_posix(),
)
def test_the_examples_of_the_docstrings_run(path: Path) -> None:
    name = ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
    found = doctest.testmod(import_module(name))
    assert found.attempted and not found.failed
