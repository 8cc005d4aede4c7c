"""Taking a voice down: the recorder, its sounds, and the thread that performs a sitting."""
