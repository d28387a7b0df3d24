"""A site is made only when asked for, under one name, and a dry run makes none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from centre.opening import open_centre
from centre.settings import Settings
from centre.sites import find_or_create_site
from tests.centre.home.test_home import centre
from tests.rules.looking import ROOT

SHEET = str(ROOT / "resources" / "sample" / "roster.xlsx")


def test_a_roster_may_make_its_site_and_a_dry_run_makes_none(tmp_path: Path) -> None:
    home = tmp_path / "c"
    asked = ("import-roster", SHEET, "--site", "石门村", "--json")
    refused = centre(home, *asked)
    assert (refused.returncode, "--create" in refused.stderr) == (1, True), refused.stderr
    dry = centre(home, *asked, "--create")
    assert dry.returncode == 0, dry.stderr
    assert json.loads(dry.stdout)["added"] == 136
    assert json.loads(centre(home, "sites", "--json").stdout) == []
    done = centre(home, *asked, "--create", "--apply")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] == 136
    again = json.loads(centre(home, *asked, "--create").stdout)
    assert (again["added"], again["unchanged"]) == (0, 136)
    assert len(json.loads(centre(home, "sites", "--json").stdout)) == 1


@pytest.mark.parametrize("spelled", [" 石门村", "石门村\u200b", "石 门 村", "石⾨村"])
def test_a_name_that_reads_the_same_is_the_same_site(tmp_path: Path, spelled: str) -> None:
    opened = open_centre(Settings(tmp_path / "c"))
    try:
        made = find_or_create_site(opened, "石门村" if spelled != "石⾨村" else "石門村")
        assert find_or_create_site(opened, spelled).id == made.id
    finally:
        opened.close()


@pytest.mark.parametrize("spelled", ["", "  ", "\u200b", "长" * 81])
def test_what_is_no_name_makes_no_site(tmp_path: Path, spelled: str) -> None:
    opened = open_centre(Settings(tmp_path / "c"))
    try:
        with pytest.raises(BadInput, match="site_name"):
            find_or_create_site(opened, spelled)
    finally:
        opened.close()


@pytest.mark.parametrize("listed", ["people", "sites", "courses", "plans"])
def test_every_list_can_be_asked_for_one_site(tmp_path: Path, listed: str) -> None:
    home = tmp_path / "c"
    assert centre(home, "enrol-code", "--site", "石门村", "--create").returncode == 0
    found = centre(home, listed, "--site", "石门村", "--json")
    assert (found.returncode, len(json.loads(found.stdout))) == (0, int(listed == "sites"))
    assert centre(home, listed, "--site", "别的村", "--json").returncode == 1


def test_the_template_is_written_once_and_holds_nobody(tmp_path: Path) -> None:
    home, file = tmp_path / "c", tmp_path / "花名册.xlsx"
    assert centre(home, "roster-template", str(file)).returncode == 0
    assert centre(home, "roster-template", str(file)).returncode == 1
    assert centre(home, "roster-template", str(tmp_path / "x.xls")).returncode == 1
    read = centre(home, "import-roster", str(file), "--site", "石门村", "--create", "--apply")
    assert (read.returncode, "Traceback" in read.stderr) == (1, False)
    assert json.loads(centre(home, "people", "--json").stdout or "[]") == []
