"""The model test: real stations and a real centre, driven by a seed through faults of every kind."""
