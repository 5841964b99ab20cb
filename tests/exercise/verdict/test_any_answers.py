"""Whatever a learner's functions answer, there is a verdict in words, and never an exception."""

from pathlib import Path

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from curvegui.exercise.file.learner_file import Definition, LearnerFile
from curvegui.exercise.problem import GIVEN, JACOBIANS, problems_for_check
from curvegui.exercise.runner.outcome import Ending, NoNumbers, Outcome, Raised, Unfinished, Value
from curvegui.exercise.verdict.judge import ORDER, judge
from curvegui.exercise.verdict.verdict import Grade
from tests.help.texts import texts

PROBLEMS = problems_for_check(21)
SHAPES = st.one_of(array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=9), st.sampled_from([(2, 1), (2, 2), ()]))
VALUES = st.builds(Value, SHAPES.flatmap(lambda shape: arrays(np.float64, shape)))
LINES = st.none() | st.integers(-2, 40)
RAISED = st.builds(Raised, st.sampled_from(["NameError", "ValueError", "TypeError", "IndexError", "KeyError", "Own"]),
                   texts(max_size=30) | st.just("operands could not be broadcast together with shapes (2,3) (4,)"),
                   LINES, st.none(), texts(max_size=20), texts(max_size=9))  # fmt: skip
ANSWERS = st.one_of(VALUES, RAISED, st.builds(NoNumbers, texts(max_size=9), st.booleans()),
                    st.builds(Unfinished, st.sampled_from(Ending)))  # fmt: skip
SOURCES = st.text(alphabet="def J_W3(x, y):=\n    return None...'\"#@1", max_size=60)


@settings(max_examples=15)
@given(
    st.dictionaries(st.sampled_from(JACOBIANS), st.lists(ANSWERS, max_size=5)),
    st.dictionaries(st.sampled_from(GIVEN), st.lists(ANSWERS, max_size=5)),
    st.sampled_from(Ending),
    st.lists(RAISED, max_size=2),
    st.dictionaries(st.sampled_from(JACOBIANS), st.tuples(SOURCES, texts(max_size=5))),
)
@example({"J_b3": [Value(np.full((2, 1), 3.0))]}, {}, Ending.FINISHED, [], {})  # the child ended before the others
@example({"J_W1": [Value(np.array(2e-311)), Value(np.array(1.0))]}, {}, Ending.FINISHED, [], {})
def test_there_is_a_verdict_on_all_six(answers, given_answers, ending, top_level, sources):
    definitions = tuple(Definition(name, source, 3, None, error, None) for name, (source, error) in sources.items())
    file = LearnerFile(Path("learner.py"), "", definitions, ())
    report = judge(file, PROBLEMS, Outcome(answers, given_answers, ending, "", tuple(top_level)))
    assert tuple(report.functions) == ORDER
    for verdict in report.functions.values():
        assert verdict.grade is not Grade.RIGHT  # nobody finds the right numbers by chance
        assert verdict.reason
