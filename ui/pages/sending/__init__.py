"""Where the record stands with the centre, and sending at once."""
