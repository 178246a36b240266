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
	lang  string
	row   row
	cells []string
}

// NewCSV returns a writer of rows; titles are in lang where there is one.
func NewCSV(w io.Writer, lang string) (*CSV, error) {
	c := &CSV{w: csv.NewWriter(w), lang: lang}
	t := reflect.TypeFor[row]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("parquet"), ",")
		c.cells = append(c.cells, name)
	}
	return c, c.w.Write(c.cells)
}

// Write writes the row of a result.
func (c *CSV) Write(r *Result) error {
	c.row.fill(r, c.lang)
	v := reflect.ValueOf(&c.row).Elem()
	for i := range c.cells {
		c.cells[i] = unformula(cell(v.Field(i).Addr().Interface()))
	}
	return c.w.Write(c.cells)
}

// cell is a field of a row as text.
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
