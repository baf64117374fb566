"""Pictures in pixels, drawn with matplotlib: imported when one is asked for, as that takes time and memory."""
