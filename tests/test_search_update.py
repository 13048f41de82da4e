"""Updating the index: whatever happened before, its files are those of a first build."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_guide.aids import Synonym
from overdue_guide.model import Passage, SearchDocument
from overdue_guide.search import blobs, index, state, stored, update
from overdue_guide.search.parcels import Entry, Export
from overdue_guide.structs import replace
from tests.search import corpus

Made = dict[str, bytes]


def from_scratch(documents: Sequence[SearchDocument], synonyms: Sequence[Synonym]) -> Made:
    """The files of a first build."""
    made = update.update(None, stored.entries(documents), synonyms)
    assert not made.unchanged
    return {file.path: file.data for file in made.changed}


def follow(files: Made, made: Export) -> Made:
    """The caller's files after an update; what it calls unchanged must be so."""
    for path, digest in made.unchanged.items():
        assert digest == hashlib.sha256(files[path]).hexdigest()
    kept = {path: files[path] for path in made.unchanged}
    return kept | {file.path: file.data for file in made.changed}


words = st.text(alphabet="催收电话逾期的是電ab1 ，\n\U00020bb7", max_size=25)
documents = st.builds(
    lambda url, kind, title, keyword, section, stage, texts, beside: SearchDocument(
        url,
        kind,
        title,
        section,
        title,
        (stage,),
        (keyword,),
        tuple(Passage(f"h{n}", title[:3], text) for n, text in enumerate(texts)),
        beside,
    ),
    st.sampled_from([f"{letter}/" for letter in "abcdefgh"]),
    st.sampled_from(["article", "term", "law"]),
    words,
    words,
    st.sampled_from(["规则", "法院"]),
    st.sampled_from(["一", "二"]),
    st.lists(words, max_size=3),
    words,
)
sites = st.lists(documents, max_size=8, unique_by=lambda document: document.url)
sayings = st.sampled_from([(), corpus.SYNONYMS, (Synonym(("电话",), ("收电",)),)])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(sites, sayings), min_size=2, max_size=4))
def test_edits_additions_and_deletions_lead_to_the_files_of_a_first_build(
    tmp_path_factory: pytest.TempPathFactory,
    history: list[tuple[list[SearchDocument], tuple[Synonym, ...]]],
) -> None:
    folder = tmp_path_factory.mktemp("index")
    files: Made = {}
    for site, synonyms in history:
        files = follow(files, update.update(folder, stored.entries(site), synonyms))
        assert from_scratch(site, synonyms) == files


edits = st.lists(st.tuples(st.integers(0, 59), words), min_size=1, max_size=3)


