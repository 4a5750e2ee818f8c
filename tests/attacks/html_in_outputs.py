"""HTML, SVG and JavaScript in outputs, errors and text cells.

Gain: code that runs in the browser of the teacher who looks at the page.
"""

from nbformat.v4 import new_markdown_cell

CELLS = {
    "start": """
from IPython.display import HTML, SVG, Javascript, display

display(HTML("<script id='attack'>alert(1)</script><img src=x onerror=alert(1)>"))
display(Javascript("window.attack = 1"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>1</script></svg>"))
display({"text/markdown": "<script id='attack'>1</script>", "text/latex": "$x$"}, raw=True)
print("</pre><script id='attack'>alert(1)</script>")
""",
    "mae": """
def mae(Y_hat, Y):
    raise ValueError("</pre><script id='attack'>alert(1)</script>")
""",
}


def edit(notebook):
    text = "# <script id='attack'>alert(1)</script>\n\n<img src=x onerror=alert(1)>"
    notebook.cells.insert(2, new_markdown_cell(text))
