"""A plan as a JSON file (fixtures/README.md describes its keys): checked, loaded and written again to the byte."""

from indicators.plan_file.dump import dump
from indicators.plan_file.load import Loaded, load
from indicators.plan_file.problems import PlanFileError, Problem

__all__ = ["Loaded", "PlanFileError", "Problem", "dump", "load"]
