"""The film formats: add one here. Their libraries are loaded when the first frame comes."""

from curvegui.core.registry import Registry
from curvegui.files.film.animation import Animation
from curvegui.files.film.gif import GifAnimation
from curvegui.files.film.mp4 import Mp4Animation
from curvegui.files.film.webp import WebpAnimation

ANIMATION_FORMATS: Registry[type[Animation]] = Registry("film format")
"""By the ending of a file's name."""

ANIMATION_FORMATS.add("gif", GifAnimation)
ANIMATION_FORMATS.add("webp", WebpAnimation)
ANIMATION_FORMATS.add("mp4", Mp4Animation)
