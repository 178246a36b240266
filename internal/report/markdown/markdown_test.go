package markdown

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
)

func read(t *testing.T, name string) *assessment.Assessment {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "xlsx", "testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var a assessment.Assessment
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return &a
}

func render(t *testing.T, a *assessment.Assessment, lang string) string {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Render(&b, a, c, lang); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRender(t *testing.T) {
	for _, name := range []string{"park-benches", "social-health-ece-clients", "street-lights", "museum-survey"} {
		for _, lang := range []string{"en", "fi", "sv"} {
			a := read(t, name)
			s := render(t, a, lang)
			if s != render(t, a, lang) {
				t.Errorf("%s %s: two runs differ", name, lang)
			}
			if strings.Contains(s, "report.") || strings.Contains(s, "{") {
				t.Errorf("%s %s: a word is missing", name, lang)
			}
			for id := range a.Items {
				if !strings.Contains(s, "| "+id+" |") {
					t.Errorf("%s %s: %s is not told", name, lang, id)
				}
			}
			for _, d := range a.DecisiveQuestions {
				for _, f := range d.Fields {
					if !strings.Contains(s, f) {
						t.Errorf("%s %s: the deciding question %s is not asked", name, lang, f)
					}
				}
			}
			columns := 0
			for _, line := range strings.Split(s, "\n") {
				n := strings.Count(strings.ReplaceAll(line, "\\|", ""), "|")
				if !strings.HasPrefix(line, "|") {
					columns = 0
					continue
				}
				if columns != 0 && n != columns {
					t.Errorf("%s %s: a row has %d bars, its header %d: %s", name, lang, n, columns, line)
				}
				columns = n
			}
		}
	}
}

func TestEscape(t *testing.T) {
	for _, x := range []struct{ in, out string }{
		{"birth_year", "birth_year"},
		{"_x_", "\\_x\\_"},
		{"a|b\nc", "a\\|b c"},
		{"<script>", "&lt;script&gt;"},
		{"[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"},
		{"https://evil.example", "https&#58;//evil.example"},
		{"# x", "\\# x"},
		{"a\u202eb", "a\ufffdb"},
		{"a\xffb", "a\ufffdb"},
	} {
		if got := Escape(x.in); got != x.out {
			t.Errorf("Escape(%q) = %q, want %q", x.in, got, x.out)
		}
	}
	if got := code("a`b|c\nd"); got != "`` a`b\\|c d ``" {
		t.Errorf("code: %q", got)
	}
}
