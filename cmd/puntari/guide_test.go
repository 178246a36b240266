package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"puntari/internal/cli"
)

// block is a fenced block of a guide: what stands behind the fence, and the lines.
type block struct {
	kind, file string
	lines      []string
}

// blocks are the fenced blocks of a chapter that have something to do: files to
// write, and commands with what comes back.
func blocks(t *testing.T, guide, chapter string) []block {
	t.Helper()
	data, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := strings.Cut(string(data), "\n## "+chapter+"\n")
	if !ok {
		t.Fatalf("%s has no chapter %q", guide, chapter)
	}
	var out []block
	var in *block
	for line := range strings.SplitSeq(text, "\n") {
		fence, isFence := strings.CutPrefix(line, "```")
		switch {
		case in == nil && (strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "## ")):
			return out
		case isFence && in == nil:
			kind, file, _ := strings.Cut(fence, " ")
			in = &block{kind: kind, file: file}
		case isFence:
			out = append(out, *in)
			in = nil
		case in != nil:
			in.lines = append(in.lines, line)
		}
	}
	return out
}

// run runs a command of the guide, and returns what it says.
func run(t *testing.T, command string) string {
	t.Helper()
	words := strings.Fields(command)
	if words[0] != "puntari" {
		t.Fatalf("the guide runs %s", words[0])
	}
	var b bytes.Buffer
	if status := cli.Main(context.Background(), words[1:], strings.NewReader(""), &b, &b); status == 2 && !strings.Contains(command, "policy lint") {
		t.Errorf("%s: exit status 2\n%s", command, b.String())
	}
	return b.String()
}

// follow does what a chapter of a guide says in an empty folder, and looks for each
// line of output that it shows.
func follow(t *testing.T, guide, chapter string) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	guide, err = filepath.Abs(guide)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("PUNTARI_LANG", "en")
	t.Setenv("PUNTARI_ORG", "")
	if err := os.CopyFS("descriptions", os.DirFS(examples)); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, b := range blocks(t, guide, chapter) {
		text := strings.Join(b.lines, "\n") + "\n"
		if file, more := strings.CutPrefix(b.file, ">>"); more {
			before, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b.file, text = file, string(before)+"\n"+text
		}
		if b.file != "" {
			if err := os.MkdirAll(filepath.Dir(b.file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(b.file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		said, command := "", ""
		for _, line := range b.lines {
			if c, is := strings.CutPrefix(line, "$ "); is {
				command, said = c, run(t, c)
				n++
				continue
			}
			want := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(line)), `\.\.\.`, ".*")
			if !regexp.MustCompile(`(?m)^\s*` + want + `\s*$`).MatchString(said) {
				t.Errorf("%s does not say %q, but\n%s", command, line, said)
			}
		}
	}
	if n == 0 {
		t.Errorf("%s: nothing to run in %q", guide, chapter)
	}
}

// TestPolicyOwnersGuide goes through the guide as a new policy owner would.
func TestPolicyOwnersGuide(t *testing.T) {
	follow(t, "../../docs/policy-owners.md", "From nothing to a tested release")
}
