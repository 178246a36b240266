package table

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// TotalRows says by which words rows of totals are recognised.
type TotalRows struct {
	// Words are what such a row is labelled with, in lower case: "yhteensä".
	Words []string
	// Proven are words that may mean something else: "kaikki". A row that has one
	// is one of totals only where its figures are the sums of the others.
	Proven []string
	// Ends are those of the words that may also stand at the end of a longer
	// label: "myyntitulot yhteensä".
	Ends []string
	// All takes every row for one that has such a word in a cell of its own. Without
	// it a row that has other keys as well is one only where its figures are
	// the sums of the others.
	All bool
}

// Totals tells rows of totals and notes below the data from the rows of data.
//
// A row is one of totals in three cases:
//
//   - a cell is a word for totals, and all other cells are numbers, marks
//     without letters, such words or blank;
//   - a cell is a word for totals and others are keys, as in "Espoo; yhteensä;
//     2025; 310", and such rows are the sums of others at the beginning of the file;
//   - the keys are blank, and such rows are the sums of others at the beginning.
//
// The last two are learnt from the beginning of the file, as notes are: rows with
// nothing but a first cell at the end of a file that fits into it. What was learnt
// is a rule for single rows, so that it does not matter how the file is cut.
type Totals struct {
	words map[string]label
	// starts are the words by their first two letters. heads has those, and tails the
	// last two of the ends, so that nearly all cells are refused after a look at
	// four bytes; edges tells of single bytes whether they are among them.
	starts       map[uint16][][]byte
	heads, tails pairs
	edges        [256]edge
	ends         [][]byte
	all          bool

	// sure are the columns whose word makes a total of a row with other keys.
	sure []bool
	// keys are the columns that only totals leave blank, or nil.
	keys []int
	// notes tells that rows with a first cell alone are notes.
	notes bool
}

// longestLabel is the length of the longest cell, in bytes, that may be the
// label of a total; longer ones are text.
const longestLabel = 60

// NewTotals makes the recogniser; Learn has it look at the beginning of a file.
func NewTotals(o TotalRows) *Totals {
	t := &Totals{words: map[string]label{}, starts: map[uint16][][]byte{}, all: o.All}
	add := func(words []string, l label) {
		for _, w := range words {
			if len(w) < 2 {
				continue
			}
			t.words[w] = l
			p := pair(w[0], w[1])
			t.starts[p] = append(t.starts[p], []byte(w))
			t.heads.add(p)
		}
	}
	add(o.Proven, provenLabel)
	add(o.Words, wholeLabel)
	for _, e := range o.Ends {
		if len(e) < 2 {
			continue
		}
		t.ends = append(t.ends, []byte(" "+e))
		t.tails.add(pair(e[len(e)-2], e[len(e)-1]))
	}
	for _, space := range []byte("\t\n\v\f\r ") { // which is left out later
		for c := range 256 {
			t.heads.add(pair(space, byte(c)))
			t.tails.add(pair(byte(c), space))
		}
	}
	t.setEdges()
	return t
}

// edge is where a byte may stand in a cell that is or ends with a word.
type edge uint8

const (
	firstByte edge = 1 << iota
	lastByte
)

// setEdges reads off heads and tails which bytes may come first and last.
func (t *Totals) setEdges() {
	for a := range 256 {
		for b := range 256 {
			if p := pair(byte(a), byte(b)); t.heads.has(p) {
				t.edges[a] |= firstByte
			}
			if p := pair(byte(b), byte(a)); t.tails.has(p) {
				t.edges[a] |= lastByte
			}
		}
	}
}

// refused tells of a cell of two bytes or more whether it is no label for certain.
func (t *Totals) refused(c []byte) bool {
	n := len(c)
	return !t.heads.has(pair(c[0], c[1])) && !t.tails.has(pair(c[n-2], c[n-1]))
}

// pairs is a set of pairs of bytes.
type pairs [1 << 16 / 64]uint64

