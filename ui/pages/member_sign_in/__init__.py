"""The member's sign-in screen: a keypad for everyone, a name wall for who has no phone."""
