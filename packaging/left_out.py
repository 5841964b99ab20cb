"""What is left out of a bundle, by the names of modules: what neither the app nor what it stands on ever imports."""

import encodings
import pkgutil
import sys

import PIL

# A learner's file may import what it likes of Python's own library, but for this; of the rest, only NumPy is there.
NOT_FOR_LEARNERS = {
    "aifc", "antigravity", "asyncio", "asyncore", "asynchat", "audioop", "bz2", "cgi", "cgitb", "chunk",
    "compileall", "crypt", "curses", "dbm", "ensurepip", "ftplib", "http", "idlelib", "imghdr", "imaplib", "imp",
    "lib2to3", "lzma", "mailbox", "mailcap", "modulefinder", "msilib", "netrc", "nntplib", "nis",
    "optparse", "ossaudiodev", "pickletools", "pip", "pipes", "plistlib", "poplib", "pty",
    "pyclbr", "pydoc_data", "readline", "rlcompleter", "setuptools", "shelve", "smtpd", "smtplib", "sndhdr",
    "socketserver", "spwd", "sqlite3", "ssl", "sunau", "tabnanny", "telnetlib", "this", "tkinter", "trace", "turtle",
    "turtledemo", "uu", "venv", "webbrowser", "wsgiref", "xdrlib", "xmlrpc", "zipapp",
}  # fmt: skip
LIBRARY = sorted(name for name in sys.stdlib_module_names - NOT_FOR_LEARNERS if not name.startswith("_"))
NEVER = [
    *NOT_FOR_LEARNERS, "sitecustomize", "usercustomize",  # the last two are the builder's own
    "_bz2", "_curses", "_dbm", "_hashlib", "_lzma", "_sqlite3", "_ssl", "_tkinter", "test",
    "unittest.mock", "unittest.async_case", "xml.dom", "xml.sax", "distributed", "dask", "numba", "llvmlite", "av",
    "IPython", "ipykernel", "matplotlib", "nbformat", "pytest", "scipy", "pandas", "numpy.f2py", "numpy.tests",
    "numpy.distutils", "numpy._core.tests", "pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter",
    "pyqtgraph.console", "pyqtgraph.dockarea", "pyqtgraph.exporters", "pyqtgraph.flowchart", "numpy.lib.recfunctions",
    "numpy.ma.mrecords", "numpy.matlib",
    "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtQml", "PySide6.QtQuick",
    "PySide6.QtTest", "PySide6.QtDesigner", "PySide6.QtSql", "PySide6.QtXml", "PIL.ImageTk", "PIL.ImageQt",
    "PIL.ImageCms", "PIL._avif", "PIL._imagingcms", "PIL._imagingft", "_codecs_cn", "_codecs_hk", "_codecs_iso2022",
    "_codecs_jp", "_codecs_kr", "_codecs_tw", "_multibytecodec", "PySide6.QtDBus", "numpy._core._multiarray_tests",
]  # fmt: skip
# Encodings of DOS, mainframes and the old Macintosh; zip files need 437
NEVER += [
    f"encodings.{each.name}"
    for each in pkgutil.iter_modules(encodings.__path__)
    if each.name.startswith(("cp", "mac_")) and not each.name.startswith(("cp125", "cp437", "cp65001"))
]
# All of Pillow's formats but those that the app writes; linked.py leaves out the libraries of some of them
FORMATS = {"GifImagePlugin", "PngImagePlugin", "WebPImagePlugin"}
NEVER += [f"PIL.{name}" for name in PIL._plugins if name not in FORMATS]
