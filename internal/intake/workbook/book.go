// Package workbook writes and reads the small part of the Excel file format
// that the intake form needs: sheets with styled cells, lists to choose from,
// highlights and defined names. What it writes is the same for the same input,
// byte for byte; what it reads it reads within limits and by name.
//
// It is not excelize, because a form that somebody sends is hostile until it is
// read: the archive is checked before anything is unpacked, and only the cells
// that the form's own names point at are taken up. excelize unpacks and keeps the
// whole file first, and writes what it streams in no fixed order.
package workbook

import (
	"fmt"
	"math"
	"strings"

	"puntari/internal/spreadsheet"
)

// Book is a workbook before it is written.
type Book struct {
	// Lang is the language of the texts, "fi".
	Lang, Title, Creator string
	Sheets               []*Sheet
	// Ranges are the defined names besides those of single cells.
	Ranges []Range
}

// Range is a defined name of a range of cells, rows and columns counted from 1.
type Range struct {
	Name, Sheet                string
	Column, Row, ToColumn, End int
}

// Sheet is a worksheet. Its cells are protected without a password, apart from
// those that people fill in.
type Sheet struct {
	Name   string
	Hidden bool
	// Tab is the colour of the tab, six hexadecimal digits.
	Tab string
	// Pages is how many pages wide the sheet is printed, in landscape; 0 means one.
	Pages    int
	Portrait bool
	Widths   []float64
	Rows     []Row
	// Header is the row of the header, which stays on the screen and is repeated
	// on every page, and Fixed the number of columns that do likewise; 0 for none.
	Header, Fixed int
	Lists         []List
	Highlights    []Highlight
	// Grows lets people insert rows although the sheet is protected.
	Grows bool
	// Open sheets are not protected, and a table below their header can be filtered.
	Open bool
	// Cursor is the cell that is selected at first: "C6".
	Cursor string
	// Footer is the text at the left of the foot of every page.
	Footer string
}

// Row is a row of cells, beginning with column A.
type Row struct {
	Cells []Cell
	// Height is in points; 0 fits the texts.
	Height float64
}

// Cell is a cell of a sheet.
type Cell struct {
	Style spreadsheet.Style
	// Text is what the cell holds, or shows until the workbook is calculated.
	Text string
	// Lead is a bold beginning of the text, on a line of its own.
	Lead string
	// Number is what the cell holds instead of a text.
	Number *float64
	// Formula gives the text, or the truth value where Truth is set.
	Formula string
	Truth   bool
	// Name is the defined name of the cell.
	Name string
	// To is the place that the cell links to: "'People'!C6".
	To string
}

// List limits what may be filled in to the entries of a named range, or to what
// a formula accepts.
type List struct {
	Cells string // "C6" or "C6:C20"
	// Source is the defined name of the entries; Formula is used without it.
	Source, Formula string
	// Lenient lets people overrule the limit after a warning.
	Lenient                      bool
	Title, Prompt, Error, Errors string
}

// Highlight shows cells in another way while a formula holds.
type Highlight struct {
	Cells, Formula string
	Look           spreadsheet.Look
}

// Add adds a row and returns its number.
func (s *Sheet) Add(r Row) int {
	s.Rows = append(s.Rows, r)
	return len(s.Rows)
}

// Next is the number of the row that is added next.
func (s *Sheet) Next() int { return len(s.Rows) + 1 }

// Place is a reference to a cell of a sheet: "'People'!C7".
func Place(sheet string, column, row int) string {
	return spreadsheet.QuoteSheet(sheet) + "!" + spreadsheet.At(column, row)
}

func (r Range) ref() string {
	return spreadsheet.QuoteSheet(r.Sheet) + "!" + spreadsheet.Fixed(r.Column, r.Row) + ":" + spreadsheet.Fixed(r.ToColumn, r.End)
}

// check finds what the file format does not allow.
func (b *Book) check() error {
	names := map[string]bool{}
	twice := func(name string) error {
		name = strings.ToLower(name)
		if name != "" && names[name] {
			return fmt.Errorf("workbook: the name %s is there twice", name)
		}
		names[name] = true
		return nil
	}
	for _, r := range b.Ranges {
		if err := twice(r.Name); err != nil {
			return err
		}
	}
	for _, s := range b.Sheets {
		if n := spreadsheet.Units(s.Name); n == 0 || n > 31 {
			return fmt.Errorf("workbook: the sheet name %q is too long or empty", s.Name)
		}
		for _, r := range s.Rows {
			if len(r.Cells) > len(s.Widths) {
				return fmt.Errorf("workbook: sheet %q has a row of %d cells in %d columns", s.Name, len(r.Cells), len(s.Widths))
			}
			for i := range r.Cells {
				c := &r.Cells[i]
				if c.Number != nil && (math.IsNaN(*c.Number) || math.IsInf(*c.Number, 0)) {
					return fmt.Errorf("workbook: sheet %q holds a number that no cell can hold", s.Name)
				}
				if len(c.Formula) > 8000 {
					return fmt.Errorf("workbook: sheet %q has a formula of %d characters", s.Name, len(c.Formula))
				}
				if err := twice(c.Name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
