"""The marketplace itself: what a campaign, a deal and a payment are.

Nothing here knows about chat apps, HTTP, queues or model libraries.
"""
