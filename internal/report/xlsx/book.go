package xlsx

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	"puntari/internal/spreadsheet"

	"github.com/xuri/excelize/v2"
)

// book is a workbook in memory, before it is written.
type book struct {
	sheets []*sheet
	// hidden sheets come after the others and are not shown.
	hidden []hiddenSheet
	// ranges are the defined names besides those of single cells.
	ranges []rangeName
	// header and footer are the texts around every page; the right side of the
	// header is the name of the sheet, of the footer the number of the page.
	header, footerLeft, footerCentre string
	core                             excelize.DocProperties
	custom                           []property
	company                          string
	// json is the embedded assessment, or nil.
	json []byte
	// tips are the texts of the tool tips of links.
	tip func(anchor string) string

	styles  *spreadsheet.Styles
	anchors map[string]place
}

// property is a custom document property.
type property struct{ name, value string }

// rangeName names a range of cells.
type rangeName struct{ name, sheet, ref string }

// hiddenSheet holds columns of texts.
type hiddenSheet struct {
	name    string
	columns [][]string
}

// rows are the columns as rows of cells.
func (h *hiddenSheet) rows() []row {
	var rows []row
	for j, col := range h.columns {
		for i, s := range col {
			for len(rows) <= i {
				rows = append(rows, row{height: 15, cells: make([]cell, len(h.columns))})
			}
			rows[i].cells[j] = cell{text: s}
		}
	}
	return rows
}

// place is where an anchor is.
type place struct {
	sheet string
	row   int
}

// write writes the workbook. The order of the calls matters: whatever reads a
// sheet after its stream was flushed parses it again, which more than doubles
// the time of a report.
func (b *book) write(w io.Writer) (err error) {
	b.styles = newStyles()
	b.anchors = map[string]place{}
	for _, s := range b.sheets {
		for i, r := range s.rows {
			if r.anchor != "" {
				b.anchors[r.anchor] = place{s.name, i + 1}
			}
		}
	}
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	if err := f.SetSheetName("Sheet1", b.sheets[0].name); err != nil {
		return fmt.Errorf("sheet %q: %w", b.sheets[0].name, err)
	}
	for _, s := range b.sheets[1:] {
		if _, err := f.NewSheet(s.name); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	if err := b.writeHidden(f); err != nil {
		return err
	}
	f.SetActiveSheet(0)
	// excelize wants to know of as many highlights as rules refer to; how they
	// look is in the style sheet that the finisher puts in place.
	for range highlights {
		if _, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
			return fmt.Errorf("highlights: %w", err)
		}
	}
	var charts [][]byte
	var drawings [][]byte
	var data [][]byte
	for _, s := range b.sheets {
		if err := b.writeSheet(f, s); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
		data = append(data, s.dataXML(b.styles))
		if s.chart != nil {
			charts = append(charts, s.chart.part())
			drawings = append(drawings, s.chart.drawing())
		}
	}
	if err := b.properties(f); err != nil {
		return err
	}
	for _, h := range b.hidden {
		data = append(data, (&sheet{columns: make([]column, len(h.columns)), rows: h.rows()}).dataXML(b.styles))
	}
	finish := &finisher{w: w, data: data, names: b.namesXML(), styles: b.styles.Part(), json: b.json, charts: charts, drawings: drawings, custom: b.custom}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return finish })
	if err := f.Write(io.Discard); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return finish.flush()
}

// writeHidden writes the sheets that people do not see, with ordinary cells,
// because a sheet cannot be hidden after it was streamed.
func (b *book) writeHidden(f *excelize.File) error {
	for _, h := range b.hidden {
		if _, err := f.NewSheet(h.name); err != nil {
			return fmt.Errorf("sheet %q: %w", h.name, err)
		}
		last := len(h.rows())
		if err := f.SetSheetVisible(h.name, false, true); err != nil {
			return fmt.Errorf("sheet %q: %w", h.name, err)
		}
		if err := f.SetSheetDimension(h.name, "A1:"+spreadsheet.At(max(1, len(h.columns)), last)); err != nil {
			return fmt.Errorf("sheet %q: %w", h.name, err)
		}
		sw, err := f.NewStreamWriter(h.name)
		if err != nil {
			return fmt.Errorf("sheet %q: %w", h.name, err)
		}
		if err := sw.Flush(); err != nil {
			return fmt.Errorf("sheet %q: %w", h.name, err)
		}
	}
	return nil
}

