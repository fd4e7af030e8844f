"""What a template may say. Everything that is not named here is refused.

Allowed are ``{{ 客户.名称 }}``, ``{{ 合同.金额|大写金额 }}``, ``{% for 行 in 价格表 %}`` (never one
inside another), ``{% if … %}`` with comparisons, ``and``, ``or``, ``not`` and constants. There are
no calls, no arithmetic, no indexing, no other attributes: so what a template costs is known from
its length and the number of rows, and nothing outside the values can be reached.

The walk over Jinja's own syntax tree (`examine`) runs at the check and again at every filling.
"""

from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from archive.docgen.catalogue import Catalogue, ValueKind
from archive.docgen.faults import FaultKind, Finding
from archive.docgen.filters import FILTERS, write_plain
from archive.docgen.values import pass_words

MAX_TAGS = 3_000
MAX_TAG_LENGTH = 300
MAX_NESTING = 6


def build_environment() -> ImmutableSandboxedEnvironment:
    """Jinja with nothing in it but our filters: the sandbox is the second lock, not the first."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, finalize=write_plain)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update({name: pass_words(known.write) for name, known in FILTERS.items()})
    return environment


ENVIRONMENT = build_environment()

Scope = Mapping[str, str]
"""The loop's word and the list that it walks."""


def parse(source: str) -> nodes.Template:
    """The syntax tree of *source*.

    Raises:
        TemplateSyntaxError: Jinja cannot read it, or it nests beyond all reason.
    """
    try:
        return ENVIRONMENT.parse(source)
    except RecursionError as error:
        raise TemplateSyntaxError("nested too deeply", 1) from error


def examine(
    body: list[nodes.Node], catalogue: Catalogue, scope: Scope | None = None, depth: int = 0
) -> Iterator[Finding]:
    """Every fault of the statements in *body*."""
    scope = scope or {}
    for node in body:
        match node:
            case nodes.Output(nodes=parts):
                for part in parts:
                    if not isinstance(part, nodes.TemplateData):
                        yield from _examine_expression(part, catalogue, scope, printed=True)
            case nodes.If(test=test):
                if depth >= MAX_NESTING:
                    yield Finding(FaultKind.TOO_DEEP, "if")
                    continue
                yield from _examine_expression(test, catalogue, scope)
                for branch in (node.body, node.elif_, node.else_):
                    yield from examine([*branch], catalogue, scope, depth + 1)
            case nodes.For():
                yield from _examine_loop(node, catalogue, scope, depth)
            case _:
                yield Finding(FaultKind.FORBIDDEN, _describe(node))


def _examine_loop(
    loop: nodes.For, catalogue: Catalogue, scope: Scope, depth: int
) -> Iterator[Finding]:
    if scope:
        yield Finding(FaultKind.NESTED_LOOP, "for")
        return
    if loop.test or loop.else_ or loop.recursive or not isinstance(loop.target, nodes.Name):
        yield Finding(FaultKind.FORBIDDEN, "for … if / else")
        return
    walked = loop.iter.name if isinstance(loop.iter, nodes.Name) else ""
    placeholder = catalogue.find(walked)
    if placeholder is None or placeholder.kind is not ValueKind.ROWS:
        lists = "、".join(known.name for known in catalogue.lists())
        yield Finding(FaultKind.UNKNOWN, walked or _describe(loop.iter), lists)
        return
    yield from examine(loop.body, catalogue, {loop.target.name: walked}, depth + 1)


def _examine_expression(
    node: nodes.Node, catalogue: Catalogue, scope: Scope, *, printed: bool = False
) -> Iterator[Finding]:
    match node:
        case nodes.Name() | nodes.Getattr():
            yield from _examine_name(node, catalogue, scope, printed=printed)
        case nodes.Const():
            if printed:
                yield Finding(FaultKind.FORBIDDEN, _describe(node))
        case nodes.Filter():
            yield from _examine_filter(node, catalogue, scope)
        case nodes.Compare() | nodes.And() | nodes.Or() | nodes.Not() if not printed:
            for child in node.iter_child_nodes():
                expression = child.expr if isinstance(child, nodes.Operand) else child
                if isinstance(child, nodes.Operand) and child.op in ("in", "notin"):
                    yield Finding(FaultKind.FORBIDDEN, child.op)
                yield from _examine_expression(expression, catalogue, scope)
        case _:
            yield Finding(FaultKind.FORBIDDEN, _describe(node))


