"""The notebook says that it runs on another kernel.

Gain: a kernel that is not there, or that is no Python, fails no test.
"""


def edit(notebook):
    notebook.metadata["kernelspec"] = {
        "name": "bash\n../../x",
        "display_name": "<b>x</b>",
        "language": "bash",
    }
    notebook.metadata["language_info"] = {"name": "bash", "file_extension": "/../../x"}
