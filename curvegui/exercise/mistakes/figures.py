"""Two numbers side by side, with as many digits as tell them apart."""

FEWEST, MOST = 4, 12


def apart(found: float, wanted: float) -> tuple[str, str]:
    """Both as texts of the same number of digits, four if they do; equal only where the numbers nearly are."""
    for digits in range(FEWEST, MOST + 1):
        texts = f"{found + 0.0:.{digits}g}", f"{wanted + 0.0:.{digits}g}"  # no minus before a zero
        if texts[0] != texts[1]:
            break
    return texts
