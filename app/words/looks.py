"""Words about how the screens are lit."""

WORDS: dict[str, tuple[str, str]] = {
    "look.theme": ("这个窗口的明暗", "How this window is lit"),
    "look.theme.light": ("亮", "Light"),
    "look.theme.dark": ("暗", "Dark"),
    "look.theme.stark": ("高对比", "High contrast"),
}
