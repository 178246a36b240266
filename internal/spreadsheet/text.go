package spreadsheet

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"puntari/internal/palette"
)

// The limits of texts, in UTF-16 units: of a cell, and of the title and the text of
// a prompt or error beside it. Excel offers to repair a file with longer ones.
const (
	CellLimit   = 32767
	TitleLimit  = 32
	PromptLimit = 255
)

// What the bytes of a text ask for.
const (
	special    = 1 << iota // to look at the whole character
	coded                  // a code in XML
	breaking               // white space to be kept: line ends and tabs
	blank                  // a space, which may have to be kept
	underscore             // the beginning, perhaps, of what Excel reads as a character
)

var asks = func() (k [256]uint8) {
	for c := range k {
		switch {
		case c == '\n', c == '\t':
			k[c] = coded | breaking
		case c < ' ', c >= 0x7f:
			k[c] = special
		}
	}
	for _, c := range []byte("<>&\"'") {
		k[c] = coded
	}
	k[' '], k['_'] = blank, underscore
	return k
}()

// needs is all that the bytes of a text ask for.
func needs(s string) (all uint8) {
	for i := range len(s) {
		all |= asks[s[i]]
	}
	return all
}

// Clean makes a text fit for a cell: line ends are \n, and characters that XML
// forbids, that would be invalid UTF-8 or that turn the direction of the text
// around are replaced by U+FFFD, so that one sees that something was there.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case !printable(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

func isClean(s string) bool {
	for i := 0; i < len(s); {
		if asks[s[i]] != special {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || !printable(r) {
			return false
		}
		i += n
	}
	return true
}

// printable tells whether a character may stand in a cell.
func printable(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return true
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return false
	}
	return r&0xfffe != 0xfffe
}

// Units is the length of a text as Excel counts it, in UTF-16 units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// Cut cuts a text to at most limit UTF-16 units; the last is then an ellipsis.
func Cut(s string, limit int) string {
	if len(s) <= limit || Units(s) <= limit { // no text has more units than bytes
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

// AppendText appends a text, cleaned, as it stands in XML: in an element or in an
// attribute between double quotes.
func AppendText(b []byte, s string) []byte {
	n := needs(s)
	if n&special != 0 {
		s = Clean(s)
	}
	if n&(coded|special) == 0 {
		return append(b, s...)
	}
	return appendEscaped(b, s, false)
}

// Escape is a text, cleaned, as it stands in XML.
func Escape(s string) string { return string(AppendText(nil, s)) }

// AppendString appends a text as the <t> element of an inline string. Such a cell
// is a text whatever it begins with, so nothing in it is ever a formula, and what
// Excel would read as an escaped character (_x0041_) stays what it is. What no
// cell can hold is cut off.
func AppendString(b []byte, s string) []byte {
	n := needs(s)
	if n&special != 0 {
		s = Clean(s)
	}
	s = Cut(s, CellLimit)
	if n&breaking != 0 || n&(blank|special) != 0 && keepsSpace(s) {
		b = append(b, `<t xml:space="preserve">`...)
	} else {
		b = append(b, `<t>`...)
	}
	if n&(coded|special|underscore) == 0 {
		b = append(b, s...)
	} else {
		b = appendEscaped(b, s, n&underscore != 0)
	}
	return append(b, `</t>`...)
}

// keepsSpace tells whether a text has white space that XML would drop.
func keepsSpace(s string) bool {
	return s != strings.TrimSpace(s) || strings.Contains(s, "  ") || strings.IndexByte(s, '\n') >= 0
}

// AppendRun appends a part of an inline string that has a look of its own: that of
// the style, of which a cell shows size, weight and colour of a part.
func AppendRun(b []byte, s string, k Style) []byte {
	b = append(b, `<r><rPr>`...)
	b = appendFont(b, k, "rFont")
	b = append(b, `</rPr>`...)
	b = AppendString(b, s)
	return append(b, `</r>`...)
}

// appendEscaped appends a clean text; runs of plain characters are copied whole.
func appendEscaped(b []byte, s string, codes bool) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if asks[c]&coded == 0 && (c != '_' || !codes || !isCode(s[i:])) {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '&':
			b = append(b, "&amp;"...)
		case '"':
			b = append(b, "&#34;"...)
		case '\'':
			b = append(b, "&#39;"...)
		case '\n':
			b = append(b, "&#xA;"...)
		case '\t':
			b = append(b, "&#x9;"...)
		case '_':
			b = append(b, "_x005F_"...)
		}
	}
	return append(b, s[from:]...)
}

// isCode tells whether Excel would read the beginning of a text as an escaped
// character: _x0041_.
func isCode(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for _, c := range []byte(s[2:6]) {
		if c|0x20 >= 'a' && c|0x20 <= 'f' || c >= '0' && c <= '9' {
			continue
		}
		return false
	}
	return true
}

// PageLook is how the parts of headers and footers of pages look, and PageNumber
// the number of the page among all.
const (
	PageLook   = `&"Calibri,Regular"&8&K` + palette.Muted
	PageNumber = "&P / &N"
)

// HeaderText is a text as it stands in the header or footer of a page, cut to at
// most limit UTF-16 units: the whole header may have 255.
func HeaderText(s string, limit int) string {
	s = strings.NewReplacer("\n", " ", "\t", " ").Replace(Clean(s))
	s = strings.ReplaceAll(Cut(s, limit), "&", "&&")
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		s = " " + s // or the digits would be read as the size of the font
	}
	return s
}

// QuoteSheet is the name of a sheet as it stands in a reference.
func QuoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// Quote is a text as it stands in a formula.
func Quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
