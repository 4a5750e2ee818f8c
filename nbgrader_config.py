"""nbgrader stays the grader; this plugs the course's parts into it."""

from importlib.resources import files

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    GetGrades,
    IgnorePattern,
    IncludeHeaderFooter,
    LimitOutput,
    LockCells,
    SaveAutoGrades,
    SaveCells,
)

from autograder.feedback import TEMPLATES, FeedbackPage
from autograder.plugins.execute import IsolatedExecute
from autograder.plugins.late import LatePenalty
from autograder.plugins.mend import Mend, SubmissionExporter
from autograder.plugins.names import make_ready
from autograder.plugins.nbgrader import gradebook_address
from autograder.plugins.stubs import NamedStubs

c = get_config()  # noqa: F821  (given by traitlets)

c.CourseDirectory.course_id = "neural-networks-in-numpy"
if address := gradebook_address():  # without it: gradebook.db in this folder
    c.CourseDirectory.db_url = address

# nbgrader's own list, with named stubs, and without InstantiateTests, which starts a kernel.
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    LockCells,
    NamedStubs,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]

c.Autograde.pre_convert_hook = make_ready
c.Autograde.exporter_class = SubmissionExporter
# Mend writes all marks itself, from the gradebook: CheckCellMetadata would compile its JSON schema
# for each cell, which takes longer than all else that nbgrader does.
c.Autograde.sanitize_preprocessors = [Mend, ClearOutput]
c.OverwriteCells.add_missing_cells = True  # a deleted test cell is put back
# nbgrader's own list, with student code shut in.
c.Autograde.autograde_preprocessors = [
    IsolatedExecute,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
]
# What a late submission costs: nothing, until you give a percentage for each day.
c.AssignLatePenalties.plugin_class = LatePenalty
c.LatePenalty.grace_hours = 0
c.LatePenalty.percent_per_day = 0
c.LatePenalty.most_percent = 100
c.Execute.timeout = 60  # seconds for a cell; a right solution needs less than one

# The feedback page: our template under nbgrader's name for it, and what prepares it.
c.GenerateFeedback.preprocessors = [GetGrades, FeedbackPage]
# nbgrader's own folder stays behind ours: formgrader does not start without its templates.
c.HTMLExporter.extra_template_basedirs = [
    str(TEMPLATES),
    str(files("nbgrader") / "server_extensions" / "formgrader" / "templates"),
]
