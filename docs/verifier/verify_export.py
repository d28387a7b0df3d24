"""Checks an exported record without the program that wrote it.

    python verify_export.py FOLDER [--code XXXX-XXXX] [--centre XXXX-XXXX-XXXX]

Needs Python 3.11 and the package "cryptography". Every check is written out here once
more, from docs/protocol.md, and shares nothing with the program. What it proves:

* no fact was changed, left out, added or moved since it was written (the chain);
* what the centre confirmed is what lies here (its signed receipts);
* the codes that stood on the projector and on the printed sheets belong to this record.

What only somebody outside can prove: that a record was not written anew as a whole. The
centre can, for the facts its receipts cover: give the mark of its key (--centre), as the
centre itself reads it out, because a key that lies in the export proves nothing by itself.
Paper can, for a session whose code was written down (--code). All other facts are counted
as "not witnessed".
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from base64 import b64decode
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FACT, SEGMENT, PERSONAL = b"yj-fact-1\0", b"yj-segment-1\0", b"yj-personal-1\0"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Findings:
    """What was checked, and what is wrong."""

    def __init__(self):
        self.wrong = {}
        self.counts = {}

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number

    def fail(self, what, where):
        self.wrong.setdefault(what, []).append(where)


def read_json(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def read_facts(folder, findings):
    """Facts by segment and number."""
    found = {}
    for number, line in enumerate((folder / "facts.jsonl").read_bytes().splitlines(), 1):
        try:
            fact = json.loads(line)
            place = (fact["segment"], int(fact["n"]))
            fact["data"] = fact["bytes"].encode("utf-8")
        except (ValueError, KeyError, TypeError):
            findings.fail("line is no fact", f"facts.jsonl:{number}")
            continue
        if place in found:
            findings.fail("two facts at one place", f"{place[0][:8]}:{place[1]}")
        found[place] = fact
    if not found:
        findings.fail("there are no facts", "facts.jsonl")
    return found


def body_of(fact):
    """What a fact says, and of which kind it is."""
    said = json.loads(fact["data"])
    return said.get("k"), said.get("b", {})


def named_gaps(facts):
    """Gaps that the record itself names, in facts of its own chain."""
    found = [body for kind, body in map(body_of, facts.values()) if kind == "journal.gap"]
    return [(body["segment"], body["after_n"], body["before_n"]) for body in found]


def check_chain(facts, gaps, findings):
    """Every hash, every link, every number; numbers are missing only where a gap is named."""
    before = {}
    for (segment, n), fact in sorted(facts.items()):
        where = f"{segment[:8]}:{n}"
        root = hashlib.sha256(SEGMENT + segment.encode()).digest()
        last_n, last_hash = before.get(segment, (0, root))
        if n != last_n + 1:
            if not any(one == segment and a <= last_n and n <= b for one, a, b in gaps):
                findings.fail("facts are missing before", where)
            last_hash = bytes.fromhex(fact.get("previous") or "")
            findings.count("facts lost on a damaged disk, as the record says", n - last_n - 1)
        elif fact.get("previous") not in (None, last_hash.hex()):
            findings.fail("fact names another one before it", where)
        own = hashlib.sha256(FACT + last_hash + fact["data"]).digest()
        if own.hex() != fact["hash"]:
            findings.fail("fact does not fit the chain", where)
        if json.loads(fact["data"]).get("n") != n:
            findings.fail("fact says another number", where)
        check_payload(fact, where, findings)
        before[segment] = (n, bytes.fromhex(fact["hash"]))
        findings.count("facts")


def check_payload(fact, where, findings):
    """A personal payload, if it is there and was not erased, is the one the fact names."""
    named = json.loads(fact["data"]).get("p", "")
    payload = fact.get("personal")
    if payload is not None:
        findings.count("personal payloads")
        if hashlib.sha256(PERSONAL + payload.encode("utf-8")).hexdigest() != named:
            findings.fail("personal payload is another one", where)


def check_line(facts, gaps, findings):
    """A segment goes on from the fact its first one names, and that fact is here."""
    for (segment, n), fact in facts.items():
        body = body_of(fact)[1]
        if n != 1 or not body.get("parent_segment"):
            continue
        place = (body["parent_segment"], body.get("parent_n"))
        if place in facts and facts[place]["hash"] != body.get("parent_hash"):
            findings.fail("segment goes on from another fact", segment[:8])
        elif place not in facts and not any(
            one == place[0] and a < place[1] < b for one, a, b in gaps
        ):
            findings.fail("segment goes on from a fact that is not here", segment[:8])
        findings.count("segments that go on from another")


def check_whole_copy(facts, segments, findings):
    """The export says how many facts each segment has: a copy that broke off is found."""
    held = {}
    for segment, _ in facts:
        held[segment] = held.get(segment, 0) + 1
    for one in segments:
        if held.get(one["segment"], 0) != one["facts"]:
            findings.fail("segment has another number of facts", one["segment"][:8])


def signature_holds(key, signature, label, *parts):
    framed = label + b"\0" + b"".join(len(one).to_bytes(8, "big") + one for one in parts)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), framed
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def check_receipts(facts, kept, keys, findings):
    """Each receipt is the centre's, and what it confirms lies here; returns what is covered."""
    covered = set()
    for one in kept["segments"]:
        if not one.get("receipt"):
            continue
        if not keys.get("centre_key"):
            findings.fail("receipts without the key of a centre", one["segment"][:8])
            continue
        where = one["segment"][:8]
        data = one["receipt"].encode("utf-8")
        if not signature_holds(keys["centre_key"], one["signature"], b"yj-receipt-1", data):
            findings.fail("receipt is not the centre's", where)
            continue
        said = json.loads(data)
        if said["segment"] != one["segment"] or said["station"] != keys["station"]:
            findings.fail("receipt is of another segment or station", where)
            continue
        n = said["upto_n"]
        fact = facts.get((one["segment"], n))
        if n and (fact is None or bytes.fromhex(fact["hash"]) != b64decode(said["upto_hash"])):
            findings.fail("receipt confirms a fact that is not here", f"{where}:{n}")
            continue
        covered |= {(one["segment"], place) for place in range(1, n + 1)}
        findings.count("receipts")
        findings.count("receipts that set facts aside", int(said.get("status") == "quarantined"))
    return covered & set(facts)


