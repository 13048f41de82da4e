"""Every figure of this project: what it should be (``targets``), what it was (``records``), one page of both."""
