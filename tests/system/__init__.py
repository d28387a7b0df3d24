"""Sessions from end to end, with every part real."""

import pytest

pytest.register_assert_rewrite("tests.system.hands", "tests.system.network")
