package xlsx

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The palette. Risk is warm, opportunity is cool, unknown is violet, and what
// people fill in is yellow; lightness grows or falls with the level, so that a
// grey copy keeps the order. No pair is below a contrast of 4.5:1 (tested).
const (
	white  = "FFFFFF"
	ink    = "1B2733"
	muted  = "55606B"
	navy   = "14375E"
	blue   = "0B5CAD" // links
	violet = "E6DFF0" // unknown
	paper  = "FFFBE6" // cells to fill in
	straw  = "FFE89A" // headers of columns to fill in
	gold   = "C9A400" // borders of cells to fill in
	rust   = "A63603"
	mist   = "EAF0F6" // quiet tiles
	hair   = "D5DBE1"
	steel  = "8FA3B5"
)

// chip is how a state is shown: a fill, a text colour that can be read on it, and
// a glyph, so that nothing is said by colour alone.
type chip struct{ fill, text, glyph string }

// riskLevels and scoreLevels are the chips of the five levels.
var (
	riskLevels = map[string]chip{
		"very_low":  {"FFFDF3", ink, ""},
		"low":       {"FFF4D6", ink, ""},
		"moderate":  {"FED98E", ink, ""},
		"high":      {"FE9929", ink, ""},
		"very_high": {rust, white, ""},
	}
	scoreLevels = map[string]chip{
		"very_low":  {"F1F5F9", ink, ""},
		"low":       {"DCE9F5", ink, ""},
		"moderate":  {"B5D3EC", ink, ""},
		"high":      {"6BAED6", ink, ""},
		"very_high": {"08519C", white, ""},
	}
	riskResults = map[string]chip{
		"fail":    {"", rust, "■"},
		"concern": {"", ink, "▲"},
		"unknown": {violet, ink, "?"},
		"pass":    {"", muted, "○"},
		"na":      {"", muted, "–"},
	}
	opportunityResults = map[string]chip{
		"pass":    {"6BAED6", ink, "●●"},
		"concern": {"DCE9F5", ink, "●○"},
		"fail":    {"", muted, "○○"},
		"unknown": {violet, ink, "?"},
		"na":      {"", muted, "–"},
	}
	outcomes = map[string]chip{
		"OPEN":                     {"8CC0E8", ink, "●"},
		"OPEN_AFTER_MITIGATIONS":   {"FED98E", ink, "◆"},
		"RESTRICTED":               {"FE9929", ink, "▲"},
		"DO_NOT_OPEN":              {rust, white, "■"},
		"INSUFFICIENT_INFORMATION": {violet, ink, "?"},
	}
)

// border is the lines around a cell.
type border uint8

const (
	noBorder border = iota
	hairline        // below a row of a table
	themeTop        // the same with a rule above: a new theme begins
	heading         // a rule below the heading of a section
	box             // around a cell to fill in
	whiteBox        // keeps coloured cells apart
	tileSide        // a thick white line between the tiles of the summary
)

// The formats of cells.
const (
	formatGeneral = 0
	formatText    = 49
	formatDate    = 164
)

// style is how a cell looks. Equal styles share one entry in the file.
type style struct {
	size                    float64
	bold, italic, underline bool
	color, fill             string
	h                       string // left when empty
	top                     bool   // to the top instead of the middle
	wrap                    bool
	indent                  int
	border                  border
	format                  int
	unlocked                bool
	// quote marks a text that stays a text when somebody edits the cell.
	quote bool
}

func (s style) withFill(c chip) style   { s.fill, s.color = c.fill, c.text; return s }
func (s style) asBold() style           { s.bold = true; return s }
func (s style) asMuted() style          { s.color = muted; return s }
func (s style) centred() style          { s.h = "center"; s.indent = 0; return s }
func (s style) sized(pt float64) style  { s.size = pt; return s }
func (s style) bordered(b border) style { s.border = b; return s }
func (s style) asLink() style           { s.color, s.underline = blue, true; return s }

// The styles that every sheet uses.
var (
	titleStyle   = style{size: 20, bold: true, color: navy, quote: true}
	aboutStyle   = style{size: 10, color: muted, quote: true}
	sectionStyle = style{size: 13, bold: true, color: navy, quote: true}
	headerStyle  = style{size: 10, bold: true, color: white, fill: navy, wrap: true, indent: 1}
	inputHeader  = style{size: 10, bold: true, color: ink, fill: straw, wrap: true, indent: 1}
	textStyle    = style{size: 10, color: ink, wrap: true, indent: 1, border: hairline, quote: true}
	inputStyle   = style{size: 10, color: ink, fill: paper, wrap: true, indent: 1, border: box, format: formatText, unlocked: true}
	dateInput    = style{size: 10, color: ink, fill: paper, indent: 1, border: box, format: formatDate, unlocked: true}
	plainLink    = style{size: 10, color: blue, underline: true}
)

// styles collects the styles of a workbook and numbers them as they come.
type styles struct {
	ids     map[style]int
	ordered []style
}

func newStyles() *styles {
	s := &styles{ids: map[style]int{}}
	s.id(style{size: 11, color: ink})
	return s
}

// id returns the number of a style in the file.
func (s *styles) id(k style) int {
	if k.size == 0 {
		k.size = 10
	}
	if k.color == "" {
		k.color = ink
	}
	if n, ok := s.ids[k]; ok {
		return n
	}
	n := len(s.ordered)
	s.ids[k] = n
	s.ordered = append(s.ordered, k)
	return n
}

// highlight is how a cell looks while a condition holds.
type highlight struct {
	color, fill string
	bold        bool
	strike      bool
}

