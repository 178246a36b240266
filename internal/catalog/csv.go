package catalog

import (
	"encoding/csv"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// CSV writes results as a table of codes, one row a record. Lists are joined by
// a space.
type CSV struct {
	w     *csv.Writer
	table Table
	row   filler
	// fields point to what the columns hold in the row.
	fields []any
	cells  []string
}

// NewCSV returns a writer of rows.
func NewCSV(w io.Writer, t Table) (*CSV, error) {
	c := &CSV{w: csv.NewWriter(w), table: t, row: &row{}}
	if t.Quick {
		c.row = &quickRow{}
	}
	v := reflect.ValueOf(c.row).Elem()
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		c.fields, c.cells = append(c.fields, v.FieldByIndex(f.Index).Addr().Interface()), append(c.cells, name)
	}
	return c, c.w.Write(c.cells)
}

// Write writes the row of a result.
func (c *CSV) Write(r *Result) error {
	c.row.fill(r, &c.table)
	for i, field := range c.fields {
		c.cells[i] = unformula(cell(field))
	}
	return c.w.Write(c.cells)
}

// cell is what stands in a field of a row, as text.
func cell(field any) string {
	switch x := field.(type) {
	case *string:
		return *x
	case *int32:
		return strconv.Itoa(int(*x))
	case **int32:
		if *x != nil {
			return strconv.Itoa(int(**x))
		}
	case **float64:
		if *x != nil {
			return strconv.FormatFloat(**x, 'f', 3, 64)
		}
	case *[]string:
		return strings.Join(*x, " ")
	}
	return ""
}

// Close writes what is left.
func (c *CSV) Close() error {
	c.w.Flush()
	return c.w.Error()
}

// unformula keeps a spreadsheet from reading a text as a formula.
func unformula(s string) string {
	if s == "" || s == "-" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	return "'" + s
}
