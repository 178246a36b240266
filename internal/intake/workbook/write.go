package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"puntari/internal/spreadsheet"

	"golang.org/x/text/language"
)

// part is a file of the package.
type part struct {
	name string
	data []byte
}

// Write writes the workbook.
func (b *Book) Write(w io.Writer) error {
	if err := b.check(); err != nil {
		return err
	}
	if _, err := language.Parse(b.Lang); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	st := spreadsheet.NewStyles(spreadsheet.Style{Size: 11})
	var sheets []part
	for i, s := range b.Sheets {
		sheets = append(sheets, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.part(st, i == 0)})
	}
	parts := append([]part{
		{"[Content_Types].xml", b.contentTypes()},
		{"_rels/.rels", []byte(spreadsheet.Head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			relationship(1, "officeDocument", "xl/workbook.xml") +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
			relationship(3, "extended-properties", "docProps/app.xml") + `</Relationships>`)},
		{"xl/workbook.xml", b.workbook()},
		{"xl/_rels/workbook.xml.rels", b.relationships()},
		{"xl/styles.xml", st.Part()},
	}, sheets...)
	parts = append(parts,
		part{"docProps/app.xml", []byte(spreadsheet.Head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>`)},
		part{"docProps/core.xml", b.core()})
	z := zip.NewWriter(w)
	for _, p := range parts {
		// The first day of the format, as Excel writes it.
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return fmt.Errorf("workbook: %s: %w", p.name, err)
		}
		if _, err := f.Write(p.data); err != nil {
			return fmt.Errorf("workbook: %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

func relationship(id int, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
}

func (b *Book) contentTypes() []byte {
	var x bytes.Buffer
	x.WriteString(spreadsheet.Head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	add := func(name, kind string) {
		x.WriteString(`<Override PartName="/` + name + `" ContentType="application/vnd.openxmlformats-` + kind + `+xml"/>`)
	}
	add("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main")
	add("xl/styles.xml", "officedocument.spreadsheetml.styles")
	for i := range b.Sheets {
		add(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), "officedocument.spreadsheetml.worksheet")
	}
	add("docProps/core.xml", "package.core-properties")
	add("docProps/app.xml", "officedocument.extended-properties")
	x.WriteString(`</Types>`)
	return x.Bytes()
}

func (b *Book) relationships() []byte {
	var x bytes.Buffer
	x.WriteString(spreadsheet.Head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := range b.Sheets {
		x.WriteString(relationship(i+1, "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)))
	}
	x.WriteString(relationship(len(b.Sheets)+1, "styles", "styles.xml") + `</Relationships>`)
	return x.Bytes()
}

func (b *Book) workbook() []byte {
	var x bytes.Buffer
	x.WriteString(spreadsheet.Head + `<workbook xmlns="` + spreadsheet.Main + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><bookViews><workbookView activeTab="0"/></bookViews><sheets>`)
	for i, s := range b.Sheets {
		state := ""
		if s.Hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&x, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, spreadsheet.Escape(s.Name), i+1, state, i+1)
	}
	x.WriteString(`</sheets><definedNames>`)
	for _, n := range b.names() {
		x.WriteString(n.xml)
	}
	// Programs that open the file work out all formulas anew.
	x.WriteString(`</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`)
	return x.Bytes()
}

type name struct{ key, xml string }

// names are the defined names, in the order that Excel writes them.
func (b *Book) names() []name {
	var out []name
	add := func(key, attributes, ref string) {
		out = append(out, name{strings.ToLower(key), `<definedName name="` + key + `"` + attributes + `>` + spreadsheet.Escape(ref) + `</definedName>`})
	}
	for i, s := range b.Sheets {
		local := fmt.Sprintf(` localSheetId="%d"`, i)
		if !s.Hidden {
			add("_xlnm.Print_Area", local, spreadsheet.QuoteSheet(s.Name)+"!$A$1:"+spreadsheet.Fixed(len(s.Widths), max(1, len(s.Rows))))
		}
		if s.Header > 0 {
			ref := fmt.Sprintf("%s!$%d:$%d", spreadsheet.QuoteSheet(s.Name), s.Header, s.Header)
			if s.Fixed > 0 {
				ref = fmt.Sprintf("%s!$A:$%s,%s", spreadsheet.QuoteSheet(s.Name), spreadsheet.ColumnName(s.Fixed), ref)
			}
			add("_xlnm.Print_Titles", local, ref)
		}
		for j, r := range s.Rows {
			for k := range r.Cells {
				if n := r.Cells[k].Name; n != "" {
					add(n, "", spreadsheet.QuoteSheet(s.Name)+"!"+spreadsheet.Fixed(k+1, j+1))
				}
			}
		}
	}
	for _, r := range b.Ranges {
		add(r.Name, "", r.ref())
	}
	slices.SortStableFunc(out, func(a, b name) int { return strings.Compare(a.key, b.key) })
	return out
}

func (b *Book) core() []byte {
	return []byte(spreadsheet.Head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + spreadsheet.Escape(b.Title) + `</dc:title><dc:creator>` + spreadsheet.Escape(b.Creator) + `</dc:creator><dc:language>` + spreadsheet.Escape(b.Lang) + `</dc:language></cp:coreProperties>`)
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
	fmt.Fprintf(&x, `</sheetData><sheetProtection sheet="1" formatColumns="0" formatRows="0" insertRows="%d"/>`, fixed)
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
