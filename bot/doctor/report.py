"""The doctor's findings, for people or for programs."""

import json
import os
import sys
from collections.abc import Mapping

from bot.doctor.checks import examine

_MARKS = {"ok": "ok     ", "warning": "warning", "problem": "PROBLEM"}


def doctor(*, as_json: bool, environment: Mapping[str, str] | None = None) -> int:
    """Print every finding; status 1 where there is a problem, 0 where there are warnings at most."""
    findings = list(examine(os.environ if environment is None else environment))
    if as_json:
        print(json.dumps([finding._asdict() for finding in findings], indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{_MARKS[finding.state]}  {finding.name}: {finding.says}", file=sys.stdout)
            if finding.remedy:
                print(f"         {finding.remedy}")
    return int(any(finding.state == "problem" for finding in findings))
