"""Hooks of IPython's events, before and after each cell, silence its errors.

Gain: an error that is not shown is none to nbgrader.
"""

CELLS = {
    "start": """
shell = get_ipython()

def before(*_):
    shell.showtraceback = shell._showtraceback = lambda *a, **k: None

def after(result):
    result.error_in_exec = result.error_before_exec = None

shell.events.register("pre_run_cell", before)
shell.events.register("post_run_cell", after)
shell.events.register("post_execute", before)
"""
}
