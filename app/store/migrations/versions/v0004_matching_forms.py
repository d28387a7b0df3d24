"""Names and cards beside the written ones in the form they are compared by, filled for all rows."""

import sqlalchemy as sa
from alembic import op

from app.domain.written_forms import code_form, code_without_zeros, match_form, shown_form

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE people ADD COLUMN called TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE people ADD COLUMN card_form TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE people ADD COLUMN card_bare TEXT DEFAULT '' NOT NULL",
    "DROP INDEX ix_people_card",
)
INDEXES = (
    "CREATE INDEX ix_people_called ON people (called)",
    "CREATE INDEX ix_people_card_form ON people (card_form)",
    "CREATE INDEX ix_people_card_bare ON people (card_bare)",
)


def upgrade() -> None:
    """Add and fill them; names with signs that only look right are spelled anew."""
    for statement in STATEMENTS:
        op.execute(statement)
    tx = op.get_bind()
    put = sa.text(
        "UPDATE people SET called = :called, card_form = :form, card_bare = :bare WHERE id = :id"
    )
    respell = sa.text("UPDATE people SET spellings = :spellings WHERE id = :id")
    for person, name, card in tx.execute(sa.text("SELECT id, name, card_no FROM people")).all():
        bare = code_without_zeros(card) if card else ""
        forms = {"called": match_form(name), "form": code_form(card), "bare": bare}
        tx.execute(put, {"id": person, **forms})
        if shown_form(name) != name:
            tx.execute(respell, {"id": person, "spellings": _spelled(name)})
    for statement in INDEXES:
        op.execute(statement)


def _spelled(name: str) -> str:
    from app.names.readings import search_keys  # its dictionary is loaded only if needed

    return search_keys(name)
