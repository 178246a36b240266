package terminal

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/internal/wording"
	"puntari/policies"
)

// examples assesses every worked example.
func examples(t *testing.T) (*checklist.Catalogue, map[string]*assessment.Assessment) {
	t.Helper()
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../../examples/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	out := map[string]*assessment.Assessment{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := descriptor.NewReader(c).Read(file, f)
		f.Close()
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if out[filepath.Base(file)], err = e.Assess(context.Background(), s.Dataset, "2026-03-01"); err != nil {
			t.Fatal(err)
		}
	}
	return c, out
}

var placeholder = regexp.MustCompile(`\{[A-Za-z]+\}`)

// Whatever the dataset and the language: lines fit, nothing is left unfilled,
// and a plain terminal gets plain text.
func TestPlain(t *testing.T) {
	c, all := examples(t)
	for name, a := range all {
		for _, lang := range []string{"en", "fi", "sv"} {
			words := wording.New(c, lang)
			var b bytes.Buffer
			if err := Summary(&b, a, words, Style{Width: 80}); err != nil {
				t.Fatal(err)
			}
			if err := Questions(&b, a, words, Style{Width: 80}, true); err != nil {
				t.Fatal(err)
			}
			text := b.String()
			if strings.Contains(text, "\x1b") {
				t.Errorf("%s in %s: colour where there is none", name, lang)
			}
			if found := placeholder.FindString(text); found != "" {
				t.Errorf("%s in %s: %s is not filled", name, lang, found)
			}
			for _, line := range strings.Split(text, "\n") {
				if len([]rune(line)) > 80 && strings.Contains(strings.TrimSpace(line), " ") && len(strings.Fields(line)) > 2 {
					t.Errorf("%s in %s: %d characters: %s", name, lang, len([]rune(line)), line)
				}
			}
			if !strings.Contains(text, a.Outcome) {
				t.Errorf("%s in %s: no outcome", name, lang)
			}
		}
	}
}

// Colour adds nothing to what is said.
func TestColourSaysNothing(t *testing.T) {
	c, all := examples(t)
	words := wording.New(c, "en")
	a := all["museum-survey.yaml"]
	var plain, coloured bytes.Buffer
	if err := Summary(&plain, a, words, Style{Width: 100}); err != nil {
		t.Fatal(err)
	}
	if err := Summary(&coloured, a, words, Style{Width: 100, Colour: true}); err != nil {
		t.Fatal(err)
	}
	if got := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(coloured.String(), ""); got != plain.String() {
		t.Error("the coloured summary has other words")
	}
	if !strings.Contains(coloured.String(), "\x1b[") {
		t.Error("no colour")
	}
}
