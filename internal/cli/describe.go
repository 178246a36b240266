package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"puntari/internal/claims"
	"puntari/internal/descriptor"
	"puntari/internal/evidence"
	"puntari/internal/source"
	"puntari/internal/table"
)

// dataFlags say how a data file is to be read and what it is about.
type dataFlags struct {
	encoding, delimiter, header, totals, sheet, rows, entity string
	headerRow, workers, memory                               int
	fraction                                                 float64
	quasi, sensitive                                         []string
	// set tells which flags were given.
	set *pflag.FlagSet
}

func (a *app) addDataFlags(c *cobra.Command, f *dataFlags) {
	f.set = c.Flags()
	c.Flags().StringVar(&f.encoding, "encoding", "", a.message("describe.flag.encoding", "encodings", strings.Join(table.Encodings, ", ")))
	c.Flags().StringVar(&f.delimiter, "delimiter", "", a.message("describe.flag.delimiter"))
	c.Flags().StringVar(&f.header, "header", "", a.message("describe.flag.header"))
	c.Flags().StringVar(&f.totals, "totals", "", a.message("describe.flag.totals"))
	c.Flags().IntVar(&f.headerRow, "header-row", 0, a.message("describe.flag.header_row"))
	c.Flags().StringVar(&f.sheet, "sheet", "", a.message("describe.flag.sheet"))
	c.Flags().StringVar(&f.rows, "rows", "", a.message("describe.flag.rows"))
	c.Flags().Float64Var(&f.fraction, "sampling-fraction", 1, a.message("describe.flag.fraction"))
	c.Flags().StringSliceVar(&f.quasi, "quasi", nil, a.message("describe.flag.quasi"))
	c.Flags().StringSliceVar(&f.sensitive, "sensitive", nil, a.message("describe.flag.sensitive"))
	c.Flags().StringVar(&f.entity, "entity", "", a.message("describe.flag.entity"))
	c.Flags().IntVar(&f.workers, "workers", 0, a.message("describe.flag.workers"))
	c.Flags().IntVar(&f.memory, "memory", 256, a.message("describe.flag.memory"))
}

// given tells whether a flag about data was given.
func (f *dataFlags) given(c *cobra.Command) bool {
	return slices.ContainsFunc([]string{"encoding", "delimiter", "header", "header-row", "totals", "sheet", "rows", "sampling-fraction", "quasi", "sensitive", "entity", "workers", "memory"},
		func(name string) bool { return c.Flags().Changed(name) })
}

func (f *dataFlags) usage(a *app) error {
	if _, ok := evidence.ParseRows(f.rows); f.rows != "" && (!ok || f.rows == "unknown") {
		return a.failure("describe.bad_rows", "rows", f.rows)
	}
	if f.header != "" && f.header != "yes" && f.header != "no" {
		return a.failure("describe.bad_header", "header", f.header)
	}
	if f.totals != "" && f.totals != "yes" && f.totals != "no" {
		return a.failure("describe.bad_totals", "totals", f.totals)
	}
	if !(f.fraction > 0 && f.fraction <= 1) {
		return a.failure("describe.bad_fraction", "fraction", strconv.FormatFloat(f.fraction, 'g', -1, 64))
	}
	if f.memory < 16 {
		return a.failure("describe.bad_memory", "memory", strconv.Itoa(f.memory))
	}
	return nil
}

type describeFlags struct {
	output, amend string
	force         bool
	data          dataFlags
}

func (a *app) describeCommand() *cobra.Command {
	var f describeFlags
	c := &cobra.Command{
		Use:     "describe DATA",
		Short:   a.message("describe.short"),
		Long:    a.message("describe.long"),
		Example: "  puntari describe clients.csv -o dataset.yaml\n  puntari describe clients.xlsx --amend dataset.yaml -o dataset.yaml\n  puntari describe visits.csv.gz --rows event --quasi birth_year,sex,postal_code",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.failure("describe.one_file")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return a.describe(c.Context(), args[0], &f) },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", a.message("describe.flag.output"))
	c.Flags().StringVar(&f.amend, "amend", "", a.message("describe.flag.amend"))
	c.Flags().BoolVar(&f.force, "force", false, a.message("cli.flag.force_description"))
	a.addDataFlags(c, &f.data)
	return c
}

