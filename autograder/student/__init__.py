"""What runs in the student's process: cells, and the functions that graded cells call.

Student code shares this process and may change anything in it, so nothing here is trusted.
"""
