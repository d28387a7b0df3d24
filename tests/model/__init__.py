"""The model test: real stations and a real centre, driven by a seed through faults of every kind.

``world`` chooses step by step what happens; ``evenings``, ``nemeses`` and ``post`` do it; ``gate``
kills a process between any two statements. ``healing`` ends all faults and lets everybody talk
until quiet, ``checking`` looks at every promise, and ``ledger`` counts in the words of all our
reports: acked, lost, recovered, unexpected, doubled, and – never excused silently – destroyed.

``python -m tests.model SEED [STEPS]`` tells one history again. ``mutants`` are bugs planted on
purpose: each is caught in a ``scenario`` of few steps, and most by chance as well.
"""
