"""Messages over a socket: a tree, and the contents of its arrays beside it."""

import array
import contextlib
import itertools
import socket
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgpack

from autograder.wire.values import MAX_ITEMS, WireError

MAX_BYTES = 256 * 2**20
MAX_BUFFERS = 100_000
MAX_TEXT = 64 * 2**20  # bytes of one text: what is read may take four times as much
MAX_PARTS = 3 * MAX_ITEMS  # of all lists of a message together
_HEAD = struct.Struct("<4sIQ")  # magic, number of buffers, bytes that follow
_MAGIC = b"nn01"
_SMALL = 2**16  # up to this size a message is sent, and read, at once
_AT_ONCE = 500  # pieces in one call; the system's limit is 1,024
_SLICE = 0.2  # seconds between two looks at the clock


class ChannelClosed(Exception):
    """The other side is gone."""


class ChannelTimeout(Exception):
    """The other side did not answer in time."""


class Channel:
    """A socket that carries messages.

    Parameters
    ----------
    sock : socket
        A connected stream socket; it belongs to the channel now.
    watch : callable or None
        Called a few times a second while a message is on its way; it ends the waiting by raising.
        Without it the channel waits as long as it takes.
    now : callable
        The clock of the times at which to give up.

    Attributes
    ----------
    received : int
        The bytes that came so far.
    now : callable
    """

    def __init__(
        self,
        sock: socket.socket,
        watch: Callable[[], None] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.socket = sock
        self.received = 0
        self._watch = watch
        self.now = now
        self._buffer = memoryview(bytearray(_SMALL))
        self._start = self._end = 0
        self._next_look = time.monotonic() + _SLICE
        with contextlib.suppress(OSError):  # the system's own size does as well
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)
        if watch is not None:
            # The system wakes us; `settimeout` would cost two system calls a message.
            for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                wait = struct.pack("@ll", 0, int(_SLICE * 1e6))
                sock.setsockopt(socket.SOL_SOCKET, option, wait)

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()

    def send(
        self, tree: Any, buffers: Sequence[bytes | memoryview] = (), until: float | None = None
    ) -> None:
        """Send a message.

        Parameters
        ----------
        tree : object
            What msgpack can write.
        buffers : sequence of bytes or memoryview
        until : float or None
            The time at which to give up; without `watch` it has no effect.

        Raises
        ------
        ChannelClosed, ChannelTimeout
        WireError
            The message is too large.
        """
        packed = msgpack.packb(tree, unicode_errors="surrogatepass")
        lengths = array.array("Q", [len(packed), *map(len, buffers)])
        body = sum(lengths) + 8 * len(lengths)
        if body > MAX_BYTES or len(buffers) > MAX_BUFFERS:
            raise WireError(f"a call carries {body / 2**20:.0f} MB, more than can be sent")
        pieces = [_HEAD.pack(_MAGIC, len(buffers), body), lengths.tobytes(), packed, *buffers]
        if body < _SMALL:
            pieces = [b"".join(pieces)]
        views = [memoryview(piece) for piece in pieces if len(piece)]
        while views:
            try:
                sent = self.socket.sendmsg(views[:_AT_ONCE])
            except BlockingIOError:
                self._wait(until)
                continue
            except OSError as error:
                raise ChannelClosed(str(error)) from None
            while views and sent >= len(views[0]):
                sent -= len(views.pop(0))
            if sent:
                views[0] = views[0][sent:]
            if views:
                self._look(until)

    def receive(self, until: float | None = None) -> tuple[Any, list[bytearray]]:
        """Wait for a message.

        Parameters
        ----------
        until : float or None
            The time at which to give up; without `watch` it has no effect.

        Returns
        -------
        tree : object
        buffers : list of bytearray

        Raises
        ------
        ChannelClosed, ChannelTimeout
        WireError
            What came is no message.
        """
        magic, count, body = _HEAD.unpack(self._read(_HEAD.size, until))
        if magic != _MAGIC or count > MAX_BUFFERS or body > MAX_BYTES:
            raise WireError("what came is no message, or too large a one")
        lengths = array.array("Q", bytes(self._read(8 * (count + 1), until)))
        if sum(lengths) + 8 * len(lengths) != body:
            raise WireError("the parts of a message don't add up")
        if body < _SMALL:  # one by one the parts would take longer
            together = self._read(sum(lengths), until)
            ends = itertools.accumulate(lengths, initial=0)
            packed, *buffers = (together[a:b] for a, b in itertools.pairwise(ends))
        else:
            packed, *buffers = (self._read(length, until) for length in lengths)
        try:
            tree = msgpack.unpackb(
                packed,
                strict_map_key=False,
                unicode_errors="surrogatepass",
                max_array_len=MAX_ITEMS,
                max_str_len=MAX_TEXT,
                max_bin_len=MAX_TEXT,
                max_map_len=0,
                max_ext_len=0,
                list_hook=_counter(),
            )
        except (ValueError, msgpack.exceptions.UnpackException, RecursionError) as error:
            raise WireError(f"a message is malformed: {error}"[:200]) from None
        return tree, buffers

    def _read(self, size: int, until: float | None) -> bytearray:
        result = bytearray(size)
        target = memoryview(result)
        while target:
            if self._start == self._end and len(target) < _SMALL:
                self._start, self._end = 0, self._receive(self._buffer, until)
            if self._start < self._end:
                count = min(len(target), self._end - self._start)
                target[:count] = self._buffer[self._start : self._start + count]
                self._start += count
            else:
                count = self._receive(target, until)
            target = target[count:]
        return result

    def _receive(self, target: memoryview, until: float | None) -> int:
        while True:
            try:
                count = self.socket.recv_into(target)
            except BlockingIOError:
                self._wait(until)
                continue
            except OSError as error:
                raise ChannelClosed(str(error)) from None
            if not count:
                raise ChannelClosed("the connection was closed")
            self.received += count
            self._look(until)
            return count

    def _look(self, until: float | None) -> None:
        """Decide the same though something comes: a byte at a time would never end."""
        if self._watch is not None and (now := time.monotonic()) >= self._next_look:
            self._next_look = now + _SLICE
            self._wait(until)

    def _wait(self, until: float | None) -> None:
        """Decide whether to go on waiting."""
        if self._watch is not None:
            self._watch()
        if until is not None and self.now() > until:
            raise ChannelTimeout


def _counter() -> Callable[[list[Any]], list[Any]]:
    """Return what counts the parts of a message while it is read.

    An empty list is one byte on the wire and 64 here.
    """
    left = MAX_PARTS

    def count(items: list[Any]) -> list[Any]:
        nonlocal left
        left -= len(items) + 1
        if left < 0:
            raise ValueError("it holds too many values")
        return items

    return count
