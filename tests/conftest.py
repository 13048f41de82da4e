"""What all tests share: an English, undated environment, and programs that can be interrupted."""

import signal

import pytest

# Tests started in the background are deaf to it, and would bequeath that to what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine decides a test: neither its language nor its clock."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