// describe measures a file and writes a descriptor with what it found.
func (a *app) describe(ctx context.Context, data string, f *describeFlags) error {
	if err := f.data.usage(a); err != nil {
		return err
	}
	if f.output != "" && f.output != f.amend && !f.force {
		if _, err := os.Stat(f.output); !errors.Is(err, fs.ErrNotExist) {
			return a.failure("cli.exists", "file", f.output)
		}
	}
	s := &source.Record{Dataset: &descriptor.Dataset{}, Name: data}
	if f.amend != "" {
		var err error
		if s, err = a.one(ctx, f.amend); err != nil {
			return err
		}
	}
	result, notes, err := a.measure(ctx, data, s.Dataset, &f.data, today())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := descriptor.WriteYAML(&b, s.Dataset, a.measureNotes(notes)); err != nil {
		return err
	}
	if f.output == "" {
		if _, err := a.stdout.Write(b.Bytes()); err != nil {
			return err
		}
		return a.showMeasurement(a.stderr, result, notes, s.Dataset)
	}
	if f.output == f.amend {
		if err := a.keepComments(f.amend); err != nil {
			return err
		}
	}
	if err := a.writeFiles([]file{{f.output, b.Bytes()}}, true); err != nil {
		return err
	}
	if err := a.showMeasurement(a.stdout, result, notes, s.Dataset); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.stdout, a.message("describe.done", "output", f.output))
	return err
}

// measure measures a file by the policy of a day and amends the descriptor with it.
func (a *app) measure(ctx context.Context, data string, d *descriptor.Dataset, f *dataFlags, day string) (*evidence.Result, evidence.Notes, error) {
	var none evidence.Notes
	if data == "-" {
		return nil, none, a.failure("describe.no_stream")
	}
	if info, err := os.Stat(data); err == nil && info.IsDir() {
		return nil, none, a.failure("cli.is_folder", "file", data)
	}
	o := table.Options{Encoding: f.encoding, Delimiter: f.delimiter, HeaderRow: f.headerRow, Sheet: f.sheet}
	if f.header != "" {
		yes := f.header == "yes"
		o.Header = &yes
	}
	if f.totals != "no" {
		o.Totals = evidence.TotalRows(a.catalogue)
		o.Totals.All = f.totals == "yes"
	}
	roles := map[string]string{}
	for _, c := range d.Schema.Fields {
		if c.Name == nil {
			continue
		}
		o.Names = append(o.Names, *c.Name)
		role := ""
		if c.DisclosureRole != nil && *c.DisclosureRole != descriptor.Unknown {
			role = *c.DisclosureRole
		}
		roles[*c.Name] = role
	}
	t, err := table.Open(data, o)
	if err != nil {
		return nil, none, a.tableError(data, err)
	}
	rows, entity, fraction := a.rowsAre(f, d, t)
	// The program collects garbage seldom; here it must not take more than was
	// allowed, with what the reading itself needs.
	if os.Getenv("GOMEMLIMIT") == "" {
		const reading = 128 << 20
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(f.memory)<<20 + reading))
	}
	line := a.newMeasuring()
	policy := a.catalogue.On(day)
	r, err := evidence.Measure(ctx, t, policy, evidence.Options{
		Rows: rows, Quasi: f.quasi, Sensitive: f.sensitive, Entity: entity, Roles: roles, Fraction: fraction, SensitiveData: sensitive(d), SmallestCount: stated(d.DisclosureControl.MinCellCount),
		Workers: f.workers, Memory: int64(f.memory) << 20, Progress: line.show,
	})
	line.clear()
	if err != nil {
		return nil, none, a.tableError(data, err)
	}
	version := tool()
	notes := evidence.Amend(d, r, policy, evidence.Stamp{Tool: version.Name + " " + version.Version, Time: time.Now(), File: data})
	return r, notes, nil
}

