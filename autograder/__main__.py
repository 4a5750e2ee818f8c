"""The course's command line: ``python -m autograder VERB``."""

import sys

# When jsonschema is imported it builds 40 parsers of international addresses, which takes a second.
# No notebook has a field for such an address, and without this package jsonschema leaves them out.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from autograder.cli import main  # noqa: E402

sys.exit(main())