func (s *pairs) add(p uint16)      { s[p/64] |= 1 << (p % 64) }
func (s *pairs) has(p uint16) bool { return s[p/64]>>(p%64)&1 > 0 }

// pair is two bytes as a number, the same for large and small letters.
func pair(a, b byte) uint16 { return uint16(a|' ')<<8 | uint16(b|' ') }

// label is how far a cell is the label of a total.
type label uint8

const (
	noLabel label = iota
	endLabel
	provenLabel
	wholeLabel
)

// label tells whether a cell is the label of a total.
func (t *Totals) label(b []byte) label {
	if len(b) < 2 || len(b) > longestLabel {
		return noLabel
	}
	if b[0] <= ' ' || b[len(b)-1] <= ' ' {
		if b = bytes.TrimSpace(b); len(b) < 2 {
			return noLabel
		}
	}
	if p := pair(b[0], b[1]); t.heads.has(p) {
		for _, w := range t.starts[p] {
			if n := len(w); n <= len(b) && (n == len(b) || b[n] < 'A') && bytes.EqualFold(b[:n], w) {
				if l := t.whole(b); l != noLabel {
					return l
				}
			}
		}
	}
	for _, e := range t.ends {
		if n := len(b) - len(e); n > 0 && b[n] == ' ' && bytes.EqualFold(b[n:], e) {
			return endLabel
		}
	}
	return noLabel
}

// whole is the label of a cell that is a word for totals, several with strokes
// between, or one with a unit in brackets.
func (t *Totals) whole(b []byte) label {
	s := strings.ToLower(string(b))
	s, _, _ = strings.Cut(s, " (")
	least := wholeLabel
	for p := range strings.SplitSeq(s, "/") {
		least = min(least, t.words[strings.Trim(p, " :*.)")])
	}
	return least
}

// rowKind is what a row is.
type rowKind uint8

const (
	dataRow rowKind = iota
	totalRow
	doubtfulRow // which may be a total, and is taken for data
	noteRow
)

// kind tells what a row is; cell gives its cells.
func (t *Totals) kind(columns int, cell func(column int) []byte) rowKind {
	numbers, texts, ends, words, maybe := 0, 0, 0, 0, 0
	sure, filled := false, 0
	for i := range columns {
		c := bytes.TrimSpace(cell(i))
		if len(c) == 0 {
			continue
		}
		filled++
		switch t.label(c) {
		case wholeLabel:
			words++
			sure = sure || i < len(t.sure) && t.sure[i]
			continue
		case provenLabel:
			maybe++
			sure = sure || i < len(t.sure) && t.sure[i]
			continue
		case endLabel:
			ends++
			continue
		}
		if _, _, ok := numberOf(string(c)); ok {
			numbers++
		} else if hasLetter(c) || hasDigit(c) {
			texts++
		}
	}
	switch {
	case t.notes && filled == 1 && len(bytes.TrimSpace(cell(0))) > 0:
		return noteRow
	case numbers == 0:
		return dataRow
	case sure, words > 0 && (texts+ends+maybe == 0 || t.all), ends == 1 && texts+maybe == 0:
		return totalRow
	case words > 0:
		return doubtfulRow
	case len(t.keys) > 0 && texts == 0 && !slices.ContainsFunc(t.keys, func(i int) bool { return i < columns && len(bytes.TrimSpace(cell(i))) > 0 }):
		return totalRow
	}
	return dataRow
}

// Is tells whether a row of cells is one of totals.
func (t *Totals) Is(row []string) bool {
	return t.kind(len(row), func(i int) []byte { return []byte(row[i]) }) == totalRow
}

func hasLetter(b []byte) bool {
	return bytes.ContainsFunc(b, unicode.IsLetter)
}

func hasDigit(b []byte) bool {
	return bytes.ContainsFunc(b, unicode.IsDigit)
}

