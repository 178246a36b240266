package table

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	enc "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// delimiters are tried in this order; the first of equals is taken.
var delimiters = []byte{';', '\t', '|', ','}

// sniffCSV finds the encoding, the delimiter and the header.
func (f *File) sniffCSV(head []byte) error {
	whole := int64(len(head)) < sniffSize
	if err := f.setEncoding(head); err != nil {
		return err
	}
	text := head
	switch f.Dialect.Encoding {
	case "utf-16le", "utf-16be":
		order := enc.LittleEndian
		if f.Dialect.Encoding == "utf-16be" {
			order = enc.BigEndian
		}
		even := head[:len(head)&^1]
		out, _, err := transform.Bytes(enc.UTF16(order, enc.UseBOM).NewDecoder(), even)
		if err != nil {
			return problem(CodeDamaged, 0)
		}
		text = out
	default:
		text = bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))
	}
	if f.returns = bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') >= 0; f.returns {
		text = bytes.ReplaceAll(text, []byte{'\r'}, newline)
	}
	if bytes.IndexByte(text, 0) >= 0 && f.Dialect.Format == CSV {
		return problem(CodeFormat, 0)
	}
	if f.opts.Delimiter != "" {
		d := f.opts.Delimiter
		switch d {
		case `\t`, "tab":
			d = "\t"
		case "space":
			d = " "
		}
		if len(d) != 1 || d == "\"" || d == "\n" || d == "\r" || d[0] >= utf8.RuneSelf {
			return problem(CodeDelimiter, 0, "delimiter", f.opts.Delimiter)
		}
		f.Dialect.Delimiter = d
	} else {
		f.Dialect.Delimiter = string(guessDelimiter(text, whole))
		f.guessed("delimiter")
	}
	delimiter := f.Dialect.Delimiter[0]
	sample := text
	if !whole {
		if end, _ := recordEnd(sample, delimiter); end > 0 {
			sample = sample[:end]
		}
	}
	rows := sampleRows(sample, delimiter, f.table)
	if len(rows) == 0 {
		return problem(CodeEmpty, 0)
	}
	if err := f.setHeader(rows); err != nil {
		return err
	}
	f.learn(rows, whole && len(rows) < sampleLimit)
	n := f.Dialect.Titles
	if f.Dialect.Header {
		n++
	}
	f.dataStart = recordsLength(sample, delimiter, n)
	return nil
}

// recordsLength is the length of the first n records with the empty lines among
// them.
func recordsLength(b []byte, delimiter byte, n int) int {
	length := 0
	if n > 0 {
		parseRecords(bytes.Clone(b), delimiter, func(_ []span, next int) bool {
			length = next
			n--
			return n > 0
		})
	}
	return length
}

// sampleLimit is how many rows are looked at before a file is read.
const sampleLimit = 2000

// learn has the recogniser of totals look at the beginning of the data.
func (f *File) learn(rows [][]string, whole bool) {
	if f.totals == nil {
		return
	}
	n := f.Dialect.Titles
	if f.Dialect.Header {
		n++
	}
	f.totals.Learn(rows[min(n, len(rows)):], whole)
}

// sampleRows are the rows of the beginning of a text.
func sampleRows(text []byte, delimiter byte, t *[256][]byte) [][]string {
	b := bytes.Clone(text)
	switch {
	case t != nil:
		b = widen(nil, b, t)
	case !utf8.Valid(b):
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	var rows [][]string
	parseRecords(b, delimiter, func(cells []span, _ int) bool {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = string(b[c.from:c.to])
		}
		rows = append(rows, row)
		return len(rows) < sampleLimit
	})
	return rows
}

// guessDelimiter takes the delimiter under which most rows have the same number
// of cells, at least two. A row that is one of several cells in the beginning,
// before rows of two or more, is a title and counts against none.
func guessDelimiter(text []byte, whole bool) byte {
	best, most := byte(','), 0.0
	for _, d := range delimiters {
		sample := text
		if !whole {
			if end, _ := recordEnd(sample, d); end > 0 {
				sample = sample[:end]
			}
		}
		rows := sampleRows(sample, d, nil)
		width, share := usualWidth(rows)
		if width < 2 {
			continue
		}
		// The header is the first row of the usual width, so it stands early.
		if i := firstOfWidth(rows, width); i > 20 {
			share /= 2
		}
		if share > most+0.05 || share > most-0.02 && bytes.IndexByte([]byte{best}, ',') == 0 && d != ',' {
			best, most = d, share
		}
	}
	if most == 0 && blanks(text, whole) {
		return ' '
	}
	return best
}

// blanks tells whether cells have a blank between them, as in logs: all but a few
// rows have the same number of cells then, which sentences have not.
func blanks(text []byte, whole bool) bool {
	if !whole {
		if end, _ := recordEnd(text, ' '); end > 0 {
			text = text[:end]
		}
	}
	const leastRows, leastShare = 5, 0.95
	rows := sampleRows(text, ' ', nil)
	width, share := usualWidth(rows)
	return len(rows) >= leastRows && width > 2 && share >= leastShare
}

