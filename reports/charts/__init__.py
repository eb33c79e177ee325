"""Charts as geometry: pure functions that say where each bar begins and how wide it is; templates draw them as SVG."""
