package intake

import (
	"fmt"
	"strconv"
	"strings"

	"puntari/internal/intake/gate"
	"puntari/internal/intake/workbook"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
	"puntari/internal/wording"
)

// formatName is what the form says of itself, with the version of its make.
const formatName = "puntari-form/1"

// The hidden sheets.
const (
	listsSheet = "_lists"
	logicSheet = "_form"
)

// writer makes one form.
type writer struct {
	form  *Form
	words *wording.Words
	gates *gate.Gates
	given doc

	out *workbook.Book
	// number counts the questions through all sheets.
	number int
	// checks are the cells that say how a question stands, by its path, and sheets
	// the questions of each page with the range of those cells.
	checks map[string]place
	tally  []tally
}

// place is a cell.
type place struct {
	sheet string
	spot  workbook.Spot
}

func (p place) ref() string { return workbook.Place(p.sheet, p.spot.Column, p.spot.Row) }

// tally is what the first sheet counts of a page.
type tally struct {
	page   *page
	checks string // the range of the cells that say how a question stands
	states []state
}

// The styles of the form.
var (
	titleStyle   = spreadsheet.Style{Size: 20, Bold: true, Color: palette.Navy}
	aboutStyle   = spreadsheet.Style{Color: palette.Muted}
	linkStyle    = spreadsheet.Style{Color: palette.Link, Underline: true}
	headerStyle  = spreadsheet.Style{Bold: true, Color: palette.White, Fill: palette.Navy, Wrap: true, Indent: 1}
	inputHeader  = spreadsheet.Style{Bold: true, Fill: palette.Straw, Wrap: true, Indent: 1}
	sectionStyle = spreadsheet.Style{Size: 11, Bold: true, Color: palette.Navy, Fill: palette.Mist, Indent: 1}
	textStyle    = spreadsheet.Style{Wrap: true, Indent: 1, Border: spreadsheet.Hairline}
	helpStyle    = spreadsheet.Style{Wrap: true, Indent: 1, Border: spreadsheet.Hairline, Color: palette.Muted}
	exampleStyle = spreadsheet.Style{Wrap: true, Indent: 1, Border: spreadsheet.Hairline, Color: palette.Muted, Italic: true}
	centreStyle  = spreadsheet.Style{Border: spreadsheet.Hairline, Align: spreadsheet.Centre, Wrap: true}
	inputStyle   = spreadsheet.Style{Wrap: true, Indent: 1, Border: spreadsheet.Box, Fill: palette.Paper, Unlocked: true, Format: spreadsheet.Text}
	hiddenStyle  = spreadsheet.Style{}
)

// The ways in which cells are shown by how a question stands.
var (
	idleLook    = spreadsheet.Look{Color: palette.Muted, Fill: palette.Idle}
	missingLook = spreadsheet.Look{Color: palette.Ink, Fill: palette.Violet, Bold: true}
	doneLook    = spreadsheet.Look{Color: palette.Deep, Bold: true}
)

func (x *writer) message(key string, params ...string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	return x.words.Message(key, m)
}

func (x *writer) sheetName(id string) string { return x.message("form.sheet." + id) }

func (x *writer) book() *workbook.Book {
	x.checks = map[string]place{}
	x.out = &workbook.Book{Lang: x.words.Lang, Title: x.message("form.title"), Creator: "Puntari"}
	x.out.Sheets = append(x.out.Sheets, nil) // the first sheet counts what is on the others
	for _, p := range x.form.pages {
		x.out.Sheets = append(x.out.Sheets, x.page(p))
	}
	x.out.Sheets[0] = x.start()
	x.out.Sheets = append(x.out.Sheets, x.lists(), x.logic())
	return x.out
}

// input is an empty cell for the answer to a question.
func input(q *question) workbook.Cell {
	k := inputStyle
	switch {
	case q.kind == date:
		k.Format = spreadsheet.Date
	case q.kind == number && q.ElementType() == "integer":
		k.Format = spreadsheet.Count
	case q.kind == number:
		k.Format = spreadsheet.Decimal
	}
	return workbook.Cell{Style: k}
}

// limits says what may be filled in to the cells for a question; first is the
// reference of the first of them.
func (x *writer) limits(q *question, cells, first string) (workbook.List, bool) {
	l := workbook.List{
		Cells: cells, Title: q.Label.In(x.words.Lang), Prompt: q.Question.In(x.words.Lang),
		Errors: x.message("form.check.title"), Lenient: q.free || q.kind == choices,
	}
	unknown := first + "=" + spreadsheet.Quote(x.message("common.unknown"))
	switch {
	case q.words != nil:
		l.Source = labelsName + q.words.key
		l.Error = x.message("form.check.list")
		if l.Lenient {
			l.Error = x.message("form.check.several")
		}
	case q.kind == date:
		l.Formula = fmt.Sprintf("OR(AND(ISNUMBER(%s),%s>=%d),%s)", first, first, firstDay, unknown)
		l.Error, l.Lenient = x.message("form.check.date"), true
	case q.kind == number:
		tests := []string{"ISNUMBER(" + first + ")"}
		if q.Min != nil {
			tests = append(tests, first+">="+plain(*q.Min))
		}
		if q.Max != nil {
			tests = append(tests, first+"<="+plain(*q.Max))
		}
		if q.ElementType() == "integer" {
			// An error counts as whole, so that a text is told about as no number.
			tests = append(tests, "IFERROR("+first+"=INT("+first+"),TRUE)")
		}
		l.Formula = "OR(AND(" + strings.Join(tests, ",") + ")," + unknown + ")"
		l.Error = x.message("form.check.number")
		if q.ElementType() == "integer" {
			l.Error = x.message("form.check.integer")
		}
	default:
		return l, false
	}
	return l, true
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// back is the row that leads to the first sheet.
func (x *writer) back() workbook.Row {
	return workbook.Row{Height: 18, Cells: []workbook.Cell{{Text: x.message("form.back"), Style: linkStyle, To: workbook.Place(x.sheetName("start"), 1, 1)}}}
}

// name says which range of cells a name stands for.
func (x *writer) name(name, sheet string, column, row, toColumn, end int) {
	x.out.Ranges = append(x.out.Ranges, workbook.Range{Name: name, Sheet: sheet, Column: column, Row: row, ToColumn: toColumn, End: end})
}
