"""The HTTP connection to the centre; sticks carry the same bytes (``app.stick``)."""
