"""Gates on the project: one list of dependencies, no hosts, links that resolve, clear verbs."""

import itertools
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import HW02, ROOT

from autograder import cli
from autograder.exercises import HOMEWORKS
from autograder.slides import SlidesError

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
THERE_IS = ", ".join(HOMEWORKS)
OPTIONAL = {"test", "docs", "cluster", "postgresql"}
BRIEF = ["course", "release", "source", "autograder", "environment.yml", "README.md", "Makefile"]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.exists()]


def test_the_names_of_the_brief_are_there():
    assert all((ROOT / name).exists() for name in BRIEF)


def test_the_packages_of_the_brief_are_the_dependencies():
    named = {re.split(r"[\[<>=]", line)[0] for line in PROJECT["project"]["dependencies"]}
    brief = {"numpy", "matplotlib", "jupyterlab", "nbgrader", "scikit-learn", "nbconvert"}
    assert named >= brief
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert set(PROJECT["project"]["optional-dependencies"]) == OPTIONAL


def test_lock_pins_every_dependency_with_hashes_and_names_no_host():
    lock = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"https?:|index-url|find-links|trusted-host|@ ", lock)
    pinned = set(re.findall(r"^([\w.-]+)==", lock, flags=re.MULTILINE))
    groups = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *itertools.chain(*groups.values())]
    for line in [*wanted, *PROJECT["build-system"]["requires"]]:
        assert re.split(r"[\[<>=]", line)[0] in pinned
    for block in re.split(r"\n(?=\w)", lock):
        if "==" in block.partition("\n")[0]:
            assert "--hash=sha256:" in block


def test_conda_environment_is_python_pip_and_the_project():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    python, pip, by_pip = environment["dependencies"]
    assert python == f"python{PROJECT['project']['requires-python']}"
    assert pip == "pip"
    assert by_pip == {"pip": ["--editable ."]}
    assert environment["name"] == PROJECT["project"]["name"]


def test_no_path_of_a_machine_and_no_host_of_a_registry_is_committed():
    home = str(Path.home())
    for path in tracked():
        content = path.read_bytes()
        assert str(ROOT).encode() not in content, path
        assert len(home) < 5 or f"{home}/".encode() not in content, path
        if path.suffix != ".py":
            assert not re.search(rb'"resolved": *"http', content), path


def test_outputs_are_not_committed():
    for path in tracked():
        if path.suffix == ".ipynb":
            for cell in nbformat.read(path, as_version=4).cells:
                assert not cell.get("outputs")


def test_readme_counts_mistakes_and_variants_right():
    exercises = [exercise for homework in HOMEWORKS.values() for exercise in homework.values()]
    mistakes = sum(len(exercise.mistakes) for exercise in exercises)
    variants = sum(len(exercise.variants) for exercise in exercises)
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"{mistakes} mistakes and {variants} variants" in readme


# Links


def _markdown(path: Path) -> str:
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return path.read_text(encoding="utf-8")


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize(
    "path",
    [path for path in tracked() if path.suffix in {".md", ".ipynb"}],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_links_inside_the_project_resolve(path):
    written = re.sub(r"```.*?```|`[^`\n]*`", "", _markdown(path), flags=re.DOTALL)
    links = re.findall(r"(?<!\\)\]\(<?([^)\s>]+)>?[^)]*\)", written)
    soup = BeautifulSoup(written, "html.parser")
    links += [tag.get("href") or tag.get("src") for tag in soup.select("a[href], img[src]")]
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        place = (path.parent / target) if target else path
        assert place.exists(), f"{link} does not exist"
        if anchor and place.suffix in {".md", ".ipynb"}:
            headings = re.findall(r"^#+ (.*)$", _markdown(place), flags=re.MULTILINE)
            assert anchor in {_slug(heading) for heading in headings}, f"{link}: no such heading"


# Verbs


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_help_lists_every_verb():
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    listed = re.findall(r"^  make (\w+)\s+\S", make("help").stdout, flags=re.MULTILINE)
    assert set(listed) == set(phony[1].split())
    assert make().stdout == make("help").stdout


def test_makefile_refuses_an_old_python_in_one_line(tmp_path):
    old = tmp_path / "python3.8"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && { echo Python 3.8.1; exit; }\nexit 1\n')
    old.chmod(0o755)
    said = make("notebooks", f"PYTHON={old}", f"VENV={tmp_path}/venv")
    assert said.returncode != 0
    first = said.stderr.splitlines()[0]
    assert first.startswith("error: Python 3.11 or newer is needed")
    assert "Python 3.8.1" in first


def verb(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["autograde", ""], f"error: HW=… is missing; there is {THERE_IS}"),
        (["autograde", "hw77"], f"error: no homework is called 'hw77'; there is {THERE_IS}"),
        (
            ["autograde", "hw02"],
            f"error: no submission of {HW02}: put notebooks into submitted/<student>/{HW02}/ "
            f"or run make collect HW={HW02} FROM=<folder or zip>",
        ),
        (
            ["feedback", "hw02"],
            f"error: nothing of {HW02} is autograded: run make autograde HW={HW02} first",
        ),
        (["collect", "hw02", "nowhere"], "error: there is no folder or zip called nowhere"),
        (["collect", "hw02", ""], "error: FROM=… is missing: a folder or a zip"),
    ],
)
def test_missing_things_are_said_in_one_line(tmp_path, arguments, line):
    (tmp_path / "nbgrader_config.py").write_text("")
    said = verb(*arguments, cwd=tmp_path)
    assert (said.returncode, said.stderr) == (1, f"{line}\n")


@pytest.mark.parametrize("count", ["-3", "two"])
def test_a_number_of_workers_that_is_none_is_refused(capsys, count):
    with pytest.raises(SystemExit):
        cli.main(["autograde", "hw02", f"--workers={count}"])
    assert f"expected a number of workers, 0 or more, got '{count}'" in capsys.readouterr().err


def test_outside_the_course_a_verb_says_so(tmp_path):
    said = verb("notebooks", cwd=tmp_path)
    assert said.returncode == 1
    assert said.stderr.endswith("run this in the course's folder\n")
    assert said.stderr.count("\n") == 1


def test_a_broken_lecture_is_named_and_the_others_are_exported(tmp_path, monkeypatch, capsys):
    (tmp_path / "nbgrader_config.py").write_text("")
    (tmp_path / "course").mkdir()
    for name in ("01_broken", "02_right"):
        (tmp_path / "course" / f"{name}.ipynb").write_text("")

    def export(lecture: Path, html: Path, node: None) -> None:
        if "broken" in lecture.stem:
            raise SlidesError("01_broken.ipynb, cell 3 ('1 / 0'): ZeroDivisionError")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "executed", lambda lecture: None)
    monkeypatch.setattr(cli, "export_slides", export)
    monkeypatch.setattr(cli, "export_pdfs", lambda html: [html.with_suffix(".pdf")])
    monkeypatch.setattr(cli, "write_index", lambda folder: folder / "index.html")
    assert cli.main(["slides"]) == 1
    said = capsys.readouterr()
    assert said.err == "error: 01_broken.ipynb, cell 3 ('1 / 0'): ZeroDivisionError\n"
    assert "wrote build/slides/02_right.html" in said.out
