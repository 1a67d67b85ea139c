"""The language of the texts within a plan, such as why a shop has no date."""

from planner.scheduling.limits import Limits
from planner.wording.language import Language
from planner.wording.translation import spoken


def language_of_plan(limits: Limits) -> Language:
    """The one in use; under a deterministic limit English, since the same rollout gives the same bytes to everybody."""
    return Language.ENGLISH if limits.deterministic else spoken()
