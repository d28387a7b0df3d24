"""The centre's command line: one module for each subject, and ``main`` that puts them together."""
