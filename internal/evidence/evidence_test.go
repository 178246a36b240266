package evidence

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/table"
)

func catalogue(t testing.TB) *checklist.Catalogue {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func write(t testing.TB, data string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), "data.csv")
	if err := os.WriteFile(p, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func measure(t testing.TB, path string, o Options, to table.Options) *Result {
	t.Helper()
	f, err := table.Open(path, to)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Measure(context.Background(), f, catalogue(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// people makes a table about invented people.
func people(r *rand.Rand, n int) string {
	var b strings.Builder
	b.WriteString("henkilo_id;nimi;hetu;syntymäaika;sukupuoli;postinumero;diagnoosi;palaute;lat;lon;sahkoposti\n")
	const check = "0123456789ABCDEFHJKLMNPRSTUVWXY"
	given, family := []string{"Aino", "Matti", "Helmi", "Onni"}, []string{"Virtanen", "Korhonen", "Laine"}
	for i := range n {
		d, m, y, k := 1+r.IntN(28), 1+r.IntN(12), 30+r.IntN(70), 2+r.IntN(898)
		digits := fmt.Sprintf("%02d%02d%02d%03d", d, m, y, k)
		v := 0
		for _, c := range digits {
			v = v*10 + int(c-'0')
		}
		mail := ""
		if i%3 > 0 {
			mail = fmt.Sprintf("hlo%d@posti.example", i)
		}
		fmt.Fprintf(&b, "P%05d;%s %s;%s-%s%c;%d.%d.19%d;%c;%05d;%s;\"Kävin asioimassa, ja lopulta; kaikki sujui %d\";60.%06d;24.%06d;%s\n",
			i, given[r.IntN(4)], family[r.IntN(3)], digits[:6], digits[6:], check[v%31], d, m, y, "mn"[r.IntN(2)], 100*(1+r.IntN(5)),
			[]string{"I10", "E11", "F32"}[r.IntN(3)], r.IntN(1e6), r.IntN(1e6), r.IntN(1e6), mail)
	}
	return b.String()
}

func TestColumns(t *testing.T) {
	r := measure(t, write(t, people(rand.New(rand.NewPCG(1, 2)), 300)), Options{Rows: RowsPerson}, table.Options{})
	got := map[string]string{}
	for _, c := range r.Columns {
		s := fmt.Sprint(c.Type, " ", c.Role, " ", c.Basis)
		for _, f := range c.Findings {
			s += fmt.Sprint(" ", f.Kind, ":", f.Verdict)
		}
		switch {
		case c.FreeText:
			s += " free"
		case c.Unique:
			s += " unique"
		}
		if c.Blank > 0 {
			s += fmt.Sprint(" blank ", c.Blank)
		}
		got[c.Name.String()] = s
	}
	want := map[string]string{
		"henkilo_id":  "string pseudonymous_key name unique",
		"nimi":        "string direct_identifier content full_name:is",
		"hetu":        "string direct_identifier content_and_name hetu:is unique",
		"syntymäaika": "date quasi_identifier name",
		"sukupuoli":   "string quasi_identifier name",
		"postinumero": "string quasi_identifier name postal_code:is",
		"diagnoosi":   "string sensitive_attribute name",
		"palaute":     "string sensitive_attribute name free",
		"lat":         "number quasi_identifier name unique",
		"lon":         "number quasi_identifier name unique",
		"sahkoposti":  "string direct_identifier content_and_name email:is blank 100",
	}
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s: %q, want %q", name, got[name], w)
		}
	}
}

// plainK counts groups with encoding/csv and a map.
func plainK(t *testing.T, data string, columns ...string) (k, uniques int) {
	c := csv.NewReader(strings.NewReader(data))
	c.Comma = ';'
	rows, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var at []int
	for _, n := range columns {
		at = append(at, slices.Index(rows[0], n))
	}
	groups := map[string]int{}
	for _, row := range rows[1:] {
		key := ""
		for _, i := range at {
			key += row[i] + "\x00"
		}
		groups[key]++
	}
	k = len(rows)
	for _, n := range groups {
		k = min(k, n)
		if n == 1 {
			uniques++
		}
	}
	return k, uniques
}

// The groups are those that a plain count gives, whatever the workers, the
// blocks, the memory for them, and the order of the rows.
func TestGroups(t *testing.T) {
	data := people(rand.New(rand.NewPCG(3, 4)), 2000)
	quasi := []string{"sukupuoli", "postinumero", "syntymäaika"}
	k, uniques := plainK(t, data, quasi...)
	k2, uniques2 := plainK(t, data, "syntymäaika", "sukupuoli", "postinumero")
	path := write(t, data)
	lines := strings.SplitAfter(strings.TrimSuffix(data, "\n"), "\n")
	rest := lines[1:]
	rest[len(rest)-1] += "\n"
	slices.Reverse(rest)
	reversed := write(t, lines[0]+strings.Join(rest, ""))
	var first []byte
	for i, x := range []struct {
		path    string
		workers int
		blocks  int
	}{{path, 1, 1 << 19}, {path, 3, 1000}, {path, 2, 77}, {reversed, 2, 4096}} {
		r := measure(t, x.path, Options{Rows: RowsPerson, Quasi: quasi, Workers: x.workers, Goal: 5}, table.Options{Blocks: x.blocks})
		s := r.Scenarios[0]
		if s.K != k || s.Uniques != uniques {
			t.Errorf("%d: k %d, uniques %d, want %d and %d", i, s.K, s.Uniques, k, uniques)
		}
		r.Source.Digest, r.Source.Modified = Digest{}, time.Time{}
		data := []byte(dump(r))
		if first == nil {
			first = data
		}
		if !bytes.Equal(first, data) {
			t.Errorf("%d differs:\n%s\n%s", i, data, first)
		}
	}
	r := measure(t, path, Options{Rows: RowsPerson, Quasi: []string{"syntymäaika", "sukupuoli", "postinumero"}}, table.Options{})
	if s := r.Scenarios[0]; s.K != k2 || s.Uniques != uniques2 {
		t.Errorf("k %d, uniques %d, want %d and %d", s.K, s.Uniques, k2, uniques2)
	}
}

// dump is a result with everything in it, to be compared.
func dump(r *Result) string {
	x := *r
	x.Combinations, x.Plan, x.Contributions = nil, nil, nil
	plan := Plan{}
	if r.Plan != nil {
		plan = *r.Plan
	}
	return fmt.Sprintf("%+v %+v %+v %+v", x, *r.Combinations, plan, *r.Contributions)
}

// Columns with more values than the dictionary holds give the same groups, and
// an exact number of different values where they may be keys.
func TestManyValues(t *testing.T) {
	if testing.Short() {
		t.Skip("70,000 rows")
	}
	var b strings.Builder
	b.WriteString("asiakas_id;aikaleima;sex\n")
	n := dictionaryLimit + 5000
	for i := range n {
		second := i
		if i%50 == 1 {
			second--
		}
		at := time.Date(2024, 1, 1, 0, 0, second, 0, time.UTC)
		fmt.Fprintf(&b, "%d;%s;%c\n", i, at.Format("2006-01-02T15:04:05"), "mf"[i%2])
	}
	path := write(t, b.String())
	r := measure(t, path, Options{Rows: RowsPerson, Quasi: []string{"aikaleima"}, Goal: 5}, table.Options{})
	if c := r.Columns[0]; !c.Exact || int(c.Distinct) != n || !c.Unique {
		t.Errorf("the key: %+v", c)
	}
	if s := r.Scenarios[0]; s.K != 1 || s.Classes != n-(n+48)/50 {
		t.Errorf("%+v", s)
	}
	if r.Plan == nil || !r.Plan.Reached {
		t.Errorf("no plan: %+v", r.Plan)
	}
	// With too little memory for codes the groups are counted on disk and the same.
	less := measure(t, path, Options{Rows: RowsPerson, Quasi: []string{"aikaleima"}, Goal: 5, Memory: 1 << 20}, table.Options{})
	if fmt.Sprint(less.Scenarios) != fmt.Sprint(r.Scenarios) || !slices.Contains(less.Limits, LimitWide) || less.Plan != nil {
		t.Errorf("%+v, %v", less.Scenarios, less.Limits)
	}
}

// A result cannot hold what stands in a cell: every text in it is of a type whose
// values come from the checklists, the reader's settings, or the names of columns.
func TestTypesHoldNoValues(t *testing.T) {
	allowed := []reflect.Type{reflect.TypeFor[Name](), reflect.TypeFor[ID](), reflect.TypeFor[Encoding](), reflect.TypeFor[Setting](), reflect.TypeFor[Digest](), reflect.TypeFor[table.Format](), reflect.TypeFor[time.Time]()}
	seen := map[reflect.Type]bool{}
	var walk func(path string, x reflect.Type)
	walk = func(path string, x reflect.Type) {
		if seen[x] || slices.Contains(allowed, x) {
			return
		}
		seen[x] = true
		switch x.Kind() {
		case reflect.String, reflect.Interface, reflect.Map, reflect.Func, reflect.Chan:
			if x.PkgPath() == "puntari/internal/disclosure" {
				return // Basis: one of three words
			}
			t.Errorf("%s is a %v", path, x)
		case reflect.Pointer, reflect.Slice, reflect.Array:
			if x.Elem().Kind() == reflect.Uint8 && x.Elem().PkgPath() == "" {
				t.Errorf("%s is a %v", path, x)
			}
			walk(path, x.Elem())
		case reflect.Struct:
			for i := range x.NumField() {
				walk(path+"."+x.Field(i).Name, x.Field(i).Type)
			}
		}
	}
	walk("Result", reflect.TypeFor[Result]())
}

// Headers that are personal data themselves are masked, and so is a first row
// of data that was taken for a header.
func TestMaskedNames(t *testing.T) {
	r := measure(t, write(t, "131052-308T;aino.virtanen@posti.example;Matti Virtanen;age;sex\n1;2;3;40;m\n4;5;6;41;f\n"), Options{}, table.Options{Header: new(true)})
	var got []string
	for _, c := range r.Columns {
		got = append(got, c.Name.String())
	}
	if fmt.Sprint(got) != "[column_1 column_2 column_3 age sex]" {
		t.Errorf("%q", got)
	}
	r = measure(t, write(t, "Aino;Lahti;x\nMatti;Oulu;y\nHelmi;Turku;z\n"), Options{}, table.Options{})
	if got := r.Columns[0].Name.String(); got != "column_1" {
		t.Errorf("%q", got)
	}
}

// Amending changes no answer, and measuring twice adds nothing.
func TestAmend(t *testing.T) {
	path := write(t, people(rand.New(rand.NewPCG(5, 6)), 500))
	c := catalogue(t)
	d := &descriptor.Dataset{}
	d.Dataset.Identifier = text("x")
	d.Dataset.Title = descriptor.LangText{"en": "X"}
	d.Schema.Fields = []descriptor.Column{{Name: text("hetu"), Type: text("any"), DisclosureRole: text("none")}, {Name: text("gone")}}
	d.PersonalData.SourceRelatesToPersons = text("no")
	before := d.Clone()
	r := measure(t, path, Options{Rows: RowsPerson, Goal: 5}, table.Options{})
	stamp := Stamp{Tool: "test", Time: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), File: path}
	notes := Amend(d, r, c, stamp)
	if fmt.Sprint(notes.Missing) != "[gone]" {
		t.Errorf("missing: %q", notes.Missing)
	}
	if *d.Schema.Fields[0].Type != "any" || *d.Schema.Fields[0].DisclosureRole != "none" || *d.PersonalData.SourceRelatesToPersons != "no" || d.Dataset.Title["en"] != before.Dataset.Title["en"] {
		t.Errorf("an answer changed: %s", before.Canonical())
	}
	once := d.Canonical()
	Amend(d, r, c, stamp)
	if !bytes.Equal(once, d.Canonical()) {
		t.Error("a second time adds something")
	}
	if d.Profile.KMin == nil || d.Profile.KMin.Value != 1 || len(d.Profile.PiiHits) < 3 {
		t.Errorf("%+v", d.Profile)
	}
}

// Ten events of one person are one person: groups of events are counted in
// persons where the column of persons is named, and are not known otherwise.
func TestEventsAreCountedInPersons(t *testing.T) {
	var b strings.Builder
	b.WriteString("reader,age,postal_code\n")
	for i := range 60 {
		fmt.Fprintf(&b, "r%d,%d,00100\n", i%6, 30+i%2*10) // ages 30 and 40, three readers of ten loans each
	}
	path := write(t, b.String())
	amended := func(o Options) *descriptor.Dataset {
		o.Rows, o.Quasi, o.Goal = RowsEvent, []string{"age", "postal_code"}, 5
		d := &descriptor.Dataset{}
		Amend(d, measure(t, path, o, table.Options{}), catalogue(t), Stamp{})
		return d
	}
	if d := amended(Options{}); d.Profile.KMin != nil || !slices.Contains(d.Evidence.Limits, LimitEntity.String()) {
		t.Errorf("without the column of persons: k %v, limits %q", d.Profile.KMin, d.Evidence.Limits)
	}
	d := amended(Options{Entity: "reader"})
	if d.Profile.KMin == nil || d.Profile.KMin.Value != 3 || d.Evidence.Scenarios[0].Below5.Value != 6 {
		t.Errorf("in persons: k %v, %+v", d.Profile.KMin, d.Evidence.Scenarios)
	}
	f, err := table.Open(path, table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Measure(context.Background(), f, catalogue(t), Options{Rows: RowsEvent, Entity: "nobody"}); !errors.Is(err, ErrColumn) {
		t.Errorf("a column that is not there: %v", err)
	}
}

// In data about people all that points to somebody is proposed to be dropped; the
// address of an office in a list of services is not.
func TestDropsWhatPoints(t *testing.T) {
	for _, x := range []struct {
		data string
		rows RowMeaning
		want string
	}{
		{"nimi,hetu,email,ikä\nMatti Virtanen,131052-308T,matti@example.fi,40\nMaija Laine,131052-308T,maija@example.fi,41\n", RowsPerson, "[email hetu nimi]"},
		{"palvelu,email\nKirjasto,kirjasto@example.fi\nUimahalli,uimahalli@example.fi\n", RowsThing, "[]"},
	} {
		d := &descriptor.Dataset{}
		Amend(d, measure(t, write(t, x.data), Options{Rows: x.rows, Goal: 5}, table.Options{}), catalogue(t), Stamp{})
		fields := []string{}
		for _, m := range d.Mitigations {
			if *m.Code == "M01" {
				fields = append(fields, m.Fields...)
			}
		}
		if fmt.Sprint(fields) != x.want {
			t.Errorf("%v: to be dropped %q, want %s", x.rows, fields, x.want)
		}
	}
}

// The estimate is within four standard errors, from few values to many.
func TestSketch(t *testing.T) {
	for _, n := range []int{1, 100, 5000, 10_000, 20_000, 300_000} {
		s := new(sketch)
		for i := range n {
			s.add(fmt.Appendf(nil, "value %d", i))
			s.add(fmt.Appendf(nil, "value %d", i/2))
		}
		if got := float64(s.estimate()); math.Abs(got-float64(n)) > 4*0.01625*float64(n)+0.5 {
			t.Errorf("%d values are estimated as %.0f", n, got)
		}
	}
}

// Long values outgrow a dictionary early; the column is measured all the same.
func TestLongValues(t *testing.T) {
	var b strings.Builder
	b.WriteString("id;teksti\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "%d;%s %d 131052-308T\n", i, strings.Repeat("pitkä teksti ", 1500), i)
	}
	r := measure(t, write(t, b.String()), Options{Rows: RowsPerson}, table.Options{})
	c := r.Columns[1]
	if c.Distinct != 3000 || !c.FreeText || len(c.Findings) == 0 || c.Findings[0].Inside != 3000 {
		t.Errorf("%+v", c)
	}
}

// Every kind that is looked for has its words, and the other way round.
func TestKindsHaveWords(t *testing.T) {
	c := catalogue(t)
	var looked, worded []string
	for _, d := range c.Evidence.Detectors {
		looked = append(looked, d.Kind)
	}
	for _, v := range c.Descriptor.Field("evidence.findings[].kind").Values {
		worded = append(worded, v.Value)
	}
	slices.Sort(looked)
	slices.Sort(worded)
	if !slices.Equal(looked, worded) {
		t.Errorf("looked for are %q, words are there for %q", looked, worded)
	}
}

// The units of place are values of the field, and the steps of the grids grow.
func TestSpatialUnits(t *testing.T) {
	c := catalogue(t)
	f := c.Descriptor.Field("schema.fields[].spatialUnit")
	known := func(unit string) bool {
		return slices.ContainsFunc(f.Values, func(v checklist.Value) bool { return v.Value == unit })
	}
	below := 0.0
	for _, g := range c.Evidence.SpatialUnits {
		if !known(g.Unit) || g.Below <= below {
			t.Errorf("%+v after steps of %v metres", g, below)
		}
		below = g.Below
	}
	for _, d := range c.Evidence.Detectors {
		if d.SpatialUnit != "" && !known(d.SpatialUnit) {
			t.Errorf("%s shows %q, which is no unit", d.Kind, d.SpatialUnit)
		}
	}
	if below == 0 {
		t.Error("there are no units of grids")
	}
}
