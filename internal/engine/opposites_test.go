package engine

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/policies"
)

// opposites are the conditions with the one that METADATA calls their opposite.
func opposites(t *testing.T) map[string]string {
	t.Helper()
	source, err := policies.Files.ReadFile("conditions.rego")
	if err != nil {
		t.Fatal(err)
	}
	m, err := ast.ParseModuleWithOpts("conditions.rego", string(source), ast.ParserOptions{ProcessAnnotation: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range m.Rules {
		for _, a := range r.Annotations {
			if o, ok := a.Custom["opposite"].(string); ok {
				out[r.Head.Name.String()] = o
			}
		}
	}
	return out
}

// TestOpposites shows that a condition and its opposite, though both are written
// out, say the same: of a fully answered dataset exactly one holds; of any other
// never both are known, and always one is possible.
func TestOpposites(t *testing.T) {
	pairs := opposites(t)
	if len(pairs) < 40 {
		t.Fatalf("only %d conditions have an opposite", len(pairs))
	}
	e := newEngine(t, Options{NoTables: true})
	// What holds, as pairs of a condition and a column; -1 is the dataset itself.
	var ofDataset []string
	parts := []string{""}
	perColumn := map[string]bool{}
	for name := range pairs {
		rule := "data.puntari.conditions." + name
		if len(e.compiler.GetRules(ast.MustParseRef(rule))[0].Head.Args) == 0 {
			ofDataset = append(ofDataset, fmt.Sprintf("%q", name))
			continue
		}
		perColumn[name] = true
		parts = append(parts, fmt.Sprintf("{[%q, i] | some i, column in input.columns; %s(column)}", name, rule))
	}
	parts[0] = fmt.Sprintf("{[name, -1] | some name in {%s}; data.puntari.conditions[name]}", strings.Join(ofDataset, ", "))
	holding := &query{text: strings.Join(parts, " | ")}
	holds := func(input ast.Value) ast.Set {
		v, err := e.eval(context.Background(), holding, input)
		if err != nil {
			t.Fatal(err)
		}
		return v.(ast.Set)
	}

	day, err := time.Parse(time.DateOnly, propertyDay)
	if err != nil {
		t.Fatal(err)
	}
	n := 120
	if testing.Short() {
		n = 20
	}
	for i := range n {
		g := newGenerator(e.Catalogue, uint64(i), []float64{0, 0, 0.2, 0.7}[i%4])
		d := g.dataset()
		c := e.Space.NewCase(d, day)
		in := newView(e).inputs(c, c.Risk, nil)
		known, possible := holds(in.known()), holds(in.possible())
		answered := g.open == 0 && c.HasSchema
		for name, other := range pairs {
			from, to := -1, 0
			if perColumn[name] {
				from, to = 0, in.possible().(ast.Object).Get(keyColumns).Value.(*ast.Array).Len()
			}
			for k := from; k < to; k++ {
				one := ast.ArrayTerm(ast.StringTerm(name), ast.IntNumberTerm(k))
				opposite := ast.ArrayTerm(ast.StringTerm(other), ast.IntNumberTerm(k))
				switch {
				case known.Contains(one) && known.Contains(opposite):
					t.Fatalf("%d: %s and %s are both known of %s", i, name, other, d.Canonical())
				case !possible.Contains(one) && !possible.Contains(opposite):
					t.Fatalf("%d: neither %s nor %s is possible of %s", i, name, other, d.Canonical())
				case answered && !known.Contains(one) && !known.Contains(opposite):
					t.Fatalf("%d: neither %s nor %s is known of %s", i, name, other, d.Canonical())
				}
			}
		}
	}
}
