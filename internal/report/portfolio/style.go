package portfolio

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"puntari/internal/palette"
)

// The formats of numbers.
const (
	formatGeneral = 0
	formatCount   = 3   // 1,234
	formatPercent = 9   // 12 %
	formatDate    = 164 // 2026-03-01
)

// border is the lines around a cell.
type border uint8

const (
	noBorder border = iota
	hairline
	heading
	whiteBox
)

// style is how a cell looks.
type style struct {
	size         float64
	bold, italic bool
	color, fill  string
	h            string
	wrap         bool
	indent       int
	border       border
	format       int
	// quote marks a text that stays a text when somebody edits the cell.
	quote bool
}

func (s style) withFill(c palette.Chip) style { s.fill, s.color = c.Fill, c.Text; return s }
func (s style) asBold() style                 { s.bold = true; return s }
func (s style) centred() style                { s.h, s.indent = "center", 0; return s }
func (s style) right() style                  { s.h = "right"; return s }
func (s style) sized(pt float64) style        { s.size = pt; return s }
func (s style) bordered(b border) style       { s.border = b; return s }
func (s style) formatted(f int) style         { s.format, s.quote = f, false; return s }
func (s style) wrapped() style                { s.wrap = true; return s }
func (s style) colored(c string) style        { s.color = c; return s }

var (
	titleStyle   = style{size: 20, bold: true, color: palette.Navy, quote: true}
	aboutStyle   = style{size: 10, color: palette.Muted, quote: true}
	sectionStyle = style{size: 13, bold: true, color: palette.Navy, border: heading, quote: true}
	headerStyle  = style{size: 10, bold: true, color: palette.White, fill: palette.Navy, wrap: true, indent: 1}
	textStyle    = style{size: 10, color: palette.Ink, indent: 1, border: hairline, quote: true}
	countStyle   = style{size: 10, color: palette.Ink, h: "center", border: hairline, format: formatCount}
	shareStyle   = style{size: 10, color: palette.Ink, h: "center", border: hairline, format: formatPercent}
	chipStyle    = style{size: 10, bold: true, indent: 1, border: whiteBox, quote: true}
)

// styles numbers the styles of a workbook as they come.
type styles struct {
	ids     map[style]int
	ordered []style
}

func newStyles() *styles {
	s := &styles{ids: map[style]int{}}
	s.id(style{size: 10, color: palette.Ink})
	return s
}

func (s *styles) id(k style) int {
	if k.color == "" {
		k.color = palette.Ink
	}
	if n, ok := s.ids[k]; ok {
		return n
	}
	s.ids[k] = len(s.ordered)
	s.ordered = append(s.ordered, k)
	return s.ids[k]
}

// part writes the style sheet.
func (s *styles) part() []byte {
	fonts, fills, borders := newSet(), newSet(), newSet()
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
		xfs.WriteString(` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment`)
		h := k.h
		if h == "" && k.indent > 0 {
			h = "left"
		}
		if h != "" {
			xfs.WriteString(` horizontal="` + h + `"`)
		}
		xfs.WriteString(` vertical="center"`)
		if k.wrap {
			xfs.WriteString(` wrapText="1"`)
		}
		if k.indent > 0 {
			xfs.WriteString(` indent="` + strconv.Itoa(k.indent) + `"`)
		}
		xfs.WriteString(`/></xf>`)
	}
	var b bytes.Buffer
	b.WriteString(xmlHead + `<styleSheet xmlns="` + mainNS + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>`)
	fonts.write(&b, "fonts")
	fills.write(&b, "fills")
	borders.write(&b, "borders")
	b.WriteString(`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(&b, `<cellXfs count="%d">%s</cellXfs>`, len(s.ordered), xfs.Bytes())
	b.WriteString(`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium9" defaultPivotStyle="PivotStyleLight16"/></styleSheet>`)
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
	sides, below, color := "", "", palette.White
	switch k {
	case hairline:
		below, color = "thin", palette.Hair
	case heading:
		below, color = "medium", palette.Navy
	case whiteBox:
		sides, below = "medium", "medium"
	}
	return "<border>" + line("left", sides, palette.White) + line("right", sides, palette.White) + line("top", sides, palette.White) + line("bottom", below, color) + "<diagonal/></border>"
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
