"""Tests of tasks, and of duties that are set aside."""
