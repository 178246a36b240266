package workbook

import (
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// widths are the widths of the characters from the space to the tilde in fortieths
// of the size of the font, Calibri, counted from the character 0.
const widths = `:>ADEML9==DD:=;@EEEEEEEEEE;;DDDCTHFFIDCJI;=EASJKEKFCDJGTEDC=@=DD<DFAFD=CF::C:PFFFF>@>FCMBC@=C=D`

// width is that of a character in fortieths of the size.
func width(r rune) float64 {
	if r > '~' && r < 0x250 { // a letter with an accent is as wide as without
		r, _ = utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	}
	switch i := int(r) - ' '; {
	case i < 0:
		return 0
	case i < len(widths):
		return float64(widths[i] - '0')
	case r >= 0x1100 && (r < 0x2000 || r > 0x2BFF):
		return 40
	}
	return 24
}

// textWidth is about the width of a text in points.
func textWidth(s string, k Style) float64 {
	sum := 0.0
	for _, r := range s {
		sum += width(r)
	}
	if k.Bold {
		sum *= 1.05
	}
	return sum / 40 * k.Size
}

// lineCount is the number of lines that a text takes in a column.
func lineCount(s string, k Style, width float64) int {
	if !k.Wrap {
		return 1
	}
	usable := max(8, (math.Floor(7*width)-5-9*float64(k.Indent))*0.75)
	total := 0
	for line := range strings.SplitSeq(s, "\n") {
		lines, at := 1, 0.0
		for word := range strings.SplitAfterSeq(line, " ") {
			w := textWidth(strings.TrimSuffix(word, " "), k)
			if at > 0 && at+w > usable {
				lines, at = lines+1, 0
			}
			for ; w > usable; w -= usable { // a word that is broken anywhere
				lines++
			}
			at += w
			if strings.HasSuffix(word, " ") {
				at += textWidth(" ", k)
			}
		}
		total += lines
	}
	return total
}

// rowHeight is the height in points that shows all texts of a row.
func (s *Sheet) rowHeight(r *Row) float64 {
	if r.Height > 0 {
		return r.Height
	}
	most := 15.0
	for i := range r.Cells {
		c := &r.Cells[i]
		k := c.Style
		if k.Size == 0 {
			k.Size = 10
		}
		lines := 0
		if c.Text != "" {
			lines = lineCount(c.Text, k, s.Widths[i])
		}
		if c.Lead != "" {
			bold := k
			bold.Bold = true
			lines += lineCount(c.Lead, bold, s.Widths[i])
		}
		most = max(most, float64(lines)*k.Size*1.25+6)
	}
	// The limit of the file format is 409.5 points.
	return min(409, math.Ceil(most*4)/4)
}
