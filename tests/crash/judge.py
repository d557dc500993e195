"""Judges a season: what is true against what the archive shows. It knows neither the program nor the service."""

from tests.crash.judge_kept import judge_drafts, judge_files, judge_logs, judge_received
from tests.crash.judge_sent import judge_sent
from tests.crash.shown import Shown
from tests.crash.truth import Truth
from tests.crash.verdict import Fault, Verdict, Violation


def judge(truth: Truth, shown: Shown, at: float) -> Verdict:
    """The judgement at a moment (unix seconds) when the program has ended and nothing is on its way any more."""
    verdict = Verdict()
    for part in (judge_sent(truth, shown, at), judge_received(truth, shown), judge_drafts(truth, shown)):
        verdict.add(part)
    verdict.add(judge_files(truth, shown))
    verdict.add(judge_logs(truth, shown))
    verdict.violations += [Violation(Fault.MISBEHAVED, what) for what in truth.complaints]
    return verdict
