"""Every sentence in which a refusal can be put, read from the sources: literals as they stand, blanks numbered.

A refusal is made of texts that flow through variables, tables of words and small functions into a few records. Here the
flow is followed backwards: from what a record is given to the literals it may be. What cannot be followed is a blank.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOM = Path(__file__).parents[2] / "src" / "tillerman"
BLANK = "\0"
APART = ("dispatch", "testing")  # told to programmers

# what is told: of each record or function, the arguments that hold a text for people, by position and by name
TOLD: dict[str, tuple[str | None, ...]] = {
    "Problem": (None, "found", "expected", "remedy"),
    "Finding": (None, None, None, "found", "expected", "remedy"),
    "Refusal": ("found", "expected", "remedy"),
    "SettingError": (None, None, "expected", "remedy"),
    "UnknownNameError": ("what",),
    "StudyError": ("text",),
    "Rule": (None, "group"),
    "Entry": (None, None, None, "text"),
    "Decision": (*(None,) * 10, "text"),
    "BreakEven": (*(None,) * 6, "verdict"),
    "Trilemma": (None, None, None, "reason"),
    "MissingReference": (None, None, "reason"),
    "Comparison": (*(None,) * 4, "note"),
    "Withdrawal": (None, None, "name"),
    "Plan": (),
    "OutOfSample": (),
    "Frontier": (),
    "Posture": (*(None,) * 9, "reason"),
    "Need": (None, None, "why"),
    "Setting": (None, None, None, None, "doc"),
    "column": ("doc",),
    "_Kind": (None, None, "remedy"),
}
BY_NAME = frozenset(
    {
        "found",
        "expected",
        "remedy",
        "doc",
        "why",
        "group",
        "text",
        "verdict",
        "reason",
        "note",
        "cvar_reason",
        "worst_reason",
        "tail_reason",
    }
)
RETURNED = ("diagnose.py:_", "pairs.py:why_not")  # functions called through a record: all that they return is told
LISTED = ("health.py:lines",)  # functions that put sentences into a list
SENTENCES = ("twostage", "solution.py", "Outcome")  # a word list of which each value is a sentence
FIELDS = {"called": ("_Kind", 1)}  # a field of a record that stands within a text, and which argument it is
CODE = re.compile(r"--[a-z-]+|true|false")  # what is typed so in every language
NUMBERS = ("number", "plain", "at", "share", "_percent", "money", "money_both", "amount")  # they write figures
MOST = 12  # forms of one blank that are written out; with more it stays a blank
DEEPEST = 14  # steps from a record back to a literal


@dataclass
class Module:
    """One source file, and what is assigned and defined in it by name."""

    path: Path
    tree: ast.Module
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    constants: dict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))
    aliases: dict[str, str] = field(default_factory=dict)  # a name, and what it is called where it comes from
    imported: dict[str, str] = field(default_factory=dict)  # a name, and the last part of the module it comes from


def sentences() -> dict[str, str]:
    """Every template with the place where it is first written; blanks are {0}, {1} and so on."""
    return _Reader().read()


class _Reader:
    def __init__(self) -> None:
        self.modules = [_module(path) for path in sorted(ROOM.rglob("*.py")) if not set(APART) & set(path.parts)]
        self.told: dict[str, set[int | str]] = {
            name: {k for k, arg in enumerate(args) if arg} | {arg for arg in args if arg} for name, args in TOLD.items()
        }
        self.found: dict[str, str] = {}
        self.telling: set[str] = set()
        self.shared = {name: f for module in self.modules for name, f in module.functions.items()}
        self.defined: dict[str, list[Path]] = defaultdict(list)
        for module in self.modules:
            for name in module.functions:
                self.defined[name].append(module.path)
        self.home = {id(f): module for module in self.modules for f in module.functions.values()}

    def read(self) -> dict[str, str]:
        before = -1
        while before != sum(map(len, self.told.values())):  # a parameter that is told makes its callers tell
            before = sum(map(len, self.told.values()))
            self.telling = {key.rpartition(":")[2] for key in self.told}
            self.found = {}
            for module in self.modules:
                for scope, call in _calls(module.tree):
                    if module.aliases.get(_called(call), _called(call)) in self.telling:
                        self._call(module, scope, call)
                for name, function in module.functions.items():
                    if f"{module.path.name}:{name}".startswith(RETURNED):
                        self._returns(module, function)
                    if f"{module.path.name}:{name}" in LISTED:
                        self._listed(module, function)
                if module.path.parts[-2:] == SENTENCES[:2]:
                    self._values(module, SENTENCES[2])
        return self.found

    def _call(self, module: Module, scope: ast.FunctionDef | None, call: ast.Call) -> None:
        name = module.aliases.get(_called(call), _called(call))
        keys = [self._key(module, name)]
        if isinstance(call.func, ast.Attribute):  # whose method it is, nobody can tell here
            keys = [*keys[name in module.functions :], *(f"{path}:{name}" for path in self.defined.get(name, ()))]
        told = set().union(*(self.told.get(key, set()) for key in keys))
        for position, argument in enumerate(call.args):
            if position in told:
                self._keep(module, scope, argument)
        for keyword in call.keywords:
            if keyword.arg in told or (name in TOLD and keyword.arg in BY_NAME):
                self._keep(module, scope, keyword.value)

    def _listed(self, module: Module, function: ast.FunctionDef) -> None:
        for node in _nodes(function):
            if isinstance(node, ast.List | ast.ListComp):
                for item in node.elts if isinstance(node, ast.List) else [node.elt]:
                    self._keep(module, function, item)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
                self._keep(module, function, node.args[0])

    def _values(self, module: Module, name: str) -> None:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and node.name == name:
                for item in node.body:
                    if isinstance(item, ast.Assign):
                        self._keep(module, None, item.value)

    def _key(self, module: Module, name: str) -> str:
        """Know a function by where it is defined, so that two of one name are not taken for each other."""
        if name in module.functions:
            return f"{module.path}:{name}"
        if name == "column":  # of a country file; what other modules call so is a method
            return name if "country" in module.path.parts else ""
        if name == "Rule":  # of a plan, whose rules are told where they clash; those of a file are only named
            return name if "blocks" in module.path.parts else ""
        if name in TOLD:
            return name
        defined = self.defined.get(name, [])
        named = [path for path in defined if path.stem == module.imported.get(name)]
        return f"{(named or defined)[0]}:{name}" if named or len(defined) == 1 else name

    def _returns(self, module: Module, function: ast.FunctionDef) -> None:
        for node in _nodes(function):
            if isinstance(node, ast.Return) and node.value is not None:
                self._keep(module, function, node.value)

    def _keep(self, module: Module, scope: ast.FunctionDef | None, expression: ast.expr) -> None:
        for text in self._forms(module, scope, expression, 0):
            template = numbered(text)
            if re.search(r"[a-z]{2}", re.sub(r"\{\d+\}", "", template)) and not CODE.fullmatch(template):
                self.found.setdefault(template, f"{module.path.relative_to(ROOM)}:{expression.lineno}")

    def _forms(self, module: Module, scope: ast.FunctionDef | None, node: ast.expr, depth: int) -> set[str]:  # noqa: C901, PLR0911, PLR0912 - one case a kind of expression
        if depth > DEEPEST:
            return {BLANK}
        again = depth + 1
        match node:
            case ast.Constant(value=str(text)):
                return {text.replace("{}", BLANK)}
            case ast.JoinedStr(values=values):
                forms = {""}
                for piece in values:
                    inner = self._piece(module, scope, piece, again)
                    forms = {a + b for a in forms for b in inner}
                return forms
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                first, then = self._forms(module, scope, left, again), self._forms(module, scope, right, again)
                return {a + b for a in first for b in then}
            case ast.IfExp(body=body, orelse=other):
                return self._forms(module, scope, body, again) | self._forms(module, scope, other, again)
            case ast.BoolOp(values=values):
                return set().union(*(self._forms(module, scope, value, again) for value in values))
            case ast.Subscript(value=ast.Name(id=name)):
                return self._table(module, name, again)
            case ast.Subscript(value=ast.Dict(values=values)):
                return set().union(*(self._forms(module, scope, value, again) for value in values))
            case ast.Subscript(value=ast.Call(func=ast.Name(id=name)), slice=ast.Constant(value=int(part))) if (
                name in self.shared
            ):
                return self._function(module.functions.get(name, self.shared[name]), again, part)
            case ast.Name(id=name):
                return self._name(module, scope, name, again)
            case ast.Tuple(elts=parts):
                return set().union(*(self._forms(module, scope, part, again) for part in parts))
            case ast.Lambda(body=body):
                return self._forms(module, None, body, again)
            case ast.Attribute(attr=attr) if attr in FIELDS:
                return self._field(module, *FIELDS[attr])
            case ast.Call(func=ast.Attribute(value=ast.Constant() as text, attr="format")):
                return self._forms(module, scope, text, again)
            case ast.Call(func=ast.Attribute(value=ast.Name() as text, attr="format")):
                return self._forms(module, scope, text, again)
            case ast.Call(func=ast.Name(id=name)) if name in self.shared and name not in NUMBERS:
                return self._function(module.functions.get(name, self.shared[name]), again)
            case _:
                return {BLANK}

    def _piece(self, module: Module, scope: ast.FunctionDef | None, piece: ast.expr, depth: int) -> set[str]:
        if not isinstance(piece, ast.FormattedValue):
            return self._forms(module, scope, piece, depth)
        if piece.conversion != -1 or piece.format_spec is not None:
            return {BLANK}
        if scope is not None and isinstance(piece.value, ast.Name) and piece.value.id in _parameters(scope):
            return {BLANK}  # the text is put together here: only a parameter that is a whole text is told by callers
        forms = self._forms(module, scope, piece.value, depth)
        return forms if len(forms) <= MOST else {BLANK}

    def _field(self, module: Module, record: str, position: int) -> set[str]:
        calls = [call for _, call in _calls(module.tree) if isinstance(call.func, ast.Name) and call.func.id == record]
        return set().union(*(self._forms(module, None, call.args[position], 0) for call in calls))

    def _table(self, module: Module, name: str, depth: int) -> set[str]:
        forms: set[str] = set()
        for value in module.constants.get(name, []):
            if isinstance(value, ast.Dict):
                forms |= set().union(*(self._forms(module, None, item, depth) for item in value.values))
        return forms or {BLANK}

    def _name(self, module: Module, scope: ast.FunctionDef | None, name: str, depth: int) -> set[str]:
        if scope is not None:
            values = list(_assigned(scope, name))
            if values:
                forms = set().union(*(self._forms(module, scope, value, depth) for value in values))
                added = [n for n in _nodes(scope) if isinstance(n, ast.AugAssign) and _is(n.target, name)]
                for more in added:
                    tails = self._forms(module, scope, more.value, depth)
                    forms |= {form + tail for form in forms for tail in tails}
                return forms
            parameters = _parameters(scope)
            if name in parameters:
                told = self.told.setdefault(self._key(module, scope.name), set())
                told |= {name, parameters.index(name) - (parameters[0] in ("self", "cls"))}
                return {BLANK}
        values = module.constants.get(name, [])
        return set().union(*(self._forms(module, None, value, depth) for value in values)) if values else {BLANK}

    def _function(self, function: ast.FunctionDef, depth: int, part: int | None = None) -> set[str]:
        """What a function returns, or of several values the one at a place."""
        module = self.home[id(function)]
        forms: set[str] = set()
        for node in _nodes(function):
            if isinstance(node, ast.Return) and node.value is not None:
                value = node.value.elts[part] if isinstance(node.value, ast.Tuple) and part is not None else node.value
                forms |= self._forms(module, function, value, depth)
        return forms or {BLANK}


def numbered(text: str) -> str:
    """Number the blanks of a template; two that touch are one."""
    parts = re.sub(f"{BLANK}+", BLANK, text).split(BLANK)
    return "".join(part + ("" if k == len(parts) - 1 else f"{{{k}}}") for k, part in enumerate(parts))


def _module(path: Path) -> Module:
    tree = ast.parse(path.read_text("utf-8"))
    found = Module(path, tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found.functions.setdefault(node.name, node)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.aliases.update({alias.asname: alias.name for alias in node.names if alias.asname})
            found.imported.update({alias.asname or alias.name: node.module.rpartition(".")[2] for alias in node.names})
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.constants[node.targets[0].id].append(node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found.constants[node.target.id].append(node.value)
    return found


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


@cache
def _nodes(scope: ast.FunctionDef) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(scope))


@cache
def _calls(tree: ast.Module) -> tuple[tuple[ast.FunctionDef | None, ast.Call], ...]:
    """Every call with the function it stands in."""

    def walk(node: ast.AST, scope: ast.FunctionDef | None) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield scope, child
            yield from walk(child, child if isinstance(child, ast.FunctionDef) else scope)

    return tuple(walk(tree, None))


def _assigned(scope: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    """What a function assigns to a name: alone, in a tuple, or as the items it loops over."""
    for node in _nodes(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _matched(target, node.value, name)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            yield from _matched(node.target, node.value, name)
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple | ast.List):
            for item in node.iter.elts:
                yield from _matched(node.target, item, name)


def _matched(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if _is(target, name):
        yield value
    elif isinstance(target, ast.Tuple):
        for position, part in enumerate(target.elts):
            if _is(part, name):
                yield value.elts[position] if isinstance(value, ast.Tuple) else _part_of(value, position)
            elif isinstance(part, ast.Tuple) and isinstance(value, ast.Tuple):
                yield from _matched(part, value.elts[position], name)


def _part_of(value: ast.expr, position: int) -> ast.expr:
    """What a name gets of several values that come at once: of a call, the part that it returns at this place."""
    part = ast.Subscript(value=value, slice=ast.Constant(position))
    return ast.copy_location(part, value)


def _parameters(scope: ast.FunctionDef) -> list[str]:
    return [a.arg for a in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)]


def _is(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name
