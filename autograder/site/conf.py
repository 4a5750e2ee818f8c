"""What Sphinx is told; `build.py` gathers the pages and says where MathJax lies."""

import os
import re
from typing import Any

project = "Neural Networks in NumPy"
author = "The Neural Networks in NumPy authors"
project_copyright = f"{author}; text CC BY 4.0, code MIT"
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.mathjax",
    "sphinx_design",
]

# Notebooks come with their outputs; homework is shown as students get it.
nb_execution_mode = "off"
nb_merge_streams = True
nb_ipywidgets_js: dict[str, object] = {}  # no widgets, so nothing is fetched for them
nb_mime_priority_overrides = [("html", "text/html", 0)]
myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]
myst_heading_anchors = 4
myst_links_external_new_tab = True

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the NumPy docstrings say it with shapes
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False

html_theme = "pydata_sphinx_theme"
html_title = project
html_baseurl = ""
html_copy_source = False
html_show_sourcelink = False
html_static_path = [os.environ["NNNUMPY_SITE_STATIC"], os.environ["NNNUMPY_MATHJAX"]]
html_favicon = os.environ["NNNUMPY_SITE_STATIC"] + "/icon.svg"
html_css_files = ["site.css"]
html_extra_path = [os.environ["NNNUMPY_SITE_EXTRA"]]
mathjax_path = "tex-svg-full.js"
html_theme_options = {
    "logo": {"text": project},
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button"],
    "header_links_before_dropdown": 8,
    "secondary_sidebar_items": {"**": ["page-toc"], "index": [], "slides": []},
    "show_prev_next": True,
    "footer_start": ["copyright"],
    "footer_end": [],
    "back_to_top_button": False,
}
html_sidebars: dict[str, list[str]] = {"index": [], "slides": []}
html_context = {"default_mode": "auto"}


def setup(app: Any) -> None:
    """Mend what a screen reader would read out wrongly."""

    def mend(app: Any, page: str, template: str, context: dict[str, Any], _: Any) -> None:
        if "body" not in context:
            return
        # The buttons above hidden code are called what is written on them.
        body = context["body"].replace(' aria-label="Toggle hidden content"', "")
        # The corner of a table is no heading.
        context["body"] = re.sub(r"<th[^>]*>(?:<p></p>)?</th>", "<td></td>", body)

    app.connect("html-page-context", mend)
