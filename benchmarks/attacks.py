"""Try every attack of ``tests/attacks`` on stock nbgrader and on this course's grader.

``python benchmarks/attacks.py`` writes ``docs/attacks.md``; with names of attacks it only prints
what became of these. Stock nbgrader is nbgrader's own executor and preprocessors, with the same
notebooks. There each attack has a class folder, a home folder and secrets of its own, made for it,
and what would harm the machine is not run; here all are graded together. It takes about ten
seconds an attack. What was measured on stock nbgrader is kept in ``build/attacks.json`` until the
attack is changed; with ``--measured`` the page is made of that, and says what is not measured.
"""

# ruff: noqa: E501, the page has long lines

import datetime
import hashlib
import importlib.metadata
import json
import multiprocessing
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from attack_class import (  # noqa: E402
    HOMEWORK,
    SECONDS,
    VICTIMS,
    Attack,
    AttackedClass,
    Run,
    attacks,
    run,
)

MOST = 90  # seconds for an attack and the honest submission that is graded after it
WORKERS = 2
STOCK_SECONDS = 20  # for a cell; a kernel imports NumPy in the first one
AFTER = VICTIMS[-1]
_ALL = {"27 undeserved points": "full marks", "1 undeserved points": "1 undeserved point"}
STOCK = f"""
import sys
from pathlib import Path
from nbgrader.apps import NbGraderAPI
from autograder.plugins.nbgrader import load_config

root = Path(sys.argv[1])
config = load_config(root, root)
del config["Autograde"], config["OverwriteCells"]
del config["GenerateFeedback"], config["HTMLExporter"]
config.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:"]
config.Execute.timeout = {STOCK_SECONDS}
course = NbGraderAPI(config=config)
for student in sys.argv[2:]:
    course.autograde({HOMEWORK!r}, student)
course.generate_feedback({HOMEWORK!r}, sys.argv[2])
"""
HEAD = """\
# Attacks on the grader

At each change of its code this grader is tried with {count} dishonest submissions of homework 2 ([`tests/test_attacks.py`](../tests/test_attacks.py)). In each of them
one exercise is right, and worth 3 points; all beyond that is undeserved. Honest submissions stand beside them, and have to keep all that they deserve.

The table says what an attack does on nbgrader {nbgrader} as it comes, with its own executor, and here. Measured on {day} with Python {python} on {system} by
`python benchmarks/attacks.py`; a cell had {stock_seconds} seconds there, {seconds} here. On stock nbgrader an honest submission was graded after each attack, by the same process.

| attack | what it tries | on stock nbgrader | here |
|---|---|---|---|
"""
FOOT = """
*Submission lost*, *not graded*: its student has no scores, though an exercise in it is right. *Not graded, with a reason*: what was handed in is no notebook of the student's, and the table that the
teacher reads says so.

What a submission can do here is to harm itself: a cell after which its process has no memory, no threads or no connection left costs what runs later in the same notebook.
And it can find out what its own hidden tests called it with, for instance through a file; these inputs are made for this submission alone and are of no use to another.
"""


def on_stock(attack: Attack, template: Path) -> str:
    """Grade an attack, and then an honest submission, on stock nbgrader."""
    if attack.not_on_stock:
        return f"not run: {attack.not_on_stock}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copytree(template, Path(folder, "attacked"))
        attacked = AttackedClass(Path(folder, "attacked"))
        attacked.hand_in(attack)
        files, tables = attacked.guarded(), attacked.schema()
        command = [sys.executable, "-c", STOCK, str(attacked.root), attack.name]
        graded = run([*command, AFTER], attacked.root, attacked.environment, MOST)
        if attack.again and graded.status is not None:
            attacked.hand_in(attack, again=True)
            graded = run(command, attacked.root, attacked.environment, MOST)
        found = list(_ended(graded))
        found += _effects(attacked, attack)
        after = attacked.guarded()
        changed = {_kind(attacked, path) for path in files if after.get(path) != files[path]}
        found += [f"{name} changed" for name in sorted(changed)]
        try:
            found += ["gradebook changed"] if attacked.schema() != tables else []
        except Exception:  # whatever was done to it
            found.append("gradebook destroyed")
    return ", ".join(found) or "no effect"