// The highlights, by their number in the file.
const (
	highlightNeeded  = iota // something has to be written here
	highlightApprove        // a decision in favour
	highlightReject         // a decision against
	highlightDone           // a change that has been made
)

var highlights = []highlight{
	highlightNeeded:  {fill: "FED98E", color: ink, bold: true},
	highlightApprove: {color: "08519C", bold: true},
	highlightReject:  {color: rust, bold: true},
	highlightDone:    {color: muted, strike: true},
}

// part writes the style sheet. excelize builds one too, but it compares each new
// style with all others and has no quotePrefix; writing it here takes a tenth of
// the time (measured) and the finisher puts it in its place.
func (s *styles) part() []byte {
	fonts, fills, borders := newSet(), newSet(), newSet()
	fonts.id(fontXML(style{size: 11, color: ink}))
	fills.id(`<fill><patternFill patternType="none"/></fill>`)
	fills.id(`<fill><patternFill patternType="gray125"/></fill>`)
	borders.id(borderXML(noBorder))
	var xfs bytes.Buffer
	for _, k := range s.ordered {
		fill := 0
		if k.fill != "" {
			fill = fills.id(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + k.fill + `"/><bgColor indexed="64"/></patternFill></fill>`)
		}
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0"`, k.format, fonts.id(fontXML(k)), fill, borders.id(borderXML(k.border)))
		if k.quote {
			xfs.WriteString(` quotePrefix="1"`)
		}
		xfs.WriteString(` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment`)
		h := k.h
		if h == "" && k.indent > 0 {
			h = "left"
		}
		if h != "" {
			xfs.WriteString(` horizontal="` + h + `"`)
		}
		if k.top {
			xfs.WriteString(` vertical="top"`)
		} else {
			xfs.WriteString(` vertical="center"`)
		}
		if k.wrap {
			xfs.WriteString(` wrapText="1"`)
		}
		if k.indent > 0 {
			xfs.WriteString(` indent="` + strconv.Itoa(k.indent) + `"`)
		}
		xfs.WriteString(`/><protection locked="`)
		if k.unlocked {
			xfs.WriteString(`0"/></xf>`)
		} else {
			xfs.WriteString(`1"/></xf>`)
		}
	}
	var b bytes.Buffer
	b.WriteString(xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>`)
	fonts.write(&b, "fonts")
	fills.write(&b, "fills")
	borders.write(&b, "borders")
	b.WriteString(`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(&b, `<cellXfs count="%d">`, len(s.ordered))
	b.Write(xfs.Bytes())
	b.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`)
	fmt.Fprintf(&b, `<dxfs count="%d">`, len(highlights))
	for _, h := range highlights {
		b.WriteString(`<dxf><font>`)
		if h.bold {
			b.WriteString(`<b/>`)
		}
		if h.strike {
			b.WriteString(`<strike/>`)
		}
		b.WriteString(`<color rgb="FF` + h.color + `"/></font>`)
		if h.fill != "" {
			b.WriteString(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + h.fill + `"/><bgColor rgb="FF` + h.fill + `"/></patternFill></fill>`)
		}
		b.WriteString(`</dxf>`)
	}
	b.WriteString(`</dxfs><tableStyles count="0" defaultTableStyle="TableStyleMedium9" defaultPivotStyle="PivotStyleLight16"/></styleSheet>`)
	return b.Bytes()
}

func fontXML(k style) string {
	var b strings.Builder
	b.WriteString("<font>")
	if k.bold {
		b.WriteString("<b/>")
	}
	if k.italic {
		b.WriteString("<i/>")
	}
	if k.underline {
		b.WriteString("<u/>")
	}
	b.WriteString(`<sz val="` + strconv.FormatFloat(k.size, 'f', -1, 64) + `"/><color rgb="FF` + k.color + `"/><name val="Calibri"/><family val="2"/></font>`)
	return b.String()
}

func borderXML(k border) string {
	line := func(tag, kind, color string) string {
		if kind == "" {
			return "<" + tag + "/>"
		}
		return "<" + tag + ` style="` + kind + `"><color rgb="FF` + color + `"/></` + tag + ">"
	}
	var l, r, t, b [2]string
	switch k {
	case hairline:
		b = [2]string{"thin", hair}
	case themeTop:
		t, b = [2]string{"medium", steel}, [2]string{"thin", hair}
	case heading:
		b = [2]string{"medium", navy}
	case box:
		l, r, t, b = [2]string{"thin", gold}, [2]string{"thin", gold}, [2]string{"thin", gold}, [2]string{"thin", gold}
	case whiteBox:
		l, r, t, b = [2]string{"medium", white}, [2]string{"medium", white}, [2]string{"medium", white}, [2]string{"medium", white}
	case tileSide:
		l = [2]string{"thick", white}
	}
	return "<border>" + line("left", l[0], l[1]) + line("right", r[0], r[1]) + line("top", t[0], t[1]) + line("bottom", b[0], b[1]) + "<diagonal/></border>"
}

// set numbers texts in the order in which they come.
type set struct {
	ids  map[string]int
	list []string
}

func newSet() *set { return &set{ids: map[string]int{}} }

func (s *set) id(x string) int {
	if n, ok := s.ids[x]; ok {
		return n
	}
	s.ids[x] = len(s.list)
	s.list = append(s.list, x)
	return len(s.list) - 1
}

func (s *set) write(b *bytes.Buffer, tag string) {
	fmt.Fprintf(b, `<%s count="%d">`, tag, len(s.list))
	for _, x := range s.list {
		b.WriteString(x)
	}
	b.WriteString("</" + tag + ">")
}

// contrast is the contrast of two colours after WCAG 2.2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return 0
	}
	part := func(shift uint) float64 {
		c := float64(v>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}
