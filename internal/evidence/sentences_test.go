package evidence_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/detect"
	"puntari/internal/evidence"
	"puntari/internal/sample/tables"
)

// said is how well a kind is found in sentences of a language.
type said struct {
	Kind     string `json:"kind"`
	Language string `json:"language"`
	// Hold is how many sentences have it, Right in how many of these it is found;
	// Silent is how many have it not, Wrong in how many of these it is found.
	Hold   int `json:"hold"`
	Right  int `json:"right"`
	Silent int `json:"silent"`
	Wrong  int `json:"wrong"`
}

// sentenceSeed is that of the sentences whose figures are published, and
// sentenceCount how many there are.
const sentenceSeed, sentenceCount = 20261124, 12000

// hear looks at each sentence by itself.
func hear(t *testing.T, seed uint64, n int) []*said {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := detect.New(evidence.Words(c))
	var out []*said
	for _, language := range []string{"fi", "sv", "en"} {
		for _, k := range textual {
			out = append(out, &said{Kind: string(k), Language: language})
		}
	}
	for _, s := range tables.Sentences(seed, n) {
		var counts detect.Counts
		d.Scan([]byte(s.Text), detect.ClassOf([]byte(s.Text)), &counts, 1)
		for _, f := range out {
			if f.Language != s.Language {
				continue
			}
			kind, _ := detect.ParseKind(f.Kind)
			got := counts[kind].Valid+counts[kind].Inside > 0 || kind == detect.Name && counts[detect.FullName].Valid > 0
			if slices.Contains(s.Holds, tables.Kind(f.Kind)) {
				f.Hold++
				if got {
					f.Right++
				} else if *misses {
					t.Logf("missed: %s in %q", f.Kind, s.Text)
				}
			} else {
				f.Silent++
				if got {
					f.Wrong++
					if *misses {
						t.Logf("wrong: %s in %q", f.Kind, s.Text)
					}
				}
			}
		}
	}
	return out
}

// TestSentences listens to sentences of people who do not exist, and publishes
// how often what they tell of persons is heard.
func TestSentences(t *testing.T) {
	got := hear(t, sentenceSeed, sentenceCount)
	first := *recorded[[]*said](t, "testdata/sentences-first.json")
	var b bytes.Buffer
	b.WriteString("\n| Language | What is told | Sentences that tell it | Heard | Sentences that do not | Heard all the same | First run: heard | all the same |\n")
	b.WriteString("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for i, f := range got {
		// English names are mostly of people from elsewhere, whom no list knows.
		floor := 0.95
		if f.Language == "en" && f.Kind == "name" {
			floor = 0.6
		}
		if share(f.Right, f.Hold) < floor || float64(f.Wrong) > 0.001*float64(f.Silent) {
			t.Errorf("%s, %s: heard in %d of %d, and in %d of %d others", f.Language, f.Kind, f.Right, f.Hold, f.Wrong, f.Silent)
		}
		was := first[i]
		fmt.Fprintf(&b, "| %s | %s | %d | %s | %d | %d | %s | %d |\n", f.Language, strings.ReplaceAll(f.Kind, "_", " "), f.Hold, percent(f.Right, f.Hold), f.Silent, f.Wrong, percent(was.Right, was.Hold), was.Wrong)
	}
	b.WriteByte('\n')
	publish(t, "../../docs/detectors.md", "sentences: go test ./internal/evidence -run Sentences -update", b.Bytes())
}

// TestOwnTexts reads the texts and the documentation of the program, in which
// nobody is named but the person of the examples.
func TestOwnTexts(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := detect.New(evidence.Words(c))
	lines, named := 0, 0
	read := func(text string) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); len(line) < 20 {
				continue
			}
			lines++
			var counts detect.Counts
			d.Scan([]byte(line), detect.ClassOf([]byte(line)), &counts, 1)
			for _, k := range []detect.Kind{detect.Name, detect.Address, detect.Plate} {
				if counts[k].Inside > 0 && !strings.Contains(line, "Meikäläinen") {
					named++
					t.Logf("%s: %s", k, line)
				}
			}
		}
	}
	for _, texts := range c.Messages {
		for _, text := range texts {
			read(text)
		}
	}
	for _, f := range c.Descriptor.Fields {
		for _, text := range f.Help {
			read(text)
		}
	}
	for _, pattern := range []string{"../../docs/*.md", "../../docs/*/*.md"} {
		pages, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			if filepath.Base(page) == "detectors.md" { // which speaks of names
				continue
			}
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			read(string(text))
		}
	}
	if lines < 10000 || named > lines/2000 {
		t.Errorf("%d of %d lines name somebody", named, lines)
	}
}
