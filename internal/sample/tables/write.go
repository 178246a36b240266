package tables

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// column is a column as a file's system writes it.
type column struct {
	name      string
	make      maker
	debatable []Kind
	person    bool
}

// col returns a column.
func col(name string, m maker, debatable ...Kind) column {
	return column{name: name, make: m, debatable: debatable}
}

// sheet is what makes a file.
type sheet struct {
	file    string
	about   string
	columns []column
	rows    int

	born     [2]int   // the years in which the people of the file were born
	encoding string   // utf-8 unless said
	comma    rune     // a semicolon unless said
	newline  string   // CR LF unless said
	bare     bool     // no names of columns
	titles   []string // lines above the names, their cells apart by semicolons
	notes    []string // lines below the data
	total    string   // the first cell of a row of totals below the data
	subtotal int      // a row of totals after every so many rows, if not 0
	blank    bool     // blank lines below the titles and above the notes
	ragged   int      // every so many rows are too short or too long
	quoted   bool     // every cell in quotation marks
	separate bool     // a line sep=; as spreadsheets write it
	padded   bool     // blanks around cells
	squeezed bool     // compressed
}

// make draws the rows and writes the file.
func (s *sheet) make(random *rand.Rand) (Table, error) {
	t := Table{File: s.file, Header: !s.bare, Rows: s.rows, About: s.about}
	seen := make([]map[string]bool, len(s.columns))
	for i, c := range s.columns {
		t.Columns = append(t.Columns, Column{Holds: map[Kind]int{}, Debatable: c.debatable, Person: c.person})
		if !s.bare {
			t.Columns[i].Name = c.name
		}
		seen[i] = map[string]bool{}
	}
	if s.born == [2]int{} {
		s.born = [2]int{1938, 2004}
	}
	cells := make([][]string, s.rows)
	for n := range cells {
		r := &row{Rand: random, n: n}
		r.who = r.somebody(s.born[0], s.born[1])
		for i, c := range s.columns {
			made, truth := c.make(r), &t.Columns[i]
			cells[n] = append(cells[n], made.text)
			if made.text != "" {
				truth.Cells++
			}
			for _, k := range made.holds {
				truth.Holds[k]++
			}
			for _, text := range append([]string{made.text}, made.told...) {
				if len(made.holds) > 0 && text != "" && !seen[i][text] {
					seen[i][text] = true
					truth.Values = append(truth.Values, text)
				}
			}
		}
	}
	var err error
	switch ending := s.file[strings.LastIndexByte(s.file, '.')+1:]; ending {
	case "xlsx":
		t.Data, err = s.workbook(cells)
	case "parquet":
		t.Data, err = s.parquet(cells)
	case "geojson", "ndjson":
		t.Data, err = s.json(cells, ending == "geojson")
	default:
		t.Comma, t.Encoding = s.comma, s.encoding
		if t.Comma == 0 {
			t.Comma = ';'
		}
		if t.Encoding == "" {
			t.Encoding = "utf-8"
		}
		t.Data, err = s.text(random, cells, t.Comma, t.Encoding)
	}
	if err != nil {
		return t, fmt.Errorf("%s: %w", s.file, err)
	}
	return t, nil
}

// lines returns all lines of the file: titles, names of columns, data, totals
// and notes.
func (s *sheet) lines(cells [][]string) (out [][]string) {
	for _, l := range s.titles {
		out = append(out, strings.Split(l, ";"))
	}
	if s.blank && len(s.titles) > 0 {
		out = append(out, nil)
	}
	if !s.bare {
		var names []string
		for _, c := range s.columns {
			names = append(names, c.name)
		}
		out = append(out, names)
	}
	from := 0
	for n, row := range cells {
		out = append(out, row)
		if s.subtotal > 0 && n%s.subtotal == s.subtotal-1 {
			out = append(out, s.sums("Yhteensä / Summa", cells[from:n+1]))
			from = n + 1
		}
	}
	if s.total != "" {
		out = append(out, s.sums(s.total, cells))
	}
	if s.blank && len(s.notes) > 0 {
		out = append(out, nil)
	}
	for _, l := range s.notes {
		out = append(out, []string{l})
	}
	return out
}

