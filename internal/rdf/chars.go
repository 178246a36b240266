package rdf

// isNameStart is PN_CHARS_BASE of the Turtle grammar.
func isNameStart(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	case r < 0x370:
		return r >= 0xc0 && r != 0xd7 && r != 0xf7 && r <= 0x2ff
	case r < 0x2000:
		return r != 0x37e
	case r < 0x3001:
		return r == 0x200c || r == 0x200d || r >= 0x2070 && r <= 0x218f || r >= 0x2c00 && r <= 0x2fef
	}
	return r <= 0xd7ff || r >= 0xf900 && r <= 0xfdcf || r >= 0xfdf0 && r <= 0xfffd || r >= 0x10000 && r <= 0xeffff
}

// isNameChar is PN_CHARS of the Turtle grammar.
func isNameChar(r rune) bool {
	return isNameStart(r) || r == '_' || r == '-' || r >= '0' && r <= '9' ||
		r == 0xb7 || r >= 0x300 && r <= 0x36f || r == 0x203f || r == 0x2040
}
