"""What earlier builds left: found again, never trusted, never in the way."""

from pathlib import Path

import msgspec
import pytest

from overdue_guide.cache import Store, digest, prepare, remove
from overdue_guide.problems import SetupError, Span

ENTRY = (Span("a.md", 1, 2, 3), ("文",))
Kind = tuple[Span, tuple[str, ...]]


@pytest.fixture
def store(tmp_path: Path) -> Store[Kind]:
    return Store(tmp_path / "deep" / "cache", Kind)


def test_what_was_put_is_found(store: Store[Kind]) -> None:
    store.put("k", ENTRY)
    assert ENTRY == store.get("k")
    assert store.get("other") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"garbage",
        msgspec.msgpack.encode([1, 2]),
        msgspec.msgpack.encode(["x", ["y"]]),
    ],
    ids=["empty", "nothing", "garbage", "another shape", "another type"],
)
def test_an_entry_that_does_not_decode_is_a_miss(store: Store[Kind], data: bytes) -> None:
    store.put("k", ENTRY)
    assert store.folder
    (store.folder / "k").write_bytes(data)
    assert store.get("k") is None


def test_without_a_folder_nothing_is_remembered() -> None:
    store: Store[Kind] = Store(None, Kind)
    store.put("k", ENTRY)
    assert store.get("k") is None
    store.prune()


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store: Store[Kind] = Store(tmp_path / "file", Kind)
    store.put("k", ENTRY)
    assert store.get("k") is None
    store.prune()
    assert (tmp_path / "file").read_text() == ""


def test_what_a_run_did_not_ask_for_is_forgotten(store: Store[Kind]) -> None:
    assert store.folder
    old, new = digest("old"), digest("new")
    store.put(old, ENTRY)
    store.put(new, ENTRY)
    (store.folder / f".{old}.123").write_text("half")
    later: Store[Kind] = Store(store.folder, Kind)
    assert later.get(new)
    later.prune()
    assert [new] == [path.name for path in store.folder.iterdir()]


def test_files_of_somebody_else_are_never_forgotten(tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("years of work")
    (tmp_path / digest("folder")).mkdir()
    store: Store[Kind] = Store(tmp_path, Kind)
    store.prune()
    assert {"thesis.md", digest("folder")} == {path.name for path in tmp_path.iterdir()}


def test_only_a_folder_that_is_a_cache_is_removed(tmp_path: Path) -> None:
    prepare(tmp_path / "new")
    remove(tmp_path / "new")
    assert not (tmp_path / "new").exists()
    remove(tmp_path / "nowhere")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.md").write_text("years of work")
    prepare(mine)
    with pytest.raises(SetupError):
        remove(mine)
    assert ["thesis.md"] == [path.name for path in mine.iterdir()]


def test_nothing_half_written_is_left(store: Store[Kind]) -> None:
    store.put("k", ENTRY)
    assert store.folder
    assert ["k"] == [path.name for path in store.folder.iterdir()]


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("ab",)), (("a", "b"), ("b", "a")), (("a",), ("a", "")), (("",), ())],
)
def test_a_digest_tells_parts_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert digest(*one) != digest(*other)


def test_a_digest_takes_text_and_bytes_alike() -> None:
    assert digest("中文") == digest("中文".encode())
    assert digest("\ud800")
