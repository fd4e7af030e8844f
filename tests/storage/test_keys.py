import pytest

from archive.storage import blob_key

DIGEST = "ab" + "c" * 62


def test_the_key_is_the_digest_with_its_first_two_digits_as_a_folder() -> None:
    assert blob_key(DIGEST) == "blobs/sha256/ab/" + "c" * 62


@pytest.mark.parametrize("digest", ["", DIGEST.upper(), DIGEST[:-1], DIGEST + "0", "../" + DIGEST])
def test_what_is_no_digest_makes_no_key(digest: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        blob_key(digest)
