"""For fingers: tapping, large buttons, the keypad and its boxes."""
