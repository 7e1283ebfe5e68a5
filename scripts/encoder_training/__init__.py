"""Steps of `scripts/train_encoder.py`."""
