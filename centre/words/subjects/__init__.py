"""What the centre says of the subjects of sessions and ledgers; ``centre.words`` has it all."""
