"""Tests of what the centre's time and the operator's word say about this PC's clock."""
