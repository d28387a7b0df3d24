"""The model test: real stations and a real centre, driven by a seed through faults of every kind.

- ``county``: the parts – PCs, centre, post, sticks, chance – and a ``ledger`` that counts in the
  words of all our reports: acked, lost, recovered, unexpected, doubled, and – never excused
  silently – destroyed. ``gate`` kills a process between any two statements.
- ``acts``: what happens – ``operators`` hold sessions, ``nemeses`` befall them.
- ``world`` chooses step by step; ``healing`` ends all faults and lets everybody talk until quiet.
- ``checks``: every promise, looked at from outside; ``alike`` compares what stations and centre show.

``python -m tests.model SEED [STEPS]`` tells one history again. ``mutants`` are bugs planted on
purpose: each is caught in a ``scenario`` of few steps, and most by chance as well.
"""
