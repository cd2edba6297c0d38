"""A corpus (语料): a million files to Parquet datasets, by several processes or a cluster, whatever dies in between.

- ``sources``: what there is to read, as entries of the plan; ``place``: a folder or an address to write to
- ``plan``: which entries are of which shard, and what version and rules the datasets are of
- ``shard``: the entries of a shard to one part of each dataset
- ``datasets``: the columns and the rows of a notice; ``parts``: rows to Parquet
- ``run``: shards to processes, or to a Dask scheduler; ``status``: how far it is

A part has a fixed name, is written aside and renamed, and holds the same bytes whoever writes it. A shard is done when
its mark is in ``done/``; a run goes on with those that have none.
"""
