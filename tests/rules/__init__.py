"""House rules as tests; each rule has a test of the rule."""