// numberOf reads a number as people write it: with a comma or a point, thousands
// apart by blanks or points, a percent sign or a euro sign behind.
func numberOf(s string) (v float64, decimals int, ok bool) {
	s = strings.TrimSpace(strings.TrimRight(s, "%€ \u00a0"))
	if s == "" || !isASCIIDigit(s[len(s)-1]) {
		return 0, 0, false
	}
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' })
	for i, g := range groups[1:] {
		if len(g) < 3 || len(g) > 3 && (i < len(groups)-2 || g[3] != ',' && g[3] != '.') {
			return 0, 0, false
		}
	}
	s = strings.Join(groups, "")
	if strings.Count(s, ".") > 1 {
		parts := strings.Split(s, ".")
		if slices.ContainsFunc(parts[1:], func(p string) bool { return len(strings.SplitN(p, ",", 2)[0]) != 3 }) {
			return 0, 0, false
		}
		s = strings.Join(parts, "")
	}
	s = strings.Replace(strings.Replace(s, ",", ".", 1), "\u2212", "-", 1)
	if strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' && r != '+' }) >= 0 {
		return 0, 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, 0, false
	}
	if i := strings.IndexByte(s, '.'); i >= 0 {
		decimals = len(s) - i - 1
	}
	return v, decimals, true
}

func isASCIIDigit(c byte) bool { return c >= '0' && c <= '9' }

// setApart moves the rows of totals behind the others and takes notes out. What
// stands in them belongs to no row of data but is part of the file.
func (s *scan) setApart(b *Block) {
	t := s.f.totals
	if t == nil || b.columns < 2 || s.f.apart != nil && !s.f.apart[b.Seq] {
		return
	}
	rows := t.candidates(b)
	if len(rows) == 0 {
		return
	}
	s.mu.Lock()
	s.apart[b.Seq] = true
	s.mu.Unlock()
	var totals, gone, before []int
	for _, r := range rows {
		switch t.kind(b.columns, func(i int) []byte { return b.Column(i).At(r) }) {
		case totalRow:
			totals = append(totals, r)
			before = append(before, r-len(gone))
		case noteRow:
			s.notes.Add(1)
		case doubtfulRow:
			s.doubtful.Add(1)
			continue
		default:
			continue
		}
		for i := range b.columns {
			if c := b.Column(i).At(r); len(c) > 0 {
				b.Beyond = append(b.Beyond, c)
			}
		}
		gone = append(gone, r)
	}
	if len(gone) == 0 {
		return
	}
	s.totals.Add(int64(len(totals)))
	last := make([]span, len(totals))
	for i := range b.columns {
		all := b.spans[i*b.room:][:b.Rows]
		for k, r := range totals {
			last[k] = all[r]
		}
		kept, next := all[:0], 0
		for r, c := range all {
			if next < len(gone) && gone[next] == r {
				next++
				continue
			}
			kept = append(kept, c)
		}
		copy(all[len(kept):], last)
	}
	b.Rows -= len(gone)
	b.Totals = before
}