func (b *book) writeSheet(f *excelize.File, s *sheet) error {
	yes, no := true, false
	zoom := 100.0
	tab := "FF" + s.tab // six digits are not valid after the schema
	if err := f.SetSheetProps(s.name, &excelize.SheetPropsOptions{CodeName: &s.code, FitToPage: &yes, TabColorRGB: &tab}); err != nil {
		return err
	}
	if err := f.SetSheetView(s.name, -1, &excelize.ViewOptions{ShowGridLines: &no, ZoomScale: &zoom}); err != nil {
		return err
	}
	// Without this excelize writes A1, and readers that trust it see one row.
	if err := f.SetSheetDimension(s.name, "A1:"+spreadsheet.At(len(s.columns), len(s.rows))); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, c := range s.columns {
		if err := sw.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := b.panes(sw, s); err != nil {
		return err
	}
	if err := b.links(f, s); err != nil {
		return err
	}
	if err := b.page(f, s); err != nil {
		return err
	}
	if err := b.tools(f, s); err != nil {
		return err
	}
	return sw.Flush()
}

func (b *book) panes(sw *excelize.StreamWriter, s *sheet) error {
	cursor := s.cursor
	if cursor == "" {
		cursor = "A1"
	}
	p := &excelize.Panes{Selection: []excelize.Selection{{SQRef: cursor, ActiveCell: cursor}}}
	if s.header > 0 {
		top := spreadsheet.At(1, s.header+1)
		p = &excelize.Panes{Freeze: true, YSplit: s.header, TopLeftCell: top, ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: cursor, ActiveCell: cursor, Pane: "bottomLeft"}}}
	}
	return sw.SetPanes(p)
}

// links sets the links of a sheet.
func (b *book) links(f *excelize.File, s *sheet) error {
	for i := range s.rows {
		for j := range s.rows[i].cells {
			if c := &s.rows[i].cells[j]; c.to != "" {
				if err := b.link(f, s, c, spreadsheet.At(j+1, i+1)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// besidePrefix is how a cell links to a file in the folder of the workbook.
const besidePrefix = "beside:"

// link sets the link of a cell. An anchor that is not in the workbook is left
// out: the text stays.
func (b *book) link(f *excelize.File, s *sheet, c *cell, ref string) error {
	if p, ok := b.anchors[c.to]; ok {
		o := excelize.HyperlinkOpts{}
		if tip := spreadsheet.Cut(spreadsheet.Clean(b.tip(c.to)), 255); tip != "" {
			o.Tooltip = &tip
		}
		return f.SetCellHyperLink(s.name, ref, spreadsheet.QuoteSheet(p.sheet)+"!"+spreadsheet.At(1, p.row), "Location", o)
	}
	if name, ok := strings.CutPrefix(c.to, besidePrefix); ok {
		if name == "" || strings.ContainsAny(name, `/\:`) {
			return nil
		}
		return f.SetCellHyperLink(s.name, ref, url.PathEscape(name), "External")
	}
	if u := webLink(c.to); u != "" {
		return f.SetCellHyperLink(s.name, ref, u, "External")
	}
	return nil
}

func (b *book) page(f *excelize.File, s *sheet) error {
	paper, one, none := 9, 1, 0
	orientation := "portrait"
	if s.landscape {
		orientation = "landscape"
	}
	high := &none
	if s.onePage {
		high = &one
	}
	if err := f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &one, FitToHeight: high}); err != nil {
		return err
	}
	mm := func(v float64) *float64 { v /= 25.4; return &v }
	yes := true
	if err := f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: mm(12), Right: mm(12), Top: mm(18), Bottom: mm(16), Header: mm(8), Footer: mm(7), Horizontally: &yes}); err != nil {
		return err
	}
	const look = spreadsheet.PageLook
	head := "&L" + look + spreadsheet.HeaderText(b.header, 120) + "&R" + look + spreadsheet.HeaderText(s.name, 40)
	foot := "&L" + look + spreadsheet.HeaderText(b.footerLeft, 60) + "&C" + look + spreadsheet.HeaderText(b.footerCentre, 80) + "&R" + look + spreadsheet.PageNumber
	if err := f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: head, OddFooter: foot}); err != nil {
		return err
	}
	if s.newPage > 0 {
		if err := f.InsertPageBreak(s.name, spreadsheet.At(1, s.newPage)); err != nil {
			return err
		}
	}
	area := spreadsheet.QuoteSheet(s.name) + "!$A$1:" + spreadsheet.Fixed(s.printed(), len(s.rows))
	if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: area, Scope: s.name}); err != nil {
		return err
	}
	if s.header > 0 {
		titles := fmt.Sprintf("%s!$%d:$%d", spreadsheet.QuoteSheet(s.name), s.header, s.header)
		if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: s.name}); err != nil {
			return err
		}
	}
	return nil
}

