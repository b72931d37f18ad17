"""The law of the house: floors, no circles, one border, and where narrowing may be written."""

import ast
import gzip
import re
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = ROOT / "papers"

#: From the ground up. A room imports from itself and from the floors below it.
FLOORS = (
    {"ids", "dates", "position", "maths", "tex"},
    {"text", "words"},
    {"language", "formats"},
    {"query", "highlight"},
    {"access", "search"},
    {"models", "apps", "tabs"},
    {"exchange", "forms", "list_forms", "preferences", "sharing", "talk_forms", "accounts"},
    {"views", "management", "admin"},
    {"urls"},
)
WITHOUT_DJANGO = {
    "ids",
    "dates",
    "position",
    "maths",
    "tex",
    "text",
    "words",
    "language",
    "query",
    "highlight",
    "formats",
}
TOP = {
    *("manage.py", "pyproject.toml", "digest_site", "papers", "templates", "static", "tests"),
    *("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "requirements.txt", "requirements-dev.txt"),
    *(".ci", ".gitignore", ".python-version", "docs"),
}

MODULES = sorted(path for path in PAPERS.rglob("*.py") if "migrations" not in path.parts)
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def imports(path: Path) -> Iterator[str]:
    """What a module imports when it runs, in full; what only a type checker sees is left out."""
    package = module_name(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]
    for node in ast.walk(_without_type_checking(ast.parse(path.read_text()))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from (_module_or_its_package(source, alias.name) for alias in node.names)


def _module_or_its_package(source: str, name: str) -> str:
    """`from a import b` imports the module a.b where there is one, else something of a."""
    place = ROOT.joinpath(*source.split("."), name)
    return f"{source}.{name}" if place.with_suffix(".py").exists() or place.is_dir() else source


def _without_type_checking(tree: ast.Module) -> ast.Module:
    tree.body = [
        node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
    ]
    return tree


@each_module
def test_imports_go_downward(path: Path) -> None:
    here = room(module_name(path))
    if not here:
        return
    for imported in imports(path):
        if imported.startswith("papers.") and room(imported) != here:
            assert floor(room(imported)) < floor(here), f"{here} imports {imported}, which is not below it"
        assert not imported.startswith("digest_site")


def test_every_room_stands_on_one_floor() -> None:
    rooms = {room(module_name(path)) for path in MODULES} - {""}
    assert rooms == set().union(*FLOORS)
    assert sum(map(len, FLOORS)) == len(rooms)


def test_there_are_no_circles() -> None:
    graph = {module_name(path): {name for name in imports(path) if name.startswith("papers")} for path in MODULES}
    for module, imported in graph.items():
        imported.discard(module)
        # A package's __init__ gathers its modules; a module that names its own package means what stands in __init__.
        if room(module) and module != f"papers.{room(module)}":
            imported.discard("papers")
    TopologicalSorter(graph).prepare()


@each_module
def test_the_lower_floors_know_no_django(path: Path) -> None:
    if room(module_name(path)) in WITHOUT_DJANGO:
        assert not [name for name in imports(path) if name.split(".")[0] in ("django", "allauth", "django_htmx")]


@each_module
def test_doors_do_not_narrow(path: Path) -> None:
    if room(module_name(path)) == "views":
        assert not re.search(r"\.(filter|exclude|annotate)\(", path.read_text()), "narrowing belongs to a QuerySet"


@each_module
def test_every_module_opens_with_a_sentence_that_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text()))
    if path.read_text().strip():
        assert docstring
        assert docstring.split("\n\n")[0].rstrip().endswith((".", ":", "…"))


@each_module
def test_html_is_made_from_text_in_one_place(path: Path) -> None:
    if module_name(path) != "papers.text":
        assert not re.search(r"\b(mark_safe|nh3|SafeString|format_html)\b", path.read_text())


def test_nothing_fetches_an_address() -> None:
    fetching = {"requests", "httpx", "urllib.request", "urllib3", "aiohttp", "http.client", "ftplib"}
    for path in (*MODULES, *(ROOT / "digest_site").rglob("*.py")):
        assert not fetching & set(imports(path)), path


def test_the_top_level_holds_only_what_belongs_there() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.split("/")[0] for name in tracked.splitlines()} <= TOP


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_stand_alone_and_make_no_html(path: Path) -> None:
    script = path.read_text()
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)
    assert not re.search(r"\beval\b|\.innerHTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b", script)


def test_what_every_page_loads_of_styles_and_scripts_is_light() -> None:
    loaded = re.findall(r"static '(css|js)/([\w.]+)'", (ROOT / "templates" / "base.html").read_text())
    weight = dict.fromkeys(("css", "js"), 0)
    for kind, name in loaded:
        weight[kind] += len(gzip.compress((ROOT / "static" / kind / name).read_bytes()))
    assert weight["css"] < 12_000
    assert weight["js"] < 10_000
