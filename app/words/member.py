"""Sentences of the member's side: the sign-in screen and what the room sees."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "member.seal": ("学", "学"),
    "member.seal.spoken": ("学习点的印", "The seal of the station"),
    "member.tile.arrived": ("已到", "arrived"),
    "member.tile.late": ("已到，迟到", "arrived late"),
    "member.tile.leave": ("请假", "on leave"),
    "member.tile.left_out": ("不作要求", "not required"),
    "member.count.arrived": ("已到", "Arrived"),
    "member.count.of": ("/ {expected} 人", "/ {expected}"),
    "member.count.visitors": ("\n另有来宾 {count} 人", "\nand {count} visitors"),
    "member.count.spoken": (
        "已到 {arrived} 人，应到 {expected} 人",
        "{arrived} of {expected} have arrived",
    ),
}
