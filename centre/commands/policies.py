"""``policy``: list the rules for late and in time, set one, or take one back."""

from __future__ import annotations

import argparse

from app.domain.errors import BadInput
from app.domain.policy import DEFAULT, Policy, StartRule
from app.domain.time import local_date
from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.policies.acts import ListedPolicy, drop_policy, list_policies, set_policy
from centre.service import Centre
from centre.settings import Settings
from centre.words import say

_HEADS = (
    "centre.head_site",
    "centre.head_policy_from",
    "centre.head_policy_grace",
    "centre.head_policy_start",
)


def add_commands(commands: Commands) -> None:
    """Add ``policy``."""
    policy = commands.add_parser("policy")
    policy.add_argument("--site", default="", help="name or id; without it the whole county's")
    policy.add_argument(
        "--from", dest="valid_from", default="", metavar="YYYY-MM-DD", help="today without it"
    )
    how = policy.add_mutually_exclusive_group()
    how.add_argument("--grace", type=int, metavar="MINUTES", help="in time so long after the start")
    how.add_argument("--drop", action="store_true", help="take back the rule set from that day on")
    policy.add_argument(
        "--start",
        choices=[one.value for one in StartRule],
        help="count from the planned start, the opening of sign-in, or the later (without it)",
    )
    policy.add_argument("--json", action="store_true")
    policy.set_defaults(run=run_policy)


def run_policy(settings: Settings, chosen: argparse.Namespace) -> int:
    """Set or take back a rule, if that is asked for; else list all."""
    if chosen.grace is None and (chosen.start or (chosen.valid_from and not chosen.drop)):
        raise BadInput("centre.policy_needs_grace")
    if chosen.drop and not chosen.valid_from:
        raise BadInput("centre.policy_needs_from")
    with opened(settings) as centre:
        done = _change(centre, chosen)
        listed = list_policies(centre, chosen.site)
    if chosen.json:
        write_json(listed)
    else:
        write(done or _table(listed))
    return 0


def _change(centre: Centre, chosen: argparse.Namespace) -> str:
    """What was done, in words; empty when only a list is asked for."""
    if chosen.drop:
        site = drop_policy(centre, chosen.valid_from, site=chosen.site)
        return say("centre.policy_dropped", site=_site(site), date=chosen.valid_from)
    if chosen.grace is None:
        return ""
    valid_from = chosen.valid_from or local_date(centre.now_ms()).isoformat()
    rule = Policy(valid_from, chosen.grace, StartRule(chosen.start or StartRule.LATER))
    site = set_policy(centre, rule, site=chosen.site)
    told = {"date": rule.valid_from, "minutes": rule.grace_minutes}
    return say("centre.policy_set", site=_site(site), start=_start(rule), **told)


def _table(listed: tuple[ListedPolicy, ...]) -> str:
    if not listed:
        return say("centre.policy_none", minutes=DEFAULT.grace_minutes)
    rows = [
        (
            _site(one.site_name),
            one.policy.valid_from,
            str(one.policy.grace_minutes),
            _start(one.policy),
        )
        for one in listed
    ]
    return aligned([tuple(say(head) for head in _HEADS), *rows])


def _site(name: str) -> str:
    return name or say("centre.policy_county")


def _start(rule: Policy) -> str:
    return say(f"centre.policy_start_{rule.counts_from.value}")
