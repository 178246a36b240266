package catalog

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/importer"
	"puntari/internal/sample/city"
	"puntari/internal/source"
	"puntari/policies"

	"github.com/parquet-go/parquet-go"
)

// newOptions are those of a test: with findings, and a journal of its own.
func newOptions(tb testing.TB) Options {
	tb.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return Options{
		Engine: e, Reader: source.New(c, descriptor.NewReader(c), policies.Files), Tool: assessment.Tool{Name: "puntari", Version: "test"}, Lang: "en",
		Today: "2026-03-01", Ask: engine.Ask{Findings: true, Questions: true, Changes: true}, Journal: filepath.Join(tb.TempDir(), "out"+journalSuffix),
	}
}

// testOrigin is what the results of tests came about by.
var testOrigin = Origin{Tool: assessment.Tool{Name: "puntari", Version: "test"}, Revision: "1.0.0+01234567.89abcdef", Profile: "city"}

// cutOff cuts every seventh line off; wrong makes a mistake in it.
func cutOff(i int, line []byte) []byte {
	if i%7 == 6 {
		return append(line[:len(line)*2/3-i%11], '\n')
	}
	return line
}

func wrong(i int, line []byte) []byte {
	if i%7 == 6 {
		return bytes.Replace(line, []byte(`"theme":[`), []byte(`"theme":["WRONG",`), 1)
	}
	return line
}

// inventory writes n invented descriptors into a file.
func inventory(tb testing.TB, n int, change func(int, []byte) []byte) string {
	tb.Helper()
	var b bytes.Buffer
	g := city.New(2)
	for i := range n {
		b.Write(change(i, g.Line(i)))
	}
	name := filepath.Join(tb.TempDir(), "inventory.ndjson")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		tb.Fatal(err)
	}
	return name
}

// outputs runs to the end and returns all outputs as one text.
func outputs(tb testing.TB, o Options, sources ...string) string {
	tb.Helper()
	j, err := Run(context.Background(), sources, o)
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	write(tb, j, &b)
	if err := j.Remove(); err != nil {
		tb.Fatal(err)
	}
	if _, err := os.Stat(o.Journal); !os.IsNotExist(err) {
		tb.Errorf("the journal is still there: %v", err)
	}
	return strings.ReplaceAll(b.String(), filepath.Dir(sources[0]), "")
}

func write(tb testing.TB, j *Journal, w io.Writer) {
	tb.Helper()
	lines := NewNDJSON(w, testOrigin)
	table, err := NewCSV(w, Table{Lang: "en", Origin: testOrigin})
	if err != nil {
		tb.Fatal(err)
	}
	var packed bytes.Buffer
	typed := NewParquet(&packed, Table{Lang: "en", Origin: testOrigin})
	err = j.Each(func(r *Result) error { return errors.Join(lines.Write(r), table.Write(r), typed.Write(r)) })
	if err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(table.Close(), typed.Close()); err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(packed.Bytes()); err != nil {
		tb.Fatal(err)
	}
}

// tables are the CSV and the Parquet file of a journal.
func tables(tb testing.TB, j *Journal, quick bool) (rows [][]string, packed []byte) {
	tb.Helper()
	var text, typed bytes.Buffer
	table, err := NewCSV(&text, Table{Lang: "fi", Quick: quick, Origin: testOrigin})
	if err != nil {
		tb.Fatal(err)
	}
	columns := NewParquet(&typed, Table{Lang: "fi", Quick: quick, Origin: testOrigin})
	if err := j.Each(func(r *Result) error { return errors.Join(table.Write(r), columns.Write(r)) }); err != nil {
		tb.Fatal(err)
	}
	if err := errors.Join(table.Close(), columns.Close(), j.Remove()); err != nil {
		tb.Fatal(err)
	}
	if rows, err = csv.NewReader(&text).ReadAll(); err != nil {
		tb.Fatal(err)
	}
	return rows, typed.Bytes()
}

// TestParquet reads the Parquet file back: it says what the CSV says.
func TestParquet(t *testing.T) {
	name := inventory(t, 60, wrong)
	for _, quick := range []bool{false, true} {
		t.Run(fmt.Sprint("quick ", quick), func(t *testing.T) {
			o := newOptions(t)
			j, err := Run(context.Background(), []string{name}, o)
			if err != nil {
				t.Fatal(err)
			}
			want, packed := tables(t, j, quick)
			sameTable(t, packed, want)
			for _, line := range want[1:] {
				if end := line[len(line)-3:]; !slices.Equal(end, []string{"puntari test", "1.0.0+01234567.89abcdef", "city"}) {
					t.Fatalf("the row ends with %q", end)
				}
			}
		})
	}
}

