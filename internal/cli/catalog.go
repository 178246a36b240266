package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"puntari/internal/catalog"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/report/portfolio"
	"puntari/internal/report/xlsx"
)

// catalogFlags are the flags of catalog.
type catalogFlags struct {
	output, ndjson, csv, parquet, reports, date string
	workers                                     int
	fresh, quick                                bool
}

func (a *app) catalogCommand() *cobra.Command {
	var f catalogFlags
	c := &cobra.Command{
		Use:     "catalog SOURCE...",
		Short:   a.message("catalog.short"),
		Long:    a.message("catalog.long"),
		Example: "  puntari catalog inventory/ -o portfolio.xlsx\n  puntari catalog dump.ndjson -o portfolio.xlsx --ndjson findings.ndjson\n  zcat dump.ndjson.gz | puntari catalog - --csv results.csv",
		Args:    a.files,
		RunE:    func(c *cobra.Command, args []string) error { return a.catalog(c.Context(), args, &f) },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", a.message("catalog.flag.output"))
	c.Flags().StringVar(&f.ndjson, "ndjson", "", a.message("catalog.flag.ndjson"))
	c.Flags().StringVar(&f.csv, "csv", "", a.message("catalog.flag.csv"))
	c.Flags().StringVar(&f.parquet, "parquet", "", a.message("catalog.flag.parquet"))
	c.Flags().StringVar(&f.reports, "reports", "", a.message("catalog.flag.reports"))
	c.Flags().StringVar(&f.date, "date", "", a.message("catalog.flag.date"))
	c.Flags().IntVar(&f.workers, "workers", 0, a.message("catalog.flag.workers"))
	c.Flags().BoolVar(&f.quick, "quick", false, a.message("catalog.flag.quick"))
	c.Flags().BoolVar(&f.fresh, "fresh", false, a.message("catalog.flag.fresh"))
	return c
}

// outputs are the files that are written, but for the reports.
func (f *catalogFlags) outputs() []string {
	return slices.DeleteFunc([]string{f.output, f.ndjson, f.csv, f.parquet}, func(s string) bool { return s == "" })
}

// journal is the folder of the journal, beside the first output.
func (f *catalogFlags) journal() string {
	if out := f.outputs(); len(out) > 0 {
		return catalog.JournalName(filepath.Clean(out[0]))
	}
	return catalog.JournalName(filepath.Clean(f.reports))
}

func (f *catalogFlags) usage(a *app, sources []string) error {
	names := f.outputs()
	if len(names) == 0 && f.reports == "" {
		return a.failure("catalog.no_output")
	}
	for i, n := range names {
		if slices.Contains(names[:i], n) {
			return a.failure("catalog.same_output", "file", n)
		}
	}
	if f.output != "" && !strings.EqualFold(filepath.Ext(f.output), ".xlsx") {
		return a.failure("catalog.not_xlsx", "file", f.output)
	}
	switch {
	case f.quick && f.output != "":
		return a.failure("catalog.quick_table", "option", "-o")
	case f.quick && f.reports != "":
		return a.failure("catalog.quick_table", "option", "--reports")
	}
	if err := a.day(f.date); err != nil {
		return err
	}
	if i := slices.Index(sources, "-"); i >= 0 && slices.Contains(sources[i+1:], "-") {
		return a.failure("catalog.stdin_once")
	}
	return a.replaceable(f.output)
}

// replaceable refuses to replace a workbook that is not a portfolio.
func (a *app) replaceable(name string) error {
	if name == "" {
		return nil
	}
	file, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return a.fileError(name, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return a.fileError(name, err)
	}
	if !portfolio.Is(file, info.Size()) {
		return a.failure("catalog.exists", "file", name)
	}
	return nil
}

// catalog assesses the sources and writes the outputs.
func (a *app) catalog(ctx context.Context, sources []string, f *catalogFlags) error {
	if err := f.usage(a, sources); err != nil {
		return err
	}
	for _, s := range sources {
		if _, err := os.Stat(s); s != "-" && err != nil {
			return a.fileError(s, err)
		}
	}
	e, err := a.engine()
	if err != nil {
		return err
	}
	defer boundMemory()()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	o := catalog.Options{
		Engine: e, Reader: a.sources(), Tool: tool(), Lang: a.lang, Stdin: a.stdin, Day: f.date, Workers: f.workers,
		Ask: engine.Ask{Findings: f.ndjson != "", Questions: !f.quick, Changes: !f.quick}, Journal: f.journal(), Fresh: f.fresh, Progress: &catalog.Progress{},
	}
	if f.reports != "" {
		r := &reports{a: a, e: e, folder: f.reports}
		o.Report, o.Existing = r.write, r.exists
	}
	out := a.outputs(f, e)
	defer out.drop()
	o.Each = out.write
	done := a.showProgress(o.Progress)
	j, err := catalog.Run(ctx, sources, o)
	if err != nil {
		done(false)
		if ctx.Err() != nil {
			return a.failure("catalog.interrupted", "folder", f.journal())
		}
		if errors.Is(err, catalog.ErrRunning) {
			return a.failure("catalog.running", "folder", f.journal())
		}
		return err
	}
	err = out.finish(j)
	done(err == nil)
	if err != nil {
		return errors.Join(err, j.Close())
	}
	if err := j.Remove(); err != nil {
		return err
	}
	return a.summarise(out.totals, o.Progress, f)
}

// boundMemory trades memory for time within bounds, as what is under way is little:
// a tenth less time. The function that it returns ends that.
func boundMemory() func() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	percent, limit := debug.SetGCPercent(400), debug.SetMemoryLimit(320<<20)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// outputs are the files that a catalogue goes into, each whole or not at all. They
// are written while the run goes on.
type outputs struct {
	a      *app
	f      *catalogFlags
	totals *catalog.Totals
	common catalog.Table
	// writers take each result, tables are to be closed after the last.
	writers []func(*catalog.Result) error
	tables  []io.Closer
	files   []*pending
}

func (a *app) outputs(f *catalogFlags, e *engine.Engine) *outputs {
	return &outputs{a: a, f: f, totals: catalog.NewTotals(a.catalogue), common: catalog.Table{Lang: a.lang, Quick: f.quick, Origin: a.origin(e)}}
}

// open opens a file. One beside the journal lies in its folder until it is whole,
// so that what a killed run leaves goes with the journal.
func (o *outputs) open(name string) (io.Writer, error) {
	folder := filepath.Dir(name)
	if journal := o.f.journal(); filepath.Dir(journal) == folder {
		folder = journal
	}
	p, err := newPendingIn(folder, name)
	if err != nil {
		return nil, o.a.fileError(name, err)
	}
	o.files = append(o.files, p)
	return p.buffer, nil
}

// begin opens what takes the results one by one.
func (o *outputs) begin() error {
	if err := dropPending(o.f.journal()); err != nil { // the run has the folder to itself
		return o.a.fileError(o.f.journal(), err)
	}
	o.writers = append(o.writers, func(r *catalog.Result) error { o.totals.Add(r, o.a.lang); return nil })
	if o.f.ndjson != "" {
		w, err := o.open(o.f.ndjson)
		if err != nil {
			return err
		}
		o.writers = append(o.writers, catalog.NewNDJSON(w, o.common.Origin).Write)
	}
	if o.f.csv != "" {
		w, err := o.open(o.f.csv)
		if err != nil {
			return err
		}
		table, err := catalog.NewCSV(w, o.common)
		if err != nil {
			return err
		}
		o.writers, o.tables = append(o.writers, table.Write), append(o.tables, table)
	}
	if o.f.parquet != "" {
		w, err := o.open(o.f.parquet)
		if err != nil {
			return err
		}
		table := catalog.NewParquet(w, o.common)
		o.writers, o.tables = append(o.writers, table.Write), append(o.tables, table)
	}
	return nil
}

// write writes a result. Files are opened at the first, when the run has its folder.
func (o *outputs) write(r *catalog.Result) error {
	if o.writers == nil {
		if err := o.begin(); err != nil {
			return err
		}
	}
	for _, write := range o.writers {
		if err := write(r); err != nil {
			return err
		}
	}
	return nil
}

// finish writes the rest and gives the files their names.
func (o *outputs) finish(j *catalog.Journal) error {
	if o.totals.Records == 0 {
		return o.a.failure("catalog.nothing")
	}
	for _, table := range o.tables {
		if err := table.Close(); err != nil {
			return err
		}
	}
	if o.f.output != "" {
		w, err := o.open(o.f.output)
		if err != nil {
			return err
		}
		options := portfolio.Options{Lang: o.a.lang, Origin: o.common.Origin, Profile: o.a.profile.Provenance(o.totals.LastDay)}
		if err := portfolio.Render(w, j, o.totals, o.a.catalogue, options); err != nil {
			return err
		}
	}
	for _, p := range o.files {
		if err := p.keep(); err != nil {
			return o.a.fileError(p.name, err)
		}
	}
	return nil
}

// drop takes away what has not been finished.
func (o *outputs) drop() {
	for _, p := range o.files {
		p.drop()
	}
}

// origin says by what results of the engine come about.
func (a *app) origin(e *engine.Engine) catalog.Origin {
	d := e.Digests()
	o := catalog.Origin{Tool: tool(), Revision: d.Revision(a.catalogue.Policy.Version)}
	if a.profile.Own() {
		o.Revision, o.Profile = d.Revision(a.profile.Organisation.Version), a.profile.Organisation.Identifier
	}
	return o
}

// summarise says what was done and which records failed.
func (a *app) summarise(t *catalog.Totals, p *catalog.Progress, f *catalogFlags) error {
	fmt.Fprintln(a.stdout, a.message("catalog.done", "count", strconv.Itoa(t.Datasets())))
	if n := p.Reused.Load(); n > 0 {
		fmt.Fprintln(a.stdout, a.message("catalog.reused", "count", strconv.FormatInt(n, 10)))
	}
	for _, o := range a.catalogue.Policy.Outcomes {
		if n := t.Outcomes[o.Code]; n > 0 {
			fmt.Fprintf(a.stdout, "%8d  %s\n", n, o.Label.In(a.lang))
		}
	}
	for _, name := range append(f.outputs(), f.reports) {
		if name != "" {
			fmt.Fprintln(a.stdout, a.message("catalog.written", "file", name))
		}
	}
	if t.Failed == 0 {
		return nil
	}
	fmt.Fprintln(a.stderr, a.message("catalog.failed", "count", strconv.Itoa(t.Failed)))
	const shown = 10
	for i := range t.Troubles[:min(len(t.Troubles), shown)] {
		r := &t.Troubles[i]
		at := r.Source
		if line := r.Errors[0].Line; line > 0 {
			at += ":" + strconv.Itoa(line)
		}
		fmt.Fprintf(a.stderr, "  %s: %s\n", at, r.Errors[0].Message)
	}
	if t.Failed > shown {
		fmt.Fprintln(a.stderr, "  "+a.message("catalog.more", "count", strconv.Itoa(t.Failed-shown)))
	}
	return exit(exitOutcome)
}

// reports writes the report of each dataset into a folder.
type reports struct {
	a      *app
	e      *engine.Engine
	folder string
}

// write writes a report. Its name ends with a part of the digest, so it does not
// depend on which other datasets there are.
func (r *reports) write(ctx context.Context, d *descriptor.Dataset, source, day, digest string) (string, error) {
	x, err := r.e.Assess(ctx, d, day)
	if err != nil {
		return "", err
	}
	x.Tool, x.Profile = tool(), r.a.profile.Provenance(x.Date)
	x.Dataset.Source = filepath.Base(source)
	r.a.wordsOn(x.Date).Fill(x)
	name := slug(x.Dataset.Identifier) + "-" + strings.TrimPrefix(digest, "sha256:")[:8] + ".xlsx"
	p, err := newPending(filepath.Join(r.folder, name))
	if err != nil {
		return "", err
	}
	defer p.drop()
	if err := r.a.keepsInput(p.name); err != nil {
		return "", err
	}
	if err := xlsx.Render(p.buffer, x, r.a.catalogue.On(day), xlsx.Options{Lang: r.a.lang}); err != nil {
		return "", err
	}
	return name, p.keep()
}

func (r *reports) exists(name string) bool {
	_, err := os.Stat(filepath.Join(r.folder, name))
	return err == nil
}

// showProgress shows on a terminal how far the run has come; the function that
// it returns ends that.
func (a *app) showProgress(p *catalog.Progress) func(writing bool) {
	if !a.style(a.stderr).Colour {
		return func(bool) {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	began := time.Now()
	go func() {
		defer close(stopped)
		for t := time.NewTicker(500 * time.Millisecond); ; {
			select {
			case <-t.C:
				fmt.Fprint(a.stderr, "\r\x1b[K"+a.progressLine(p, time.Since(began)))
			case <-stop:
				t.Stop()
				fmt.Fprint(a.stderr, "\r\x1b[K")
				return
			}
		}
	}()
	return func(bool) { close(stop); <-stopped }
}

// progressLine is how many were assessed, how fast, and how long it will take.
func (a *app) progressLine(p *catalog.Progress, spent time.Duration) string {
	records, read, total := p.Records.Load(), p.Bytes.Load(), p.Total.Load()
	rate := strconv.FormatFloat(float64(records)/max(spent.Seconds(), 0.001), 'f', 0, 64)
	n := strconv.FormatInt(records, 10)
	switch {
	case total > 0 && read >= total:
		return a.message("catalog.progress.writing", "records", n)
	case total > 0 && read > 0:
		left := time.Duration(float64(spent) * float64(total-read) / float64(read))
		return a.message("catalog.progress.left", "records", n, "rate", rate, "percent", strconv.FormatInt(100*read/total, 10), "left", left.Round(time.Second).String())
	}
	return a.message("catalog.progress", "records", n, "rate", rate)
}
