"""Search: one Whoosh index, asked by the command line, and the same index cut into files for browsers.

``text`` says what is compared, ``postings`` counts it, ``index`` asks it through Whoosh's ``codec``,
``query``, ``rank`` and ``excerpt`` decide what is shown, ``export`` writes the browser's files. Nothing heavy is
imported here.
"""