// candidates are the rows that may be set apart, in their order. Columns are gone
// through one by one, because their cells lie side by side.
func (t *Totals) candidates(b *Block) []int {
	var rows []int
	for i := range b.columns {
		cells := b.Column(i)
		for r := range b.Rows {
			c := cells.At(r)
			if n := len(c); n < 2 || t.edges[c[0]]&firstByte|t.edges[c[n-1]]&lastByte == 0 {
				continue // most cells
			}
			if !t.refused(c) && t.label(c) != noLabel {
				rows = append(rows, r)
			}
		}
	}
	if len(t.keys) > 0 || t.notes {
		for r := range b.Rows {
			if t.notes && len(b.Column(1).At(r)) == 0 || len(t.keys) > 0 && len(bytes.TrimSpace(b.Column(t.keys[0]).At(r))) == 0 {
				rows = append(rows, r)
			}
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// Learn looks at the beginning of a file, without the header and what is above
// it. whole tells that this is all of the file.
func (t *Totals) Learn(rows [][]string, whole bool) {
	l := learner{t: t, rows: rows}
	for _, r := range rows {
		l.columns = max(l.columns, len(r))
	}
	if l.columns < 2 {
		return
	}
	if most := max(1, learntCells/l.columns); len(rows) > most {
		l.rows, whole = rows[:most], false
	}
	l.read()
	t.sure = make([]bool, l.columns)
	for i := range l.columns {
		t.sure[i] = l.sums(i)
	}
	t.keys = l.blankKeys()
	t.notes = whole && l.columns > 2 && l.endsWithNotes()
}

// learner is the beginning of a file, read once.
type learner struct {
	t       *Totals
	rows    [][]string
	columns int
	numbers [][]float64 // by row; NaN for what is none
	places  []int       // digits behind the point, by column
	texts   []bool      // whether a column holds words rather than numbers
	years   []bool      // whether a column holds years
	labels  [][]bool    // whether a cell is or may be a word for totals
}

// Limits of what is learnt: how many rows with a word are tried for each column,
// with how many figures of each, and which share of those that can be tried must be
// right.
const (
	triedTotals  = 40
	triedFigures = 8
	rightTotals  = 0.75
	// learntCells is how many cells are looked at, so that wide tables take no more
	// memory than long ones.
	learntCells = 1 << 20
)

func (l *learner) cell(r, i int) string {
	if i < len(l.rows[r]) {
		return strings.TrimSpace(l.rows[r][i])
	}
	return ""
}

func (l *learner) read() {
	l.places, l.texts, l.years = make([]int, l.columns), make([]bool, l.columns), make([]bool, l.columns)
	numbers, years, filled := make([]int, l.columns), make([]int, l.columns), make([]int, l.columns)
	for r := range l.rows {
		values, labels := make([]float64, l.columns), make([]bool, l.columns)
		for i := range values {
			values[i] = math.NaN()
			c := l.cell(r, i)
			if c == "" {
				continue
			}
			labels[i] = l.t.label([]byte(c)) >= provenLabel
			v, d, ok := numberOf(c)
			if ok {
				values[i] = v
				l.places[i] = max(l.places[i], d)
				numbers[i]++
				if isYear(c) {
					years[i]++
				}
			}
			if ok || hasLetter([]byte(c)) {
				filled[i]++
			}
		}
		l.numbers, l.labels = append(l.numbers, values), append(l.labels, labels)
	}
	for i := range l.columns {
		l.texts[i] = filled[i] > 0 && numbers[i]*2 < filled[i]
		l.years[i] = filled[i] > 0 && years[i] == filled[i]
	}
}

// sums tells whether the rows with a word for totals in a column are the sums of
// the rows that have something else there and the same in the other keys.
func (l *learner) sums(column int) bool {
	tried, right := 0, 0
	for r := range l.rows {
		if !l.labels[r][column] || tried == triedTotals {
			continue
		}
		switch l.sum(r, column) {
		case equal:
			right++
			tried++
		case different:
			tried++
		}
	}
	return right > 0 && float64(right) >= rightTotals*float64(tried)
}

// sum compares the figures of a row with the sums of others. What the other
// keys are is not known, so it tries words, words and years, and all columns but
// the figure itself, and the rows above and below up to the next sum.
func (l *learner) sum(row, column int) addition {
	result, figures := unknown, 0
	for figure := range l.columns {
		v := l.numbers[row][figure]
		if figure == column || l.texts[figure] || math.IsNaN(v) || v == 0 || figures == triedFigures {
			continue
		}
		figures++
		sets := [][]int{l.beside(row, column, -1), l.beside(row, column, 1)}
		for _, key := range []func(i int) bool{
			func(i int) bool { return l.texts[i] },
			func(i int) bool { return l.texts[i] || l.years[i] },
			func(int) bool { return true },
		} {
			var parts []int
			for r := range l.rows {
				if r != row && !l.labels[r][column] && l.alike(r, row, func(i int) bool { return i != column && i != figure && key(i) }) {
					parts = append(parts, r)
				}
			}
			sets = append(sets, parts)
		}
		for _, parts := range sets {
			if result = max(result, l.adds(parts, row, figure)); result == equal {
				return equal
			}
		}
	}
	return result
}

// addition is what adding up gives, the more telling the greater.
type addition uint8

const (
	unknown   addition = iota // there are fewer than two parts
	different                 // something else than the sum
	hidden                    // some of the parts are hidden
	equal                     // the sum
)

// beside are the rows above or below a row up to the next one with a word for
// totals in the column.
func (l *learner) beside(row, column, step int) []int {
	var out []int
	for r := row + step; r >= 0 && r < len(l.rows) && !l.labels[r][column]; r += step {
		out = append(out, r)
	}
	return out
}

// adds tells whether the figures of rows add up to that of a row.
func (l *learner) adds(rows []int, row, figure int) addition {
	sum, total, n := l.numbers[row][figure], 0.0, 0
	for _, r := range rows {
		v := l.numbers[r][figure]
		if math.IsNaN(v) {
			if l.cell(r, figure) != "" {
				return hidden
			}
			continue
		}
		total += v
		if v != 0 {
			n++
		}
	}
	if n < 2 {
		return unknown
	}
	tolerance := 1e-6
	if l.places[figure] > 0 { // each part may be rounded, and so may the sum
		_, places, _ := numberOf(l.cell(row, figure))
		tolerance = 0.5*float64(n)*math.Pow10(-l.places[figure]) + 0.5*math.Pow10(-places) + 1e-9*math.Abs(sum)
	}
	if math.Abs(total-sum) <= tolerance {
		return equal
	}
	return different
}

func (l *learner) alike(a, b int, in func(int) bool) bool {
	for i := range l.columns {
		if in(i) && l.cell(a, i) != l.cell(b, i) {
			return false
		}
	}
	return true
}

// blankKeys are the columns at the beginning that hold keys, when the rows that
// leave them blank are sums: of all rows above, or of those since the last such
// row.
func (l *learner) blankKeys() []int {
	var keys []int
	for i := range l.columns {
		if i > 0 && !l.texts[i] && !l.years[i] {
			break
		}
		keys = append(keys, i)
	}
	if len(keys) == l.columns {
		return nil
	}
	tried, right := 0, 0
	var above, since []int
	for r := range l.rows {
		if !slices.ContainsFunc(keys, func(i int) bool { return l.cell(r, i) != "" }) {
			same, other := 0, 0
			for i := range l.columns {
				v := l.numbers[r][i]
				if math.IsNaN(v) || l.texts[i] {
					continue
				}
				if l.adds(above, r, i) == equal || l.adds(since, r, i) == equal {
					same++
				} else {
					other++
				}
			}
			tried++
			if same > 0 && same >= other {
				right++
				since = nil
				continue
			}
		}
		if l.t.Is(l.rows[r]) {
			since = nil
			continue
		}
		above, since = append(above, r), append(since, r)
	}
	if right == 0 || float64(right) < rightTotals*float64(tried) {
		return nil
	}
	return keys
}

// endsWithNotes tells whether the last rows have a first cell alone, and no
// others do.
func (l *learner) endsWithNotes() bool {
	alone := func(r int) bool {
		for i := 1; i < l.columns; i++ {
			if l.cell(r, i) != "" {
				return false
			}
		}
		return hasLetter([]byte(l.cell(r, 0)))
	}
	n := len(l.rows)
	for n > 0 && alone(n-1) {
		n--
	}
	if n == len(l.rows) || n < 2 {
		return false
	}
	for r := range n {
		if alone(r) {
			return false
		}
	}
	return true
}
