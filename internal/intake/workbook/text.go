package workbook

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

	// CellLimit is the number of UTF-16 units that a cell can hold.
	CellLimit = 32767
)

// Clean makes a text fit for a cell: line ends are \n, and characters that XML
// forbids or that turn the direction of the text around become U+FFFD, so that
// one sees that something was there.
func Clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < 0x20, r >= 0x7f && r < 0xa0, r&0xfffe == 0xfffe,
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return utf8.RuneError
		}
		return r
	}, s)
}

// units is the length of a text as Excel counts it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// Cut cuts a text to at most limit UTF-16 units, for the places where Excel has
// a limit of its own.
func Cut(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		if n += max(1, utf16.RuneLen(r)); n > limit-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// escaped finds what Excel reads as an escaped character: _x0041_.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// writeString writes a text as an inline string: a text whatever it begins with,
// so nothing in it is ever a formula.
func writeString(b *bytes.Buffer, s string) {
	s = escaped.ReplaceAllStringFunc(Cut(Clean(s), CellLimit), func(m string) string { return "_x005F" + m })
	if s != strings.TrimSpace(s) || strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
		b.WriteString(`<t xml:space="preserve">`)
	} else {
		b.WriteString(`<t>`)
	}
	writeText(b, s)
	b.WriteString(`</t>`)
}

// writeText writes a clean text with the characters of XML escaped.
func writeText(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // writing to a buffer does not fail
}

func escape(s string) string {
	var b bytes.Buffer
	writeText(&b, s)
	return b.String()
}

// quoteSheet writes the name of a sheet as it stands in a reference.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// Quote writes a text as it stands in a formula.
func Quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
