"""The fuzz campaign: what goes in (``inputs``), what must hold (``targets``), how long (``campaign``)."""
