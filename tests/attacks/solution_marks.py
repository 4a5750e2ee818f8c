"""The test cells are marked as solutions, and the solution as the cell that has points.

Gain: a cell that is test and solution is the student's own.
"""


def edit(notebook):
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade"):
            marks["solution"], marks["locked"] = True, False
            cell.source = "pass"
        elif marks.get("solution"):
            marks["grade"], marks["points"] = True, 100
