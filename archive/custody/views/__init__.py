"""The pages of custody."""

from archive.custody.views import codes, disposals, labels, places, retention, stocktakes

PAGES = (
    codes.blueprint,
    labels.blueprint,
    places.blueprint,
    stocktakes.blueprint,
    disposals.blueprint,
    retention.blueprint,
)
