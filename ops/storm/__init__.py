"""The storm: the real processes, killed while the clocks run and reports come in, and the books counted afterwards."""
