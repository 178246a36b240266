package spreadsheet

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Pixels is the width of a text on one line, in pixels at 96 dots per inch.
func Pixels(s string, k Style) float64 { return k.face().width(s) }

// face is what the width of a text depends on.
type face struct {
	advances *[560]uint16
	size     float64
}

func (s *Style) face() face {
	if s.Bold {
		return face{&advanceBold, s.size()}
	}
	return face{&advanceRegular, s.size()}
}

func (f face) width(s string) float64 {
	sum := 0
	for _, r := range s {
		sum += advance(f.advances, r)
	}
	return float64(sum) / 2048 * f.size * 96 / 72
}

func advance(table *[560]uint16, r rune) int {
	if i := int(r) - ' '; i >= 0 && i < len(table) {
		return int(table[i])
	}
	switch {
	case r < ' ':
		return 0
	case r >= 0x2010 && r <= 0x2044:
		return 1030
	case r >= 0x2580 && r <= 0x25ff:
		return 1240
	case r >= 0x1100:
		return 2048
	}
	return 1100
}

// slack is the share of a column that text is measured against. Where the font is
// missing its stand-in is wider, and programs round widths in their own ways; a
// line too high is white space, a line too low is a text cut off.
const slack = 0.92

// Lines is the number of lines that a text takes in a column of a width, counted
// in characters as the file does.
func Lines(s string, k Style, width float64) int {
	if !k.Wrap {
		return strings.Count(s, "\n") + 1
	}
	usable := max(8, slack*(math.Floor(7*width)-5-8*float64(k.Indent)))
	f, total := k.face(), 0
	for line := range strings.SplitSeq(s, "\n") {
		total += f.lines(line, usable)
	}
	return total
}

// lines is the number of lines of a text without line ends.
func (f face) lines(s string, usable float64) int {
	space := f.width(" ")
	lines, at := 1, 0.0
	for s != "" {
		word, rest := nextWord(s)
		s = rest
		gap := strings.HasSuffix(word, " ")
		w := f.width(strings.TrimSuffix(word, " "))
		if at > 0 && at+w > usable {
			lines++
			at = 0
		}
		for w > usable { // a word that is broken anywhere
			lines++
			w -= usable
		}
		at += w
		if gap {
			at += space
		}
	}
	return lines
}

// nextWord cuts after the first space or hyphen, where lines may break.
func nextWord(s string) (word, rest string) {
	for i, r := range s {
		if r == ' ' || r == '-' && i > 0 {
			n := i + utf8.RuneLen(r)
			return s[:n], s[n:]
		}
	}
	return s, ""
}

// The usual height of a row in points, and the greatest that the file format knows.
const (
	Lowest  = 15
	Tallest = 409
)

// Height is the height in points of a text in a column.
func Height(s string, k Style, width float64) float64 {
	return HeightOf(Lines(s, k, width), k)
}

// HeightOf is the height in points of lines in a style.
func HeightOf(lines int, k Style) float64 {
	return float64(lines)*k.size()*1.2207 + 5
}

// RowHeight is the height in points of a row in which the highest text has a
// height: in quarters, and within what the file format knows.
func RowHeight(highest float64) float64 {
	return min(Tallest, math.Ceil(max(Lowest, highest)*4)/4)
}
