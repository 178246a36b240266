package table

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

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
	// The last stretch between quoted cells that has a line feed: the search
	// backwards is done there alone, since it is slow.
	var from, to int
	for i := 0; ; {
		q := bytes.IndexByte(b[i:], '"')
		if q < 0 {
			q = len(b) - i
		}
		q += i
		if bytes.IndexByte(b[i:q], '\n') >= 0 {
			from, to = i, q
		}
		if q == len(b) {
			break
		}
		if q > 0 && b[q-1] != delimiter && b[q-1] != '\n' {
			i = q + 1 // it stands for itself
			continue
		}
		close := closing(b, q+1, delimiter)
		if close < 0 {
			open = q + 1
			break
		}
		i = close + 1
	}
	return from + bytes.LastIndexByte(b[from:to], '\n') + 1, open
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
	b.reset(len(s.f.Columns), b.lines+1)
	skip := 0
	if b.first {
		skip = s.f.Dialect.Titles
		if s.f.Dialect.Header {
			skip++
		}
	}
	n := 0
	parseRecords(b.text, s.f.Dialect.Delimiter[0], func(cells []span, _ int) bool {
		n++
		switch {
		case n > skip:
			b.addSpans(cells)
		case n <= s.f.Dialect.Titles:
			b.beyond(cells)
		}
		return true
	})
	return nil
}

// parseRecords gives the cells of one record after the other and where the next
// record begins, until fn says stop. Quoted cells are unquoted in place.
func parseRecords(b []byte, delimiter byte, fn func(cells []span, next int) bool) {
	cells := make([]span, 0, 64)
	n := len(b)
	// set are the marks in the stretch that begins at base, from the cell at i on.
	base, set := 0, marks(b, delimiter)
	for i := 0; i < n; {
		cells = cells[:0]
		empty := false
		for more := true; more; {
			var c span
			if i < n && b[i] == '"' {
				c, i, more = quotedCell(b, i, delimiter)
				base, set = i, marks(b[i:], delimiter)
			} else {
				for set == 0 && base < n {
					base += stretch
					set = marks(b[min(base, n):], delimiter)
				}
				end := n
				if set != 0 {
					end = base + bits.TrailingZeros64(set)
					set &= set - 1
				}
				more = end < n && b[end] == delimiter
				c = span{uint32(i), uint32(end)}
				if !more {
					c.to = uint32(withoutReturn(b, i, end))
					empty = c.from == c.to
				}
				i = min(end+1, n)
			}
			cells = append(cells, c)
		}
		if empty && len(cells) == 1 {
			continue // an empty line is no row
		}
		if !fn(cells, i) {
			return
		}
	}
}

// stretch is how many bytes marks looks at.
const stretch = 64

// marks has a bit for each of the first 64 bytes that is a delimiter or a line
// feed. Eight bytes are compared at once: looking for the end of one cell after
// the other takes twice as long, mostly for loops whose end the processor
// guesses wrong.
func marks(b []byte, delimiter byte) (set uint64) {
	const ones, low, high = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	if len(b) < stretch {
		for i, c := range b {
			if c == delimiter || c == '\n' {
				set |= 1 << i
			}
		}
		return set
	}
	b = b[:stretch]
	d, f := ones*uint64(delimiter), uint64(ones*'\n')
	for i := 0; i < stretch; i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		x, y := w^d, w^f
		// The high bit of a byte stays 0 where the byte is 0, that is, equal.
		x |= x&low + low
		y |= y&low + low
		// The multiplication puts the high bits of the bytes side by side.
		set |= (^(x & y) & high) >> 7 * 0x0102040810204080 >> 56 << i
	}
	return set
}

// withoutReturn leaves out the carriage return before a line feed or the end.
func withoutReturn(b []byte, from, to int) int {
	if to > from && b[to-1] == '\r' {
		return to - 1
	}
	return to
}

// quotedCell reads the cell that begins with the quote at i. It returns the cell,
// where the next one begins, and whether that is in the same record.
func quotedCell(b []byte, i int, delimiter byte) (c span, next int, more bool) {
	from := i + 1
	end := closing(b, from, delimiter)
	next = end + 1
	if end < 0 { // only at the end of the file
		end, next = len(b), len(b)
	}
	c = span{uint32(from), uint32(from + unquote(b[from:end]))}
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

// unquote makes one quote of two, and a line feed of each line break, and returns
// the length that is left. Nothing reads the bytes after it again.
func unquote(b []byte) int {
	if bytes.IndexByte(b, '"') < 0 && bytes.IndexByte(b, '\r') < 0 {
		return len(b)
	}
	to := 0
	for k := 0; k < len(b); k++ {
		if k+1 < len(b) && (b[k] == '"' && b[k+1] == '"' || b[k] == '\r' && b[k+1] == '\n') {
			k++
		}
		b[to] = b[k]
		to++
	}
	return to
}
