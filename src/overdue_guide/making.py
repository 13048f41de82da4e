"""Content → checked content → the published site: the stages, and what each is given."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from overdue_guide import (
    buildlog,
    config,
    documents,
    inventory,
    load,
    offline,
    outlines,
    pages,
    recipes,
    write,
)
from overdue_guide.buildlog import Inputs, Log, Written
from overdue_guide.check import check
from overdue_guide.clock import Clock
from overdue_guide.inventory import Seen
from overdue_guide.library import channel_view
from overdue_guide.load import Loaded
from overdue_guide.model import CheckedSite
from overdue_guide.options import Graded, Options
from overdue_guide.press import Press
from overdue_guide.problems import graded, severities
from overdue_guide.recipes import Keys
from overdue_guide.structs import Struct
from overdue_guide.theme import Theme
from overdue_guide.workers import Partner


class Content(Struct, frozen=True):
    """Checked content, and what it depends on."""

    loaded: Loaded
    checked: CheckedSite
    problems: Graded
    keys: Keys
    log: Log
    """What the next build is to know of it."""
    theme: Theme


def checked(
    options: Options,
    clock: Clock,
    memory: Path,
    inputs: Inputs,
    log: Log,
    meanwhile: Callable[[], None] = lambda: None,
) -> Content:
    """Everything that is written, and everything that is wrong with it; ``meanwhile``: see ``load``."""
    layers = buildlog.layers(inputs, log)
    theme = Theme(options.templates)
    with clock.stage("load"):
        loaded = _loaded(options, clock, memory, inputs, log, meanwhile)
    site = config.with_base_url(loaded.site, options.base_url) if options.base_url else loaded.site
    common = recipes.common(options.pages_digest, layers, loaded)
    keys = recipes.keys(common, loaded, log)
    with clock.stage("check"):
        named = recipes.named(common, loaded)
        found = check(
            site,
            today=options.today,
            channel_block=lambda channel, cites, root: theme.channel_block(
                channel_view(channel, cites), root
            ),
            remembered=buildlog.remembered(log, named, keys.texts),
        )
    problems = graded((*loaded.problems, *found.problems), severities(dict(site.config.rules)))
    known = buildlog.Log(
        options=options.digest,
        folders=(_seen(options, inputs, loaded), *layers),
        named=named,
        articles={path: (keys.texts[path], wrong) for path, wrong in found.articles.items()},
        heads=keys.heads,
        base_url=site.config.base_url,
        problems=problems,
    )
    return Content(loaded, found.site, problems, keys, known, theme)


def _loaded(
    options: Options,
    clock: Clock,
    memory: Path,
    inputs: Inputs,
    log: Log,
    meanwhile: Callable[[], None],
) -> Loaded:
    entries = outlines.open_entries(memory / "articles")
    loaded = load.load(
        options.content,
        entries,
        stamps=inputs.folders[options.content],
        seen=log.folders[0] if log.folders else {},
        jobs=options.jobs,
        drafts=options.drafts,
        progress=partial(clock.progress, "load"),
        took=partial(clock.took, "load"),
        meanwhile=meanwhile,
    )
    entries.prune(one.key for one in loaded.articles.values())
    return loaded


def _seen(options: Options, inputs: Inputs, loaded: Loaded) -> dict[str, Seen]:
    # Files may be changed while we build: what is remembered is the digest of what was read.
    read = {asset.path: inventory.digest(asset.data) for asset in loaded.site.assets}
    stamps = inputs.folders[options.content]
    return buildlog.seen(options.content, stamps, {**read, **loaded.digests})


def published(
    options: Options, clock: Clock, memory: Path, site: Content, log: Log, partner: Partner
) -> tuple[Log, Written]:
    """Make what the last build did not make already, and publish it with the rest."""
    with clock.stage("plan"):
        planned = pages.plan(site.checked, site.theme, site.keys, download=options.download)
        searched = documents.documents(site.checked, site.keys)
    with write.stage(options.output, partner.hear()) as stage:
        press = Press(stage, site.checked.config.base_url, log, partner, clock)
        with clock.stage("index"):
            press.ask(searched, site.checked.synonyms, memory / "search")
        with press.started(planned, options.jobs):
            with clock.stage("index"):
                press.index()
            with clock.stage("render"):
                press.finish()
            with clock.stage("index"):
                version = press.indexed()
        with clock.stage("offline"):
            config = site.checked.config
            press.add(offline.files(stage, site.theme, config, version, log, options.jobs))
        with clock.stage("write"):
            written = stage.publish()
        return press.log(site.log), written
