"""Commands for what the centre writes out: forms and books."""
