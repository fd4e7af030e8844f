"""A chapter that exists for one test, `tests.house.test_chapters`: goods left with us."""
