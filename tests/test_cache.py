"""What earlier builds left: found again, never trusted, never in the way."""

from contextlib import suppress
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
    assert [] == list(folder.iterdir())
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
    with pytest.raises(KeyError, match="'k'"):
        later.large("k")


def test_an_entry_of_another_shape_is_missing(folder: Path) -> None:
    other: Packs[str, int] = Packs(folder, str, int)
    other.add([made("k", "text", 1)])
    later = packs(folder)
    assert later.small("k") is None
    with pytest.raises(KeyError, match="'k'"):
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
    store.prune(["k", "unknown"])
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
    with pytest.raises(SetupError) as refused:
        remove(mine)
    told = {"folder": mine, "example": "thesis.md"}
    assert ("foreign-folder", told) == (refused.value.key, refused.value.values)
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


def test_a_digest_is_of_the_code_too(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest("a")
    monkeypatch.setattr(cache, "code", lambda: bytes(16))
    assert before != digest("a")


def test_an_empty_folder_that_is_no_cache_is_not_removed(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as refused:
        remove(tmp_path)
    assert {"folder": tmp_path, "example": ""} == refused.value.values
    assert tmp_path.exists()


def test_a_new_or_empty_folder_is_marked_as_backup_programs_know_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for new in (tmp_path / "two" / "deep", tmp_path / "empty"):
        prepare(new)
        prepare(new)
        # https://bford.info/cachedir/: the file begins with exactly this.
        signature = "Signature: 8a477f597d28d172789f06886806bc55"
        assert (new / cache.TAG).read_text("ascii").startswith(signature)


def test_a_cache_that_cannot_be_made_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    prepare(tmp_path / "file" / "cache")
    assert "mine" == (tmp_path / "file").read_text()


def test_entries_of_one_pack_are_told_apart(folder: Path) -> None:
    large = {key: tuple(key * at) for at, key in enumerate("abcd", 1)}
    store = packs(folder)
    store.add([entry(key, text) for key, text in large.items()])
    for one in (store, packs(folder)):
        assert large == {key: one.large(key) for key in large}


def test_what_is_damaged_is_counted(folder: Path) -> None:
    for key in "kl":
        packs(folder).add([entry(key)])
    assert 0 == packs(folder).damaged
    other: Packs[str, int] = Packs(folder, str, int)
    assert (None, None) == (other.small("k"), other.small("l"))
    assert 2 == other.damaged
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:50])
    assert 2 == packs(folder).damaged
    assert 0 == packs(folder).damaged


def test_what_a_killed_build_was_writing_is_cleaned_up(folder: Path) -> None:
    packs(folder).add([entry("k")])
    half = folder / f".{pack(folder).name}.123"
    half.write_bytes(b"half")
    mine = folder / ".thesis.pack.1"
    mine.write_text("years of work")
    assert SMALL == packs(folder).small("k")
    assert (False, True) == (half.exists(), mine.exists())


def test_a_folder_in_the_place_of_a_pack_is_no_failure(folder: Path) -> None:
    (folder / f"{'0' * 32}.pack").mkdir(parents=True)
    packs(folder).add([entry("k")])
    assert SMALL == packs(folder).small("k")


def test_a_pack_that_another_build_took_away_is_no_failure(folder: Path) -> None:
    packs(folder).add([entry("k")])
    store = packs(folder)
    pack(folder).unlink()
    store.prune(["k"])
    with pytest.raises(KeyError, match="'k'"):
        store.large("k")


def test_few_packs_of_which_all_is_wanted_stay_as_they_are(folder: Path) -> None:
    for key in "kl":
        packs(folder).add([entry(key)])
    before = {path: path.stat().st_ino for path in folder.iterdir()}
    packs(folder).prune(["k", "l"])
    assert before == {path: path.stat().st_ino for path in folder.iterdir()}
    assert 2 == len(before)


@pytest.mark.parametrize(("wanted", "replaced"), [(3, True), (7, False)])
def test_a_large_pack_is_replaced_when_most_of_it_is_not_wanted(
    folder: Path, wanted: int, replaced: bool
) -> None:
    keys = [f"k{at}" for at in range(10)]
    packs(folder).add([entry(key, (key * 300_000,)) for key in keys])
    packs(folder).prune(keys[:wanted])
    later = packs(folder)
    assert [(key * 300_000,) for key in keys[:wanted]] == [later.large(k) for k in keys[:wanted]]
    assert replaced == (keys[-1] not in later)


def test_small_packs_of_this_process_are_joined_too(folder: Path) -> None:
    store, keys = packs(folder), [f"k{at}" for at in range(40)]
    for key in keys:
        store.add([entry(key)])
    store.prune(keys)
    assert 1 == len(list(folder.iterdir()))
    assert all(key in packs(folder) for key in keys)


def test_joining_packs_of_which_one_is_damaged_loses_no_sound_entry(folder: Path) -> None:
    keys = [f"k{at}" for at in range(40)]
    for key in keys:
        packs(folder).add([entry(key)])
    spoilt = min(folder.iterdir())
    spoilt.write_bytes(spoilt.read_bytes()[:-2] + b"??")
    packs(folder).prune(keys)
    later = packs(folder)
    assert 39 == sum(has(later, key) for key in keys)


def has(store: Kind, key: str) -> bool:
    """Whether the whole entry can be read."""
    with suppress(KeyError):
        return LARGE == store.large(key)
    return False
