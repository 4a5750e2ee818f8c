"""Mend submissions inside of nbgrader, before they run, in place of two of its preprocessors."""

import json
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearOutput, OverwriteCells
from traitlets import Unicode
from traitlets.config import Config

from autograder.referee.mending import mend
from autograder.referee.source import SourceCell, SourceNotebook
from autograder.referee.submission import UnreadableError, read_submission


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert has no types
    """Reads damaged notebooks, too; nbgrader's reader stops at a cell without metadata."""

    def from_file(self, file_stream: Any, resources: Any = None, **more: Any) -> tuple[Any, Any]:
        """Return the text of the notebook after its preprocessors.

        Raises
        ------
        UnreadableError
            The file holds no notebook.
        """
        try:
            content = file_stream.read()
        except UnicodeDecodeError:
            raise UnreadableError("is not a notebook: it is not text in UTF-8") from None
        return self.from_notebook_node(read_submission(content), resources, **more)  # type: ignore[no-any-return]


class Mend(OverwriteCells):  # type: ignore[misc]  # nbgrader has no types
    """Does what DeduplicateIds, OverwriteKernelspec and OverwriteCells do, and what they do not.

    The options of OverwriteCells hold. The feedback page says what was put back, so that no text
    is written into the cell unless `missing_cell_notification` is set.
    """

    missing_cell_notification = Unicode(
        "", help="A text to add at the beginning of a cell that is put back"
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the mended notebook."""
        graded = resources["nbgrader"]
        with Gradebook(graded["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(graded["notebook"], graded["assignment"])
            source = read_source(notebook, self.config)
        mended, repairs = mend(
            nb,
            source,
            add_missing=self.add_missing_cells,
            missing_note=self.missing_cell_notification,
            keep_outputs=not ClearOutput(parent=self).enabled,
        )
        for repair in repairs:
            self.log.warning(repair.sentence)
        return mended, resources


def read_source(notebook: Any, config: Config) -> SourceNotebook:
    """Return a homework as the gradebook knows it.

    Parameters
    ----------
    notebook : nbgrader.api.Notebook
    config : Config
        Its ClearHiddenTests and ClearMarkScheme know how hidden lines are marked.
    """
    clear = (ClearHiddenTests(config=config), ClearMarkScheme(config=config))
    grades = {cell.name: cell.max_score for cell in notebook.grade_cells}
    tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    cells = []
    place = {name: number for number, name in enumerate(_order(notebook, config))}
    for cell in sorted(notebook.source_cells, key=lambda cell: place.get(cell.name, len(place))):
        name, text = cell.name, cell.source or ""
        marks = {"grade": name in grades, "solution": name in solutions, "task": name in tasks}
        node = nbformat.from_dict(
            {"cell_type": cell.cell_type, "source": text, "metadata": {"nbgrader": marks}}
        )
        for preprocessor in clear:  # as generate_assignment did
            node, _ = preprocessor.preprocess_cell(node, {}, 0)
        cells.append(
            SourceCell(
                grade_id=name,
                cell_type=cell.cell_type,
                source=text,
                released=node.source,
                locked=bool(cell.locked),
                points=float(grades.get(name, tasks.get(name)) or 0),
                checksum=cell.checksum or "",
                **marks,
            )
        )
    return SourceNotebook(tuple(cells), json.loads(notebook.kernelspec or "{}") or {})


def _order(notebook: Any, config: Config) -> list[str]:
    """Return the grade ids of a homework in their order, or nothing without its source.

    The gradebook does not record an order: SQLite happens to keep it, PostgreSQL does not.
    """
    course, homework = CourseDirectory(config=config), notebook.assignment.name
    folder = Path(course.format_path(course.source_directory, ".", homework))
    try:
        text = (folder / f"{notebook.name}.ipynb").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    marks = [cell.metadata.get("nbgrader", {}) for cell in nbformat.reads(text, as_version=4).cells]
    return [mark["grade_id"] for mark in marks if "grade_id" in mark]
