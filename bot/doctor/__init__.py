"""`python -m bot doctor`: everything an operator would want to know is well."""

from bot.doctor.checks import examine
from bot.doctor.finding import Finding
from bot.doctor.mending import mend_database
from bot.doctor.report import doctor

__all__ = ["Finding", "doctor", "examine", "mend_database"]
