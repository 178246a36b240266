package descriptor

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// document is the text of one descriptor and the place where it begins in its
// file. Lines end with LF, CRLF or a lone CR, as editors count them; columns
// count characters from 1.
type document struct {
	name string
	text string
	yaml bool
	// line and column are those of the first character of text in the file.
	line, column int
}

// place is a position in a document: for JSON the byte offset, for YAML the
// line and column that the parser gave, because turning them into an offset
// costs a walk through the text that only problems are worth. Places compare in
// the order of the file.
type place int64

func yamlPlace(line, column int) place { return place(line)<<32 | place(column) }

// offset is the byte offset of a place.
func (d *document) offset(p place) int {
	if !d.yaml {
		return min(max(int(p), 0), len(d.text))
	}
	at := 0
	for range int(p>>32) - 1 {
		next := nextLine(d.text, at)
		if next < 0 {
			return len(d.text)
		}
		at = next
	}
	for range int(p&0xffffffff) - 1 {
		if at >= len(d.text) || d.text[at] == '\n' || d.text[at] == '\r' {
			break
		}
		_, size := utf8.DecodeRuneInString(d.text[at:])
		at += size
	}
	return at
}

// position is the line and column of a byte offset in the file.
func (d *document) position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(d.text))
	line, start := d.line, 0
	for {
		next := nextLine(d.text[:offset], start)
		if next < 0 {
			break
		}
		line, start = line+1, next
	}
	column = utf8.RuneCountInString(d.text[start:offset]) + 1
	if start == 0 {
		column += d.column - 1
	}
	return line, column
}

// nextLine is the offset behind the first line end at or after from, or -1.
func nextLine(s string, from int) int {
	lf := strings.IndexByte(s[from:], '\n')
	line := s[from:]
	if lf >= 0 {
		line = s[from : from+lf]
	}
	if cr := strings.IndexByte(line, '\r'); cr >= 0 && cr+1 != lf {
		return from + cr + 1
	}
	if lf < 0 {
		return -1
	}
	return from + lf + 1
}

// excerptRunes is the width to which a source line is cut, around the caret.
const excerptRunes = 120

// excerpt returns the line around a byte offset, fit to be shown, and the
// number of characters before the caret in it. A long line is cut on both
// sides of the caret.
func (d *document) excerpt(offset int) (line string, caret int) {
	offset = min(max(offset, 0), len(d.text))
	// No more of a line of megabytes is looked at than can be shown.
	const reach = utf8.UTFMax * excerptRunes
	low, high := max(0, offset-reach), min(len(d.text), offset+reach)
	before, after := d.text[low:offset], d.text[offset:high]
	if i := strings.LastIndexAny(before, "\r\n"); i >= 0 {
		before = before[i+1:]
	} else {
		before = dropPartialRune(before)
	}
	if i := strings.IndexAny(after, "\r\n"); i >= 0 {
		after = after[:i]
	}
	left, right := []rune(before), []rune(after)
	cutLeft := len(left)-excerptRunes/2 > 1 && len(left)+len(right) > excerptRunes
	if cutLeft {
		keep := max(excerptRunes/2, excerptRunes-len(right))
		if len(left) > keep {
			left = append([]rune{'…'}, left[len(left)-keep:]...)
		}
	}
	if room := excerptRunes - len(left); len(right) > room {
		right = append(right[:max(room, 0):max(room, 0)], '…')
	}
	return visible(string(left) + string(right)), len(left)
}

// dropPartialRune takes away the bytes that continue a character whose start
// was cut off.
func dropPartialRune(s string) string {
	for i := 0; i < len(s) && i < utf8.UTFMax; i++ {
		if utf8.RuneStart(s[i]) {
			return s[i:]
		}
	}
	return s
}

// visible replaces what a terminal would obey rather than show: control
// characters other than the tab, and marks that turn the direction of writing.
// Every character and every stray byte stays one character wide.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029:
			return utf8.RuneError
		}
		return r
	}, s)
}