def check_whole(facts, lost, whole, keys, findings):
    """The receipt that compares the whole: the centre held as many facts, of the same sum."""
    if not whole:
        return
    data, key = whole["receipt"].encode("utf-8"), keys.get("centre_key", "")
    if not signature_holds(key, whole["signature"], b"yj-receipt-1", data):
        findings.fail("receipt of the whole is not the centre's", "*")
        return
    said = json.loads(data)
    if said["station"] != keys["station"] or said.get("status", "ok") != "agreed":
        return
    total = sum(int(fact["hash"][:32], 16) for fact in facts.values()) % (1 << 128)
    same = int.from_bytes(b64decode(said["upto_hash"]), "big") == total
    if said["count"] > len(facts) + lost:
        findings.fail("the centre holds more facts than are here", said["count"])
    elif said["count"] == len(facts) and not same:
        findings.fail("the centre agreed to another set of facts", "*")
    findings.count("the centre holds exactly this record", int(same))


def check_credential(keys, findings):
    """The centre vouches for the station's key."""
    if not keys.get("credential"):
        return
    data = keys["credential"].encode("utf-8")
    signature = keys["credential_signature"]
    if not signature_holds(keys["centre_key"], signature, b"yj-credential-1", data):
        findings.fail("credential is not the centre's", keys["station"])
        return
    said = json.loads(data)
    own = b64decode(said["public_key"]).hex()
    if said["station"] != keys["station"] or own != keys["station_key"]:
        findings.fail("credential is of another station or key", keys["station"])
    findings.count("credential of the station")


def spelled(digest, letters):
    """The first bits of a digest (hex), five a letter, in groups of four."""
    number = int(digest, 16) >> (len(digest) * 4 - letters * 5)
    signs = [LETTERS[(number >> shift) & 31] for shift in range(letters * 5 - 5, -1, -5)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, letters, 4))


def check_codes(facts, codes, wanted, findings):
    """Each code is that of a fact which closed the session it names."""
    by_hash = {fact["hash"]: fact for fact in facts.values()}
    for one in codes:
        fact = by_hash.get(one["closed_by"])
        said = {} if fact is None else json.loads(fact["data"])
        if said.get("k") != "session.closed" or said["b"].get("session") != one["session"]:
            findings.fail("code of a session that no fact closed", one["session"])
        elif spelled(one["closed_by"], 8) != one["code"]:
            findings.fail("code does not fit the record", f"{one['session']} {one['code']}")
        findings.count("session codes")
    closings = (fact for fact in facts.values() if body_of(fact)[0] == "session.closed")
    known = {spelled(fact["hash"], 8) for fact in closings}
    for code in wanted:
        findings.count("codes from paper")
        if code.strip().upper() not in known:
            findings.fail("code from paper is not in this record", code)


def check_centre(keys, mark, findings):
    """The key that receipts are held against is the centre's, as it reads the mark out."""
    key = keys.get("centre_key", "")
    found = spelled(hashlib.sha256(bytes.fromhex(key)).hexdigest(), 12) if key else "none"
    print(f"          mark of the centre's key: {found} (ask the centre to read out its own)")
    if mark and mark.strip().upper() != found:
        findings.fail("key is not the centre's", found)


def verify(folder, wanted=(), mark=""):
    """All checks of one export."""
    findings = Findings()
    facts = read_facts(folder, findings)
    kept = read_json(folder, "receipts.json")
    keys = read_json(folder, "keys.json")
    gaps = named_gaps(facts)
    check_chain(facts, gaps, findings)
    check_line(facts, gaps, findings)
    check_whole_copy(facts, kept["segments"], findings)
    check_centre(keys, mark, findings)
    covered = check_receipts(facts, kept, keys, findings)
    lost = findings.counts.get("facts lost on a damaged disk, as the record says", 0)
    check_whole(facts, lost, kept.get("whole"), keys, findings)
    check_credential(keys, findings)
    check_codes(facts, read_json(folder, "codes.json"), wanted, findings)
    findings.count("facts witnessed by the centre", len(covered))
    findings.count("facts not witnessed", len(facts) - len(covered))
    return findings


def main(arguments):
    parser = argparse.ArgumentParser(description="Check an exported record.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--code", action="append", default=[], help="a code written on paper")
    parser.add_argument("--centre", default="", help="the mark of its key, read out by the centre")
    chosen = parser.parse_args(arguments)
    try:
        findings = verify(chosen.folder, chosen.code, chosen.centre)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as unreadable:
        print(f"NOT AN EXPORT: {type(unreadable).__name__}: {unreadable}")
        return 2
    for what, number in findings.counts.items():
        print(f"{number:>8}  {what}")
    for what, places in findings.wrong.items():
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        print(f"   WRONG  {what}: {places[0]}{more}")
    print("THE RECORD HOLDS" if not findings.wrong else "THE RECORD DOES NOT HOLD")
    return 1 if findings.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
