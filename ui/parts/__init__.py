"""Parts that several of the operator's pages are made of; no part knows a page."""
