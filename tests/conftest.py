"""What every test needs: Qt without a screen, and mathematics without a stopwatch."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("no stopwatch", deadline=None)
settings.load_profile("no stopwatch")
