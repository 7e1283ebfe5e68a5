"""What benchmarks share: libraries of any size made of few records, a served home and clients that ask it."""
