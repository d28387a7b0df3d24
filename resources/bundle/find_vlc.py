"""Run before anything else in the one-folder program: libvlc is the one inside it, no other."""

import os
import sys

inside = sys._MEIPASS  # type: ignore[attr-defined]  # set by the bundle
if sys.platform == "win32":
    os.environ["VLC_PLUGIN_PATH"] = os.path.join(inside, "plugins")  # noqa: PTH118 - nothing imported yet
    os.environ["PYTHON_VLC_LIB_PATH"] = os.path.join(inside, "libvlc.dll")  # noqa: PTH118
    os.add_dll_directory(inside)
elif sys.platform.startswith("linux"):
    plugins = os.path.join(inside, "vlc", "plugins")  # noqa: PTH118
    os.environ["VLC_PLUGIN_PATH"] = plugins
    os.environ["PYTHON_VLC_MODULE_PATH"] = plugins
    found = [name for name in os.listdir(inside) if name.startswith("libvlc.so")]  # noqa: PTH208
    os.environ["PYTHON_VLC_LIB_PATH"] = os.path.join(inside, found[0])  # noqa: PTH118