// sums returns a row of totals.
func (s *sheet) sums(label string, cells [][]string) []string {
	out := []string{label}
	for i := 1; i < len(s.columns); i++ {
		sum, good, places := 0.0, true, 0
		for _, row := range cells {
			text := strings.ReplaceAll(strings.ReplaceAll(row[i], " ", ""), "\u00a0", "")
			if strings.Contains(text, ",") {
				places = 2
			}
			v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
			if err != nil && text != "" && text != ".." && text != "-" {
				good = false
				break
			}
			sum += v
		}
		if !good {
			out = append(out, "")
			continue
		}
		out = append(out, comma(strconv.FormatFloat(sum, 'f', places, 64)))
	}
	return out
}

// text writes delimited text.
func (s *sheet) text(random *rand.Rand, cells [][]string, delimiter rune, name string) ([]byte, error) {
	newline := s.newline
	if newline == "" {
		newline = "\r\n"
	}
	var b strings.Builder
	if s.separate {
		b.WriteString("sep=" + string(delimiter) + newline)
	}
	for n, line := range s.lines(cells) {
		data := len(line) == len(s.columns) && len(line) > 1
		if data && s.ragged > 0 && n > 3 && n%s.ragged == 0 {
			if random.IntN(2) == 0 {
				line = append(slices.Clone(line), "")
			} else if line[len(line)-1] == "" {
				line = line[:len(line)-1]
			}
		}
		for i, text := range line {
			if i > 0 {
				b.WriteRune(delimiter)
			}
			if s.padded && data && random.IntN(4) == 0 {
				text = " " + text + "  "
			}
			if s.quoted && data || strings.ContainsAny(text, "\"\r\n"+string(delimiter)) {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			b.WriteString(text)
		}
		b.WriteString(newline)
	}
	encoder, ok := map[string]encoding.Encoding{
		"utf-8":        encoding.Nop,
		"utf-8-bom":    unicode.UTF8BOM,
		"utf-16le":     unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"windows-1252": charmap.Windows1252,
		"cp850":        charmap.CodePage850,
	}[name]
	if !ok {
		return nil, fmt.Errorf("no encoding %q", name)
	}
	out, err := encoding.ReplaceUnsupported(encoder.NewEncoder()).Bytes([]byte(b.String()))
	if err != nil || !s.squeezed {
		return out, err
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(out); err != nil {
		return nil, err
	}
	err = w.Close()
	return packed.Bytes(), err
}

// workbook writes the sheet of a workbook, with numbers as numbers.
func (s *sheet) workbook(cells [][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for n, line := range s.lines(cells) {
		values := make([]any, len(line))
		for i, text := range line {
			values[i] = text
			if v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil && (text == "0" || !strings.HasPrefix(text, "0") && !strings.HasPrefix(text, "+")) {
				values[i] = v
			}
		}
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(n+1), &values); err != nil {
			return nil, err
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// parquet writes columns of strings, in the order of their names, which is the
// order in which the columns have to be given.
func (s *sheet) parquet(cells [][]string) ([]byte, error) {
	group := parquet.Group{}
	for _, c := range s.columns {
		group[c.name] = parquet.Optional(parquet.String())
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[any](&b, parquet.NewSchema("table", group))
	for _, row := range cells {
		made := parquet.Row{}
		for i, text := range row {
			if text == "" {
				made = append(made, parquet.NullValue().Level(0, 0, i))
			} else {
				made = append(made, parquet.ByteArrayValue([]byte(text)).Level(0, 1, i))
			}
		}
		if _, err := w.WriteRows([]parquet.Row{made}); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// json writes an object a line, or the features of a collection, whose columns
// lon and lat become points.
func (s *sheet) json(cells [][]string, features bool) ([]byte, error) {
	var b bytes.Buffer
	if features {
		b.WriteString("{\"type\":\"FeatureCollection\",\"features\":[\n")
	}
	for n, row := range cells {
		object := map[string]any{}
		for i, text := range row {
			if text == "" {
				object[s.columns[i].name] = nil
			} else {
				object[s.columns[i].name] = text
			}
		}
		if features {
			point := []json.Number{json.Number(object["lon"].(string)), json.Number(object["lat"].(string))}
			delete(object, "lon")
			delete(object, "lat")
			object = map[string]any{"type": "Feature", "geometry": map[string]any{"type": "Point", "coordinates": point}, "properties": object}
			if n > 0 {
				b.WriteString(",\n")
			}
		}
		line, err := json.Marshal(object)
		if err != nil {
			return nil, err
		}
		b.Write(line)
		if !features {
			b.WriteByte('\n')
		}
	}
	if features {
		b.WriteString("\n]}\n")
	}
	return b.Bytes(), nil
}