def here(known: Iterable[Attack], template: Path) -> Iterator[str]:
    """Grade all attacks beside honest submissions; yield what each does."""
    known = list(known)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(template, Path(folder, "attacked"))
        attacked = AttackedClass(Path(folder, "attacked"))
        for attack in known:
            attacked.hand_in(attack)
        files, tables = attacked.guarded(), attacked.schema()
        command, most = [sys.executable, "-m", "autograder"], 20 * len(known) + 60
        runs = [run([*command, "autograde", HOMEWORK], attacked.root, attacked.environment, most)]
        for attack in known:
            if attack.again:
                attacked.hand_in(attack, again=True)
        for verb in ("autograde", "feedback"):
            runs.append(run([*command, verb, HOMEWORK], attacked.root, attacked.environment, most))
        after = attacked.guarded()
        all_is_well = (
            not list(attacked.losses(VICTIMS, attacked.scores()))
            and not any(done.left or done.status is None for done in runs)
            and all(after.get(path) == files[path] for path in files)
            and attacked.schema() == tables
        )
        if not all_is_well:
            raise RuntimeError("an attack does harm here: tests/test_attacks.py says which")
        for attack in known:
            yield ", ".join(_effects(attacked, attack)) or "no effect"


def _ended(graded: Run) -> Iterator[str]:
    if graded.status is None:
        yield "the grading hangs"
    elif graded.status < 0:
        yield "the grader is killed"
    if graded.left:
        yield "a process is left"


def _effects(attacked: AttackedClass, attack: Attack) -> Iterator[str]:
    """Yield what an attack gained, and what its student and another one lost."""
    try:
        scores = attacked.scores()
        for gain in attacked.gains(attack, scores):
            yield _ALL.get(gain, gain)
        if list(attacked.losses([AFTER], scores)):
            yield "another submission lost"
        if list(attacked.losses([attack.name], scores)):
            yield "not graded, with a reason" if attack.refused else "submission lost"
    except Exception as error:  # whatever was done to the gradebook
        yield f"the gradebook can't be read ({type(error).__name__})"


def _kind(attacked: AttackedClass, path: str) -> str:
    if path.startswith(str(attacked.home)):
        return "home folder"
    if "/submitted/" in path:
        return "another submission"
    return "configuration" if path.endswith("config.py") else "homework"


def short(result: str) -> str:
    """Return what happened on stock nbgrader, each leak once."""
    parts = result.replace("not graded, with a reason", "not graded").split(", ")
    shown = {part.removeprefix("the page shows ") for part in parts}
    return ", ".join(
        part
        for part in parts
        if part.removeprefix("the graded notebook shows ") not in shown - {part}
    )


class Kept:
    """What was measured on stock nbgrader, by the name and the text of an attack."""

    def __init__(self) -> None:
        self._file = ROOT / "build" / "attacks.json"
        self._found = json.loads(self._file.read_text()) if self._file.exists() else {}

    def get(self, attack: Attack) -> str | None:
        """Return what an attack does, if it was measured."""
        return self._found.get(_key(attack))

    def add(self, attack: Attack, result: str) -> None:
        """Keep what an attack does."""
        self._found[_key(attack)] = result
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(self._found, indent=1))


def _key(attack: Attack) -> str:
    text = _path(attack).read_bytes()
    return f"{attack.name} {hashlib.sha256(text).hexdigest()[:12]} {_version()}"


def _path(attack: Attack) -> Path:
    return ROOT / "tests" / "attacks" / f"{attack.name.replace('-', '_')}.py"


def _version() -> str:
    return importlib.metadata.version("nbgrader")


def main(names: list[str]) -> None:
    """Measure all attacks and write the page, or measure some."""
    only_kept = "--measured" in names
    names = [name for name in names if not name.startswith("-")]
    known = [attack for name, attack in attacks().items() if not names or name in names]
    kept = Kept()
    with tempfile.TemporaryDirectory() as folder:
        template = AttackedClass(Path(folder, "class"))
        template.hand_in_honestly()
        waiting = [] if only_kept else [attack for attack in known if kept.get(attack) is None]
        with multiprocessing.Pool(WORKERS) as pool:
            tasks = [(attack.name, template.folder) for attack in waiting]
            for attack, result in zip(waiting, pool.imap(_task, tasks), strict=True):
                kept.add(attack, result)
                print(f"{attack.name}: {result}", flush=True)
        ours = list(here(known, template.folder))
    kept = Kept()
    for attack, own in zip(known, ours, strict=True):
        print(f"{attack.name}: {kept.get(attack)} | {own}")
    if names:
        return
    page = HEAD.format(
        count=len(known),
        nbgrader=_version(),
        day=datetime.date.today().strftime("%-d %B %Y"),
        python=platform.python_version(),
        system=platform.system(),
        seconds=SECONDS,
        stock_seconds=STOCK_SECONDS,
    )
    for attack, own in zip(known, ours, strict=True):
        file = f"../tests/attacks/{_path(attack).name}"
        tries = attack.tries.rstrip(".").replace("|", "\\|")
        there = short(kept.get(attack) or "not measured")
        page += f"| [{attack.name}]({file}) | {tries} | {there} | {own} |\n"
    (ROOT / "docs" / "attacks.md").write_text(page + FOOT)


def _task(task: tuple[str, Path]) -> str:
    name, template = task
    return on_stock(attacks()[name], template)


if __name__ == "__main__":
    main(sys.argv[1:])
