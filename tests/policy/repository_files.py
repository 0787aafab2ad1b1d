"""The files of the repository that the policy tests read."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".css",
    ".js",
    ".html",
    ".po",
    ".pot",
    ".txt",
    ".lock",
    ".in",
    "",
}
LEFT_OUT = {".git", ".venv", "var", "node_modules", "__pycache__", "build", "dist"}


def files(*folders: str, ending: str | None = None) -> list[Path]:
    """Files below the folders (the whole repository without any), sorted."""
    roots = [ROOT / folder for folder in folders] or [ROOT]
    return sorted(
        path for root in roots for path in _below(root) if ending is None or path.suffix == ending
    )


def _below(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name in LEFT_OUT or path.name.endswith((".egg-info", "_cache")):
            continue
        if path.is_dir():
            if not (path.name.startswith(".") and path.name not in {".streamlit", ".ci"}):
                yield from _below(path)
        elif path.suffix in TEXT:
            yield path


def product_code() -> list[Path]:
    """Python that runs at the user's: package, pages, server."""
    return files("review", "pages", "app.py", ending=".py")


def trees(paths: list[Path]) -> Iterator[tuple[str, ast.Module]]:
    """Relative path and syntax tree of each file."""
    for path in paths:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