// rowsAre is what a row of the file is, which column tells persons apart, and which
// share of the population the file has: as the flags say, or as they said for the
// measurement before.
func (a *app) rowsAre(f *dataFlags, d *descriptor.Dataset, t *table.File) (rows evidence.RowMeaning, entity string, fraction float64) {
	said := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	before := &d.Evidence
	rows, _ = evidence.ParseRows(cmp.Or(f.rows, said(before.RowsAre)))
	if rows == evidence.RowsUnknown {
		rows = a.rowMeaning(d)
	}
	entity = f.entity
	if last := said(before.Entity); !f.set.Changed("entity") && f.rows == "" && slices.Contains(t.Columns, last) {
		entity = last
	}
	fraction = f.fraction
	if last := before.SamplingFraction; !f.set.Changed("sampling-fraction") && last != nil && !last.Unknown && last.Value > 0 && last.Value <= 1 {
		fraction = last.Value
	}
	return rows, entity, fraction
}

// rowMeaning is what the descriptor says a row is.
func (a *app) rowMeaning(d *descriptor.Dataset) evidence.RowMeaning {
	in := func(path, group string, value *string) bool {
		f := a.catalogue.Descriptor.Field(path)
		return value != nil && f != nil && slices.Contains(f.Groups[group], *value)
	}
	switch {
	case in("dataset.granularity", "aggregate", d.Dataset.Granularity):
		return evidence.RowsAggregate
	case in("dataset.rowSubject", "people", d.Dataset.RowSubject):
		return evidence.RowsPerson
	case in("dataset.rowSubject", "thing", d.Dataset.RowSubject):
		return evidence.RowsThing
	}
	return evidence.RowsUnknown
}

// stated is a whole number of a description, 0 when there is none.
func stated(n *descriptor.Number) int {
	if n == nil || n.Unknown {
		return 0
	}
	return int(min(n.Value, math.MaxInt32))
}

// sensitive tells whether the descriptor has a sensitive column, so that the policy
// asks for larger groups.
func sensitive(d *descriptor.Dataset) bool {
	return slices.ContainsFunc(d.Schema.Fields, func(c descriptor.Column) bool {
		return c.SpecialCategory != nil && *c.SpecialCategory != "none" && *c.SpecialCategory != descriptor.Unknown
	})
}

// tableError says in the user's words why a file could not be measured.
func (a *app) tableError(data string, err error) error {
	var p *table.Problem
	var path *fs.PathError
	switch {
	case errors.As(err, &p):
		at := data
		if p.Line > 0 {
			at += ":" + strconv.FormatInt(p.Line, 10)
		}
		params := []string{}
		for k, v := range p.Params {
			params = append(params, k, v)
		}
		return fmt.Errorf("%s: %s", at, a.message("describe.problem."+p.Code, params...))
	case errors.As(err, &path):
		return a.fileError(data, err)
	case errors.Is(err, evidence.ErrColumn):
		_, name, _ := strings.Cut(err.Error(), ": ")
		return fmt.Errorf("%s: %s", data, a.message("describe.no_column", "column", name))
	case errors.Is(err, evidence.ErrParameter):
		_, name, _ := strings.Cut(err.Error(), ": ")
		return fmt.Errorf("%s: %s", data, a.message("describe.no_parameter", "name", name))
	case errors.Is(err, evidence.ErrInternal):
		return fmt.Errorf("%s: %s", data, a.message("describe.internal"))
	}
	return fmt.Errorf("%s: %w", data, err)
}

// measureNotes are the comments of a descriptor: what is suggested stands at the
// name of the column, as it would be written, for a person to decide.
func (a *app) measureNotes(n evidence.Notes) map[string]string {
	notes := map[string]string{}
	for _, s := range n.Suggested {
		if strings.HasPrefix(s.Path, "dataset.") {
			at := s.Path
			if at == "dataset.title" {
				at += ".und"
			}
			notes[at] = a.message("describe.from_file_name")
			continue
		}
		column, attribute := s.Path[:strings.LastIndexByte(s.Path, '.')], s.Path[strings.LastIndexByte(s.Path, '.')+1:]
		at := column + ".name"
		line := a.message("describe.suggested_line", "key", attribute, "value", s.Value, "words", a.words.Value("schema.fields[]."+attribute, s.Value))
		if notes[at] == "" {
			notes[at] = a.message("describe.suggested", "line", line)
		} else {
			notes[at] += ", " + line
		}
	}
	return notes
}