// usualWidth is the number of cells that most rows have, and the share of the
// rows that have it.
func usualWidth(rows [][]string) (int, float64) {
	counts := map[int]int{}
	for _, r := range rows {
		counts[len(r)]++
	}
	width, most := 0, 0
	for w, n := range counts {
		if n > most || n == most && w > width {
			width, most = w, n
		}
	}
	if len(rows) == 0 {
		return 0, 0
	}
	return width, float64(most) / float64(len(rows))
}

func firstOfWidth(rows [][]string, width int) int {
	return slices.IndexFunc(rows, func(r []string) bool { return len(r) == width })
}

// setHeader decides which row names the columns, and names them.
func (f *File) setHeader(rows [][]string) error {
	width, share := usualWidth(rows)
	titles := 0
	if share > 0.5 && width > 1 {
		// Rows with fewer cells above the first usual one are titles. Trailing
		// delimiters are cells without content.
		titles = max(0, slices.IndexFunc(rows, func(r []string) bool { return len(r) == width && filled(r)*2 >= width }))
		if titles > 20 || titles == len(rows)-1 {
			titles = max(0, firstOfWidth(rows, width))
		}
		if titles > 20 {
			titles = 0
		}
	}
	switch {
	case f.opts.HeaderRow > 0:
		if f.opts.HeaderRow > len(rows) {
			return problem(CodeHeaderRow, 0, "row", strconv.Itoa(f.opts.HeaderRow), "rows", strconv.Itoa(len(rows)))
		}
		f.Dialect.Titles, f.Dialect.Header = f.opts.HeaderRow-1, true
	case f.opts.Header != nil:
		f.Dialect.Titles, f.Dialect.Header = titles, *f.opts.Header
		if !*f.opts.Header {
			f.Dialect.Titles = 0
		}
	default:
		f.Dialect.Titles, f.Dialect.Header = titles, f.isHeader(rows[titles:])
		f.guessed("header")
		if !f.Dialect.Header {
			f.Dialect.Titles = 0
		}
	}
	f.Columns = make([]string, width)
	if f.Dialect.Header {
		header := rows[f.Dialect.Titles]
		if len(header) > width {
			f.Columns = make([]string, len(header))
		}
		for i, name := range header {
			f.Columns[i] = clean(name)
		}
	}
	return nil
}

func filled(row []string) int {
	n := 0
	for _, c := range row {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// clean is a name on one line without characters that cannot be seen.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFEFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// isHeader tells whether the first row names the columns. It does when it holds
// expected names; when columns that otherwise hold numbers, dates or codes hold
// none there. It does not when a cell of it is itself a number or a date, or
// comes again below. When nothing speaks for either, it is taken for a header:
// the first row of a published table mostly is, and what looks like personal
// data is masked in names.
func (f *File) isHeader(rows [][]string) bool {
	first, rest := rows[0], rows[1:]
	known := 0
	for _, c := range first {
		if slices.Contains(f.opts.Names, clean(c)) {
			known++
		}
	}
	if known > 0 && known*2 >= len(first) || numbered(first) {
		return true
	}
	if len(rest) == 0 {
		return !slices.ContainsFunc(first, isValue)
	}
	for i, c := range first {
		values, again, n := 0, false, 0
		for _, r := range rest {
			if i >= len(r) || r[i] == "" {
				continue
			}
			n++
			if isValue(r[i]) {
				values++
			}
			again = again || r[i] == c && c != ""
		}
		switch {
		case isValue(c) && (n == 0 || values*2 > n), again && len(rest) > 1:
			return false
		}
	}
	return true
}

// isValue tells whether a text is one that names are not: it begins with a
// digit and holds little else than digits, or is an address of an account.
func isValue(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return false
	}
	digits, letters := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		case r == '@':
			return true
		}
	}
	return digits > 0 && digits >= 2*letters && !hasYear(s)
}

// numbered tells whether most cells are numbers in their order, as the ages of a
// population or the questions of a survey are: 0, 1, 2 or F01, F02, F03.
func numbered(row []string) bool {
	const least = 3
	longest, run := 1, 1
	for i := 1; i < len(row); i++ {
		text, n, ok := ordinal(row[i-1])
		next, m, ok2 := ordinal(row[i])
		if ok && ok2 && text == next && m == n+1 {
			run++
		} else {
			run = 1
		}
		longest = max(longest, run)
	}
	return longest >= least && longest*2 > len(row)
}

// ordinal cuts a text into a word and a short number behind it.
func ordinal(s string) (word string, n int, ok bool) {
	s = strings.TrimSpace(s)
	word = strings.TrimRight(s, "0123456789")
	if len(s)-len(word) > 3 || strings.ContainsFunc(word, unicode.IsDigit) {
		return "", 0, false
	}
	n, err := strconv.Atoi(s[len(word):])
	return word, n, err == nil
}

// hasYear tells whether a text is a year, or words with a year.
func hasYear(s string) bool {
	year, others := false, true
	for _, w := range strings.Fields(s) {
		if isYear(w) {
			year = true
		} else {
			others = others && !strings.ContainsFunc(w, unicode.IsDigit)
		}
	}
	return year && others
}

// isYear: years name the columns of many statistical tables.
func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9'
}
