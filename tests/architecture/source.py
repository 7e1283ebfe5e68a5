"""Python files as the checks see them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """`name` is the dotted module name, `path` relative to the root."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> tuple[tuple[str, int], ...]:
        """Dotted names imported anywhere in the file, with their lines; `from a import b` gives `a.b`."""
        found: list[tuple[str, int]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                found += [(f"{base}.{alias.name}", node.lineno) for alias in node.names]
        return tuple(found)

    def _base(self, node: ast.ImportFrom) -> str:
        """What `from ... import` names, relative imports made absolute."""
        folders = self.path.parent.parts
        here = folders[: len(folders) - node.level + 1] if node.level else ()
        return ".".join((*here, *(node.module or "").split("."))).rstrip(".")


def read_sources(root: Path, *folders: str) -> list[Source]:
    """Every Python file below the folders of `root`."""
    paths = (path for folder in folders for path in sorted((root / folder).rglob("*.py")))
    return [Source(path.relative_to(root), path.read_text(encoding="utf-8")) for path in paths]


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones included."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
