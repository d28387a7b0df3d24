"""Chinese names: how they are read and how a person is found by one."""
