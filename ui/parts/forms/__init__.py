"""Forms inside a page: fields with bounds, questions, visitors, late entries."""