@settings(max_examples=8, deadline=None)
@given(st.lists(edits, min_size=1, max_size=3))
def test_edits_of_some_articles_among_many_do_so_too(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[tuple[int, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    site = [*MANY]
    files = follow({}, update.update(folder, stored.entries(site), corpus.SYNONYMS))
    for round_ in history:
        for number, text in round_:
            passages = (*site[number].passages, Passage("x", "新", text))
            site[number] = replace(site[number], passages=passages)
        files = follow(files, update.update(folder, stored.entries(site), corpus.SYNONYMS))
    assert from_scratch(site, corpus.SYNONYMS) == files


MANY = sorted(
    (
        replace(document, url=f"{n}/{document.url}")
        for n in range(5)
        for document in corpus.DOCUMENTS
    ),
    key=lambda document: document.url,
)


def edited(site: Sequence[SearchDocument], number: int, text: str) -> list[SearchDocument]:
    """The site with a passage more in one document."""
    passages = (*site[number].passages, Passage("x", "", text))
    return [
        replace(document, passages=passages) if n == number else document
        for n, document in enumerate(site)
    ]


def test_an_edit_changes_few_files(tmp_path: Path) -> None:
    first = update.update(tmp_path, stored.entries(MANY), corpus.SYNONYMS)
    made = update.update(tmp_path, stored.entries(edited(MANY, 7, "添一句。")), corpus.SYNONYMS)
    changed = {file.path for file in made.changed}
    assert {"search/f/7.bin", "search/m.bin"} <= changed
    assert len(changed) < len(first.changed) / 5
    assert made.version != first.version


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    update.update(tmp_path, stored.entries(MANY), ())
    site = edited(MANY, 7, "添一句。")
    read: list[str] = []

    def entry(entry: Entry) -> Entry:
        def document() -> SearchDocument:
            read.append(entry.url)
            return entry.document()

        return Entry(entry.url, entry.digest, document)

    update.update(tmp_path, map(entry, stored.entries(site)), ())
    assert [site[7].url] == read
    update.update(tmp_path, map(entry, stored.entries([*site[:3], *site[4:]])), ())
    assert [site[7].url] == read


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    first = update.update(tmp_path, stored.entries(MANY), ())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    again = update.update(tmp_path, stored.entries(MANY), ())
    assert ((), first.version) == (again.changed, again.version)
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}


def test_files_that_the_caller_lost_are_made_again(tmp_path: Path) -> None:
    files = follow({}, update.update(tmp_path, stored.entries(MANY), corpus.SYNONYMS))
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    lost = [path for n, path in enumerate(sorted(files)) if n % 3 == 0]
    has = {path: digest for path, digest in digests.items() if path not in lost}
    made = update.update(tmp_path, stored.entries(MANY), corpus.SYNONYMS, has)
    assert sorted(lost) == sorted(file.path for file in made.changed)
    assert all(files[file.path] == file.data for file in made.changed)
    site = edited(MANY, 3, "催收电话")
    made = update.update(tmp_path, stored.entries(site), corpus.SYNONYMS, {})
    assert from_scratch(site, corpus.SYNONYMS) == {file.path: file.data for file in made.changed}


def spoil_the_head(folder: Path) -> None:
    path = folder / state.NAME
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def cut_the_head(folder: Path) -> None:
    path = folder / state.NAME
    path.write_bytes(path.read_bytes()[:100])


def spoil_the_packs(folder: Path) -> None:
    for path in folder.glob(f"*{blobs.SUFFIX}"):
        path.write_bytes(bytes(byte ^ 255 for byte in path.read_bytes()))


def cut_the_packs(folder: Path) -> None:
    for path in folder.glob(f"*{blobs.SUFFIX}"):
        path.write_bytes(path.read_bytes()[:5000])


def lose_the_packs(folder: Path) -> None:
    for path in folder.glob(f"*{blobs.SUFFIX}"):
        path.unlink()


def by_other_code(folder: Path) -> None:
    path = folder / state.NAME
    data = path.read_bytes().replace(state.key().encode(), b"0" * 32)
    body = data[len(state.MAGIC) + 32 :]
    path.write_bytes(state.MAGIC + hashlib.sha256(body).digest() + body)


@pytest.mark.parametrize(
    "damage",
    [
        spoil_the_head,
        cut_the_head,
        spoil_the_packs,
        cut_the_packs,
        lose_the_packs,
        by_other_code,
    ],
)
def test_damage_is_as_good_as_no_state(tmp_path: Path, damage: Callable[[Path], Any]) -> None:
    files = follow({}, update.update(tmp_path, stored.entries(MANY), ()))
    damage(tmp_path)
    site = edited(MANY, 2, "催收电话")
    files = follow(files, update.update(tmp_path, stored.entries(site), ()))
    assert from_scratch(site, ()) == files
    assert index.open_index(tmp_path)


def test_two_builds_at_once_leave_a_state_that_works(tmp_path: Path) -> None:
    update.update(tmp_path, stored.entries(MANY), ())
    one, other = edited(MANY, 2, "催收电话"), edited(MANY, 40, "逾期")

    def nested() -> SearchDocument:
        update.update(tmp_path, stored.entries(other), ())
        return one[2]

    raced = [
        Entry(entry.url, entry.digest, nested if n == 2 else entry.document)
        for n, entry in enumerate(stored.entries(one))
    ]
    update.update(tmp_path, raced, ())
    for site in (other, one):
        made = update.update(tmp_path, stored.entries(site), (), {})
        assert from_scratch(site, ()) == {file.path: file.data for file in made.changed}


def test_a_state_does_not_grow_without_end(tmp_path: Path) -> None:
    site = MANY
    for round_ in range(blobs.MOST + 6):
        site = edited(MANY, round_ % 5, "催" * round_)
        update.update(tmp_path, stored.entries(site), ())
    assert len(list(tmp_path.iterdir())) <= blobs.MOST + 1
    made = update.update(tmp_path, stored.entries(site), (), {})
    assert from_scratch(site, ()) == {file.path: file.data for file in made.changed}


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / f"left{blobs.SUFFIX}"
    left.write_bytes(b"half a pack")
    update.update(tmp_path, stored.entries(MANY), ())
    assert not left.exists()


def test_a_folder_that_cannot_be_written_to_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    made = update.update(tmp_path / "file" / "search", stored.entries(MANY), ())
    assert from_scratch(MANY, ()) == {file.path: file.data for file in made.changed}


ROOT = Path(__file__).parent.parent
SCRIPT = """
import sys
from overdue_guide.search import stored, update
update.update(None, (), ())
print(*[name for name in ("whoosh", "jinja2", "markdown", "rjieba") if name in sys.modules])
from tests.search import corpus
print(update.update(None, stored.entries(corpus.DOCUMENTS), corpus.SYNONYMS).version)
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_no_byte_and_nothing_heavy_is_loaded(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = [sys.executable, "-c", SCRIPT]
    printed = subprocess.check_output(run, env=environment, cwd=ROOT, text=True).splitlines()
    made = update.update(None, stored.entries(corpus.DOCUMENTS), corpus.SYNONYMS)
    assert ["", made.version] == printed


def test_an_address_that_changes_in_place_moves_the_numbering(tmp_path: Path) -> None:
    files = follow({}, update.update(tmp_path, stored.entries(MANY), ()))
    site = [*MANY]
    site[3] = replace(site[3], url=site[3].url + "a")
    assert [document.url for document in site] == sorted(document.url for document in site)
    files = follow(files, update.update(tmp_path, stored.entries(site), ()))
    assert from_scratch(site, ()) == files


def test_an_edit_that_needs_more_shards_lays_out_all_of_them(tmp_path: Path) -> None:
    def shards(files: Made) -> int:
        return sum(path.startswith("search/t/") for path in files)

    first = follow({}, update.update(tmp_path, stored.entries(MANY), ()))
    long = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(9000))
    site = edited(MANY, 7, long)
    second = follow(first, update.update(tmp_path, stored.entries(site), ()))
    assert shards(first) < shards(second)
    assert from_scratch(site, ()) == second
    third = follow(second, update.update(tmp_path, stored.entries(MANY), ()))
    assert first == third
