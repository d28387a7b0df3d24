"""The program's version, as facts and help files tell it."""

VERSION = "0.1.0"
