package table

import "bytes"

// The parser of CSV is our own because encoding/csv reads on one core and
// allocates a string for each row: 521 MB/s against 1,790 MB/s of this kind of
// parser on two cores, for the same 1.5 GB (docs/performance.md). What a cell
// is follows encoding/csv with LazyQuotes, and a test compares the two.
//
//   - A quote opens only at the beginning of a cell, and closes only before a
//     delimiter or the end of the line; any other quote stands for itself.
//   - Two quotes within quotes are one. A line break within quotes is text.
//   - Empty lines are no rows.

// cutCSV finds where the last whole record ends.
func (s *scan) cutCSV(b []byte, last bool) (int, error) {
	end, open := recordEnd(b, s.f.Dialect.Delimiter[0])
	if !last {
		return end, nil
	}
	if open > 0 {
		return 0, problem(CodeOpenQuote, int64(1+bytes.Count(b[:open-1], newline)))
	}
	return len(b), nil
}

// recordEnd returns the end of the last whole record, and one more than the
// place of a quote that is not closed, or 0.
func recordEnd(b []byte, delimiter byte) (end, open int) {
	for i := 0; ; {
		q := bytes.IndexByte(b[i:], '"')
		if q < 0 {
			if n := bytes.LastIndexByte(b[i:], '\n'); n >= 0 {
				end = i + n + 1
			}
			return end, 0
		}
		q += i
		if n := bytes.LastIndexByte(b[i:q], '\n'); n >= 0 {
			end = i + n + 1
		}
		if q > 0 && b[q-1] != delimiter && b[q-1] != '\n' {
			i = q + 1 // it stands for itself
			continue
		}
		close := closing(b, q+1, delimiter)
		if close < 0 {
			return end, q + 1
		}
		i = close + 1
	}
}

// closing is the place of the quote that ends the cell whose text begins at i,
// or -1. At the end of b it is not known whether a quote closes; then it counts
// as closed, since the record is not whole in any case.
func closing(b []byte, i int, delimiter byte) int {
	for {
		q := bytes.IndexByte(b[i:], '"')
		if q < 0 {
			return -1
		}
		q += i
		switch {
		case q+1 == len(b), b[q+1] == delimiter, b[q+1] == '\n', b[q+1] == '\r' && (q+2 == len(b) || b[q+2] == '\n'):
			return q
		case b[q+1] == '"':
			i = q + 2
		default:
			i = q + 1
		}
	}
}

// longRecord is the problem of a record without end: usually a quote that is
// never closed.
func longRecord(b []byte) error {
	if q := bytes.IndexByte(b, '"'); q >= 0 {
		return problem(CodeOpenQuote, int64(1+bytes.Count(b[:q], newline)))
	}
	return problem(CodeLongRow, 1)
}

// parseCSV parses the text of a block.
func (s *scan) parseCSV(b *Block) error {
	s.decode(b)
	b.reset(len(s.f.Columns))
	skip := 0
	if b.first {
		skip = s.f.Dialect.Titles
		if s.f.Dialect.Header {
			skip++
		}
	}
	n := 0
	parseRecords(b.text, s.f.Dialect.Delimiter[0], func(cells []span) bool {
		n++
		if n <= skip {
			if n <= s.f.Dialect.Titles {
				for _, c := range cells {
					b.Beyond = append(b.Beyond, b.text[c.from:c.to])
				}
			}
			return true
		}
		width := len(b.cells)
		for i, c := range cells {
			if i == width {
				for _, c := range cells[width:] {
					b.Beyond = append(b.Beyond, b.text[c.from:c.to])
				}
				break
			}
			b.cells[i] = append(b.cells[i], c)
		}
		b.endRow(len(cells))
		return true
	})
	return nil
}

// parseRecords gives the cells of one record after the other, until fn says
// stop. Quoted cells are unquoted in place.
func parseRecords(b []byte, delimiter byte, fn func(cells []span) bool) {
	cells := make([]span, 0, 64)
	n := len(b)
	for i := 0; i < n; {
		// An empty line is no row.
		if b[i] == '\n' {
			i++
			continue
		}
		if b[i] == '\r' && (i+1 == n || b[i+1] == '\n') {
			i += 2
			continue
		}
		cells = cells[:0]
		for more := true; more; {
			var c span
			c, i, more = parseCell(b, i, delimiter)
			cells = append(cells, c)
		}
		if !fn(cells) {
			return
		}
	}
}

// parseCell reads the cell that begins at i. It returns the cell, where the
// next one begins, and whether that is in the same record.
func parseCell(b []byte, i int, delimiter byte) (c span, next int, more bool) {
	n := len(b)
	if i < n && b[i] == '"' {
		return quotedCell(b, i, delimiter)
	}
	from := i
	for i < n && b[i] != delimiter && b[i] != '\n' {
		i++
	}
	switch {
	case i == n:
		return span{uint32(from), uint32(withoutReturn(b, from, n))}, n, false
	case b[i] == '\n':
		return span{uint32(from), uint32(withoutReturn(b, from, i))}, i + 1, false
	}
	return span{uint32(from), uint32(i)}, i + 1, true
}

// withoutReturn leaves out the carriage return before a line feed or the end.
func withoutReturn(b []byte, from, to int) int {
	if to > from && b[to-1] == '\r' {
		return to - 1
	}
	return to
}

func quotedCell(b []byte, i int, delimiter byte) (c span, next int, more bool) {
	from := i + 1
	end := closing(b, from, delimiter)
	next = end + 1
	if end < 0 { // only at the end of the file
		end, next = len(b), len(b)
	}
	to := from
	for k := from; k < end; k++ {
		if b[k] == '"' && k+1 < end && b[k+1] == '"' || b[k] == '\r' && k+1 < end && b[k+1] == '\n' {
			k++
		}
		b[to] = b[k]
		to++
	}
	// When the cell shrank, the bytes between its end and the next cell are left
	// over; nothing reads them again.
	c = span{uint32(from), uint32(to)}
	if next < len(b) && b[next] == '\r' {
		next++
	}
	switch {
	case next >= len(b):
		return c, len(b), false
	case b[next] == '\n':
		return c, next + 1, false
	}
	return c, next + 1, true
}
