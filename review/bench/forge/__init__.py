"""Case files as strangers would write them, with what they really say, for measuring.

Every house is an invented agency with its own words and layout. Nothing here is shared with the
readers, extractors and checks, nor with the sample files; a reader that knows only its own words
does badly on these.
"""
