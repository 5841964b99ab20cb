from curvegui.files.table.dialect import LONGEST_RECORD, opens_quote, record_length, records


def test_a_quotation_mark_opens_a_cell_only_at_its_beginning() -> None:
    assert opens_quote('a,"b')
    assert opens_quote('"')
    assert not opens_quote('5",6')
    assert not opens_quote('"a","b"')


def test_a_record_goes_on_as_far_as_its_quoted_cell() -> None:
    lines = ['"a', "b", 'c",1,2', "3,4", "# it's \"", '"']

    assert list(records(lines)) == [(1, '"a\nb\nc",1,2'), (4, "3,4"), (5, "# it's \""), (6, '"')]


def test_more_lines_are_waited_for_where_they_may_close_a_quote() -> None:
    assert record_length(['"a', "b"], 0, last=False) == 0
    assert record_length(['"a', "b"], 0, last=True) == 1
    assert record_length(['"a', *["b"] * LONGEST_RECORD, '"'], 0, last=False) == 1
    assert record_length(['"a', *["b"] * (LONGEST_RECORD - 2), '"'], 0, last=False) == LONGEST_RECORD
