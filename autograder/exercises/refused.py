"""The exception by which an exercise says that a result can't be observed."""


class Refused(Exception):
    """What a function returned can't be observed; the message tells the student why."""
