from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document.dialogue.evaluation import EvaluationError, evaluate, written
from studio.document.dialogue.explaining import format_expression
from studio.document.dialogue.expression import ExpressionError
from studio.document.dialogue.expression_parser import parse_expression
from studio.document.dialogue.expression_types import check_assignment, check_condition, type_of
from studio.document.dialogue.story import Value, Variable, VariableType
from studio.document.dialogue.template import literal, parse_template

VARIABLES = (
    Variable("a", VariableType.NUMBER, 2.0),
    Variable("b", VariableType.BOOL, False),
    Variable("s", VariableType.STRING, "x"),
    Variable("mood", VariableType.ENUM, "calm", ("calm", "angry")),
    Variable("quest.lit", VariableType.BOOL, True),
)
SCOPE = {each.name: (each.name, each) for each in VARIABLES}


class _Values:
    def value(self, name: str) -> Value:
        return SCOPE[name][1].initial

    def visits(self, target: str) -> int:
        return len(target)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 3 - 2", 5.0),
        ("-a * 2", -4.0),
        ("-7 % 3", -1.0),
        ("1 / 4", 0.25),
        ("1e3", 1000.0),
        ("not b and quest.lit", True),
        ("not (b or quest.lit)", False),
        ("not a == 3", True),
        ("a >= 2 and a < 3 or b", True),
        ('s + "y" == "xy"', True),
        ('mood != "angry"', True),
        ('"a\\"\\\\\\n"', 'a"\\\n'),
        ('visits("abc") - 1', 2.0),
        ('visited("")', False),
    ],
)
def test_what_expressions_come_to(source: str, value: Value) -> None:
    tree = parse_expression(source)
    type_of(tree, SCOPE)
    assert evaluate(tree, _Values()) == value
    assert evaluate(parse_expression(format_expression(tree)), _Values()) == value


@pytest.mark.parametrize(
    ("source", "column", "reason"),
    [
        ("", 1, "missing"),
        ("1 +", 4, "missing"),
        ("a = 1", 3, "=="),
        ("a && b", 3, "and"),
        ("(1", 3, "parenthesis"),
        ("1 2", 3, "operator"),
        ("a $", 3, "nothing"),
        ('"open', 1, "quote"),
        ("f(1)", 1, "function"),
        ("visits(a)", 8, "quotes"),
        ("and", 1, "cannot stand"),
        ("(" * 100, 62, "deep"),
        ("9" * 999, 1, "large"),
        ("1" + "+1" * 2000, 2000, "at most"),
        ("__import__('os')", 12, "nothing"),
    ],
)
def test_errors_have_a_column(source: str, column: int, reason: str) -> None:
    with pytest.raises(ExpressionError, match=reason) as error:
        parse_expression(source)
    assert error.value.column == column


@pytest.mark.parametrize(
    "source",
    [
        "a and b",
        "not a",
        "-b",
        "a == b",
        "s < 1",
        "s + 1",
        "c",
        'mood == "sad"',
        "mood == s",
        "1 < 2 < 3",
    ],
)
def test_types_that_do_not_fit(source: str) -> None:
    with pytest.raises(ExpressionError):
        type_of(parse_expression(source), SCOPE)


def test_what_variables_hold_and_conditions_are() -> None:
    mood, number = SCOPE["mood"][1], SCOPE["a"][1]
    check_assignment(mood, parse_expression('"angry"'), SCOPE)
    check_assignment(mood, parse_expression("mood"), SCOPE)
    for variable, source in ((mood, '"sad"'), (mood, "s"), (number, "b"), (mood, 's + "x"')):
        with pytest.raises(ExpressionError):
            check_assignment(variable, parse_expression(source), SCOPE)
    check_condition(parse_expression("a > 1"), SCOPE)
    with pytest.raises(ExpressionError, match="not true or false"):
        check_condition(parse_expression("a"), SCOPE)


@pytest.mark.parametrize("source", ["1 / (a - 2)", "1 % 0", "1e300 * 1e300", "s - 1", "s and b"])
def test_what_has_no_value(source: str) -> None:
    tree = parse_expression(source)
    with pytest.raises(EvaluationError):
        evaluate(tree, _Values())


def test_values_as_players_see_them() -> None:
    assert [written(value) for value in (True, 3.0, 0.5, -2.0, 1e20, "x")] == [
        "true",
        "3",
        "0.5",
        "-2",
        "1e+20",
        "x",
    ]


@given(st.text('{}"\\ a+', max_size=12))
def test_any_text_is_a_template_or_an_error(text: str) -> None:
    assert "".join(map(str, parse_template(literal(text)))) == text
    try:
        parse_template(text)
    except ExpressionError as error:
        column = error.column
        assert 1 <= column <= len(text) + 1


@settings(max_examples=200)
@given(st.text('ab1"()+-*<=!. \\notadr', max_size=20))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    try:
        tree = parse_expression(text)
    except ExpressionError:
        return
    assert format_expression(parse_expression(format_expression(tree))) == format_expression(tree)
