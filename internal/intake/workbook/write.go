package workbook

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"puntari/internal/spreadsheet"

	"golang.org/x/text/language"
)

// Write writes the workbook.
func (b *Book) Write(w io.Writer) error {
	if err := b.check(); err != nil {
		return err
	}
	if _, err := language.Parse(b.Lang); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := b.write(spreadsheet.NewPackage(w)); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

func (b *Book) write(p *spreadsheet.Package) error {
	f := &spreadsheet.Frame{
		Names: b.names(), Calculate: true,
		Properties: spreadsheet.Properties{Title: b.Title, Creator: b.Creator, Language: b.Lang},
	}
	for _, s := range b.Sheets {
		f.Sheets = append(f.Sheets, spreadsheet.Sheet{Name: s.Name, Hidden: s.Hidden})
	}
	if err := f.Write(p); err != nil {
		return err
	}
	st := spreadsheet.NewStyles(spreadsheet.Style{Size: 11})
	for i, s := range b.Sheets {
		if err := p.Write(spreadsheet.SheetPart(i+1), s.part(st, i == 0)); err != nil {
			return err
		}
	}
	if err := p.Write(spreadsheet.StylesPart, st.Part()); err != nil {
		return err
	}
	return p.Close()
}

// names are the defined names.
func (b *Book) names() []spreadsheet.Name {
	var out []spreadsheet.Name
	for i, s := range b.Sheets {
		quoted := spreadsheet.QuoteSheet(s.Name) + "!"
		if !s.Hidden {
			out = append(out, spreadsheet.Name{Name: spreadsheet.PrintArea, Sheet: i + 1, Ref: quoted + "$A$1:" + spreadsheet.Fixed(len(s.Widths), max(1, len(s.Rows)))})
		}
		if s.Header > 0 {
			ref := fmt.Sprintf("%s$%d:$%d", quoted, s.Header, s.Header)
			if s.Fixed > 0 {
				ref = quoted + "$A:$" + spreadsheet.ColumnName(s.Fixed) + "," + ref
			}
			out = append(out, spreadsheet.Name{Name: spreadsheet.PrintTitles, Sheet: i + 1, Ref: ref})
		}
		for j, r := range s.Rows {
			for k := range r.Cells {
				if n := r.Cells[k].Name; n != "" {
					out = append(out, spreadsheet.Name{Name: n, Ref: quoted + spreadsheet.Fixed(k+1, j+1)})
				}
			}
		}
	}
	for _, r := range b.Ranges {
		out = append(out, spreadsheet.Name{Name: r.Name, Ref: r.ref()})
	}
	return out
}

// part writes a sheet. The order of its elements is fixed by the file format.
func (s *Sheet) part(st *spreadsheet.Styles, first bool) []byte {
	var x bytes.Buffer
	x.WriteString(spreadsheet.Head + `<worksheet xmlns="` + spreadsheet.Main + `"><sheetPr>`)
	if s.Tab != "" {
		x.WriteString(`<tabColor rgb="FF` + s.Tab + `"/>`)
	}
	fmt.Fprintf(&x, `<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:%s"/>`, spreadsheet.At(len(s.Widths), max(1, len(s.Rows))))
	s.view(&x, first)
	x.WriteString(`<sheetFormatPr defaultRowHeight="15"/><cols>`)
	names := make([]string, len(s.Widths))
	for i, w := range s.Widths {
		names[i] = spreadsheet.ColumnName(i + 1)
		fmt.Fprintf(&x, `<col min="%d" max="%d" width="%s" customWidth="1"/>`, i+1, i+1, strconv.FormatFloat(w, 'f', -1, 64))
	}
	x.WriteString(`</cols><sheetData>`)
	var links []string
	for i := range s.Rows {
		r := &s.Rows[i]
		// Without customHeight a row fits itself to what is typed.
		n := strconv.Itoa(i + 1)
		x.WriteString(`<row r="` + n + `" ht="` + strconv.FormatFloat(s.rowHeight(r), 'f', -1, 64) + `"`)
		if r.Height > 0 {
			x.WriteString(` customHeight="1"`)
		}
		x.WriteString(`>`)
		for j := range r.Cells {
			c := &r.Cells[j]
			ref := names[j] + n
			x.Write(c.append(x.AvailableBuffer(), ref, st))
			if c.To != "" {
				links = append(links, `<hyperlink ref="`+ref+`" location="`+spreadsheet.Escape(c.To)+`"/>`)
			}
		}
		x.WriteString(`</row>`)
	}
	fixed := 1 // whether rows cannot be inserted
	if s.Grows {
		fixed = 0
	}
	x.WriteString(`</sheetData>`)
	switch {
	case !s.Open:
		fmt.Fprintf(&x, `<sheetProtection sheet="1" formatColumns="0" formatRows="0" insertRows="%d"/>`, fixed)
	case s.Header > 0 && len(s.Rows) > s.Header:
		fmt.Fprintf(&x, `<autoFilter ref="A%d:%s"/>`, s.Header, spreadsheet.At(len(s.Widths), len(s.Rows)))
	}
	for i, h := range s.Highlights {
		fmt.Fprintf(&x, `<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d"><formula>%s</formula></cfRule></conditionalFormatting>`,
			h.Cells, st.Look(h.Look), i+1, spreadsheet.Escape(h.Formula))
	}
	s.lists(&x)
	if len(links) > 0 {
		x.WriteString(`<hyperlinks>` + strings.Join(links, "") + `</hyperlinks>`)
	}
	orientation := "landscape"
	if s.Portrait {
		orientation = "portrait"
	}
	const look = spreadsheet.PageLook
	foot := "&L" + look + spreadsheet.HeaderText(s.Footer, 60) + "&C" + look + spreadsheet.HeaderText(s.Name, 60) + "&R" + look + spreadsheet.PageNumber
	fmt.Fprintf(&x, `<printOptions horizontalCentered="1"/><pageMargins left="0.47" right="0.47" top="0.55" bottom="0.63" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="%s" fitToWidth="%d" fitToHeight="0"/><headerFooter><oddFooter>%s</oddFooter></headerFooter></worksheet>`,
		orientation, max(1, s.Pages), spreadsheet.Escape(foot))
	return x.Bytes()
}

func (s *Sheet) view(x *bytes.Buffer, first bool) {
	selected := ""
	if first {
		selected = ` tabSelected="1"`
	}
	cursor := s.Cursor
	if cursor == "" {
		cursor = "A1"
	}
	fmt.Fprintf(x, `<sheetViews><sheetView showGridLines="0"%s workbookViewId="0">`, selected)
	pane := ""
	if s.Header > 0 {
		pane = "bottomLeft"
		split := ""
		if s.Fixed > 0 {
			pane = "bottomRight"
			split = fmt.Sprintf(` xSplit="%d"`, s.Fixed)
		}
		fmt.Fprintf(x, `<pane%s ySplit="%d" topLeftCell="%s" activePane="%s" state="frozen"/>`, split, s.Header, spreadsheet.At(s.Fixed+1, s.Header+1), pane)
		pane = ` pane="` + pane + `"`
	}
	fmt.Fprintf(x, `<selection%s activeCell="%s" sqref="%s"/></sheetView></sheetViews>`, pane, cursor, cursor)
}

func (s *Sheet) lists(x *bytes.Buffer) {
	if len(s.Lists) == 0 {
		return
	}
	fmt.Fprintf(x, `<dataValidations count="%d">`, len(s.Lists))
	for _, l := range s.Lists {
		kind, formula := "list", l.Source
		if l.Source == "" {
			kind, formula = "custom", l.Formula
		}
		style := ""
		if l.Lenient {
			style = ` errorStyle="warning"`
		}
		// Excel offers to repair a file with longer texts.
		fmt.Fprintf(x, `<dataValidation type="%s"%s allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="%s" error="%s" promptTitle="%s" prompt="%s" sqref="%s"><formula1>%s</formula1></dataValidation>`,
			kind, style, spreadsheet.Escape(spreadsheet.Cut(l.Errors, spreadsheet.TitleLimit)), spreadsheet.Escape(spreadsheet.Cut(l.Error, spreadsheet.PromptLimit)), spreadsheet.Escape(spreadsheet.Cut(l.Title, spreadsheet.TitleLimit)), spreadsheet.Escape(spreadsheet.Cut(l.Prompt, spreadsheet.PromptLimit)), l.Cells, spreadsheet.Escape(formula))
	}
	x.WriteString(`</dataValidations>`)
}

// append appends the cell with a reference; one without anything is left out.
func (c *Cell) append(b []byte, ref string, st *spreadsheet.Styles) []byte {
	if c.Style == (spreadsheet.Style{}) && c.Text == "" && c.Formula == "" && c.Number == nil {
		return b
	}
	b = append(b, `<c r="`+ref+`" s="`...)
	b = strconv.AppendInt(b, int64(st.ID(c.Style)), 10)
	switch {
	case c.Formula != "" && c.Truth:
		b = append(b, `" t="b">`...)
	case c.Formula != "" && c.Number == nil:
		b = append(b, `" t="str">`...)
	case c.Formula != "", c.Number != nil:
		b = append(b, `">`...)
	case c.Text != "" || c.Lead != "":
		b = append(b, `" t="inlineStr"><is>`...)
		if c.Lead != "" {
			part := spreadsheet.Style{Size: c.Style.Size, Color: c.Style.Color}
			b = spreadsheet.AppendRun(b, c.Lead+"\n", part.InBold())
			b = spreadsheet.AppendRun(b, c.Text, part)
		} else {
			b = spreadsheet.AppendString(b, c.Text)
		}
		return append(b, `</is></c>`...)
	default:
		return append(b, `"/>`...)
	}
	if c.Formula != "" {
		b = append(b, `<f>`...)
		b = spreadsheet.AppendText(b, c.Formula)
		b = append(b, `</f>`...)
	}
	b = append(b, `<v>`...)
	if c.Number != nil {
		b = strconv.AppendFloat(b, *c.Number, 'f', -1, 64)
	} else {
		b = spreadsheet.AppendText(b, c.Text)
	}
	return append(b, `</v></c>`...)
}

// rowHeight is the height in points that shows all texts of a row.
func (s *Sheet) rowHeight(r *Row) float64 {
	if r.Height > 0 {
		return r.Height
	}
	highest := 0.0
	for i := range r.Cells {
		c := &r.Cells[i]
		lines := 0
		if c.Text != "" {
			lines = spreadsheet.Lines(c.Text, c.Style, s.Widths[i])
		}
		if c.Lead != "" {
			lines += spreadsheet.Lines(c.Lead, c.Style.InBold(), s.Widths[i])
		}
		if lines > 0 {
			highest = max(highest, spreadsheet.HeightOf(lines, c.Style))
		}
	}
	return spreadsheet.RowHeight(highest)
}
