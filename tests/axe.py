"""Ask axe-core what on a page is a barrier."""

from pathlib import Path

# It takes long over each path of a drawing, of which it has nothing to say; and it does not read
# MathML, so that a heading that is a formula is no text to it.
PREPARE = """() => {
document.querySelectorAll("mjx-container > svg, svg[role=img]").forEach(e => e.replaceChildren());
document.querySelectorAll("th:has(math)").forEach(e => e.dataset.formula = "");
const selector = "th:not([role]):not([data-formula])";
axe.configure({ rules: [{ id: "empty-table-header", selector }] });
}"""

# Letters in the color of what lies behind them it takes for a trick, and does not count.
RUN = """only => axe.run(only).then(result => [
    ...result.violations,
    ...result.incomplete
        .map(rule => ({ ...rule, nodes: rule.nodes.filter(node =>
            node.any.some(check => check.data?.messageKey === "equalRatio")) }))
        .filter(rule => rule.nodes.length),
])"""


def violations(page, node_modules: Path, *rules: str) -> list[str]:
    """Return what axe-core finds on a page, a line for each place; the page's drawings are gone.

    Without `rules` all are looked at.
    """
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    page.evaluate(PREPARE)
    only = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate(RUN, only)
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]
