"""Student code runs in processes that are shut in, forked from one that is warm.

The trusted side is `warm` (`WarmParent` and `Student`), with `limits` and `layers`; `probe` says
which layers a machine lacks. The warm parent runs `launch`, `parent` and `fork`; a student, before
anything of its own, `confine`.
"""
