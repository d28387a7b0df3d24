"""Roll-call: the operator's own lane of sign-in, beside whatever others people use."""
