package descriptor

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// checkDirect holds what is read without a tree to what is read by way of one, and
// tells whether it was read without.
func checkDirect(t *testing.T, r *Reader, text string) bool {
	t.Helper()
	document := func() *document { return &document{name: "x.json", text: text, line: 1, column: 1} }
	got, problems := r.direct(document(), new(tree))
	if got == nil {
		return false
	}
	want, all, _ := r.readTree(document(), new(tree))
	if want == nil {
		t.Fatalf("read in spite of\n%s\n%s", format(r, all), text)
	}
	if a, b := got.Dataset.Canonical(), want.Dataset.Canonical(); string(a) != string(b) || !reflect.DeepEqual(got.Dataset, want.Dataset) {
		t.Fatalf("read as\n%s\nnot\n%s\nof\n%s", a, b, text)
	}
	if a, b := format(r, problems), format(r, all); a != b {
		t.Fatalf("told\n%s\nnot\n%s\nof\n%s", a, b, text)
	}
	return true
}

// TestDirect compares both ways of reading on descriptors as they are written, and
// with pieces changed, left out and put in twice.
func TestDirect(t *testing.T) {
	r, c := newTestReader(t), &chance{Rand: rand.New(rand.NewPCG(5, 6))}
	texts := []string{sampleJSON(t, 3)}
	for _, p := range problemCases {
		if isJSON([]byte(p.text)) && len(p.text) < 10000 {
			texts = append(texts, p.text)
		}
	}
	for i := range 300 {
		d := minimal()
		c.share = float64(i%10) / 50
		c.fill(reflect.ValueOf(d).Elem())
		texts = append(texts, string(d.Canonical()))
	}
	pieces := []string{
		"null", "true", "12", "-0.5e3", `"5"`, `"unknown"`, `"a\u00e4\n"`, `"\u0007"`, "{}", "[]", `[""]`, `{"fi":"x","fi":"y"}`, `{"":"x"}`, `{"a":{"b":[1,"c",{}]}}`, `{"goal":"x"}`,
		" ", ",", "}", "]", ":", "\n", "\t", "\r\n", "\xff", "\x7f", "ä", `"dataset":{"identifier":"x"}`, `"name":`, `"params":{"set":{"profile.kMin":7,"dataset.identifier":null,"schema.fields":[],"columns.type":"x"}}`,
	}
	read := 0
	for _, text := range texts {
		if checkDirect(t, r, text) {
			read++
		}
	}
	if read < 100 {
		t.Errorf("only %d of %d are read without a tree", read, len(texts))
	}
	changed := 0
	for range 20000 {
		text := texts[c.IntN(len(texts))]
		at := marks(text)
		from := at[c.IntN(len(at))]
		to := at[c.IntN(len(at))]
		if n := c.IntN(3); n > 0 { // mostly within reach
			to = min(len(text), from+c.IntN(12))
		}
		from, to = min(from, to), max(from, to)
		switch c.IntN(4) {
		case 0:
			text = text[:from] + text[to:]
		case 1:
			text = text[:to] + text[from:]
		case 2:
			text = text[:from] + "," + text[from:to] + text[from:]
		default:
			text = text[:from] + pieces[c.IntN(len(pieces))] + text[to:]
		}
		if checkDirect(t, r, text) {
			changed++
		}
	}
	if changed < 200 { // so that the comparison is not idle
		t.Errorf("only %d changed ones are read without a tree", changed)
	}
}

// TestDirectMeasures compares both ways on what measures change: what each may
// change, with values that fit and others, and what it may not.
func TestDirectMeasures(t *testing.T) {
	r, c := newTestReader(t), &chance{Rand: rand.New(rand.NewPCG(7, 8))}
	one := func(list []string) string { return list[c.IntN(len(list))] }
	value := func(path string) any {
		var values []any
		if f := r.fieldAt(path); f != nil {
			for _, v := range f.Values {
				values = append(values, v.Value, []string{v.Value, "unknown"})
			}
		}
		for range 3 {
			values = append(values, c.value(0), "no", "2026-12-01", "P1D", 5, "5", 0.25, "+5", "0x1p4", "Inf", "unknown", []string{})
		}
		return values[c.IntN(len(values))]
	}
	plain, placed := 0, 0
	for range 6000 {
		m := &r.catalogue.Mitigations[c.IntN(len(r.catalogue.Mitigations))]
		attribute, word := columnAttribute(m)
		set, params := map[string]any{}, map[string]any{}
		for range c.IntN(4) {
			name := one(r.shape.settable)
			switch n := c.IntN(10); {
			case n < 7 && len(m.Patch.Allow) > 0:
				name = one(m.Patch.Allow)
			case n == 7:
				name = one([]string{"dataset.identifier", "schema.fields[].type", "zzz", " ", "schema"})
			}
			set[name] = value(setPath(name))
		}
		if c.IntN(3) == 0 {
			for name, v := range m.Patch.Set {
				set[name] = v
			}
		}
		if len(set) > 0 || c.IntN(2) == 0 {
			params["set"] = set
		}
		if word != "" && c.IntN(2) == 0 {
			params[word] = value("schema.fields[]." + attribute)
		}
		switch c.IntN(15) {
		case 0:
			params["note"] = c.value(0)
		case 1:
			params["stet"] = "x"
		case 2:
			params["set"] = c.value(0)
		}
		measure := map[string]any{"code": m.Code, "fields": []string{"a"}, "params": params}
		switch c.IntN(10) {
		case 0:
			measure["parameters"] = params
		case 1:
			measure = map[string]any{"code": m.Code, "parameters": params}
		case 2:
			measure["code"] = one([]string{"M99x", "unknown", ""})
		}
		list, err := json.Marshal([]any{measure})
		if err != nil {
			t.Fatal(err)
		}
		text := `{"descriptorVersion":"1.0","dataset":{"identifier":"x","title":"x"},"schema":{"fields":[{"name":"a"}]},"mitigations":` + string(list) + "}"
		if !checkDirect(t, r.ErrorsOnly(), text) {
			continue
		}
		nodes := new(tree)
		r.ErrorsOnly().direct(&document{name: "x.json", text: text, line: 1, column: 1}, nodes)
		if len(nodes.nodes) > 0 {
			placed++
		} else {
			plain++
		}
	}
	if plain < 1000 || placed < 1000 {
		t.Errorf("%d are checked without places, %d with", plain, placed)
	}
}

