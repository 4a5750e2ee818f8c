"""Write the pages of the reference documentation, which Sphinx fills from the docstrings."""

import pkgutil
from pathlib import Path

import autograder
from autograder import exercises, referee, reference

# What an author or an instructor may call; the homework's own modules hold the hidden tests.
SHOWN = {
    "Reference solutions": reference,
    "Exercises": exercises,
    "Referee": referee,
}


def write_reference(folder: Path) -> None:
    """Write a page for each subpackage, with all modules that are not a homework's own."""
    folder.mkdir()
    names = []
    for title, package in SHOWN.items():
        name = package.__name__.rpartition(".")[2]
        names.append(name)
        lines = [f"# {title}", "", _automodule(package.__name__, members=False)]
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            short = module.name.rpartition(".")[2]
            if not module.ispkg and not short.startswith("_"):
                lines += [f"## {short}", "", _automodule(module.name)]
        (folder / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
    listed = "\n".join(names)
    about = (autograder.__doc__ or "").strip()
    (folder / "index.md").write_text(
        f"# Reference\n\n{about}\n\n```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```\n",
        encoding="utf-8",
    )


def _automodule(name: str, members: bool = True) -> str:
    options = "   :members:\n" if members else ""
    return f"```{{eval-rst}}\n.. automodule:: {name}\n{options}```\n"