// sameTable compares a Parquet file with the rows of a CSV.
func sameTable(t *testing.T, packed []byte, want [][]string) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, field := range f.Schema().Fields() {
		names = append(names, field.Name())
	}
	if !slices.Equal(names, want[0]) || f.NumRows() != int64(len(want)-1) {
		t.Fatalf("%d rows of %q, in the CSV %d of %q", f.NumRows(), names, len(want)-1, want[0])
	}
	rows := parquet.NewReader(f)
	for n, line := range want[1:] {
		got := map[string]any{}
		if err := rows.Read(&got); err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			value := ""
			switch x := got[name].(type) {
			case nil:
			case float64:
				value = fmt.Sprintf("%.3f", x)
			case []byte:
				value = unformula(string(x))
			case []any:
				var list []string
				for _, one := range x {
					list = append(list, fmt.Sprint(one))
				}
				value = unformula(strings.Join(list, " "))
			default:
				value = unformula(fmt.Sprint(x))
			}
			if value != line[i] {
				t.Errorf("row %d: %s is %q (%T), in the CSV %q", n, name, value, got[name], line[i])
			}
		}
	}
}

// TestQuick compares what is written without questions and changes with what is
// written with them: it is the same, but for the members and columns that it is
// about, which are not there.
func TestQuick(t *testing.T) {
	name := inventory(t, 120, cutOff)
	type written struct {
		lines []map[string]any
		rows  [][]string
	}
	run := func(ask engine.Ask, quick bool) (w written) {
		o := newOptions(t)
		o.Ask = ask
		j, err := Run(context.Background(), []string{name}, o)
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if err := j.Each(NewNDJSON(&text, testOrigin).Write); err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(text.Bytes()) {
			var x map[string]any
			if err := json.Unmarshal(line, &x); err != nil {
				t.Fatal(err)
			}
			if tool, _ := x["tool"].(map[string]any); tool["version"] != "test" || x["revision"] != testOrigin.Revision || x["profile"] != "city" {
				t.Fatalf("the line says that it came about by %v, %v, %v", x["tool"], x["revision"], x["profile"])
			}
			w.lines = append(w.lines, x)
		}
		w.rows, _ = tables(t, j, quick)
		return w
	}
	want, got := run(engine.Ask{Findings: true, Questions: true, Changes: true}, false), run(engine.Ask{Findings: true}, true)
	for _, member := range []string{"undecided", "decidingQuestions", "askFirst", "changes", "alternatives"} {
		n := 0
		for _, line := range want.lines {
			if _, ok := line[member]; ok {
				n++
				delete(line, member)
			}
		}
		if n == 0 {
			t.Errorf("no record has %s", member)
		}
	}
	if !reflect.DeepEqual(got.lines, want.lines) {
		t.Error("the lines differ in more than what is left out")
	}
	left := map[string]bool{"deciding_questions": true, "ask_first": true, "changes": true, "no_change_clears": true, "outcome_after_changes": true}
	for i, name := range slices.Backward(want.rows[0]) {
		if !left[name] {
			continue
		}
		delete(left, name)
		for n := range want.rows {
			want.rows[n] = slices.Delete(want.rows[n], i, i+1)
		}
	}
	if len(left) > 0 {
		t.Errorf("columns that are not there: %v", left)
	}
	if !reflect.DeepEqual(got.rows, want.rows) {
		t.Error("the rows differ in more than the columns that are left out")
	}
}

func sum(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s)))[:12] }

func TestSameForAnyNumberOfWorkers(t *testing.T) {
	name := inventory(t, 300, cutOff)
	o := newOptions(t)
	want := ""
	for _, n := range []int{1, 2, 3, 8} {
		o.Workers = n
		got := outputs(t, o, name)
		if want == "" {
			want = got
			if n := strings.Count(got, `"record":`); n != 300 {
				t.Fatalf("%d records", n)
			}
		}
		if got != want {
			t.Errorf("%d workers: %s, one: %s", n, sum(got), sum(want))
		}
	}
}

