package xlsx

import (
	"math"
	"strconv"

	"puntari/internal/spreadsheet"
)

// sheet is a worksheet in memory, before it is written.
type sheet struct {
	// code is the name of the sheet for macros, the same in all languages.
	code string
	name string
	tab  string
	// landscape and onePage say how it is printed; it is always one page wide.
	landscape, onePage bool
	columns            []column
	rows               []row
	// header is the row of the header of the table, 0 where there is none. The
	// rows above it stay on the screen and the header is repeated on every page.
	header int
	filter bool
	// newPage is the row that begins a new page in print, 0 where none has to.
	newPage int
	lists   []list
	rules   []rule
	chart   *chart
	// cursor is the cell that is selected when the sheet is opened.
	cursor string
}

// column is a column of a sheet.
type column struct {
	width float64
	title string
	// input columns are filled in by people.
	input bool
	// offPage columns are not printed.
	offPage bool
	centred bool
}

// row is a row of a sheet.
type row struct {
	cells []cell
	// height is fixed in points; 0 fits the texts.
	height float64
	// least is the smallest height of a row that fits its texts.
	least float64
	// grows is set where people type: the row fits what they write.
	grows bool
	// anchor names the row for links.
	anchor string
}

// cell is a cell of a sheet.
type cell struct {
	text  string
	style spreadsheet.Style
	// number is shown instead of the text.
	number *float64
	// formula gives the text when the workbook is calculated.
	formula string
	// runs are parts of the text with a look of their own; text is all of them.
	runs []run
	// to is the anchor that the cell links to, or a web address.
	to string
	// name is the defined name of the cell.
	name string
}

// run is a part of a text.
type run struct {
	text string
	size float64
	bold bool
}

// shown is the text by which the height of the row is measured.
func (c *cell) shown() string {
	if c.number != nil {
		return strconv.FormatFloat(*c.number, 'f', -1, 64)
	}
	return c.text
}

// list lets people choose from a list or type a date in a range of cells.
type list struct {
	ref string
	// source is the defined name of the list; "" asks for a date.
	source        string
	title, prompt string
	error         string
}

// rule highlights a range while a formula holds.
type rule struct {
	ref       string
	formula   string
	highlight int
}

// text makes a cell with a text.
func text(s string, k spreadsheet.Style) cell { return cell{text: spreadsheet.Clean(s), style: k} }

// linked makes a cell with a text that links to an anchor, or a plain one where
// there is nothing to link to.
func linked(s, to string, k spreadsheet.Style) cell {
	if s == "" || to == "" {
		return text(s, k)
	}
	return cell{text: spreadsheet.Clean(s), style: k.Linked(), to: to}
}

// input makes a cell to fill in.
func input(name string) cell { return cell{style: inputStyle, name: name} }

// add adds a row and returns its number.
func (s *sheet) add(r row) int {
	s.rows = append(s.rows, r)
	return len(s.rows)
}

// space adds an empty row.
func (s *sheet) space(height float64) { s.add(row{height: height}) }

// next is the number of the row that is added next.
func (s *sheet) next() int { return len(s.rows) + 1 }

// smallestPrint is the smallest size of text on paper, in points.
const smallestPrint = 8.05

// scale is how much smaller a sheet is printed so that its columns fit A4 with
// the margins of the report.
func (s *sheet) scale() float64 {
	width := 0.0
	for _, c := range s.columns[:s.printed()] {
		width += (math.Floor(7*c.width) + 5) * 0.75
	}
	paper := 210.0
	if s.landscape {
		paper = 297
	}
	return min(1, (paper-24)/25.4*72/width)
}

// legible enlarges texts that would be printed too small to read.
func (s *sheet) legible() {
	least := math.Ceil(smallestPrint/s.scale()*4) / 4
	for i := range s.rows {
		for j := range s.rows[i].cells {
			c := &s.rows[i].cells[j]
			if c.style.Size > 0 {
				c.style.Size = max(c.style.Size, least)
			}
			for k := range c.runs {
				c.runs[k].size = max(c.runs[k].size, least)
			}
		}
	}
}

// fit shortens texts for which no row is high enough, with the mark that says so.
func (s *sheet) fit(mark string) {
	for i := range s.rows {
		if s.rows[i].height > 0 {
			continue
		}
		for j := range s.rows[i].cells {
			c := &s.rows[i].cells[j]
			if len(c.text) < 200 || c.formula != "" || j >= len(s.columns) {
				continue
			}
			whole := c.text
			for limit := shownLimit; limit > 50 && spreadsheet.Height(c.text, c.style, s.columns[j].width) > spreadsheet.Tallest; limit -= 50 {
				c.text, c.runs = again(whole, limit, mark), nil
			}
		}
	}
}

// printed is the number of columns that are printed.
func (s *sheet) printed() int {
	n := 0
	for i, c := range s.columns {
		if !c.offPage {
			n = i + 1
		}
	}
	return n
}

// head adds title, description, way back and the header of the table.
func (s *sheet) head(title, about, back string) {
	s.add(row{cells: []cell{text(title, titleStyle)}, height: 30, anchor: "sheet:" + s.code})
	s.add(row{cells: []cell{text(about, aboutStyle)}, height: 16})
	s.add(row{cells: []cell{linked(back, "summary", plainLink)}, height: 18})
	s.space(6)
}

// tableHeader adds the header row of the table.
func (s *sheet) tableHeader() {
	cells := make([]cell, len(s.columns))
	for i, c := range s.columns {
		k := headerStyle
		if c.input {
			k = inputHeader
		}
		if c.centred {
			k = k.Centred()
		}
		cells[i] = text(c.title, k)
	}
	s.header = s.add(row{cells: cells, least: 30})
}

// fill fills a row with empty cells of a style up to the width of the sheet.
func (s *sheet) fill(cells []cell, k spreadsheet.Style) []cell {
	for len(cells) < len(s.columns) {
		cells = append(cells, cell{style: k})
	}
	return cells
}
