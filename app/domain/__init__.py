"""Pure rules of the field: no clock, no chance, no file, no words for people."""
