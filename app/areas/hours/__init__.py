"""Learning hours: what each session counts for each person, by the rules of the county."""
