"""No attack gains anything, and nobody who is graded beside one loses anything."""

import re
import sys
from collections.abc import Iterator

import pytest
from attack_class import (
    CANARY,
    DESERVED,
    HOMEWORK,
    ROOT,
    VICTIMS,
    Attack,
    AttackedClass,
    attacks,
    dishonest,
    hidden_numbers,
    honest,
    numbers_in,
    run,
)
from conftest import refuse

from autograder.plugins.nbgrader import api
from autograder.sandbox.probe import missing_layers

ATTACKS = attacks()
COMMAND = [sys.executable, "-m", "autograder"]
MOST = 600  # seconds, on a machine that does other things


def test_there_are_attacks_and_each_changes_the_notebook_or_what_lies_beside_it(tmp_path):
    assert len(ATTACKS) >= 80
    attacked = AttackedClass(tmp_path / "attacked")
    plain = dishonest(attacked.released, Attack("plain", "Nothing.", "Nothing."))
    for attack in ATTACKS.values():
        assert attack.tries.endswith(".") and attack.gain.endswith("."), attack.name
        folder = tmp_path / attack.name
        folder.mkdir()
        (folder / f"{HOMEWORK}.ipynb").write_text("{}")
        attack.place(folder)
        beside = [path.name for path in folder.iterdir()] != [f"{HOMEWORK}.ipynb"]
        assert beside or attack.refused or dishonest(attacked.released, attack) != plain


def test_what_is_looked_at_is_seen(tmp_path):
    """The reference solution would be noticed on a page, and so would a canary."""
    attacked = AttackedClass(tmp_path / "attacked")
    page = attacked.page("eve")
    page.parent.mkdir(parents=True)
    for text in ("return X.T @ residuals / len(X), residuals.mean(axis=0)", f"{CANARY}-of-0-c01d"):
        page.write_text(f"<p>{text}</p>")
        assert list(attacked.leaks("eve"))
    page.write_text("<p>return X @ W + b</p>")
    assert not list(attacked.leaks("eve"))
    assert CANARY in str(honest(attacked.released, 1, f"{CANARY}-of-0-c01d"))
    for number in hidden_numbers("eve", "mae", ""):
        assert number in numbers_in(f"<p>[[-{number}7, 3.]]</p>")
        assert number not in numbers_in(f"<p>[[-{number[:-1]}, 3.]]</p>")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """Return a class in which everything is handed in."""
    attacked = AttackedClass(tmp_path_factory.mktemp("attacked") / "class")
    attacked.hand_in_honestly()
    for attack in ATTACKS.values():
        attacked.hand_in(attack)
    return attacked


def graded(attacked: AttackedClass) -> Iterator[str]:
    """Grade the class, then those who hand in again; yield what each command said."""
    for verb in ("autograde", "autograde", "feedback"):
        done = run([*COMMAND, verb, HOMEWORK], attacked.root, attacked.environment, MOST)
        assert done.status is not None, f"{verb} hangs: {done.said[-2000:]}"
        assert "Traceback" not in done.said
        assert done.left == []
        yield done.said
        for attack in ATTACKS.values():
            if attack.again:
                attacked.hand_in(attack, again=True)


@pytest.mark.long
def test_no_attack_gains_anything(attacked):
    if missing := missing_layers():
        refuse(f"students can't be shut in here: {missing}")
    files, tables = attacked.guarded(), attacked.schema()
    said = "".join(graded(attacked))
    refused = {name: attack.refused for name, attack in ATTACKS.items() if attack.refused}
    for name, reason in refused.items():
        assert re.search(f"^{name} .*{reason}", said, re.M), (
            f"no line says why {name} is not graded"
        )

    scores = attacked.scores()
    gained = [(name, *attacked.gains(attack, scores)) for name, attack in ATTACKS.items()]
    assert [gains for gains in gained if len(gains) > 1] == []
    assert list(attacked.losses([*VICTIMS, *(ATTACKS.keys() - refused.keys())], scores)) == []
    for victim in VICTIMS:
        assert attacked.page(victim).exists()
        assert list(attacked.leaks(victim)) == []

    after = attacked.guarded()
    made = [path for path in after if path not in files]
    assert [path for path in files if after.get(path) != files[path]] == []
    assert [path for path in made if "/home/.cache/matplotlib/" not in path] == []  # the grader's
    assert attacked.schema() == tables
    assert list(attacked.temporary.iterdir()) == []


def test_links_lead_nowhere_with_nbgrader_alone_either(tmp_path):
    attacked = AttackedClass(tmp_path / "attacked")
    course = api(attacked.root, attacked.root)
    for name in ("linked-files", "linked-notebook", "special-files"):
        attacked.hand_in(ATTACKS[name])
        course.autograde(HOMEWORK, name)
        assert list(attacked.leaks(name)) == []
    scores = attacked.scores().items()
    points = {name: sum(score or 0 for score in found.values()) for name, found in scores}
    assert points["linked-files"] == points["special-files"] == DESERVED
    assert points.get("linked-notebook", 0) == 0
    assert "BEGIN SOLUTION" not in "".join(
        path.read_text(errors="replace") for path in (attacked.root / "autograded").rglob("*.txt")
    )


def test_the_page_lists_the_attacks_that_exist():
    page = (ROOT / "docs" / "attacks.md").read_text()
    assert re.findall(r"^\| \[([a-z-]+)\]", page, re.M) == list(ATTACKS)
