// Package tables lays tables out as the sheets of a workbook that people read,
// sort and filter: a title, a sentence about it, and the table.
package tables

import (
	"io"
	"strings"
	"unicode/utf8"

	"puntari/internal/intake/workbook"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// Book is a workbook of tables.
type Book struct {
	// Lang is the language of the texts, "fi".
	Lang, Title, Creator string
	Tables               []Table
}

// Table is a sheet.
type Table struct {
	// Name is the title; that of the sheet is as much of it as fits. About is a
	// sentence or more below it.
	Name, About string
	Columns     []Column
	Rows        [][]Cell
	// Fixed is how many columns stay in sight.
	Fixed int
}

// Column is a column of a table.
type Column struct {
	Title string
	// Width is in characters.
	Width float64
}

// Cell is a text, or a number where Number is set.
type Cell struct {
	Text   string
	Number *float64
	// Chip is how a state is shown; its glyph comes before the text.
	Chip palette.Chip
	Bold bool
}

// Text is a cell with a text.
func Text(s string) Cell { return Cell{Text: s} }

// Texts are cells with texts.
func Texts(list ...string) []Cell {
	out := make([]Cell, len(list))
	for i, s := range list {
		out[i].Text = s
	}
	return out
}

// Number is a cell with a number.
func Number(n float64) Cell { return Cell{Number: &n} }

// Chip is a cell with a state.
func Chip(s string, c palette.Chip) Cell { return Cell{Text: s, Chip: c} }

// perPage is how many characters across a printed page shows at a size that can
// still be read.
const perPage = 170

var (
	titleStyle  = spreadsheet.Style{Size: 20, Bold: true, Color: palette.Navy, Quoted: true}
	aboutStyle  = spreadsheet.Style{Color: palette.Muted, Wrap: true, Top: true, Quoted: true}
	headerStyle = spreadsheet.Style{Bold: true, Color: palette.White, Fill: palette.Navy, Wrap: true, Indent: 1}
	textStyle   = spreadsheet.Style{Wrap: true, Top: true, Indent: 1, Border: spreadsheet.Hairline, Quoted: true}
	numberStyle = spreadsheet.Style{Top: true, Align: spreadsheet.Centre, Border: spreadsheet.Hairline}
)

// longest is how much text a cell takes in every program that reads workbooks.
const longest = 32000

func (c *Cell) cell() workbook.Cell {
	style := textStyle
	if c.Number != nil {
		style = numberStyle
	}
	if c.Chip.Fill != "" || c.Chip.Text != "" {
		style = style.Filled(c.Chip)
	}
	if c.Bold {
		style = style.InBold()
	}
	text := c.Text
	if c.Chip.Glyph != "" {
		text = c.Chip.Glyph + " " + text
	}
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return workbook.Cell{Style: style, Text: text, Number: c.Number}
}

// Write writes the workbook. The same tables give the same bytes.
func Write(w io.Writer, b Book) error {
	out := &workbook.Book{Lang: b.Lang, Title: b.Title, Creator: b.Creator}
	for i := range b.Tables {
		out.Sheets = append(out.Sheets, b.Tables[i].sheet(b.Title))
	}
	return out.Write(w)
}

func (t *Table) sheet(footer string) *workbook.Sheet {
	s := &workbook.Sheet{Name: sheetName(t.Name), Tab: palette.Navy, Open: true, Fixed: t.Fixed, Footer: footer}
	width := 0.0
	for _, c := range t.Columns {
		s.Widths = append(s.Widths, c.Width)
		width += c.Width
	}
	s.Pages = max(1, int(width/perPage+0.5))
	s.Add(workbook.Row{Height: 32, Cells: []workbook.Cell{{Text: t.Name, Style: titleStyle}}})
	for line := range strings.SplitSeq(t.About, "\n") {
		style := aboutStyle
		style.Wrap = false // it runs over the columns to the right
		for _, part := range fit(line, style, width) {
			s.Add(workbook.Row{Height: 16, Cells: []workbook.Cell{{Text: part, Style: style}}})
		}
	}
	s.Add(workbook.Row{Height: 8})
	var header []workbook.Cell
	for _, c := range t.Columns {
		header = append(header, workbook.Cell{Text: c.Title, Style: headerStyle})
	}
	s.Header = s.Add(workbook.Row{Cells: header})
	for _, r := range t.Rows {
		cells := make([]workbook.Cell, len(r))
		for i := range r {
			cells[i] = r[i].cell()
		}
		s.Add(workbook.Row{Cells: cells})
	}
	return s
}

// sheetName is as many words of a title as the name of a sheet holds.
func sheetName(title string) string {
	const most = 31
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, title)
	for utf8.RuneCountInString(title) > most {
		i := strings.LastIndexByte(title, ' ')
		if i < 0 {
			return string([]rune(title)[:most])
		}
		title = title[:i]
	}
	return title
}

// fit breaks a text into lines of a width, since a text that runs over other
// columns does not break by itself.
func fit(text string, style spreadsheet.Style, width float64) []string {
	var out []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		next := strings.TrimSpace(line + " " + word)
		if line != "" && spreadsheet.Lines(next, style.Wrapped(), width) > 1 {
			out = append(out, line)
			next = word
		}
		line = next
	}
	return append(out, line)
}
