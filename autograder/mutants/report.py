"""Say what became of the mutants, on the screen and in Markdown."""

import argparse
import textwrap
from collections.abc import Sequence
from pathlib import Path

from autograder.exercises import HOMEWORKS
from autograder.mutants.measure import SEEDS, Report, measure_homework
from autograder.progress import Progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; return 1 if a survivor is unexplained or a declaration does not hold."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder mutants",
        description="Measure the hidden tests by mechanical mutants of the reference functions.",
    )
    parser.add_argument(
        "homework", nargs="*", help=f"all of them without it: {', '.join(HOMEWORKS)}"
    )
    parser.add_argument("--seeds", type=int, default=SEEDS, help="judgments for each mutant")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write a table there as well")
    options = parser.parse_args(arguments)
    unknown = set(options.homework) - set(HOMEWORKS)
    if unknown or options.seeds < 1:
        parser.error(
            f"no homework called {', '.join(unknown)}" if unknown else "--seeds is below 1"
        )
    reports = []
    for homework in options.homework or HOMEWORKS:
        progress = Progress(f"{homework}, dozens of mutants")
        reports += measure_homework(homework, range(options.seeds), progress)
    print(as_text(reports))
    if options.markdown:
        write_markdown(reports, options.markdown)
    return 0 if all(report.clean for report in reports) else 1


def as_text(reports: Sequence[Report]) -> str:
    """Return the table, the survivors with their source difference, and what does not hold."""
    width = max(len(row[0]) for row in _rows(reports))
    lines = [
        f"{name:{width}}  {killed:>6} {all_:>6} {equivalent:>10} {unexplained:>11}"
        for name, killed, all_, equivalent, unexplained in _rows(reports)
    ]
    lines.insert(-1, "-" * len(lines[0]))
    for report in reports:
        for result in report.equivalent:
            lines += ["", f"{report.name}: equivalent, {result.declared}"]
            lines.append(textwrap.indent(result.mutant.difference, "    "))
        for result in report.unexplained:
            lines += ["", f"{report.name}: {result.fate.upper()}, {result.mutant.description}"]
            lines.append(textwrap.indent(result.mutant.difference, "    "))
        for sentence in report.stale:
            lines += ["", f"{report.name}: DECLARED EQUIVALENT, BUT {sentence}"]
    return "\n".join(lines)


def as_markdown(reports: Sequence[Report]) -> str:
    """Return the table and the survivors as Markdown."""
    head, *rows = _rows(reports)
    lines = ["| " + " | ".join(row) + " |" for row in (head, ("---", *["--:"] * 4), *rows)]
    survivors = [
        f"- `{report.name}`: `{result.mutant.description}`. "
        + (f"Equivalent: {result.declared}." if result in report.equivalent else f"{result.fate}.")
        for report in reports
        for result in [*report.equivalent, *report.unexplained]
    ]
    return "\n".join([*lines, "", *survivors]).rstrip() + "\n"


def write_markdown(reports: Sequence[Report], path: Path) -> None:
    """Write the table and the survivors to a file."""
    path.write_text(as_markdown(reports), encoding="utf-8")


def _rows(reports: Sequence[Report]) -> list[tuple[str, ...]]:
    """Return the table: a head, a row for each function, the sum."""
    numbers = [(r.killed, len(r.results), len(r.equivalent), len(r.unexplained)) for r in reports]
    sums = [sum(column) for column in zip(*numbers, strict=True)] or [0] * 4
    return [
        ("function", "killed", "all", "equivalent", "unexplained"),
        *((r.name, *map(str, row)) for r, row in zip(reports, numbers, strict=True)),
        ("together", *map(str, sums)),
    ]
