package evidence_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/evidence"
	"puntari/internal/sample/tables"
	"puntari/internal/table"
)

var (
	update = flag.Bool("update", false, "write the figures into docs/detectors.md anew")
	misses = flag.Bool("misses", false, "print what is missed and what is wrongly found")
)

// The seeds of the files whose figures are published.
const heldOutSeed, secondSeed = 20261123, 20261125

// figure is how well a kind is found. A column counts once, however many cells
// of the kind it has.
type figure struct {
	Kind string `json:"kind"`
	// Hold is how many columns hold the kind, Right in how many of these it is
	// found, Wrong in how many others, Debatable ones left out.
	Hold  int `json:"hold"`
	Right int `json:"right"`
	Wrong int `json:"wrong"`
	// Cells is how many cells hold it, Valid how many of them are recognised.
	Cells int64 `json:"cells"`
	Valid int64 `json:"valid"`
}

func (f *figure) recall() float64    { return share(f.Right, f.Hold) }
func (f *figure) precision() float64 { return share(f.Right, f.Right+f.Wrong) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// reading is how many of the files are read as they are.
type reading struct {
	Files     int `json:"files"`
	Text      int `json:"text"` // those with an encoding and a delimiter
	Encoding  int `json:"encoding"`
	Delimiter int `json:"delimiter"`
	Header    int `json:"header"`
	Columns   int `json:"columns"`
	Rows      int `json:"rows"`
}

// figures are the results of one run.
type figures struct {
	Reading reading   `json:"reading"`
	Kinds   []*figure `json:"kinds"`
}

func (f *figures) of(kind string) *figure {
	for _, k := range f.Kinds {
		if k.Kind == kind {
			return k
		}
	}
	f.Kinds = append(f.Kinds, &figure{Kind: kind})
	return f.Kinds[len(f.Kinds)-1]
}

// inText marks the kinds that are looked for within longer texts.
const inText = ", within free text"

// textual are the kinds that people write into free text.
var textual = []tables.Kind{tables.Hetu, tables.Email, tables.Phone, tables.IBAN, tables.Name, tables.Address, tables.Plate}

// found says which kinds the measurement holds a column to have, with the
// number of cells where it counts them.
func found(c *evidence.Column) map[tables.Kind]int64 {
	out := map[tables.Kind]int64{}
	for _, f := range c.Findings {
		if f.Verdict == evidence.Possible {
			continue
		}
		kind := tables.Kind(f.Kind.String())
		if kind == "full_name" {
			kind = tables.Name
		}
		out[kind] += f.Valid + f.Inside
	}
	filled := c.Filled
	switch c.Attribute.String() {
	case "coordinate", "home_location":
		out[tables.Coordinate] = filled
	case "birth_date":
		// What the name alone says is shown as less certain.
		if c.Basis != evidence.ByNameAlone {
			out[tables.BirthDate] = filled
		}
	}
	if c.Metres > 0 {
		out[tables.Coordinate] = filled
	}
	if c.FreeText {
		out[tables.FreeText] = filled
	}
	switch c.Type {
	case evidence.TypeDate, evidence.TypeDateTime, evidence.TypeTime:
		out[tables.Time] = filled
	}
	return out
}

// measured is a file with what was measured of it.
type measured struct {
	truth  tables.Table
	file   *table.File
	result *evidence.Result
}

// column returns what was measured of a column of the truth, or nil when the
// file was cut into other columns.
func (m *measured) column(i int) *evidence.Column {
	name := m.truth.Columns[i].Name
	if m.file.Dialect.Format == table.GeoJSON { // which has a name for each part of a position
		name = cmp.Or(map[string]string{"lon": "geometry.x", "lat": "geometry.y"}[name], name)
	}
	if same := len(m.result.Columns) == len(m.truth.Columns); same && m.truth.Comma != 0 {
		return &m.result.Columns[i]
	}
	if at := slices.Index(m.file.Columns, name); name != "" && at >= 0 {
		return &m.result.Columns[at]
	}
	return nil
}

// measureAll measures the files, all of which must be readable.
func measureAll(t *testing.T, files func(seed uint64) ([]tables.Table, error), seed uint64) []measured {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	all, err := files(seed)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var out []measured
	for _, truth := range all {
		path := filepath.Join(dir, truth.File)
		if err := os.WriteFile(path, truth.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := table.Open(path, table.Options{Totals: evidence.TotalRows(c)})
		if err != nil {
			t.Errorf("%s: %v", truth.File, err)
			continue
		}
		r, err := evidence.Measure(context.Background(), f, c, evidence.Options{Workers: 1})
		if err != nil {
			t.Errorf("%s: %v", truth.File, err)
			continue
		}
		out = append(out, measured{truth, f, r})
	}
	return out
}

// hold compares what was measured with the truth.
func hold(t *testing.T, all []measured) *figures {
	out := new(figures)
	for _, kind := range tables.Kinds {
		switch kind {
		case tables.Age, tables.Municipality: // which are there to be mistaken for something else
			continue
		}
		out.of(string(kind))
	}
	for _, kind := range textual {
		out.of(string(kind) + inText)
	}
	name := out.of("name of a person as the name of a column")
	for _, m := range all {
		out.Reading.add(t, &m)
		for i, truth := range m.truth.Columns {
			c := m.column(i)
			got := map[tables.Kind]int64{}
			if c != nil {
				got = found(c)
			}
			if truth.Person {
				name.Hold++
			}
			// A number is masked when it comes again among the values.
			if _, err := strconv.Atoi(truth.Name); c != nil && c.Name.Masked && truth.Name != "" && err != nil {
				if truth.Person {
					name.Right++
				} else {
					name.Wrong++
					if *misses {
						t.Logf("wrong: masked in %s, column %d %q", m.truth.File, i+1, truth.Name)
					}
				}
			}
			within := truth.Holds[tables.FreeText] > 0
			for _, kind := range tables.Kinds {
				label := string(kind)
				if within && slices.Contains(textual, kind) {
					label += inText
				}
				n := truth.Holds[kind]
				valid, is := got[kind]
				if kind == tables.Age || kind == tables.Municipality || kind == tables.Time && truth.Holds[tables.BirthDate] > 0 {
					continue
				}
				f := out.of(label)
				switch {
				case n > 0:
					f.Hold++
					f.Cells += int64(n)
					if is {
						f.Right++
						f.Valid += min(valid, int64(n))
					} else if *misses {
						t.Logf("missed: %s in %s, column %d %q", label, m.truth.File, i+1, truth.Name)
					}
				case is && !slices.Contains(truth.Debatable, kind):
					f.Wrong++
					if *misses {
						t.Logf("wrong: %s in %s, column %d %q", label, m.truth.File, i+1, truth.Name)
					}
				}
			}
		}
	}
	return out
}

// add compares how a file was read with how it is written.
func (r *reading) add(t *testing.T, m *measured) {
	d := m.file.Dialect
	r.Files++
	test := func(n *int, what string, got, want any) {
		if got == want {
			*n++
		} else if *misses {
			t.Logf("read: %s: %s is %v, should be %v", m.truth.File, what, got, want)
		}
	}
	if m.truth.Comma != 0 {
		r.Text++
		test(&r.Encoding, "encoding", d.Encoding, strings.TrimSuffix(m.truth.Encoding, "-bom"))
		test(&r.Delimiter, "delimiter", d.Delimiter, string(m.truth.Comma))
	}
	test(&r.Header, "header", d.Header, m.truth.Header)
	columns := len(m.truth.Columns)
	if d.Format == table.GeoJSON {
		columns++ // the kind of geometry
	}
	test(&r.Columns, "columns", len(m.result.Columns), columns)
	test(&r.Rows, "rows", m.result.Source.Rows, int64(m.truth.Rows))
}

// floors are what must not get worse: the lowest precision and recall of each
// kind over columns. They allow for one column more that is wrong or missed,
// except where a control character leaves no room for a wrong one.
var floors = map[string][2]float64{
	"hetu":                      {1.00, 0.88},
	"business_id":               {1.00, 0.85},
	"email":                     {1.00, 0.90},
	"phone":                     {0.92, 0.92},
	"iban":                      {1.00, 0.80},
	"name":                      {0.96, 0.85},
	"address":                   {0.92, 0.92},
	"plate":                     {0.80, 0.42},
	"ip":                        {0.80, 0.60},
	"mac":                       {0.80, 1.00},
	"coordinate":                {0.93, 0.89},
	"birth_date":                {1.00, 0.66},
	"postal_code":               {0.88, 0.77},
	"hash":                      {0.75, 0.75},
	"token":                     {0.75, 0.66},
	"free_text":                 {0.85, 0.83},
	"time":                      {0.97, 0.91},
	"hetu, within free text":    {1.00, 1.00},
	"email, within free text":   {1.00, 1.00},
	"phone, within free text":   {0.80, 1.00},
	"iban, within free text":    {1.00, 1.00},
	"name, within free text":    {1.00, 1.00},
	"address, within free text": {1.00, 1.00},
	"plate, within free text":   {1.00, 1.00},
	"name of a person as the name of a column": {0.75, 0.33},
}

// TestHeldOut measures the files of a city that was invented by somebody who
// had not seen the detectors, and publishes how much is found.
func TestHeldOut(t *testing.T) {
	got := hold(t, measureAll(t, tables.New, heldOutSeed))
	for _, f := range got.Kinds {
		floor, ok := floors[f.Kind]
		if !ok {
			t.Errorf("no floor for %s", f.Kind)
		}
		if p, r := f.precision(), f.recall(); p < floor[0] || r < floor[1] {
			t.Errorf("%s: precision %.2f, recall %.2f; at least %.2f and %.2f are wanted", f.Kind, p, r, floor[0], floor[1])
		}
	}
	var b bytes.Buffer
	write(&b, got, recorded[figures](t, "testdata/heldout-first.json"))
	publish(t, "../../docs/detectors.md", "figures: go test ./internal/evidence -run HeldOut -update", b.Bytes())
}

// recorded are the figures of a first run.
func recorded[T any](t *testing.T, file string) *T {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var first T
	if err := json.Unmarshal(data, &first); err != nil {
		t.Fatal(err)
	}
	return &first
}

// publish writes figures between the marks of a page, or compares.
func publish(t *testing.T, page, mark string, figures []byte) {
	t.Helper()
	begin, end := "<!-- "+mark+" -->\n", "<!-- end of figures -->"
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := bytes.Cut(old, []byte(begin))
	_, after, ok2 := bytes.Cut(rest, []byte(end))
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the figures", page)
	}
	var b bytes.Buffer
	b.Write(before)
	b.WriteString(begin)
	b.Write(figures)
	b.WriteString(end)
	b.Write(after)
	switch {
	case bytes.Equal(b.Bytes(), old):
	case *update:
		if err := os.WriteFile(page, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s is not what is measured; run go test ./internal/evidence -run HeldOut -update", page)
	}
}

// write writes the tables of the page.
func write(b *bytes.Buffer, got, first *figures) {
	b.WriteString("\n| What is looked for | Columns that hold it | Found there | Found elsewhere | Precision | Recall | Cells recognised | First run: precision | recall |\n")
	b.WriteString("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, f := range got.Kinds {
		was := first.of(f.Kind)
		cells := "-"
		if f.Right > 0 {
			cells = percent(int(f.Valid), int(f.Cells))
		}
		fmt.Fprintf(b, "| %s | %d | %d | %d | %s | %s | %s | %s | %s |\n", strings.ReplaceAll(f.Kind, "_", " "), f.Hold, f.Right, f.Wrong,
			percent(f.Right, f.Right+f.Wrong), percent(f.Right, f.Hold), cells, percent(was.Right, was.Right+was.Wrong), percent(was.Right, was.Hold))
	}
	b.WriteString("\n| How the files are read | Right | Of | First run: right |\n| --- | ---: | ---: | ---: |\n")
	g, w := got.Reading, first.Reading
	for _, l := range []struct {
		what          string
		right, of, by int
	}{
		{"character encoding", g.Encoding, g.Text, w.Encoding},
		{"delimiter", g.Delimiter, g.Text, w.Delimiter},
		{"whether there is a header", g.Header, g.Files, w.Header},
		{"number of columns", g.Columns, g.Files, w.Columns},
		{"number of rows, without titles, totals and notes", g.Rows, g.Files, w.Rows},
	} {
		fmt.Fprintf(b, "| %s | %d | %d | %d |\n", l.what, l.right, l.of, l.by)
	}
	b.WriteByte('\n')
}

// percent writes a share, or a dash when there is nothing to share.
func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f %%", 100*float64(part)/float64(whole))
}

// TestSecondHeldOut measures the files of a second city in forms that the first
// does not have, which were written before what detects them.
func TestSecondHeldOut(t *testing.T) {
	got := hold(t, measureAll(t, tables.Second, secondSeed))
	first := recorded[figures](t, "testdata/second-first.json")
	for _, f := range got.Kinds {
		was := first.of(f.Kind)
		if f.Right < was.Right || f.Wrong > was.Wrong {
			t.Errorf("%s: %d found, %d wrongly; in the first run %d and %d", f.Kind, f.Right, f.Wrong, was.Right, was.Wrong)
		}
	}
	var b bytes.Buffer
	write(&b, got, first)
	publish(t, "../../docs/detectors.md", "second: go test ./internal/evidence -run SecondHeldOut -update", b.Bytes())
}
