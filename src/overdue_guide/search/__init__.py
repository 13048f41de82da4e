"""Search: one index, asked by the command line, and the same index cut into files for browsers.

``text`` says what is compared, ``counting`` counts it, ``update`` brings the index and the browser's files up to
date with the documents, ``index`` asks it through Whoosh's ``codec``; ``query`` and ``excerpt`` decide what is
looked for and shown. Nothing heavy is imported here.
"""
