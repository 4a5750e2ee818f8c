"""The reference solution package: pure NumPy, one module for each homework."""
