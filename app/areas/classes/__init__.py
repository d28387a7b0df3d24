"""Classes: who attended how much of one, who has completed it, and who has not been through."""
