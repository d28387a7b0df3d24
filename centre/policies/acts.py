"""Setting and dropping rules; the published feed rows are where they are kept.

A rule of the whole county stands in the feed every station reads, a site's own in the site's. A
rule that is set for days that have passed changes the verdicts of their sessions: each is folded
anew by the background worker, and what the screens had said stays beside it.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from app.domain.errors import BadInput, NotFound
from app.domain.policy import MOST_GRACE_MINUTES, Policy
from app.domain.values import dataclass
from app.wire.codec import read_row, write_row
from app.wire.messages import POLICY, Decision
from centre.decisions import ledger
from centre.decisions.ledger import EVERYWHERE, Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.service import Centre
from centre.sites import find_site
from centre.store.projection_tables import report_sessions
from centre.store.site_lock import lock_site
from centre.store.tables import facts, feed_rows, sites
from centre.store.unread import read_again


@dataclass(frozen=True, slots=True)
class ListedPolicy:
    """One rule that was set; ``site`` is empty for the whole county."""

    site: str
    site_name: str
    policy: Policy


def set_policy(centre: Centre, policy: Policy, *, site: str = "") -> str:
    """Set the rule of a site (id or name), or of the whole county; the site's name.

    Raises:
        BadInput: the date is none, or nobody means so many minutes.
        NotFound: there is no such site.
    """
    if not policy.is_sound:
        raise BadInput("centre.bad_policy", date=policy.valid_from, most=MOST_GRACE_MINUTES)
    with centre.store.writing() as tx:
        found = find_site(tx, site) if site else None
        home = EVERYWHERE if found is None else found.id
        _put(tx, home, policy.valid_from, write_row(policy))
        values = {"policy": write_row(policy).decode()}
        decide(tx, centre, Kind.POLICY, _key(home, policy.valid_from), site=home, values=values)
        return "" if found is None else found.name


def drop_policy(centre: Centre, valid_from: str, *, site: str = "") -> str:
    """Take back the rule that was set from a date on; the site's name.

    Raises:
        NotFound: there is no such site, or no such rule.
    """
    with centre.store.writing() as tx:
        found = find_site(tx, site) if site else None
        home = EVERYWHERE if found is None else found.id
        if not _put(tx, home, valid_from, None):
            raise NotFound("centre.no_policy", date=valid_from)
        decide(tx, centre, Kind.POLICY, _key(home, valid_from), site=home)
        return "" if found is None else found.name


def list_policies(centre: Centre, site: str = "") -> tuple[ListedPolicy, ...]:
    """What was set: of one site with the county's, or all; the county's first, oldest first.

    Raises:
        NotFound: there is no such site.
    """
    with centre.store.reading() as tx:
        chosen = select(sites.c.id, sites.c.name).order_by(sites.c.name)
        if site:
            chosen = chosen.where(sites.c.id == find_site(tx, site).id)
        names = {site_scope(row.id): row for row in tx.execute(chosen)}
        rows = tx.execute(
            select(feed_rows.c.scope, feed_rows.c.body)
            .where(
                feed_rows.c.scope.in_([CATALOGUE, *names]),
                feed_rows.c.kind == POLICY,
                feed_rows.c.body.is_not(None),
            )
            .order_by(feed_rows.c.key)
        ).all()
    order = {scope: place for place, scope in enumerate((CATALOGUE, *names))}
    return tuple(
        ListedPolicy(
            names[row.scope].id if row.scope in names else "",
            names[row.scope].name if row.scope in names else "",
            read_row(row.body, Policy),
        )
        for row in sorted(rows, key=lambda row: order[row.scope])
    )


def decide_again(tx: Connection, decision: Decision) -> None:
    """Carry out the newest word about a rule once more, in the caller's transaction."""
    last = ledger.newest(tx, decision.about, (Kind.POLICY,)) or decision
    told = last.values.get("policy")
    valid_from = decision.about.rpartition("@")[2]
    _put(tx, decision.site, valid_from, None if told is None else told.encode())


def _key(site: str, valid_from: str) -> str:
    return f"{site or 'county'}@{valid_from}"


def _put(tx: Connection, site: str, valid_from: str, body: bytes | None) -> int:
    """Publish a rule or that it is gone, and have concerned sessions folded anew; 0: no change."""
    key = _key(site, valid_from)
    scope = site_scope(site) if site else CATALOGUE
    held = select(feed_rows.c.body).where(feed_rows.c.scope == scope, feed_rows.c.key == key)
    if body is None and tx.scalar(held) is None:
        return 0
    concerned = (site,) if site else tuple(tx.scalars(select(sites.c.id).order_by(sites.c.id)))
    for one in concerned:
        lock_site(tx, one)
    changed = publish(tx, scope, (Row(POLICY, key, body),))
    if changed:
        _fold_anew(tx, site, valid_from)
    return changed


def _fold_anew(tx: Connection, site: str, valid_from: str) -> None:
    """Have the sessions from a day on read once more, by one of their facts each."""
    report, its = report_sessions.c, facts.alias()
    concerned = or_(report.day >= valid_from, report.day == "")
    first = (
        select(func.min(its.c.arrival))
        .where(its.c.site == report.site, its.c.session == report.session, concerned)
        .group_by(report.site, report.session)
    )
    if site:
        first = first.where(report.site == site)
    read_again(tx, facts.c.arrival.in_(first))
