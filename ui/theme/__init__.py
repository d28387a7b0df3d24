"""How the station looks: pine, paper, seal. Import from the modules, nothing is re-exported.

* ``look.apply_look(app, InterfaceSize.LARGE)`` once at start and whenever the size is
  changed: loads the fonts, sets the application font and the whole stylesheet.
* ``tokens`` holds every colour and every size; nobody else spells a colour.
* ``look.scaled(px)`` is a design size in the interface size in use.
* ``icons.icon("play", tokens.PAPER, 24)`` is a recoloured SVG of ``resources/icons``.

Widgets say what they are with the dynamic property ``role`` (see ``build_qss``), e.g.
``look.set_role(label, "title")``; labels know title, section, body, caption, digits, count.
"""
