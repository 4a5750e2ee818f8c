"""Put a named stub in place of a solution: the student sees which exercise is open."""

from typing import Any

from nbgrader.preprocessors import ClearSolutions


class NamedStubs(ClearSolutions):  # type: ignore[misc]  # nbgrader has no types
    """Clear solutions, leaving ``raise NotImplementedError("Exercise 2.1")``.

    The number is the metadata ``exercise`` of the solution cell.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> Any:
        """Clear one cell.

        Raises
        ------
        ValueError
            A solution cell has no number.
        """
        if cell.metadata.get("nbgrader", {}).get("solution"):
            number = cell.metadata.get("exercise")
            if not number:
                grade_id = cell.metadata.nbgrader.grade_id
                raise ValueError(f"the solution cell {grade_id!r} has no metadata exercise=…")
            self.code_stub = {"python": f'raise NotImplementedError("Exercise {number}")'}
        return super().preprocess_cell(cell, resources, cell_index)
