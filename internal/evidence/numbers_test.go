package evidence

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"puntari/internal/table"
)

// Whether numbers and digests were kept or the file is read again makes no
// difference, however it is cut.
func TestReadAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("70,000 rows")
	}
	var b strings.Builder
	b.WriteString("asiakas_id;postinumero;sex;birth_year\n")
	for i := range dictionaryLimit + 5000 {
		fmt.Fprintf(&b, "%d;%05d;%c;%d\n", i, 100+i%700*10, "mf"[i%2], 1940+i*7%70)
	}
	path := write(t, b.String())
	var first *Result
	for _, again := range []bool{false, true} {
		for _, blocks := range []int{0, 40_000} {
			f, err := table.Open(path, table.Options{Blocks: blocks})
			if err != nil {
				t.Fatal(err)
			}
			// What is kept rests on what each worker comes to see; one sees all.
			workers := 1
			if again {
				workers = 3
			}
			m, err := newMeasurement(f, catalogue(t), Options{Rows: RowsPerson, Quasi: []string{"postinumero", "sex", "birth_year"}, Workers: workers, Goal: 5})
			if err != nil {
				t.Fatal(err)
			}
			defer m.close()
			ctx := context.Background()
			if err := m.read(ctx); err != nil {
				t.Fatal(err)
			}
			if !again && (m.numbers.blocks == nil || m.keys[0].all() == nil || m.keys[1].all() != nil) {
				t.Fatal("the numbers and the key were not kept")
			}
			if again {
				m.numbers.blocks, m.numbers.left = nil, -1
				m.keys[0].drop()
			}
			for _, step := range []func(context.Context) error{func(context.Context) error { return m.judge() }, m.digest, m.code, m.risk} {
				if err := step(ctx); err != nil {
					t.Fatal(err)
				}
			}
			if c := m.result.Columns[0]; !c.Unique || int(c.Distinct) != dictionaryLimit+5000 {
				t.Errorf("the key: %+v", c)
			}
			if first == nil {
				first = m.result
			}
			shown := func(r *Result) string {
				return fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%+v", r.Columns, r.Scenarios, r.Changes, r.Plan, r.Combinations)
			}
			if got, want := shown(m.result), shown(first); got != want {
				t.Errorf("again %v, blocks of %d:\n%s\n%s", again, blocks, got, want)
			}
		}
	}
}

// The digest made on the way is that of the whole file.
func TestFingerprint(t *testing.T) {
	path := write(t, people(rand.New(rand.NewPCG(3, 4)), 9000))
	f, err := table.Open(path, table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := newMeasurement(f, catalogue(t), Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	if err := m.read(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := m.digest(context.Background()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || int64(len(data)) < m.rules.Limits.DigestBytes || m.fingerprint.bytes != int64(len(data)) {
		t.Fatalf("%d of %d bytes, %v", m.fingerprint.bytes, len(data), err)
	}
	if want := fmt.Sprintf("sha256:%x", sha256.Sum256(data)); m.result.Source.Digest.text != want {
		t.Errorf("%s, want %s", m.result.Source.Digest.text, want)
	}
}
