"""The centre: another program, which keeps what stations send and tells them what is planned."""
