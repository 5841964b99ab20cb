"""Any text, for Hypothesis."""

from hypothesis import strategies as st

ASCII = st.characters(max_codepoint=127)
LETTERS = st.characters(exclude_categories=["Cs"])  # all that can be encoded


def texts(max_size: int | None = None) -> st.SearchStrategy[str]:
    """As ``st.text`` makes it, which, as ``from_regex``, tries all letters out first: ten seconds in a new checkout."""
    return st.text(LETTERS, max_size=max_size)