// tools sets filter, lists, highlights, chart and protection.
func (b *book) tools(f *excelize.File, s *sheet) error {
	last := spreadsheet.At(len(s.columns), len(s.rows))
	if s.filter && s.header > 0 && len(s.rows) > s.header {
		if err := f.AutoFilter(s.name, spreadsheet.At(1, s.header)+":"+last, nil); err != nil {
			return err
		}
	}
	for _, l := range s.lists {
		v := excelize.NewDataValidation(true)
		v.SetSqref(l.ref)
		if l.source == "" {
			// Days between 2025-01-01 and 2099-12-31 as serial numbers.
			if err := v.SetRange(45658, 73050, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
				return err
			}
		} else {
			v.SetSqrefDropList(l.source)
		}
		// Excel offers to repair a file with longer texts.
		v.SetInput(spreadsheet.Cut(l.title, spreadsheet.TitleLimit), spreadsheet.Cut(l.prompt, spreadsheet.PromptLimit))
		v.SetError(excelize.DataValidationErrorStyleStop, spreadsheet.Cut(l.title, spreadsheet.TitleLimit), spreadsheet.Cut(l.error, spreadsheet.PromptLimit))
		if err := f.AddDataValidation(s.name, v); err != nil {
			return err
		}
	}
	for _, r := range s.rules {
		n := r.highlight
		if err := f.SetConditionalFormat(s.name, r.ref, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: r.formula, Format: &n}}); err != nil {
			return err
		}
	}
	if s.chart != nil {
		// A placeholder: the finisher puts the chart's own part in its place.
		series := []excelize.ChartSeries{{Values: spreadsheet.QuoteSheet(s.name) + "!$A$1"}}
		if err := f.AddChart(s.name, spreadsheet.At(s.chart.fromCol, s.chart.fromRow), &excelize.Chart{Type: excelize.Scatter, Series: series}); err != nil {
			return err
		}
	}
	return f.ProtectSheet(s.name, &excelize.SheetProtectionOptions{
		AutoFilter: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true})
}

// namesXML writes the defined names of cells and ranges. Two hundred of them take
// excelize, which looks for a double among all others, a tenth of the time of a
// report.
func (b *book) namesXML() []byte {
	var x []byte
	add := func(name, ref string) {
		x = append(x, `<definedName name="`+name+`">`...)
		x = spreadsheet.AppendText(x, ref)
		x = append(x, `</definedName>`...)
	}
	for _, s := range b.sheets {
		for i, r := range s.rows {
			for j := range r.cells {
				if n := r.cells[j].name; n != "" {
					add(n, spreadsheet.QuoteSheet(s.name)+"!"+spreadsheet.Fixed(j+1, i+1))
				}
			}
		}
	}
	for _, r := range b.ranges {
		add(r.name, spreadsheet.QuoteSheet(r.sheet)+"!"+r.ref)
	}
	return x
}

func (b *book) properties(f *excelize.File) error {
	if err := f.SetDocProps(&b.core); err != nil {
		return fmt.Errorf("document properties: %w", err)
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: spreadsheet.Application, Company: b.company}); err != nil {
		return fmt.Errorf("document properties: %w", err)
	}
	if len(b.custom) > 0 {
		// excelize reads and writes the whole part for every property, a fifth of the
		// time of a report; this one is a placeholder for the finisher's part.
		if err := f.SetCustomProps(excelize.CustomProperty{Name: b.custom[0].name, Value: ""}); err != nil {
			return fmt.Errorf("document properties: %w", err)
		}
	}
	// The default tells Excel to remove the author when somebody saves.
	no := false
	return f.SetWorkbookProps(&excelize.WorkbookPropsOptions{FilterPrivacy: &no})
}
