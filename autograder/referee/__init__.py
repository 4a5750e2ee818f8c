"""Judge a function against an exercise: call it, compare, diagnose, give a verdict."""
