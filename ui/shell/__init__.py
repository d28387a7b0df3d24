"""The program around its windows: starting, opening the record, tying the parts together, leaving in order."""
