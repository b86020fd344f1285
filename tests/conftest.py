"""No test reaches for a network: searchkit promises that it never does."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection but one to a file of this machine, the loopback's too."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "bind", "sendto")}

    def refusing(name: str) -> Any:
        def called(self: socket.socket, *arguments: Any) -> Any:
            if self.family != socket.AF_UNIX:
                pytest.fail(f"the network was asked for: {name}{arguments!r:.100}")
            return real[name](self, *arguments)

        return called

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, refusing(name))
        patch.setattr(socket, "getaddrinfo", lambda *arguments, **_: pytest.fail(f"a name was looked up: {arguments!r:.100}"))
        yield
