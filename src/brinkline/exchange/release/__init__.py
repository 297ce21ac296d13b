"""Releases: a frozen, numbered package of a project's codings, and citations of data, program and narratives."""

from brinkline.exchange.release.changes import Changes, compare_releases
from brinkline.exchange.release.citations import cite
from brinkline.exchange.release.details import Creator, ReleaseDetails, checked, details_from, licences, read_creator
from brinkline.exchange.release.package import Release, make_release
from brinkline.exchange.release.recipe import Recipe, check_release, read_recipe
from brinkline.exchange.release.works import Work, called, data_work, narrative_work, software_work, source_works

__all__ = [
    "Changes",
    "Creator",
    "Recipe",
    "Release",
    "ReleaseDetails",
    "Work",
    "called",
    "check_release",
    "checked",
    "cite",
    "compare_releases",
    "data_work",
    "details_from",
    "licences",
    "make_release",
    "narrative_work",
    "read_creator",
    "read_recipe",
    "software_work",
    "source_works",
]
