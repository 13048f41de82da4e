"""Builds 逾期指南 from a folder of Markdown: load → check → index → render → write.

``load`` reads content into a ``Site``; ``check`` turns it into a ``CheckedSite`` or a list of
problems; ``search`` indexes it and exports the index for browsers; ``pages`` renders it; ``write``
publishes the files, whole or not at all. ``build`` joins these stages on one screen and ``cli`` is
the only part that prints. Start reading at ``build.build``, then ``model``.
"""

__version__ = "0.1.0"
