"""The pages of classing."""

from archive.classing.views import deciding, measures

BLUEPRINTS = (deciding.blueprint, measures.blueprint)
