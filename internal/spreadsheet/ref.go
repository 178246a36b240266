package spreadsheet

import "strconv"

// AppendColumn appends the name of a column, counted from 1: 1 is A, 27 is AA.
func AppendColumn(b []byte, n int) []byte {
	if n > 26 {
		b = AppendColumn(b, (n-1)/26)
	}
	return append(b, byte('A'+(n-1)%26))
}

// ColumnName is the name of a column, counted from 1.
func ColumnName(n int) string { return string(AppendColumn(nil, n)) }

// At is the reference of a cell, column and row counted from 1: "C7".
func At(column, row int) string { return ColumnName(column) + strconv.Itoa(row) }

// Fixed is the absolute reference of a cell: "$C$7".
func Fixed(column, row int) string { return "$" + ColumnName(column) + "$" + strconv.Itoa(row) }
