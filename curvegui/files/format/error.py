"""The one exception that comes out of reading a project."""


class ProjectError(ValueError):
    """A file does not hold a project that can be used; the message says why, in sentences that begin with "It"."""


def damaged(what: str) -> ProjectError:
    """The error that says what is wrong with a file that was a project once, or that somebody has made up."""
    return ProjectError(f"It is damaged: {what}. An older copy of it may be whole.")
