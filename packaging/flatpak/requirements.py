"""Writes which packages the Flatpak brings along, with their addresses and checksums: ``python3-requirements.json``.

    python packaging/flatpak/requirements.py

It asks pip, which asks PyPI. The base has PySide6 and Python of the version below.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PYTHON = "3.12"
PACKAGES = "numpy", "pyqtgraph", "Pillow", "hatchling"
MACHINES = "x86_64", "aarch64"
OUTPUT = Path(__file__).with_name("python3-requirements.json")


def found(machine: str) -> list[dict[str, Any]]:
    """What pip would download for a machine."""
    options = ["--dry-run", "--quiet", "--ignore-installed", "--only-binary", ":all:", "--report", "-"]
    options += ["--python-version", PYTHON, "--platform", f"manylinux_2_28_{machine}", "--target", "unused"]
    words = [sys.executable, "-m", "pip", "install", *options, *PACKAGES]
    report = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return [each["download_info"] for each in json.loads(report)["install"]]


def main() -> None:
    """Write the file."""
    sources: dict[str, dict[str, Any]] = {}
    for machine in MACHINES:
        for each in found(machine):
            address, checksum = each["url"], each["archive_info"]["hashes"]["sha256"]
            source = {"type": "file", "url": address, "sha256": checksum}
            everywhere = address.endswith("-none-any.whl")
            sources[address] = source if everywhere else source | {"only-arches": [machine]}
    names = " ".join(PACKAGES)
    command = f'pip3 install --no-index --find-links="file://${{PWD}}" --prefix=${{FLATPAK_DEST}} {names}'
    module = {
        "name": "python3-requirements",
        "buildsystem": "simple",
        "build-commands": [command],
        "sources": [sources[address] for address in sorted(sources)],
    }
    OUTPUT.write_text(json.dumps(module, indent=4) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
