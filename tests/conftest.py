"""What holds for every test: no network, for searchkit promises that it never needs one, and no clock in property tests."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# 200 ms, the usual deadline, is what a machine with other work may take to load a module: a test failed now and then.
settings.register_profile("searchkit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("searchkit")


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a module that does more under ``make soak`` (it has a ``SOAK``) run there as well."""
    if "SEARCHKIT_SOAK" in os.environ:
        for item in items:
            if isinstance(item, pytest.Function) and hasattr(item.module, "SOAK"):
                item.add_marker("soak")


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
