package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/engine"
	"puntari/policies"
)

const moduleRoot = "../.."

// TestFresh fails when a generated file is not what its source gives.
func TestFresh(t *testing.T) {
	c, err := read(os.DirFS(filepath.Join(moduleRoot, "checklists")))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range generators {
		t.Run(g.path, func(t *testing.T) {
			want, err := g.content(c)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(moduleRoot, filepath.FromSlash(g.path)))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s is stale: run go generate ./...", g.path)
			}
		})
	}
}

// compileSchema compiles a generated schema.
func compileSchema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(moduleRoot, "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON lays out YAML as an editor sees it: yes, no and dates are texts.
func asJSON(t *testing.T, data []byte) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(data, &n); err != nil {
		t.Fatal(err)
	}
	return plainValue(t, n.Content[0])
}

func plainValue(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainValue(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		l := []any{}
		for _, c := range n.Content {
			l = append(l, plainValue(t, c))
		}
		return l
	}
	if tag := n.ShortTag(); tag == "!!int" || tag == "!!float" {
		return json.Number(n.Value)
	}
	return n.Value
}

func examples(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(moduleRoot, "examples", "*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatal("no examples", err)
	}
	return names
}

func TestDescriptorSchemaAcceptsExamples(t *testing.T) {
	s := compileSchema(t, "descriptor.schema.json")
	for _, name := range examples(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(asJSON(t, data)); err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
}

func TestDescriptorSchema(t *testing.T) {
	s := compileSchema(t, "descriptor.schema.json")
	const head = "descriptorVersion: \"1.0\"\ndataset: {identifier: a, title: {fi: A}}\n"
	for _, c := range []struct {
		name, yaml string
		ok         bool
	}{
		{"the least", head, true},
		{"a version without quotation marks", "descriptorVersion: 1.0\ndataset: {identifier: a, title: A}\n", true},
		{"unknown", head + "personalData: {sourceRelatesToPersons: unknown, dataSubjectCount: unknown, dataSubjectCategories: unknown}\n", true},
		{"one text for a list of one", head + "release: {formats: CSV}\n", true},
		{"a column named by a year", head + "schema: {fields: [{name: 2024}]}\n", true},
		{"a goal as a plain text", head + "benefit: {strategyLinks: [Open city]}\n", true},
		{"a duration", head + "temporal: {releaseLag: P1DT12H}\n", true},
		{"the details of a measure", head + "mitigations: [{code: M04, params: {unit: grid_250m, set: {spatial.resolutionM: 250}}}]\n", true},
		{"nothing", "{}\n", false},
		{"no identifier", "descriptorVersion: \"1.0\"\ndataset: {title: A}\n", false},
		{"another version", "descriptorVersion: \"2.0\"\ndataset: {identifier: a, title: A}\n", false},
		{"a blank identifier", "descriptorVersion: \"1.0\"\ndataset: {identifier: \" \", title: A}\n", false},
		{"a misspelt section", head + "personaldata: {}\n", false},
		{"a misspelt key", head + "personalData: {releaselevel: aggregated}\n", false},
		{"a misspelt attribute of a column", head + "schema: {fields: [{name: a, typ: string}]}\n", false},
		{"a column without a name", head + "schema: {fields: [{type: string}]}\n", false},
		{"a value that is not allowed", head + "personalData: {releaseLevel: aggregate}\n", false},
		{"a truth value", head + "profile: {available: \"true\"}\n", false},
		{"a Finnish date", head + "assessment: {date: 1.3.2026}\n", false},
		{"a share above one", head + "profile: {uniqueShare: 1.5}\n", false},
		{"half a person", head + "profile: {kMin: 1.5}\n", false},
		{"no duration", head + "temporal: {releaseLag: one day}\n", false},
	} {
		err := s.Validate(asJSON(t, []byte(c.yaml)))
		if (err == nil) != c.ok {
			t.Errorf("%s: accepted %t, want %t: %v", c.name, err == nil, c.ok, err)
		}
	}
}

// TestAssessmentSchema checks assessments of all examples against the schema.
func TestAssessmentSchema(t *testing.T) {
	s := compileSchema(t, "assessment.schema.json")
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(c, policies.Files, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range examples(t) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		source, problems := descriptor.NewReader(c).Read(name, f)
		f.Close()
		if descriptor.HasErrors(problems) {
			t.Fatal(problems)
		}
		a, err := e.Assess(context.Background(), source.Dataset, "2026-03-01")
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
		more := v.(map[string]any)
		more["added"] = "yes"
		if err := s.Validate(more); err == nil || !strings.Contains(err.Error(), "added") {
			t.Errorf("%s: a field that the schema does not know is accepted: %v", filepath.Base(name), err)
		}
	}
}

var (
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	anchor       = regexp.MustCompile(`<a id="([^"]+)"></a>`)
	codeBlock    = regexp.MustCompile("(?s)```.*?```")
	notInSlug    = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// TestLinks follows the links between the pages in docs/.
func TestLinks(t *testing.T) {
	docs := filepath.Join(moduleRoot, "docs")
	anchors := map[string]map[string]bool{}
	anchorsOf := func(path string) map[string]bool {
		if a, ok := anchors[path]; ok {
			return a
		}
		a := map[string]bool{}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := codeBlock.ReplaceAllString(string(data), "")
		for _, m := range anchor.FindAllStringSubmatch(text, -1) {
			if a[m[1]] {
				t.Errorf("%s: the anchor %s is there twice", path, m[1])
			}
			a[m[1]] = true
		}
		for line := range strings.Lines(text) {
			if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && line[0] == '#' {
				slug := notInSlug.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
				a[strings.ReplaceAll(slug, " ", "-")] = true
			}
		}
		anchors[path] = a
		return a
	}
	err := filepath.WalkDir(docs, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range markdownLink.FindAllStringSubmatch(codeBlock.ReplaceAllString(string(data), ""), -1) {
			target, fragment, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, ":") {
				continue // of the web
			}
			file := path
			if target != "" {
				file = filepath.Join(filepath.Dir(path), target)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %s leads nowhere", path, m[1])
				continue
			}
			if fragment != "" && !anchorsOf(file)[fragment] {
				t.Errorf("%s: %s leads to no place of the page", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
