"""Grade on many machines: a Dask cluster carries submissions to workers and their grades back.

`pool` stands in the command, `worker` in each worker, `process` in the process beside it that
grades; `parcels` are what they send each other.
"""
