"""The workflows: pinned, with few rights, and their steps run here as they run there."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
import yaml

from tests.content import HEAD

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
EACH = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))


def parsed(path: Path) -> dict[Any, Any]:
    read: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in parsed(path)["jobs"].values():
        yield from job["steps"]


def step(workflow: str, name: str) -> str:
    """The shell of a step, by its name."""
    file = ROOT / workflow
    found = parsed(file)["runs"]["steps"] if workflow == "action.yml" else steps(file)
    return str(next(one["run"] for one in found if one.get("name") == name))


@EACH
def test_a_workflow_asks_for_few_rights_and_does_not_run_twice_at_once(workflow: Path) -> None:
    read = parsed(workflow)
    assert {"contents": "read"} == read["permissions"]
    assert {"group", "cancel-in-progress"} == set(read["concurrency"])
    rights = {
        name: job["permissions"] for name, job in read["jobs"].items() if "permissions" in job
    }
    assert {
        "ci.yml": {},
        "pages.yml": {"deploy": {"pages": "write", "id-token": "write"}},
        "weekly.yml": {"due": {"contents": "read", "issues": "write"}},
    }[workflow.name] == rights
    assert "pull_request_target" not in workflow.read_text("utf-8")


@EACH
def test_no_job_runs_for_ever_or_on_a_moving_system(workflow: Path) -> None:
    for name, job in parsed(workflow)["jobs"].items():
        assert 0 < job["timeout-minutes"] <= 60, name
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"]), name


@pytest.mark.parametrize("file", [*WORKFLOWS, ROOT / "action.yml"], ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_and_one_everywhere(file: Path) -> None:
    used = re.findall(r"uses: *(.*)", file.read_text("utf-8"))
    assert used
    for one in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)
    everywhere = "".join(path.read_text("utf-8") for path in [*WORKFLOWS, ROOT / "action.yml"])
    pins = set(re.findall(r"uses: *(\S+)@(\S+)", everywhere))
    assert len(pins) == len({name for name, _ in pins})


@EACH
def test_no_checkout_leaves_a_token_behind(workflow: Path) -> None:
    for one in steps(workflow):
        if "actions/checkout@" in one.get("uses", ""):
            assert one["with"]["persist-credentials"] is False


@EACH
def test_what_is_uploaded_is_the_whole_site(workflow: Path) -> None:
    # These actions leave out what begins with a dot, such as .well-known, unless they are told.
    for one in steps(workflow):
        upload = re.match("actions/upload-(pages-)?artifact@", one.get("uses", ""))
        if upload and one["with"]["path"] == "build":
            assert one["with"]["include-hidden-files"] is True


@pytest.mark.parametrize("file", [*WORKFLOWS, ROOT / "action.yml"], ids=lambda path: path.name)
def test_no_shell_is_made_of_what_somebody_wrote(file: Path) -> None:
    found = parsed(file)["runs"]["steps"] if file.name == "action.yml" else steps(file)
    for one in found:
        assert "${{" not in one.get("run", "")


@EACH
def test_every_step_is_a_task_that_runs_anywhere(workflow: Path) -> None:
    for one in steps(workflow):
        for line in one.get("run", "").splitlines():
            words = line.split()
            if words[0] == "make":
                assert TARGETS & set(words), line
            elif words[0].startswith("tools/"):
                assert os.access(ROOT / words[0], os.X_OK), line
            else:
                assert words[0] in ("echo", "cat"), line


def test_every_python_that_the_package_allows_is_tested() -> None:
    matrix = parsed(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert ["3.11", "3.12", "3.13", "3.14"] == matrix["python"]
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of the tools and templates, with the golden site's content and this Python."""
    copy = tmp_path / "repository"
    copy.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy2(ROOT / name, copy)
    for name in ("tools", "templates", "requirements"):
        shutil.copytree(ROOT / name, copy / name)
    shutil.copytree(ROOT / "tests/sites/golden/content", copy / "content")
    program(copy / ".venv/bin/python", f'exec "{sys.executable}" "$@"')
    program(copy / ".venv/bin/overdue-guide", f'exec "{sys.executable}" -m overdue_guide "$@"')
    for mark in (".ready", ".ready-dev"):
        (copy / ".venv" / mark).touch()
    return copy


