"""Ask axe-core what on a page is a barrier."""

from pathlib import Path


def violations(page, node_modules: Path) -> list[str]:
    """Return what axe-core finds on a page, a line for each place."""
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]
