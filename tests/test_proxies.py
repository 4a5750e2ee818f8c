"""A function behind the wire is judged as it is in this process, whatever it does wrong."""

import re

import pytest
from peers import student

from autograder.exercises import HOMEWORKS
from autograder.referee.judge import judge
from autograder.referee.verdict import Verdict

# What the modules of the exercises import, and students' notebooks may.
IMPORTS = """
import copy, itertools, math, random
import numpy as np, scipy
from scipy.special import expit
"""
EXERCISES = [(homework, name) for homework, found in HOMEWORKS.items() for name in found]


def comparable(verdict: Verdict) -> Verdict:
    """Return the verdict without the address of a generator."""
    example = re.sub(r"<generator.*? at 0x\w+>", "<generator>", verdict.example)
    return Verdict(**{**vars(verdict), "example": example})


@pytest.mark.parametrize(("homework", "name"), EXERCISES, ids=lambda text: text)
def test_every_version_gets_the_same_verdict(homework, name):
    exercise = HOMEWORKS[homework][name]
    versions = [*exercise.mistakes, *exercise.variants]
    code = "".join(f"{v.source(name)}\nv{i} = {name}\n" for i, v in enumerate(versions))
    with student(IMPORTS + code) as variables:
        for index, version in enumerate(versions):
            here = comparable(judge(exercise, version.function, 5))
            there = comparable(judge(exercise, variables.request("name", f"v{index}"), 5))
            if version.name in ("global_random_state", "fresh_generator"):
                # Its draws differ, and so does the example.
                assert (there.points, there.mistake) == (here.points, here.mistake)
            else:
                assert there == here, version.name
