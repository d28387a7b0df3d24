"""Facts whose texts were dropped for their length are read once more: the bytes are still there.

Those whose payload was not even kept come into the queue.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

_MOST_CHARACTERS_THEN = 2_000
_WORDS = {
    "sqlite": {"no": "0", "names_a_payload": "instr(bytes, X'2270223A22') > 0"},
    "postgresql": {
        "no": "FALSE",
        "names_a_payload": "position('\\x2270223a22'::bytea in bytes) > 0",
    },
}
"""A fact that has a payload says ``"p":"…"``."""


def upgrade() -> None:
    """Have them looked at anew when the centre starts."""
    words = _WORDS[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE facts SET interpreted = {words['no']} WHERE length(personal) > "  # noqa: S608
        f"{_MOST_CHARACTERS_THEN} OR (personal IS NULL AND {words['names_a_payload']})"
    )
