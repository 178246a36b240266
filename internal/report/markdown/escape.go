package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape makes a text stand in a Markdown table or paragraph as it is: nothing in
// it is markup, a link, HTML or the end of a cell, and it stays on one line.
func Escape(s string) string {
	var b strings.Builder
	previous := ' '
	for i, r := range s {
		switch {
		case r == '\n', r == '\r', r == '\t':
			r = ' '
			if previous != ' ' {
				b.WriteRune(r)
			}
		case hidden(r):
			b.WriteRune(utf8.RuneError)
		case strings.ContainsRune("\\`*[]|~", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '_' && !inWord(s, i, previous):
			b.WriteString("\\_")
		case (r == '#' || r == '+' || r == '-') && i == 0:
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == ':' && strings.HasPrefix(s[i:], "://"):
			// A bare address becomes a link in merge requests and mail programs.
			b.WriteString("&#58;")
		default:
			b.WriteRune(r)
		}
		previous = r
	}
	return strings.TrimSpace(b.String())
}

// inWord tells whether an underscore is between letters or digits, where it is
// no markup: birth_year.
func inWord(s string, i int, previous rune) bool {
	next, _ := utf8.DecodeRuneInString(s[i+1:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return word(previous) && word(next)
}

// hidden tells whether a character cannot be seen or turns the text around.
func hidden(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// html escapes a text for an HTML element.
func html(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", " ").Replace(s)
}

// code writes a text as code.
func code(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		if hidden(r) {
			return utf8.RuneError
		}
		return r
	}, s)
	s = strings.ReplaceAll(s, "|", "\\|")
	if strings.Contains(s, "`") {
		return "`` " + strings.ReplaceAll(s, "``", "` `") + " ``"
	}
	if strings.TrimSpace(s) == "" {
		return "–"
	}
	return "`" + s + "`"
}
