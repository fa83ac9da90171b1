"""What the fences look for, as plain functions, so that each can be shown a planted offence as well as the project."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAX_LINES = 500
MAX_PARAMETERS = 7

# Written in pieces: this file is searched too.
_REGISTRY_WORDS = ("py" + "pi", "python" + "hosted", "npm" + "js", "deb" + "ian", "regis" + "try", "mir" + "ror")
_REGISTRY = re.compile(r"https?://[\w.-]*(?:" + "|".join(_REGISTRY_WORDS) + r")[\w.-]*", re.IGNORECASE)
_MACHINE = re.compile(
    r"(?<![\w.])(?:/(?:"
    + "|".join(("wo" + "rk", "ro" + "ot", "ho" + r"me/\w+", "Us" + r"ers/\w+"))
    + r")/|[A-Z]:\\\\?Us"
    + r"ers\\)"
)
_SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9_-]{20,}|xox[abp]-[A-Za-z0-9-]{10,}"
    r"|-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----"
)
_KINDS = (("registry address", _REGISTRY), ("path of one machine", _MACHINE), ("secret", _SECRET))


def tracked(*endings: str) -> Iterator[Path]:
    """Every file under version control (or, in an unpacked archive, every file), with one of these endings."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.split("\0") if name]
    else:
        names = [
            str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts
        ]
    for name in sorted(names):
        path = ROOT / name
        if path.is_file() and (not endings or path.suffix in endings):
            yield path


def python_files() -> list[Path]:
    """Every Python file of the project, the `go` script included."""
    return [*tracked(".py"), ROOT / "go"]


def is_too_long(text: str) -> bool:
    """Whether a module has grown past what one sitting can read."""
    return text.count("\n") > MAX_LINES


def leaks(text: str) -> list[str]:
    """Every address of a package index, path of one machine, or secret in a text."""
    return [
        f"line {number}: {kind}: {match.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        for kind, pattern in _KINDS
        for match in pattern.finditer(line)
    ]


def complaints_about_functions(source: str, *, most: int = MAX_PARAMETERS) -> list[str]:
    """Public functions and methods that take too many parameters or do not say what they give."""
    found = []
    for path, function in _public_functions(ast.parse(source)):
        arguments = function.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        n_parameters = len([argument for argument in every if argument.arg not in {"self", "cls"}])
        if n_parameters > most:
            found.append(f"{path} (line {function.lineno}) takes {n_parameters} parameters: a record is missing")
        if arguments.kwarg is not None:
            found.append(f"{path} (line {function.lineno}) passes **{arguments.kwarg.arg} on: name what it needs")
        if ast.get_docstring(function) is None and not _is_declared_elsewhere(function):
            found.append(f"{path} (line {function.lineno}) has no docstring")
    return found


def _public_functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The functions of a module, and the methods of its public classes, whose names are public."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for member in node.body:
                if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not member.name.startswith("_"):
                    yield f"{node.name}.{member.name}", member


def _is_declared_elsewhere(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a decorator says that another place carries the description."""
    names = {getattr(decorator, "id", getattr(decorator, "attr", None)) for decorator in function.decorator_list}
    return bool(names & {"override", "overload", "setter"})
