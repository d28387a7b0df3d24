"""Work off the GUI thread: lanes, the protocols presenters know them by, deferred calls, clocks."""
