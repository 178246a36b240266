package workbook

import (
	"maps"
	"slices"
	"strings"
)

// The last row and column of a sheet.
const (
	lastRow    = 1 << 20
	lastColumn = 1 << 14
)

// Area is a range of cells of a sheet, rows and columns counted from 1.
type Area struct {
	Sheet                      string
	Column, Row, ToColumn, End int
}

// Named returns what a defined name of the whole workbook stands for, or false
// when it is not there or does not name cells any more.
func (f *File) Named(name string) (Area, bool) {
	ref, ok := f.names[name]
	if !ok {
		return Area{}, false
	}
	i := strings.LastIndexByte(ref, '!')
	if i < 0 {
		return Area{}, false
	}
	sheet, cells := strings.TrimPrefix(ref[:i], "$"), strings.ReplaceAll(ref[i+1:], "$", "")
	if strings.HasPrefix(sheet, "'") && strings.HasSuffix(sheet, "'") && len(sheet) > 1 {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	if f.sheets[sheet] == "" {
		return Area{}, false
	}
	from, to, isRange := strings.Cut(cells, ":")
	a := Area{Sheet: sheet}
	if a.Column, a.Row, ok = parseRef(from); !ok {
		return Area{}, false
	}
	a.ToColumn, a.End = a.Column, a.Row
	if isRange {
		if a.ToColumn, a.End, ok = parseRef(to); !ok || a.ToColumn < a.Column || a.End < a.Row {
			return Area{}, false
		}
	}
	return a, true
}

// parseRef reads the reference of a cell: "C7" is column 3, row 7.
func parseRef(s string) (column, row int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4; i++ {
		c := s[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	for _, c := range []byte(s[i:]) {
		if c < '0' || c > '9' || row > lastRow {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return column, row, i > 0 && column <= lastColumn && row > 0 && row <= lastRow
}

// Names are the defined names that begin with a prefix, in alphabetical order.
func (f *File) Names(prefix string) []string {
	var out []string
	for name := range f.names {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Holds tells whether a cell is in the area.
func (a Area) Holds(s Spot) bool {
	return s.Column >= a.Column && s.Column <= a.ToColumn && s.Row >= a.Row && s.Row <= a.End
}

// Sheets are the names of the sheets, in alphabetical order.
func (f *File) Sheets() []string {
	return slices.Sorted(maps.Keys(f.sheets))
}