def program(path: Path, shell: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{shell}\n", "utf-8")
    path.chmod(0o755)


def run(
    shell: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a step as the workflows do: bash, which stops at the first failure."""
    known = {
        **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "1795392000",  # 2026-11-23
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "GITHUB_OUTPUT": str(folder / "output"),
    }
    command = ["bash", "-e", "-o", "pipefail", "-c", shell]
    known.update(environment or {})
    return subprocess.run(command, cwd=folder, env=known, capture_output=True, text=True)


def test_the_check_annotates_and_summarises(repository: Path) -> None:
    annotate, summarise = (
        step(".github/workflows/ci.yml", name)
        for name in ("Annotate the lines", "List the problems in the summary")
    )
    made = run(annotate, repository)
    assert 0 == made.returncode
    assert "::error" not in made.stdout
    article = repository / "content/contact/family.md"
    article.write_text(article.read_text("utf-8") + "\n[@civil-code:9999]\n", "utf-8")
    made = run(annotate, repository)
    assert made.returncode
    assert "\n::error file=content/contact/family.md,line=" in f"\n{made.stdout}"
    assert 0 == run(summarise, repository).returncode
    summary = (repository / "summary.md").read_text("utf-8")
    assert "Errors: 1, warnings: " in summary
    assert "| unknown-provision (error) |" in summary


def test_the_preview_tells_which_pages_change(repository: Path) -> None:
    ci = ".github/workflows/ci.yml"
    shutil.copytree(repository, repository / "base", ignore=shutil.ignore_patterns("base"))
    article = repository / "content/contact/family.md"
    article.write_text(article.read_text("utf-8") + "\n多了一句。\n", "utf-8")
    (repository / "content/contact/another.md").write_text(HEAD + "正文。\n", "utf-8")
    (repository / "base/content/contact/gone.md").write_text(HEAD + "正文。\n", "utf-8")
    for name in ("Build", "Hold the files against the manifest", "Build the site as it was"):
        made = run(step(ci, name), repository)
        assert 0 == made.returncode, made.stderr
    assert 0 == run(step(ci, "Tell which pages change"), repository).returncode
    summary = (repository / "summary.md").read_text("utf-8")
    for line in (
        r"\| added \| `/contact/another/` \|  \| \d+ \| \+\d+ \|",
        r"\| changed \| `/contact/family/` \| \d+ \| \d+ \| \+\d+ \|",
        r"\| removed \| `/contact/gone/` \| \d+ \|  \| -\d+ \|",
    ):
        assert re.search(line, summary), summary
    assert "`/coping/first-steps/`" not in summary


def test_a_link_that_leads_nowhere_is_noticed(repository: Path) -> None:
    ci = ".github/workflows/ci.yml"
    assert 0 == run(step(ci, "Build"), repository).returncode
    made = run(step(ci, "Follow every link"), repository)
    assert 0 == made.returncode, made.stderr
    page = repository / "build/about/index.html"
    page.write_text(
        page.read_text("utf-8")
        + '<a href="../gone/">没有这一页</a><a href="../contact/#gone">没有这一处</a>'
        + '<img src="gone.png"><a href="../contact/#main">有</a><a href="https://guide.example/">别处</a>',
        "utf-8",
    )
    made = run(step(ci, "Follow every link"), repository)
    assert made.returncode
    assert [
        "about/index.html: ../gone/",
        "about/index.html: ../contact/#gone",
        "about/index.html: gone.png",
    ] == made.stderr.splitlines()[:3]


def test_a_base_that_does_not_build_any_more_stops_nothing(repository: Path) -> None:
    ci = ".github/workflows/ci.yml"
    (repository / "base").mkdir()
    assert 0 == run(step(ci, "Build the site as it was"), repository).returncode
    assert 0 == run(step(ci, "Build"), repository).returncode
    assert 0 == run(step(ci, "Tell which pages change"), repository).returncode
    assert "| changed |" not in (repository / "summary.md").read_text("utf-8")


def test_what_is_deployed_is_verified(repository: Path) -> None:
    pages = ".github/workflows/pages.yml"
    for name in ("Build", "Hold the files against the manifest", "Keep the digest of the manifest"):
        made = run(step(pages, name), repository)
        assert 0 == made.returncode, made.stderr
    digest = (repository / "output").read_text("utf-8").strip().removeprefix("digest=")
    assert re.fullmatch("[0-9a-f]{64}", digest)
    served = "import pathlib, sys; sys.stdout.write(pathlib.Path(sys.argv[1]).read_text('utf-8'))"
    manifest = repository / "build/build-manifest.json"
    program(repository / "bin/curl", f'exec "{sys.executable}" -c "{served}" "{manifest}"')
    path = {"PATH": f"{repository / 'bin'}:{os.environ['PATH']}", "TRIES": "1"}
    verify = step(pages, "Compare the manifest")
    place = {**path, "URL": "https://guide.example/", "DIGEST": digest}
    assert 0 == run(verify, repository, place).returncode
    assert 1 == run(verify, repository, {**place, "DIGEST": "0" * 64}).returncode


@pytest.mark.parametrize("harm", ["damage", "removal"])
def test_a_build_that_is_not_whole_is_noticed(repository: Path, harm: str) -> None:
    assert 0 == run("make build", repository).returncode
    page = repository / "build/about/index.html"
    page.unlink() if harm == "removal" else page.write_text("", "utf-8")
    made = run("make verify", repository)
    assert made.returncode
    assert "about/index.html: " in made.stdout


LAW = """title: 旧办法
issuer: 某部
effective: 2020-01-01
force: departmental-rule
{ends}
provisions:
  "1": {{gist: 要点。}}
"""


@pytest.mark.parametrize(
    ("ends", "told"),
    [("repealed: 2026-12-01", "现行有效 → 已废止"), ("repealed: 2027-12-01", "")],
    ids=["soon", "later"],
)
def test_the_week_tells_of_laws(repository: Path, ends: str, told: str) -> None:
    law = repository / "content/reference/laws/old-rules.yml"
    law.write_text(LAW.format(ends=ends), "utf-8")
    due = step(".github/workflows/weekly.yml", "Look two weeks ahead")
    made = run(due, repository)
    assert 0 == made.returncode, made.stderr
    text = (repository / "due.md").read_text("utf-8")
    assert ("《旧办法》" in text) == bool(told)
    assert told in text


def test_the_week_tells_of_reviews(repository: Path) -> None:
    due = step(".github/workflows/weekly.yml", "Look two weeks ahead")
    autumn = {"SOURCE_DATE_EPOCH": "1823126400"}  # 2027-10-10
    assert 0 == run(due, repository, autumn).returncode
    text = (repository / "due.md").read_text("utf-8")
    assert "| review-lapsed (error) |" in text
    assert "| security-expiry (error) |" in text


class Elsewhere(BaseHTTPRequestHandler):
    """Another site: its addresses say how they answer."""

    asked: ClassVar[list[str]] = []

    def answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status = {"/gone": 404, "/late": 410, "/refused": 403, "/broken": 500}.get(self.path, 200)
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    Elsewhere.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_week_tells_of_links_that_lead_nowhere(repository: Path, elsewhere: str) -> None:
    asks = step(".github/workflows/weekly.yml", "Ask for the links to other sites")
    names = ("fine", "gone", "late", "refused", "broken", "no-head", "gone#part")
    links = " ".join(f"[看]({elsewhere}/{name})" for name in names)
    page = repository / "other/contact/a.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"{HEAD}{links} [看](http://127.0.0.1:1/)\n", "utf-8")
    law = f"official: {{name: 某处, url: '{elsewhere}/gone'}}"
    rules = repository / "other/reference/laws/old-rules.yml"
    rules.parent.mkdir(parents=True)
    rules.write_text(LAW.format(ends=law), "utf-8")
    made = run(asks, repository, {"ARGS": "--content other --pause 0 --timeout 5"})
    assert 0 == made.returncode, made.stderr
    rows = [
        f"- <{elsewhere}/gone> (404): `reference/laws/old-rules.yml`, `contact/a.md`",
        f"- <{elsewhere}/late> (410): `contact/a.md`",
    ]
    text = (repository / "due.md").read_text("utf-8")
    assert rows == [line for line in text.splitlines() if line.startswith("- ")]
    silent, broken = made.stderr.splitlines()
    assert silent.startswith("http://127.0.0.1:1/: ")
    assert f"{elsewhere}/broken: 500" == broken
    # Each is asked for once, and once more only where HEAD may not be trusted.
    counts = Counter(Elsewhere.asked)
    assert {1} == set(counts.values())
    assert {"GET /gone", "GET /late", "GET /refused", "GET /no-head"} == {
        one for one in counts if one.startswith("GET")
    }


def test_a_week_without_dead_links_says_nothing(repository: Path, elsewhere: str) -> None:
    asks = step(".github/workflows/weekly.yml", "Ask for the links to other sites")
    page = repository / "other/contact/a.md"
    page.parent.mkdir(parents=True)
    links = " ".join(f"[看]({elsewhere}/{at})" for at in range(5))
    page.write_text(f"{HEAD}{links}\n", "utf-8")
    made = run(asks, repository, {"ARGS": "--content other --pause 0 --most 3"})
    assert 0 == made.returncode, made.stderr
    assert "" == (repository / "due.md").read_text("utf-8")
    assert "2 links were not asked for: too many" in made.stderr
    assert 3 == len(Elsewhere.asked)


@pytest.mark.parametrize(
    ("open_issue", "text", "done"),
    [
        ("", "due", "issue create --title What falls due --body-file due.md"),
        ("7", "due", "issue edit 7 --body-file due.md"),
        ("7", "", "issue close 7 --comment Nothing is due."),
        ("", "", ""),
    ],
    ids=["made", "edited", "closed", "left alone"],
)
def test_there_is_one_issue(repository: Path, open_issue: str, text: str, done: str) -> None:
    (repository / "due.md").write_text(text, "utf-8")
    program(
        repository / "bin/gh",
        f'if [ "$2" = list ]; then echo "{open_issue}"; else echo "$@" >> done.txt; fi',
    )
    path = {"PATH": f"{repository / 'bin'}:{os.environ['PATH']}"}
    issue = step(".github/workflows/weekly.yml", "Bring the issue up to date")
    assert 0 == run(issue, repository, path).returncode
    log = repository / "done.txt"
    assert done == (log.read_text("utf-8").strip() if log.exists() else "")


@pytest.mark.parametrize(("check_only", "built"), [("false", True), ("true", False)])
def test_the_action_builds_another_guide(
    repository: Path, tmp_path: Path, check_only: str, built: bool
) -> None:
    other = tmp_path / "other"
    shutil.copytree(repository / "content", other / "text")
    runner = tmp_path / "runner"
    program(
        runner / "overdue-guide/bin/overdue-guide",
        f'exec "{sys.executable}" -m overdue_guide "$@"',
    )
    given = {
        "RUNNER_TEMP": str(runner),
        "ACTION": str(ROOT),
        "CONTENT": "text",
        "TEMPLATES": "",
        "OUTPUT": "site",
        "BASE_URL": "",
        "CHECK_ONLY": check_only,
    }
    made = run(step("action.yml", "Check and build"), other, given)
    assert 0 == made.returncode, made.stderr
    assert built == (other / "site/index.html").is_file()


def test_every_input_of_the_action_is_used() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    for name in parsed(ROOT / "action.yml")["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in text


def hooks() -> dict[str, dict[str, Any]]:
    """The hooks for pre-commit, by id."""
    listed = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return {hook["id"]: hook for hook in listed}


def test_the_hook_that_formats_gets_the_articles_that_changed(repository: Path) -> None:
    hook = hooks()["overdue-guide-fmt"]
    path = {"PATH": f"{repository / '.venv/bin'}:{os.environ['PATH']}"}
    article = repository / "content/contact/listed.md"
    article.write_text(f"{HEAD}* 一\n", "utf-8")
    assert 0 == run(f"{hook['entry']} content/contact/listed.md", repository, path).returncode
    assert f"{HEAD}- 一\n" == article.read_text("utf-8")
    article.unlink()
    assert re.search(hook["files"], "content/contact/listed.md")
    assert not re.search(hook["files"], "content/site.yml")


def test_the_hook_for_pre_commit_runs(repository: Path) -> None:
    hook = hooks()["overdue-guide-check"]
    path = {"PATH": f"{repository / '.venv/bin'}:{os.environ['PATH']}"}
    assert 0 == run(hook["entry"], repository, path).returncode
    (repository / "content/contact/family.md").write_text("正文", "utf-8")
    assert 1 == run(hook["entry"], repository, path).returncode
    assert re.search(hook["files"], "content/contact/family.md")


def test_the_recipes_name_tasks_that_there_are() -> None:
    text = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    for block in re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S):
        assert yaml.safe_load(block)
    for line in re.findall(r"\bmake ([^`>\n]+)", text):
        assert TARGETS & set(line.split()), line
    for tool in re.findall(r"tools/([a-z-]+)", text):
        assert os.access(ROOT / "tools" / tool, os.X_OK), tool


def test_the_shell_and_the_types_of_the_recipes_are_right(repository: Path) -> None:
    text = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    scripts = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    assert scripts
    for script in scripts:
        made = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
        assert not made.stderr
    (types,) = re.findall(r"^    types \{\n(.*?)^    \}", text, re.M | re.S)
    known = {suffix for line in types.splitlines() for suffix in line.strip("; ").split()[1:]}
    assert 0 == run("make build", repository).returncode
    published = {path.suffix[1:] for path in (repository / "build").rglob("*.*") if path.is_file()}
    assert published <= known