// measuring shows on a terminal how far a measurement has come.
type measuring struct {
	a    *app
	on   bool
	mu   sync.Mutex
	last time.Time
}

func (a *app) newMeasuring() *measuring {
	f, ok := a.stderr.(*os.File)
	return &measuring{a: a, on: ok && term.IsTerminal(int(f.Fd()))}
}

func (m *measuring) show(step int, done, total int64) {
	if !m.on {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if time.Since(m.last) < 200*time.Millisecond || total == 0 {
		return
	}
	m.last = time.Now()
	percent := min(100, 100*done/total)
	fmt.Fprint(m.a.stderr, "\r\x1b[K"+m.a.message("describe.progress."+strconv.Itoa(step), "percent", strconv.FormatInt(percent, 10)))
}

func (m *measuring) clear() {
	if m.on {
		fmt.Fprint(m.a.stderr, "\r\x1b[K")
	}
}

// showMeasurement sums up a measurement in a few lines.
func (a *app) showMeasurement(w io.Writer, r *evidence.Result, n evidence.Notes, d *descriptor.Dataset) error {
	var b strings.Builder
	say := func(key string, params ...string) { b.WriteString(a.message("describe.say."+key, params...) + "\n") }
	e := &d.Evidence
	value := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	say("file", "file", value(e.File), "format", a.words.Value("evidence.format", value(e.Format)), "rows", strconv.FormatInt(r.Source.Rows, 10), "columns", strconv.Itoa(len(r.Columns)))
	var settings []string
	for _, s := range []struct {
		path  string
		value *string
	}{{"evidence.encoding", e.Encoding}, {"evidence.delimiter", e.Delimiter}, {"evidence.header", e.Header}} {
		if s.value != nil {
			settings = append(settings, a.message("describe.say.setting", "setting", a.words.Label(s.path), "value", a.words.Value(s.path, *s.value)))
		}
	}
	if len(settings) > 0 && len(r.Source.Guessed) > 1 {
		say("guessed", "settings", strings.Join(settings, "; "))
	}
	if r.Source.Totals+r.Source.Notes > 0 {
		say("apart", "totals", strconv.FormatInt(r.Source.Totals, 10), "notes", strconv.FormatInt(r.Source.Notes, 10))
	}
	if r.Source.Ragged > 0 {
		say("ragged", "rows", strconv.FormatInt(r.Source.Ragged, 10))
	}
	// What may stand within texts is for a person to look at.
	findings := slices.DeleteFunc(slices.Clone(e.Findings), func(f descriptor.MeasuredFinding) bool {
		return value(f.Verdict) == evidence.Possible.String() && f.Inside.Value == 0
	})
	for len(findings) > 0 {
		column, verdict := value(findings[0].Field), value(findings[0].Verdict)
		var kinds []string
		for len(findings) > 0 && value(findings[0].Field) == column && value(findings[0].Verdict) == verdict {
			f := findings[0]
			kinds = append(kinds, a.message("describe.say.kind", "kind", a.words.Value("evidence.findings[].kind", value(f.Kind)), "count", strconv.FormatFloat(f.Valid.Value+f.Inside.Value, 'f', -1, 64)))
			findings = findings[1:]
		}
		name := listed([]string{column})
		if column == "" {
			name = a.message("describe.beyond")
		}
		say("finding", "column", name, "kinds", strings.Join(kinds, ", "), "verdict", a.words.Value("evidence.findings[].verdict", verdict))
	}
	if len(r.Scenarios) > 0 {
		say("groups")
	}
	for i, s := range r.Scenarios {
		say("scenario", "who", a.words.Scenario(s.ID.String()), "columns", listed(e.Scenarios[i].Columns), "k", strconv.Itoa(s.K), "unique", strconv.Itoa(s.Uniques), "percent", a.words.Percent(s.UniqueShare))
	}
	if t := r.Tracks; t != nil && len(t.Known) > 0 {
		last := t.Known[len(t.Known)-1]
		say("tracks", "points", strconv.Itoa(last.Points), "columns", listed(e.TrackColumns), "percent", a.words.Percent(last.Share), "drawn", strconv.Itoa(last.Drawn))
	}
	if small, below10, least := int64(0), int64(0), math.MaxInt; r.Rows == evidence.RowsAggregate {
		for _, c := range r.Cells {
			least = min(least, c.Smallest)
			small += c.Below5
			below10 += c.Below10
		}
		if below10 > 0 {
			say("cells", "n", strconv.FormatInt(small, 10), "more", strconv.FormatInt(below10-small, 10), "smallest", strconv.Itoa(least))
		}
	}
	if t := r.Totals; t != nil && t.Hidden+t.LeftOut > 0 {
		key := "hidden"
		if t.Recoverable+t.LeftOut > 0 {
			key = "recoverable"
		}
		say(key, "hidden", strconv.Itoa(t.Hidden), "n", strconv.Itoa(t.Recoverable+t.LeftOut))
	}
	for _, x := range r.Dominance {
		if x.Unsafe > 0 {
			say("dominance", "column", x.Column.String(), "n", strconv.Itoa(x.Unsafe), "cells", strconv.Itoa(x.Cells))
		}
	}
	for _, t := range e.Twins {
		say("twins", "columns", listed(t.Columns))
	}
	if r.Plan != nil && len(r.Plan.Changes) > 0 {
		key := "plan"
		if !r.Plan.Reached {
			key = "no_plan"
		}
		say(key, "changes", a.planned(r.Plan), "k", strconv.Itoa(r.Plan.K), "goal", strconv.Itoa(r.Plan.Goal), "before", strconv.Itoa(r.Scenarios[0].K))
		for i := range r.Alternatives {
			say("alternative", "changes", a.planned(&r.Alternatives[i]), "k", strconv.Itoa(r.Alternatives[i].K))
		}
	}
	for _, c := range claims.New(a.catalogue.On(today())).Compare(d) {
		if c.Result == claims.Contradicted {
			path := c.Field
			say("contradicted", "field", a.words.Label(path), "stated", a.words.Stated(path, c.Stated), "measured", a.words.Stated(path, c.Measured), "columns", listed(c.Columns))
		}
	}
	for _, path := range n.Replaced {
		say("replaced", "field", a.words.Label(path))
	}
	if len(n.Missing) > 0 {
		say("missing", "columns", listed(n.Missing))
	}
	for _, l := range e.Limits {
		limit := a.words.Value("evidence.limits", l)
		if _, ok := a.catalogue.Messages["describe.hint."+l]; ok {
			limit = a.message("describe.say.hint", "limit", limit, "hint", a.message("describe.hint."+l))
		}
		say("limit", "limit", limit)
	}
	_, err := w.Write([]byte(b.String()))
	return err
}

// listed are names of columns one after the other. A header with a comma in it, such
// as the question of a survey, has quotation marks.
func listed(columns []string) string {
	out := slices.Clone(columns)
	for i, c := range out {
		if strings.ContainsAny(c, ",;") {
			out[i] = "”" + c + "”"
		}
	}
	return strings.Join(out, ", ")
}

// planned are the changes of a plan in words.
func (a *app) planned(p *evidence.Plan) string {
	var changes []string
	for _, c := range p.Changes {
		changes = append(changes, c.Column.String()+": "+a.words.Recoding(c.Recoding.String()))
		for _, twin := range c.With {
			changes = append(changes, a.message("describe.say.with", "column", twin.String()))
		}
	}
	if p.Removed > 0 {
		changes = append(changes, a.message("describe.say.removed", "n", strconv.Itoa(p.Removed)))
	}
	return strings.Join(changes, "; ")
}