// TestResume interrupts runs at random moments, damages what they leave as a
// killed program would, and runs again.
func TestResume(t *testing.T) {
	name := inventory(t, 400, cutOff)
	o := newOptions(t)
	want := outputs(t, o, name)
	rng := rand.New(rand.NewPCG(1, 1))
	reused := int64(0)
	for range 5 {
		for range 1 + rng.IntN(3) {
			interrupt(t, o, name, rng)
		}
		o.Progress = &Progress{}
		if got := outputs(t, o, name); got != want {
			t.Fatalf("resumed: %s, undisturbed: %s", sum(got), sum(want))
		}
		reused += o.Progress.Reused.Load()
	}
	if reused == 0 {
		t.Error("nothing was taken over")
	}
}

// interrupt runs until a random number of records has been assessed and cuts
// the journals at random places.
func interrupt(t *testing.T, o Options, name string, rng *rand.Rand) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o.Progress = &Progress{}
	o.Workers = 1 + rng.IntN(4)
	after := int64(1 + rng.IntN(380))
	src := &stopper{name: name, progress: o.Progress, after: after, cancel: cancel}
	o.Stdin = src
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	src.r = f
	if _, err := Run(ctx, []string{"-"}, o); err == nil {
		t.Skip("the run was over before it was interrupted")
	}
	files, err := filepath.Glob(filepath.Join(o.Journal, "*"))
	if err != nil {
		t.Fatal(err)
	}
	last := files[len(files)-1]
	info, err := os.Stat(last)
	if err != nil {
		t.Fatal(err)
	}
	if cut := rng.Int64N(200); rng.IntN(2) == 0 && info.Size() > cut {
		if err := os.Truncate(last, info.Size()-cut); err != nil {
			t.Fatal(err)
		}
	}
}

// stopper is a source that cancels once enough records have been assessed.
type stopper struct {
	name     string
	r        io.Reader
	progress *Progress
	after    int64
	cancel   func()
	read     int64
}

func (s *stopper) Read(p []byte) (int, error) {
	n, err := s.r.Read(p[:min(len(p), 4096)])
	if s.read += int64(n); s.read > s.after*6000 {
		s.cancel()
	}
	return n, err
}

