"""What a person chose for the last film, kept for the next one."""

from curvegui.figure.film.options import FilmOptions
from curvegui.ui.dialogs.kept_choices import kept_values


def film_choices(text: str) -> FilmOptions:
    """From JSON; the default for each value that is missing, and for all where they do not go together."""
    default = FilmOptions()
    try:
        return FilmOptions(**kept_values(text, default))
    except ValueError:
        return default
