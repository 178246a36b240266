package workbook

import (
	"bytes"
	"fmt"
	"strconv"

	"puntari/internal/palette"
)

// Border is the lines around a cell.
type Border uint8

// The borders.
const (
	NoBorder Border = iota
	Hairline        // below a row of a table
	Box             // around a cell to fill in
)

// Format is how a cell shows what it holds.
type Format int

// The formats, by their numbers in the file.
const (
	General Format = 0
	Text    Format = 49
	Date    Format = 164
	Whole   Format = 3
	Decimal Format = 165
)

// Style is how a cell looks. Equal styles share one entry in the file.
type Style struct {
	Size                    float64 // 10 when 0
	Bold, Italic, Underline bool
	Color, Fill             string
	Centred, Wrap, Top      bool
	Indent                  int
	Border                  Border
	Format                  Format
	// Open cells are filled in by people.
	Open bool
}

// Look is how a highlighted cell looks.
type Look struct {
	Color, Fill string
	Bold        bool
}

// styles numbers the styles and looks of a workbook as they come.
type styles struct {
	ids   map[Style]int
	order []Style
	looks []Look
}

func newStyles() *styles {
	s := &styles{ids: map[Style]int{}}
	s.id(Style{Size: 11})
	return s
}

func (s *styles) id(k Style) int {
	if k.Size == 0 {
		k.Size = 10
	}
	if k.Color == "" {
		k.Color = palette.Ink
	}
	n, ok := s.ids[k]
	if !ok {
		n = len(s.order)
		s.ids[k] = n
		s.order = append(s.order, k)
	}
	return n
}

func (s *styles) look(l Look) int {
	for i, k := range s.looks {
		if k == l {
			return i
		}
	}
	s.looks = append(s.looks, l)
	return len(s.looks) - 1
}

// part writes the style sheet.
func (s *styles) part() []byte {
	fonts, fills, borders := newSet(), newSet(), newSet()
	fonts.id(fontXML(s.order[0]))
	fills.id(`<fill><patternFill patternType="none"/></fill>`)
	fills.id(`<fill><patternFill patternType="gray125"/></fill>`)
	borders.id(borderXML(NoBorder))
	var xfs bytes.Buffer
	for _, k := range s.order {
		fill := 0
		if k.Fill != "" {
			fill = fills.id(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + k.Fill + `"/><bgColor indexed="64"/></patternFill></fill>`)
		}
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment`,
			k.Format, fonts.id(fontXML(k)), fill, borders.id(borderXML(k.Border)))
		switch {
		case k.Centred:
			xfs.WriteString(` horizontal="center"`)
		case k.Indent > 0, k.Open:
			xfs.WriteString(` horizontal="left"`)
		}
		if k.Top {
			xfs.WriteString(` vertical="top"`)
		} else {
			xfs.WriteString(` vertical="center"`)
		}
		if k.Wrap {
			xfs.WriteString(` wrapText="1"`)
		}
		if k.Indent > 0 {
			xfs.WriteString(` indent="` + strconv.Itoa(k.Indent) + `"`)
		}
		fmt.Fprintf(&xfs, `/><protection locked="%d"/></xf>`, number(!k.Open))
	}
	var b bytes.Buffer
	b.WriteString(xmlHead + `<styleSheet xmlns="` + mainNamespace + `"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="0.######"/></numFmts>`)
	fonts.write(&b, "fonts")
	fills.write(&b, "fills")
	borders.write(&b, "borders")
	b.WriteString(`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(&b, `<cellXfs count="%d">`, len(s.order))
	b.Write(xfs.Bytes())
	b.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`)
	fmt.Fprintf(&b, `<dxfs count="%d">`, len(s.looks))
	for _, l := range s.looks {
		b.WriteString(`<dxf><font>`)
		if l.Bold {
			b.WriteString(`<b/>`)
		}
		b.WriteString(`<color rgb="FF` + l.Color + `"/></font>`)
		if l.Fill != "" {
			b.WriteString(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + l.Fill + `"/><bgColor rgb="FF` + l.Fill + `"/></patternFill></fill>`)
		}
		b.WriteString(`</dxf>`)
	}
	b.WriteString(`</dxfs><tableStyles count="0" defaultTableStyle="TableStyleMedium9" defaultPivotStyle="PivotStyleLight16"/></styleSheet>`)
	return b.Bytes()
}

func fontXML(k Style) string {
	s := "<font>"
	if k.Bold {
		s += "<b/>"
	}
	if k.Italic {
		s += "<i/>"
	}
	if k.Underline {
		s += "<u/>"
	}
	return s + `<sz val="` + strconv.FormatFloat(k.Size, 'f', -1, 64) + `"/><color rgb="FF` + k.Color + `"/><name val="Calibri"/><family val="2"/></font>`
}

func borderXML(k Border) string {
	line := func(tag, color string) string {
		if color == "" {
			return "<" + tag + "/>"
		}
		return "<" + tag + ` style="thin"><color rgb="FF` + color + `"/></` + tag + ">"
	}
	side, bottom := "", ""
	switch k {
	case Hairline:
		bottom = palette.Hair
	case Box:
		side, bottom = palette.Gold, palette.Gold
	}
	return "<border>" + line("left", side) + line("right", side) + line("top", side) + line("bottom", bottom) + "<diagonal/></border>"
}

// set numbers texts in the order in which they come.
type set struct {
	ids  map[string]int
	list []string
}

func newSet() *set { return &set{ids: map[string]int{}} }

func (s *set) id(x string) int {
	n, ok := s.ids[x]
	if !ok {
		n = len(s.list)
		s.ids[x] = n
		s.list = append(s.list, x)
	}
	return n
}

func (s *set) write(b *bytes.Buffer, tag string) {
	fmt.Fprintf(b, `<%s count="%d">`, tag, len(s.list))
	for _, x := range s.list {
		b.WriteString(x)
	}
	b.WriteString("</" + tag + ">")
}

func number(v bool) int {
	if v {
		return 1
	}
	return 0
}