// Only one run at a time writes into an output; the next may when it is done.
func TestOneRunAtATime(t *testing.T) {
	o := newOptions(t)
	source := inventory(t, 3, func(_ int, line []byte) []byte { return line })
	j, err := Run(context.Background(), []string{source}, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), []string{source}, o); !errors.Is(err, ErrRunning) {
		t.Errorf("a second run gives %v", err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	o.Fresh, o.Progress = true, &Progress{}
	if j, err = Run(context.Background(), []string{source}, o); err != nil {
		t.Fatal(err)
	}
	if o.Progress.Reused.Load() > 0 {
		t.Error("a fresh run took old results over")
	}
	if err := j.Remove(); err != nil {
		t.Fatal(err)
	}
}

// TestUnchangedOnly changes one record between runs: only that one is assessed.
func TestUnchangedOnly(t *testing.T) {
	g := city.New(3)
	folder := t.TempDir()
	file := func(i int, data []byte) {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%03d.json", i)), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 40 {
		file(i, g.Line(i))
	}
	o := newOptions(t)
	j, err := Run(context.Background(), []string{folder}, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil { // killed before the outputs were written
		t.Fatal(err)
	}
	file(7, g.Line(99))
	file(41, g.Line(98))
	o.Progress = &Progress{}
	got := outputs(t, o, folder)
	if p := o.Progress; p.Records.Load() != 41 || p.Reused.Load() != 39 {
		t.Errorf("%d records, %d taken over", p.Records.Load(), p.Reused.Load())
	}
	if want := outputs(t, o, folder); got != want {
		t.Error("the outputs differ from those of a new run")
	}
	// Other settings take nothing over.
	quick, all := engine.Ask{Findings: true}, o.Ask
	for _, tt := range []struct {
		first, then engine.Ask
		day         string
	}{{all, all, "2026-04-01"}, {quick, all, ""}, {all, quick, ""}} {
		o.Ask, o.Day = tt.first, ""
		if j, err = Run(context.Background(), []string{folder}, o); err != nil {
			t.Fatal(err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		o.Ask, o.Day, o.Progress = tt.then, tt.day, &Progress{}
		outputs(t, o, folder)
		if n := o.Progress.Reused.Load(); n != 0 {
			t.Errorf("%d taken over by %+v", n, tt)
		}
	}
}

// TestBadRecords keeps the error of each record in its place.
func TestBadRecords(t *testing.T) {
	g := city.New(4)
	lines := [][]byte{g.Line(0), []byte("{\"dataset\": {\"identifier\": \n"), g.Line(1), []byte("not JSON\n"), []byte("\n"), []byte("{}\n"), g.Line(2)}
	o := newOptions(t)
	o.Stdin = bytes.NewReader(bytes.Join(lines, nil))
	j, err := Run(context.Background(), []string{"-"}, o)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	totals := NewTotals(o.catalogue())
	err = j.Each(func(r *Result) error {
		totals.Add(r, "en")
		s := fmt.Sprint(r.Record, " ", r.Identifier)
		for _, e := range r.Errors[:min(1, len(r.Errors))] {
			s += fmt.Sprint(e.Line, " ", e.Code)
		}
		got = append(got, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1 katu-000000", "2 2 json_end", "3 kysely-000001", "4 4 not_descriptor", "5 6 missing", "6 puisto-000002"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if totals.Records != 6 || totals.Failed != 3 {
		t.Errorf("%d of %d failed", totals.Failed, totals.Records)
	}
	if err := j.Remove(); err != nil {
		t.Fatal(err)
	}
}

// TestNoSource stops where a source is not there.
func TestNoSource(t *testing.T) {
	o := newOptions(t)
	if _, err := Run(context.Background(), []string{filepath.Join(t.TempDir(), "nothing")}, o); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// TestChunks cuts a stream into pieces and reads it whole: the records are the
// same, with the same mistakes in the same lines.
func TestChunks(t *testing.T) {
	data, err := os.ReadFile(inventory(t, 150, wrong))
	if err != nil {
		t.Fatal(err)
	}
	o := newOptions(t)
	o.Progress = &Progress{}
	read := func(how func(*reading, *bufio.Reader) error) (out []string, jobs int) {
		ch := make(chan *job)
		spare := make(memories, 1)
		r := &reading{ctx: context.Background(), o: &o, jobs: ch, slots: make(chan struct{}, 1000), spare: spare}
		failed := make(chan error, 1)
		go func() {
			defer close(ch)
			failed <- how(r, bufio.NewReader(bytes.NewReader(data)))
		}()
		w := &worker{o: &o}
		for j := range ch {
			jobs++
			if j.data != nil {
				j.records = w.read(t.Context(), j)
				copy(j.memory, strings.Repeat("x", len(j.memory))) // the next piece is read into it
				spare.release(j)
			}
			for _, x := range j.records {
				s := given(x.Dataset.Dataset.Identifier)
				for _, p := range x.Problems {
					s += fmt.Sprintf(" %d:%d:%s", p.Line, p.Column, p.Code)
				}
				out = append(out, s)
			}
		}
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
		return out, jobs
	}
	whole, _ := read(func(r *reading, in *bufio.Reader) error { return r.serial("x", in, importer.Descriptor, 1) })
	for _, lines := range []bool{false, true} {
		cut, jobs := read(func(r *reading, in *bufio.Reader) error { return r.chunks("x", in, lines) })
		if jobs < 5 {
			t.Errorf("%d pieces", jobs)
		}
		if !slices.Equal(cut, whole) {
			t.Errorf("lines %v: %d records, read whole %d", lines, len(cut), len(whole))
		}
	}
}

func TestUnformula(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+a": "'+a", "-a": "'-a", "@a": "'@a", "\ta": "'\ta", "\ra": "'\ra", "a=b": "a=b", "": "", "-": "-"} {
		if got := unformula(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
}

// TestEachWhileRunning holds what is handed over during a run against what the
// journal holds after it, and ends a run by an error on the way.
func TestEachWhileRunning(t *testing.T) {
	name := inventory(t, 150, wrong)
	for _, workers := range []int{1, 3} {
		o := newOptions(t)
		o.Workers = workers
		var during, after []Result
		o.Each = func(r *Result) error {
			during = append(during, *r)
			return nil
		}
		j, err := Run(context.Background(), []string{name}, o)
		if err != nil {
			t.Fatal(err)
		}
		err = j.Each(func(r *Result) error {
			after = append(after, *r)
			return nil
		})
		if err := errors.Join(err, j.Remove()); err != nil {
			t.Fatal(err)
		}
		if len(after) < 150 || !reflect.DeepEqual(during, after) {
			t.Errorf("%d workers: %d results during the run, %d after it, or others", workers, len(during), len(after))
		}
	}
	o := newOptions(t)
	full, n := errors.New("no space left"), 0
	o.Each = func(*Result) error {
		if n++; n == 20 {
			return full
		}
		return nil
	}
	if _, err := Run(context.Background(), []string{name}, o); !errors.Is(err, full) || n != 20 {
		t.Errorf("the run ended with %v after %d results", err, n)
	}
}