// TestDirectNumbers compares both ways on numbers of all lengths and forms.
func TestDirectNumbers(t *testing.T) {
	r, read := newTestReader(t), 0
	for _, n := range []string{
		"0", "-0", "7", "07", "007", "10", "123456789012345", "999999999999999", "1234567890123456", "9007199254740993", "18446744073709551617",
		"5.0", "5.", "5e3", "5E+3", "5e", "0.25", "-12", "+5", "1 ", "1 2", "1x", `"5"`, `"05"`, `"unknown"`, "null", "1e400", "",
	} {
		for _, behind := range []string{"}", ` ,"lMin":3}`} {
			if checkDirect(t, r, `{"descriptorVersion":"1.0","dataset":{"identifier":"x","title":"x"},"profile":{"kMin":`+n+behind+"}") {
				read++
			}
		}
	}
	if read != 34 {
		t.Errorf("%d are read without a tree", read)
	}
}

// TestOrdinary holds the eight bytes at a time to one byte at a time.
func TestOrdinary(t *testing.T) {
	for c := range 256 {
		for size := range 20 {
			for at := range size {
				for _, other := range []byte{' ', '~', 'a'} {
					text := bytes.Repeat([]byte{other}, size)
					text[at] = byte(c)
					want := size
					if c < ' ' || c >= 0x7F || c == '"' || c == '\\' {
						want = at
					}
					for from := range at + 1 {
						if got := ordinary(string(text), from); got != want {
							t.Fatalf("%q from %d: %d, not %d", text, from, got, want)
						}
					}
				}
			}
		}
	}
}

// marks are the places of a text where JSON can be cut.
func marks(text string) []int {
	at := []int{0, len(text)}
	for i := range len(text) {
		if strings.IndexByte(`{}[],:"`, text[i]) >= 0 {
			at = append(at, i, i+1)
		}
	}
	return at
}

// Limits count alike in both ways of reading.
func TestDirectKeepsLimits(t *testing.T) {
	r, text := newTestReader(t), sampleJSON(t, 2)
	n := new(tree)
	if _, err := readJSON(n, new(findings), text, r.limits()); err != nil {
		t.Fatal(err)
	}
	for r.MaxValues = range len(n.nodes) + 3 {
		if read := checkDirect(t, r, text); read != (r.MaxValues >= len(n.nodes)) {
			t.Errorf("%d values are allowed, there are %d, read: %v", r.MaxValues, len(n.nodes), read)
		}
	}
	r.MaxValues = DefaultMaxValues
	depths := 0
	for r.MaxDepth = range 10 {
		if checkDirect(t, r, text) {
			depths++
		}
	}
	if depths == 0 || depths == 10 {
		t.Errorf("%d of ten limits of depth let it pass", depths)
	}
}

// A stream is read the same when no line is there as a whole, so that the ends of
// records have to be found byte by byte.
func TestLinesOfStreams(t *testing.T) {
	r := newTestReader(t)
	a, b, wrong := jsonRecord("a"), jsonRecord("b"), `{"descriptorVersion":"1.0","dataset":{"identifier":"c","titel":"x"}}`
	for _, text := range []string{
		a + "\n" + b, a + "\r\n" + b + "\r\n", a + b + "\n" + a, a + " \n\n\t" + b + " ", "[" + a + ",\n" + b + "\n]", "[\n" + a + ",\n" + b + ",,\n" + a + "]\n" + wrong,
		a + ",\n" + b, a + "\r" + b + "\n" + wrong, wrong + "\n" + a + " x\n" + b + "\n", a + "\n" + strings.TrimSuffix(b, "}") + "\n" + a + "\n",
		"\n" + strings.ReplaceAll(a, ",", ",\n") + "\n" + b + "\n" + wrong + " " + wrong + "\n",
	} {
		got := readRecords(t, r, strings.NewReader(text))
		if want := readRecords(t, r, iotest.OneByteReader(strings.NewReader(text))); got != want {
			t.Errorf("%s\ngives\n%s\nnot\n%s", text, got, want)
		}
		lying := bytes.NewBufferString(text)
		if where := readRecords(t, r, lying); where != got || lying.Len() > 0 {
			t.Errorf("%s\ngives, read where it lies,\n%s\nnot\n%s", text, where, got)
		}
	}
}

// readRecords is what comes of a stream, in words.
func readRecords(t *testing.T, r *Reader, src io.Reader) string {
	t.Helper()
	var out strings.Builder
	err := r.ReadAll("x.ndjson", src, func(s *Source, problems []Problem) error {
		if s != nil {
			out.Write(s.Dataset.Canonical())
		}
		for _, p := range problems { // the line shown of what stands between records is as much as is there
			fmt.Fprintln(&out, p.Line, p.Column, p.Code, p.Path, p.Params)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
