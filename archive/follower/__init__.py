"""The process that follows the database: into this host's search index and into the trail.

It tails MongoDB's change stream and may be killed at any instant: the index keeps the stream's
position with each commit, so the next start goes on exactly from there. One runs on each web
host; they share nothing but MongoDB.
"""
