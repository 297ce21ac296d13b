"""The plan of a run: stages in order, only what is needed, and no stage that lacks its input."""

import pytest

from brinkline.coding import STAGES, Stage, plan
from brinkline.errors import UsageError


def test_everything_runs_in_the_order_of_a_narrative() -> None:
    assert [stage.name for stage in plan()] == ["sentences", "dates", "parse", "actors", "places", "events", "variables"]


def test_dates_alone_need_no_language_model() -> None:
    assert [stage.name for stage in plan("dates")] == ["sentences", "dates"]


def test_events_bring_what_they_need() -> None:
    assert [stage.name for stage in plan("events")] == ["sentences", "dates", "parse", "actors", "places", "events"]


def test_an_unknown_stage_is_an_error() -> None:
    with pytest.raises(UsageError, match="no stage 'date'"):
        plan("date")


def test_a_stage_without_its_input_is_found_before_the_run() -> None:
    lonely = Stage("lonely", ("moods",), (), lambda work, parser: {})
    with pytest.raises(UsageError, match="lonely needs moods"):
        plan(None, (*STAGES, lonely))
