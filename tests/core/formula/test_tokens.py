from curvegui.core.formula.parser import tokens


def test_signs_come_in_their_plainest_form_with_what_was_typed_and_where() -> None:
    assert [tuple(token) for token in tokens(" 2,5×t**−πt² ")] == [
        ("number", "2,5", 1),
        ("*", "×", 4),
        ("name", "t", 5),
        ("^", "**", 6),
        ("-", "−", 8),
        ("name", "π", 9),
        ("name", "t", 10),
        ("superscript", "²", 11),
        ("end", "", 12),
    ]


def test_a_comma_separates_in_the_parentheses_of_functions_of_several_arguments_alone() -> None:
    kinds = [token.kind for token in tokens("1,2 max(1,2 sin(1,2) (1,2)) 1,2) 1,2")]

    assert kinds.count(",") == 1
    assert kinds.count("number") == 7


def test_a_number_ends_where_a_name_begins() -> None:
    assert [token.text for token in tokens("2e 2e3 2e+3t 2.exp")] == ["2", "e", "2e3", "2e+3", "t", "2.", "exp", ""]
