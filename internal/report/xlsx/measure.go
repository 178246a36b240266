package xlsx

import (
	"math"
	"strings"
	"unicode/utf8"
)

// textPixels is the width of a text in pixels at 96 dots per inch.
func textPixels(s string, k style) float64 {
	table := &advanceRegular
	if k.bold {
		table = &advanceBold
	}
	sum := 0
	for _, r := range s {
		sum += advance(table, r)
	}
	return float64(sum) / 2048 * k.size * 96 / 72
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

// lineCount is the number of lines that a text takes in a column.
func lineCount(s string, k style, width float64) int {
	usable := slack * (math.Floor(7*width) - 5 - 8*float64(k.indent))
	if usable < 8 {
		usable = 8
	}
	if !k.wrap {
		return strings.Count(s, "\n") + 1
	}
	total := 0
	for _, line := range strings.Split(s, "\n") {
		total += wrapped(line, k, usable)
	}
	return total
}

// wrapped is the number of lines of a text without line ends.
func wrapped(s string, k style, usable float64) int {
	space := textPixels(" ", k)
	lines, at := 1, 0.0
	for s != "" {
		word, rest := nextWord(s)
		s = rest
		gap := strings.HasSuffix(word, " ")
		w := textPixels(strings.TrimSuffix(word, " "), k)
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

// rowHeight is the height in points that shows all texts of a row.
func rowHeight(cells []cell, columns []column) float64 {
	most := 0.0
	for i := range cells {
		c := &cells[i]
		if i >= len(columns) || c.shown() == "" {
			continue
		}
		n := lineCount(c.shown(), c.style, columns[i].width)
		most = max(most, float64(n)*c.style.size*1.2207+5)
	}
	return min(tallest, math.Ceil(max(15, most)*4)/4)
}
