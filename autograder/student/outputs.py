"""Collect what cells print, show and raise as the outputs of a notebook."""

import base64
import io
from typing import Any

MAX_TEXT = 400_000  # characters that a cell may print
MAX_OUTPUTS = 500
MAX_DATA = 10_000_000  # characters of one picture or page
_CUT = "\n[The output was cut here: it is too long.]\n"


class Outputs:
    """The outputs of one cell."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self._left = MAX_TEXT

    def stream(self, name: str, text: str) -> None:
        """Add printed text."""
        if self._left <= 0 or not text:
            return
        if len(text) > self._left:
            text = text[: self._left] + _CUT
        self._left -= len(text)
        last = self.items[-1] if self.items else {}
        if last.get("name") == name:
            last["parts"].append(text)
        else:
            self._add({"output_type": "stream", "name": name, "parts": [text]})

    def data(self, kind: str, data: dict[str, Any], metadata: Any, **more: Any) -> None:
        """Add something shown, or the result of a cell."""
        kept = {mime: _text(content) for mime, content in data.items()}
        kept = {mime: text for mime, text in kept.items() if len(str(text)) <= MAX_DATA}
        self._add({"output_type": kind, "data": kept, "metadata": metadata or {}, **more})

    def error(self, kind: str, text: str, lines: list[str]) -> None:
        """Add an exception."""
        self._add(
            {"output_type": "error", "ename": kind, "evalue": text[:20_000], "traceback": lines}
        )

    def clear(self) -> None:
        """Drop what there is, as ``clear_output`` does."""
        self.items.clear()

    def take(self) -> list[dict[str, Any]]:
        """Return the outputs and begin anew."""
        taken, self.items, self._left = self.items, [], MAX_TEXT
        for item in taken:
            if "parts" in item:
                item["text"] = "".join(item.pop("parts"))
        return taken

    def _add(self, item: dict[str, Any]) -> None:
        if len(self.items) < MAX_OUTPUTS:
            self.items.append(item)


class Printer(io.TextIOBase):
    """A text stream that writes to the outputs."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs = outputs
        self.name = name

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Add the text to the outputs."""
        self._outputs.stream(self.name, str(text))
        return len(text)


def _text(content: Any) -> Any:
    return base64.b64encode(content).decode() if isinstance(content, bytes) else content
