"""``backup``, ``restore`` and ``check`` on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from centre.backups.acts import back_up, check
from centre.backups.folder import Manifest
from centre.backups.restoring import restore
from centre.commands.output import Commands, opened, write, write_json
from centre.home import refuse_empty
from centre.settings import Settings
from centre.words import say, say_error


def add_commands(commands: Commands) -> None:
    """Add the three."""
    saved = commands.add_parser("backup")
    saved.add_argument("folder", type=Path)
    saved.add_argument("--json", action="store_true")
    saved.set_defaults(run=save)

    back = commands.add_parser("restore")
    back.add_argument("folder", type=Path)
    back.add_argument(
        "--replace", action="store_true", help="set aside what is in the home, then put it back"
    )
    back.add_argument("--json", action="store_true")
    back.set_defaults(run=put_back)

    looked = commands.add_parser("check")
    looked.add_argument("--json", action="store_true")
    looked.set_defaults(run=look_over)


def save(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make a backup; 1 when course files are missing in it."""
    refuse_empty(settings)
    with opened(settings) as centre:
        made = back_up(centre, chosen.folder)
    lines = [say("centre.backup_made", path=chosen.folder, **_counts(made))]
    if made.missing:
        lines.append(say("centre.backup_without_courses", count=len(made.missing)))
    _tell(made, lines, as_json=chosen.json)
    return 1 if made.missing else 0


def put_back(settings: Settings, chosen: argparse.Namespace) -> int:
    """Restore a backup."""
    done = restore(settings, chosen.folder, set_aside=chosen.replace)
    lines = [say("centre.restored", home=settings.home, **_counts(done))]
    if done.missing:
        lines.append(say("centre.backup_without_courses", count=len(done.missing)))
    _tell(done, lines, as_json=chosen.json)
    return 0


def look_over(settings: Settings, chosen: argparse.Namespace) -> int:
    """Check the centre; 1 when something is wrong."""
    refuse_empty(settings)
    with opened(settings) as centre:
        found = check(centre)
    sentences = [say_error(one) for one in found.faults]
    if chosen.json:
        write_json({"rows": found.rows, "courses": found.courses, "faults": sentences})
    else:
        sound = say("centre.check_sound", facts=found.rows["facts"], courses=found.courses)
        write(*(sentences or [sound]))
    return 1 if sentences else 0


def _counts(manifest: Manifest) -> dict[str, object]:
    return {
        "facts": manifest.rows["facts"],
        "people": manifest.rows["people"],
        "stations": manifest.rows["stations"],
        "courses": len(manifest.courses),
        "megabytes": round(
            sum(manifest.courses.values(), sum(one.bytes for one in manifest.files.values()))
            / (1 << 20),
            1,
        ),
    }


def _tell(manifest: Manifest, lines: list[str], *, as_json: bool) -> None:
    if as_json:
        write_json(manifest)
    else:
        write(*lines)
