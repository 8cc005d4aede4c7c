"""Text to PCM; the only room that knows pyttsx3, espeak-ng and RHVoice. Renders, never plays."""
