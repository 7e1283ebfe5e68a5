"""Settings of all tests."""

from hypothesis import settings

# A busy machine is no fault of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
