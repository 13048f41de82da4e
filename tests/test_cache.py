"""What earlier builds left: found again, never trusted, never in the way."""

from pathlib import Path

import pytest

from overdue_guide import cache
from overdue_guide.cache import Made, Packs, digest, digest_of, made, prepare, remove
from overdue_guide.problems import SetupError, Span

SMALL, LARGE = Span("a.md", 1, 2, 3), ("文", "本")
Kind = Packs[Span, tuple[str, ...]]


def packs(folder: Path) -> Kind:
    return Packs(folder, Span, tuple[str, ...])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache"


def entry(key: str, large: tuple[str, ...] = LARGE) -> Made:
    return made(key, SMALL, large)


def test_what_was_added_is_found_then_and_later(folder: Path) -> None:
    first = packs(folder)
    first.add([entry("k"), entry("l", ("另一篇",))])
    for store in (first, packs(folder)):
        assert (SMALL, LARGE, ("另一篇",)) == (store.small("k"), store.large("k"), store.large("l"))
        assert ("k" in store, "m" in store, store.small("m")) == (True, False, None)
        with pytest.raises(KeyError):
            store.large("m")
    assert [".pack"] == [path.suffix for path in folder.iterdir()]


def pack(folder: Path) -> Path:
    (path,) = folder.glob("*.pack")
    return path


@pytest.mark.parametrize("at", [0, 25, 40, 47, 60], ids=["magic", "code", "sum", "size", "table"])
def test_a_pack_whose_table_is_damaged_is_missing(folder: Path, at: int) -> None:
    packs(folder).add([entry("k")])
    data = bytearray(pack(folder).read_bytes())
    data[at] ^= 1
    pack(folder).write_bytes(data)
    later = packs(folder)
    assert later.small("k") is None
    later.add([entry("k")])
    assert LARGE == packs(folder).large("k")


@pytest.mark.parametrize("data", [b"", b"garbage", b"overdue-guide pack 2\n" + bytes(100)])
def test_a_pack_that_is_none_is_missing(folder: Path, data: bytes) -> None:
    packs(folder).add([entry("k")])
    pack(folder).write_bytes(data)
    assert packs(folder).small("k") is None


def test_an_entry_whose_large_part_is_damaged_cannot_be_read(folder: Path) -> None:
    packs(folder).add([entry("k")])
    data = pack(folder).read_bytes()
    pack(folder).write_bytes(data[:-2] + b"??")
    later = packs(folder)
    assert SMALL == later.small("k")
    with pytest.raises(KeyError):
        later.large("k")


def test_an_entry_of_another_shape_is_missing(folder: Path) -> None:
    other: Packs[str, int] = Packs(folder, str, int)
    other.add([made("k", "text", 1)])
    later = packs(folder)
    assert later.small("k") is None
    with pytest.raises(KeyError):
        later.large("k")


def test_a_pack_of_other_code_is_forgotten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs(folder).add([entry("k")])
    monkeypatch.setattr(cache, "code", lambda: bytes(16))
    assert packs(folder).small("k") is None
    assert [] == list(folder.iterdir())


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = packs(tmp_path / "file")
    store.add([entry("k")])
    assert (SMALL, LARGE) == (store.small("k"), store.large("k"))
    store.prune(["k"])
    assert (tmp_path / "file").read_text() == ""
    assert packs(tmp_path / "file").small("k") is None


def test_many_small_packs_become_one_that_holds_what_is_wanted(folder: Path) -> None:
    for at in range(cache._MOST_SMALL + 1):
        packs(folder).add([entry(f"k{at}", (str(at),))])
    store = packs(folder)
    store.prune([f"k{at}" for at in range(5)])
    for one in (store, packs(folder)):
        assert [("0",), ("4",)] == [one.large("k0"), one.large("k4")]
    assert packs(folder).small("k5") is None
    assert 1 == len(list(folder.iterdir()))


def test_a_large_pack_of_which_little_is_wanted_is_replaced(folder: Path) -> None:
    text = ("长" * 1_000_000,)
    packs(folder).add([entry("k"), entry("l", text), entry("m", text)])
    packs(folder).prune(["k", "l", "m"])
    assert pack(folder).stat().st_size > 6_000_000
    packs(folder).prune(["k"])
    assert pack(folder).stat().st_size < 1_000
    assert LARGE == packs(folder).large("k")


def test_files_of_somebody_else_are_never_forgotten(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "thesis.pack").write_text("years of work")
    store = packs(folder)
    for at in range(cache._MOST_SMALL + 2):
        packs(folder).add([entry(f"k{at}")])
    store = packs(folder)
    store.prune([])
    assert ["thesis.pack"] == [path.name for path in folder.iterdir()]


def test_a_value_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    cache.write(tmp_path / "log", SMALL)
    assert SMALL == cache.read(tmp_path / "log", Span)
    assert cache.read(tmp_path / "log", int) is None
    assert cache.read(tmp_path / "none", Span) is None
    data = (tmp_path / "log").read_bytes()
    for broken in (b"", data[:-1], b"x" + data[1:], data[:20] + b"?" + data[21:]):
        (tmp_path / "log").write_bytes(broken)
        assert cache.read(tmp_path / "log", Span) is None


def test_a_digest_of_a_value_is_of_all_of_it() -> None:
    assert digest_of(SMALL) == digest_of(Span("a.md", 1, 2, 3)) != digest_of(Span("a.md", 1, 2, 4))


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


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("ab",)), (("a", "b"), ("b", "a")), (("a",), ("a", "")), (("",), ())],
)
def test_a_digest_tells_parts_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert digest(*one) != digest(*other)


def test_a_digest_takes_text_and_bytes_alike() -> None:
    assert digest("中文") == digest("中文".encode())
    assert digest("\ud800")