def _examine_filter(node: nodes.Filter, catalogue: Catalogue, scope: Scope) -> Iterator[Finding]:
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
        yield Finding(FaultKind.FORBIDDEN, f"|{node.name}(…)")
        return
    known = FILTERS.get(node.name)
    if known is None:
        yield Finding(FaultKind.UNKNOWN_FILTER, node.name, "、".join(f"|{f}" for f in FILTERS))
        return
    name = resolve(node.node, scope)
    placeholder = catalogue.find(name) if name else None
    if placeholder is not None and placeholder.kind is not known.kind:
        yield Finding(FaultKind.FILTER_MISFIT, node.name)
    yield from _examine_expression(node.node, catalogue, scope)


def _examine_name(
    node: nodes.Node, catalogue: Catalogue, scope: Scope, *, printed: bool
) -> Iterator[Finding]:
    name = resolve(node, scope)
    if name is None:
        yield Finding(FaultKind.FORBIDDEN, _describe(node))
        return
    placeholder = catalogue.find(name)
    if placeholder is None:
        yield Finding(FaultKind.UNKNOWN, _as_written(node), _suggest(name, catalogue, scope))
        return
    whole_list = placeholder.kind is ValueKind.ROWS and printed
    column = placeholder not in catalogue.top
    if whole_list or (column and not _through_loop(node, scope)):
        yield Finding(FaultKind.LIST_OUTSIDE_LOOP, name)


def _through_loop(node: nodes.Node, scope: Scope) -> bool:
    """Is *node* a column named on the word of the loop, not on its list?"""
    return isinstance(node, nodes.Getattr) and _as_written(node.node) in scope


def _suggest(name: str, catalogue: Catalogue, scope: Scope) -> str | None:
    nearest = catalogue.nearest(name)
    if nearest is None:
        return None
    for word, walked in scope.items():
        if nearest.startswith(f"{walked}."):
            return word + nearest.removeprefix(walked)
    return nearest


def resolve(node: nodes.Node, scope: Scope) -> str | None:
    """The catalogue name that *node* means, the loop's word replaced by its list."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{scope.get(node.node.name, node.node.name)}.{node.attr}"
    return None


def find_placeholders(tree: nodes.Template, scope: Scope | None = None) -> set[str]:
    """The catalogue names that an examined template uses, columns of lists too."""
    return set(_collect(tree.body, scope or {}))


def _collect(body: list[nodes.Node], scope: Scope) -> Iterator[str]:
    for node in body:
        inner = scope
        if isinstance(node, nodes.For):
            walked = resolve(node.iter, scope) or ""
            yield walked
            inner = {_as_written(node.target): walked}
        name = resolve(node, scope)
        if name is not None and not isinstance(node, nodes.For):
            yield name
        else:
            children = node.body if isinstance(node, nodes.For) else [*node.iter_child_nodes()]
            yield from _collect([*children], inner)


def _as_written(node: nodes.Node) -> str:
    return resolve(node, {}) or type(node).__name__


def _describe(node: nodes.Node) -> str:
    """A forbidden construct by its sign; the tag itself is shown next to it."""
    written = resolve(node, {})
    if written:
        return written
    if isinstance(node, nodes.Getattr):
        return f"….{node.attr}"
    return _NAMES.get(type(node).__name__, type(node).__name__)


_NAMES = {
    "Call": "(…)",
    "Getitem": "[…]",
    "Const": '"…"',
    "Concat": "~",
    "Test": "is",
    "CondExpr": "… if … else …",
    "List": "[…]",
    "Tuple": "(…)",
    "Dict": "{…}",
    "Mul": "*",
    "Add": "+",
    "Sub": "-",
    "Div": "/",
    "FloorDiv": "//",
    "Mod": "%",
    "Pow": "**",
    "Neg": "-",
    "Pos": "+",
    "Assign": "set",
    "AssignBlock": "set",
    "Macro": "macro",
    "CallBlock": "call",
    "FilterBlock": "filter",
    "With": "with",
    "Include": "include",
    "Import": "import",
    "FromImport": "from",
    "Extends": "extends",
    "Block": "block",
    "ScopedEvalContextModifier": "autoescape",
}
